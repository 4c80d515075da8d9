#include <fmt/format.h>

#include <algorithm>

#include "layouts/prepare.h"
#include "layouts/reader.h"
#include "xml/characters.h"

namespace handout::layouts {
namespace {

constexpr std::size_t kDeepest = 8;
constexpr std::size_t kMostIncludes = 256;  // of one file and its parts: parts that include one another many times would grow without bounds

bool holds_includes(std::string_view element) {
  constexpr std::string_view kHolders[] = {"layout", "part", "body", "header", "footer", "box", "cell", "region", "parallel", "change"};
  return std::find(std::begin(kHolders), std::end(kHolders), element) != std::end(kHolders);
}

class Includer {
 public:
  Includer(Prepared& prepared, SourceFiles& files, Diagnostics& diags) : prepared_(prepared), files_(files), diags_(diags) {}

  void expand(xml::Element& element) {
    std::vector<xml::Node> nodes;
    const bool may_include = holds_includes(element.name);
    for (xml::Node& node : element.children) {
      auto* child = std::get_if<xml::Element>(&node.value);
      // What else stands on an <include> or in it is for validate to tell.
      if (child != nullptr && child->name == "include" && may_include && child->attributes.size() == 1 && child->find("href") != nullptr && child->children.empty()) {
        include(*child->find("href"), nodes);
        continue;
      }
      if (child != nullptr) expand(*child);
      nodes.push_back(std::move(node));
    }
    element.children = std::move(nodes);
  }

 private:
  void include(const xml::Attribute& href, std::vector<xml::Node>& nodes) {
    if (!is_safe_path(href.value)) {
      diags_.error(href.value_at, fmt::format("'{}' is not a value of href; expected a relative path with '/' and without '..'", xml::excerpt(href.value)));
      return;
    }
    const auto folder = prepared_.folders.find(*href.value_at.file);
    if (folder == prepared_.folders.end() || folder->second.empty()) {
      diags_.error(href.value_at, fmt::format("part '{}' is not there: no folder to look in", xml::excerpt(href.value))).meaning();
      return;
    }
    const std::filesystem::path path = (folder->second / href.value).lexically_normal();
    if (!may_go_on(path, href)) return;
    const SourceFile* part = files_.read_part(path, href);
    if (part == nullptr) return;
    prepared_.folders.emplace(*part->root.at.file, part->folder);
    prepared_.digests += part->digest;
    xml::Element copy = part->root;
    open_.push_back(path);
    expand(copy);
    open_.pop_back();
    for (xml::Node& node : copy.children) nodes.push_back(std::move(node));
  }

  bool may_go_on(const std::filesystem::path& path, const xml::Attribute& href) {
    if (const auto same = std::find(open_.begin(), open_.end(), path); same != open_.end()) {
      std::string circle;
      for (auto each = same; each != open_.end(); ++each) circle += each->filename().generic_string() + " -> ";
      diags_.error(href.value_at, fmt::format("part '{}' includes itself: {}{}", href.value, circle, path.filename().generic_string())).meaning();
      return false;
    }
    if (open_.size() == kDeepest) {
      diags_.error(href.value_at, fmt::format("more than {} parts include one another", kDeepest)).meaning();
      return false;
    }
    if (++count_ == kMostIncludes + 1) diags_.error(href.value_at, fmt::format("more than {} parts are included", kMostIncludes)).meaning();
    return count_ <= kMostIncludes;
  }

  Prepared& prepared_;
  SourceFiles& files_;
  Diagnostics& diags_;
  std::vector<std::filesystem::path> open_;
  std::size_t count_ = 0;
};

}  // namespace

void expand_includes(xml::Element& root, Prepared& prepared, SourceFiles& files, Diagnostics& diags) { Includer(prepared, files, diags).expand(root); }

}  // namespace handout::layouts
