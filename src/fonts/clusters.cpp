#include "fonts/clusters.h"

#include "unicode/text.h"

namespace handout::fonts {

namespace {

void classify(Cluster& cluster, std::string_view text) {
  for (std::size_t at = cluster.begin; at < cluster.end;) {
    const unicode::CodePoint c = unicode::decode(text, at);
    at = c.end;
    if (const ScriptTag script = script_of(c.value); script != 0 && !is_undrawn(c.value)) {
      cluster.kind = ClusterKind::Letters;
      cluster.script = script;
      return;
    }
    if (cluster.kind == ClusterKind::Undrawn && !is_undrawn(c.value)) cluster.kind = unicode::is_white_space(c.value) ? ClusterKind::Space : ClusterKind::Common;
  }
}

}  // namespace

std::vector<Cluster> read_clusters(std::string_view text, std::size_t begin, std::size_t end, ScriptTag script) {
  const std::vector<std::size_t> boundaries = unicode::grapheme_boundaries(text.substr(begin, end - begin));
  std::vector<Cluster> clusters;
  clusters.reserve(boundaries.size());
  for (std::size_t i = 0; i + 1 < boundaries.size(); ++i) {
    Cluster& cluster = clusters.emplace_back();
    cluster.begin = begin + boundaries[i];
    cluster.end = begin + boundaries[i + 1];
    cluster.script = script;
    classify(cluster, text);
  }
  return clusters;
}

Word word_at(const std::vector<Cluster>& clusters, std::size_t begin) {
  static constexpr ScriptTag kHani = 0x48616E69;  // 'Hani'
  const ScriptTag script = clusters[begin].script;
  Word word{begin, begin + 1};
  if (script == kHani) return word;
  for (std::size_t i = begin + 1; i < clusters.size(); ++i) {
    if (clusters[i].kind == ClusterKind::Undrawn) continue;
    if (clusters[i].kind != ClusterKind::Letters || clusters[i].script != script) break;
    word.end = i + 1;
  }
  return word;
}

}  // namespace handout::fonts
