#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pdf/haru.h"
#include "pdf/saver.h"

namespace handout::pdf {

// A number tree (ISO 32000-1, 7.9.7; Key std::int64_t) or a name tree (7.9.6; std::string) whose entries come in ascending order. Full leaves are
// written at once, so what stays in memory is one leaf and the keys at the edges.
template <typename Key>
class Tree {
 public:
  Tree(Haru& haru, Saver& saver) : haru_(haru), saver_(saver) {}
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;
  ~Tree() { haru_.release(leaf_); }

  // The value: a direct object, or a reference.
  void add(const Key& key, void* value);
  void add(const Key& key, ObjectId value);
  // Writes what is left; the root, or nothing for a tree without entries.
  std::optional<ObjectId> finish();

 private:
  struct Node {
    ObjectId id;
    Key first, last;
  };
  void begin_entry(const Key& key);
  void end_entry();
  void close_leaf();
  // Under a new node of the level above.
  void close_level(std::size_t level);
  HPDF_Dict node_of(const std::vector<Node>& kids);
  void put_limits(HPDF_Dict node, const Key& first, const Key& last);

  Haru& haru_;
  Saver& saver_;
  HPDF_Array leaf_ = nullptr;
  std::size_t entries_ = 0;
  Key first_{}, last_{};
  std::vector<std::vector<Node>> levels_;  // nodes without a parent as yet; 0 holds leaves
};

using NumberTree = Tree<std::int64_t>;
using NameTree = Tree<std::string>;

// The pages' tree (7.7.3), level by level: a page knows its parent before that is full.
class PageTree {
 public:
  PageTree(Haru& haru, Saver& saver) : haru_(haru), saver_(saver) {}
  // The parent of this page, which follows those before it.
  ObjectId add(ObjectId page);
  // The root.
  ObjectId finish();
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  struct Node {
    ObjectId id;
    std::vector<ObjectId> kids;
    std::size_t pages = 0;  // under it
  };
  ObjectId add_kid(std::size_t level, ObjectId kid, std::size_t pages);
  void close(std::size_t level, std::optional<ObjectId> parent);

  Haru& haru_;
  Saver& saver_;
  std::vector<Node> open_;  // one a level, the pages' parents first
  std::size_t count_ = 0;
};

}  // namespace handout::pdf
