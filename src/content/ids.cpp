#include "content/article.h"

namespace handout::content {

namespace {

void collect(const Blocks& blocks, std::vector<std::string_view>& ids) {
  for (const Block& block : blocks) {
    ids.push_back(block.id);
    if (const auto* section = std::get_if<Section>(&block.what)) collect(section->blocks, ids);
  }
}

}  // namespace

Ids ids_of(const Article& article) {
  Ids ids;
  collect(article.body, ids.sections);
  for (const TextBlock& point : article.points) ids.points.push_back(point.id);
  return ids;
}

}  // namespace handout::content
