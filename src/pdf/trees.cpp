#include "pdf/trees.h"

#include <span>
#include <type_traits>

#include "base/expects.h"
#include "base/narrow.h"

namespace handout::pdf {

namespace {

constexpr std::size_t kEntriesInLeaf = 64;
constexpr std::size_t kKidsInNode = 256;
constexpr std::size_t kPagesInNode = 64;

void push_key(Haru& haru, HPDF_Array array, std::int64_t key) { haru.push_number(array, key); }
void push_key(Haru& haru, HPDF_Array array, const std::string& key) { haru.push_bytes(array, key); }

template <typename Key>
constexpr const char* kEntries = std::is_same_v<Key, std::string> ? "Names" : "Nums";

}  // namespace

template <typename Key>
void Tree<Key>::begin_entry(const Key& key) {
  EXPECTS((entries_ == 0 && levels_.empty()) || key > last_);
  if (entries_ == kEntriesInLeaf) close_leaf();
  if (entries_ == 0) {
    leaf_ = haru_.array();
    first_ = key;
  }
  last_ = key;
  ++entries_;
  push_key(haru_, leaf_, key);
}

template <typename Key>
void Tree<Key>::add(const Key& key, void* value) {
  begin_entry(key);
  haru_.push(leaf_, value);
}

template <typename Key>
void Tree<Key>::add(const Key& key, ObjectId value) {
  begin_entry(key);
  haru_.push(leaf_, value);
}

template <typename Key>
void Tree<Key>::put_limits(HPDF_Dict node, const Key& first, const Key& last) {
  HPDF_Array limits = haru_.array();
  push_key(haru_, limits, first);
  push_key(haru_, limits, last);
  haru_.put(node, "Limits", limits);
}

template <typename Key>
void Tree<Key>::close_leaf() {
  HPDF_Dict leaf = haru_.dict();
  put_limits(leaf, first_, last_);
  haru_.put(leaf, kEntries<Key>, leaf_);
  leaf_ = nullptr;
  entries_ = 0;
  if (levels_.empty()) levels_.emplace_back();
  levels_[0].push_back({saver_.add(leaf), first_, last_});
  for (std::size_t level = 0; level < levels_.size() && levels_[level].size() == kKidsInNode; ++level) close_level(level);
}

template <typename Key>
HPDF_Dict Tree<Key>::node_of(const std::vector<Node>& kids) {
  HPDF_Dict node = haru_.dict();
  HPDF_Array array = haru_.array();
  for (const Node& kid : kids) haru_.push(array, kid.id);
  haru_.put(node, "Kids", array);
  return node;
}

template <typename Key>
void Tree<Key>::close_level(std::size_t level) {
  if (level + 1 == levels_.size()) levels_.emplace_back();
  std::vector<Node>& kids = levels_[level];
  HPDF_Dict node = node_of(kids);
  put_limits(node, kids.front().first, kids.back().last);
  levels_[level + 1].push_back({saver_.add(node), kids.front().first, kids.back().last});
  kids.clear();
}

template <typename Key>
std::optional<ObjectId> Tree<Key>::finish() {
  if (levels_.empty()) {
    if (entries_ == 0) return std::nullopt;
    HPDF_Dict root = haru_.dict();
    haru_.put(root, kEntries<Key>, leaf_);
    leaf_ = nullptr;
    return saver_.add(root);
  }
  if (entries_ > 0) close_leaf();
  for (std::size_t level = 0; level + 1 < levels_.size(); ++level) {
    if (!levels_[level].empty()) close_level(level);
  }
  return saver_.add(node_of(levels_.back()));
}

template class Tree<std::int64_t>;
template class Tree<std::string>;

ObjectId PageTree::add(ObjectId page) {
  ++count_;
  return add_kid(0, page, 1);
}

ObjectId PageTree::add_kid(std::size_t level, ObjectId kid, std::size_t pages) {
  if (level == open_.size()) open_.push_back({saver_.reserve(), {}, 0});
  if (open_[level].kids.size() == kPagesInNode) {
    const ObjectId full = open_[level].id;
    close(level, add_kid(level + 1, full, open_[level].pages));
    open_[level].id = saver_.reserve();
  }
  open_[level].kids.push_back(kid);
  open_[level].pages += pages;
  return open_[level].id;
}

void PageTree::close(std::size_t level, std::optional<ObjectId> parent) {
  Node& node = open_[level];
  HPDF_Dict dict = haru_.dict();
  haru_.put_name(dict, "Type", "Pages");
  if (parent) haru_.put(dict, "Parent", *parent);
  HPDF_Array kids = haru_.array();
  for (const ObjectId kid : node.kids) haru_.push(kids, kid);
  haru_.put(dict, "Kids", kids);
  haru_.put_number(dict, "Count", narrow<std::int64_t>(node.pages));
  saver_.write(node.id, dict);
  node.kids.clear();
  node.pages = 0;
}

ObjectId PageTree::finish() {
  if (open_.empty()) open_.push_back({saver_.reserve(), {}, 0});
  for (std::size_t level = 0; level + 1 < open_.size(); ++level) {
    const ObjectId id = open_[level].id;
    close(level, add_kid(level + 1, id, open_[level].pages));
  }
  const ObjectId root = open_.back().id;
  close(open_.size() - 1, std::nullopt);
  return root;
}

}  // namespace handout::pdf
