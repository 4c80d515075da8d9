#include "pdf/trees.h"

#include <algorithm>
#include <span>

namespace handout::pdf {

namespace {

constexpr std::size_t kEntriesPerLeaf = 512;

void push_key(Haru& haru, HPDF_Array array, std::int64_t key) { haru.push_number(array, key); }
void push_key(Haru& haru, HPDF_Array array, const std::string& key) { haru.push_bytes(array, key); }

template <typename Key>
void fill_leaf(Haru& haru, HPDF_Dict leaf, const char* name, std::span<const std::pair<Key, void*>> entries) {
  HPDF_Array array = haru.array();
  for (const auto& [key, value] : entries) {
    push_key(haru, array, key);
    haru.push(array, value);
  }
  haru.put(leaf, name, array);
}

template <typename Key>
HPDF_Dict make_tree(Haru& haru, const char* name, const std::vector<std::pair<Key, void*>>& entries) {
  const std::span<const std::pair<Key, void*>> all(entries);
  HPDF_Dict root = haru.indirect_dict();
  if (all.size() <= kEntriesPerLeaf) {
    fill_leaf(haru, root, name, all);
    return root;
  }
  HPDF_Array kids = haru.array();
  for (std::size_t i = 0; i < all.size(); i += kEntriesPerLeaf) {
    const auto part = all.subspan(i, std::min(kEntriesPerLeaf, all.size() - i));
    HPDF_Dict leaf = haru.indirect_dict();
    HPDF_Array limits = haru.array();
    push_key(haru, limits, part.front().first);
    push_key(haru, limits, part.back().first);
    haru.put(leaf, "Limits", limits);
    fill_leaf(haru, leaf, name, part);
    haru.push(kids, leaf);
  }
  haru.put(root, "Kids", kids);
  return root;
}

}  // namespace

HPDF_Dict number_tree(Haru& haru, const std::vector<std::pair<std::int64_t, void*>>& entries) { return make_tree(haru, "Nums", entries); }

HPDF_Dict name_tree(Haru& haru, const std::vector<std::pair<std::string, void*>>& entries) { return make_tree(haru, "Names", entries); }

}  // namespace handout::pdf
