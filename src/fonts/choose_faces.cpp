#include "fonts/choose_faces.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <string>

#include "base/expects.h"
#include "fonts/characters.h"
#include "unicode/text.h"

namespace handout::fonts {

namespace {

// In the order in which faces are chosen.
enum class Kind : std::uint8_t {
  Letters,  // has a script of its own
  Common,   // digits, punctuation, symbols
  Space,
  Undrawn   // asks for no glyph
};

struct Cluster {
  std::size_t begin = 0, end = 0;
  Kind kind = Kind::Undrawn;
  std::string script;
  FaceId face;
  bool covered = true;
};

// The faces that may be taken for a script, in order.
struct Chain {
  std::string script;
  std::vector<FaceId> faces;
};

class Chooser {
 public:
  Chooser(const Library& library, const ChooseInput& input)
      : library_(library), input_(input), script_(base_script(input.script)), requested_(first_available(chain(script_))) {}

  std::vector<FaceRun> runs(std::vector<Uncovered>& uncovered) {
    if (const auto face = single_face()) return {{input_.begin, input_.end, *face}};
    read_clusters();
    choose_for_letters();
    choose_for_common();
    choose_for_spaces();
    choose_for_undrawn();
    report(uncovered);
    return merged();
  }

 private:
  // Most text is covered by one face. Digits and punctuation alone follow the letters round them, whose face may be another.
  std::optional<FaceId> single_face() {
    hb_font_t* const font = library_.font(requested_);
    if (!font) return std::nullopt;
    bool letters = false;
    for (std::size_t at = input_.begin; at < input_.end;) {
      const unicode::CodePoint c = unicode::decode(input_.text, at);
      if (!is_undrawn(c.value) && !covers(font, c.value)) return std::nullopt;
      letters = letters || script_of(c.value) != "Zyyy";
      at = c.end;
    }
    if (letters) return requested_;
    surroundings_ = face_around();
    if (!surroundings_ || *surroundings_ == requested_) return requested_;
    return std::nullopt;
  }

  void read_clusters() {
    const std::vector<std::size_t> boundaries = unicode::grapheme_boundaries(input_.text.substr(input_.begin, input_.end - input_.begin));
    for (std::size_t i = 0; i + 1 < boundaries.size(); ++i) {
      Cluster cluster;
      cluster.begin = input_.begin + boundaries[i];
      cluster.end = input_.begin + boundaries[i + 1];
      cluster.script = script_;
      classify(cluster);
      clusters_.push_back(std::move(cluster));
    }
    if (std::none_of(clusters_.begin(), clusters_.end(), [](const Cluster& each) { return each.kind == Kind::Letters; }) && !surroundings_) {
      surroundings_ = face_around();
    }
  }

  void classify(Cluster& cluster) const {
    for (std::size_t at = cluster.begin; at < cluster.end;) {
      const unicode::CodePoint c = unicode::decode(input_.text, at);
      at = c.end;
      if (is_undrawn(c.value)) continue;
      if (std::string script = script_of(c.value); script != "Zyyy") {
        cluster.kind = Kind::Letters;
        cluster.script = std::move(script);
        return;
      }
      if (cluster.kind == Kind::Undrawn) cluster.kind = unicode::is_white_space(c.value) ? Kind::Space : Kind::Common;
    }
  }

  void choose_for_letters() {
    for (Cluster& cluster : clusters_) {
      if (cluster.kind == Kind::Letters) choose_alone(cluster);
    }
  }

  void choose_alone(Cluster& cluster) {
    const std::string_view text = text_of(cluster);
    if (const auto face = find(text, cluster.script)) {
      cluster.face = *face;
      return;
    }
    // No face has all of it: show what can be shown in one face, and report the rest.
    cluster.covered = false;
    std::size_t first = 0;
    while (is_undrawn(unicode::decode(text, first).value)) first = unicode::decode(text, first).end;
    const std::size_t first_end = unicode::decode(text, first).end;
    cluster.face = find(text.substr(first, first_end - first), cluster.script).value_or(requested_);
  }

  // A digit or a mark of punctuation is set in the face of the letters beside it when that has it, so that style stays even.
  void choose_for_common() {
    for (std::size_t i = 0; i < clusters_.size(); ++i) {
      if (clusters_[i].kind == Kind::Common) choose_beside(i, faces_of_letters(i));
    }
  }

  // Last, for a space between two clusters of one face must not part them.
  void choose_for_spaces() {
    for (std::size_t i = 0; i < clusters_.size(); ++i) {
      if (clusters_[i].kind != Kind::Space) continue;
      const auto before = neighbour(i, Step::Back, Kind::Common), after = neighbour(i, Step::Forth, Kind::Common);
      choose_beside(i, before && before == after ? std::vector<FaceId>{*before} : faces_of_letters(i));
    }
  }

  void choose_beside(std::size_t i, std::vector<FaceId> preferred) {
    preferred.push_back(requested_);
    if (const auto face = first_covering(preferred, text_of(clusters_[i]))) {
      clusters_[i].face = *face;
    } else {
      choose_alone(clusters_[i]);
    }
  }

  // The faces of the nearest letters on both sides. Between two faces the requested one wins: a foreign letter colours nothing but itself.
  std::vector<FaceId> faces_of_letters(std::size_t i) const {
    auto first = neighbour(i, Step::Back, Kind::Letters), second = neighbour(i, Step::Forth, Kind::Letters);
    if (second == requested_) std::swap(first, second);
    std::vector<FaceId> faces;
    if (first) faces.push_back(*first);
    if (second) faces.push_back(*second);
    if (faces.empty() && surroundings_) faces.push_back(*surroundings_);
    return faces;
  }

  enum class Step : std::uint8_t { Back, Forth };
  // The face of the nearest cluster of this kind or, kinds being in this order, of one that was chosen before it.
  std::optional<FaceId> neighbour(std::size_t i, Step step, Kind kind) const {
    while (step == Step::Back ? i > 0 : i + 1 < clusters_.size()) {
      i = step == Step::Back ? i - 1 : i + 1;
      if (clusters_[i].kind <= kind) return clusters_[i].face;
    }
    return std::nullopt;
  }

  // A control character stays with what stands before it.
  void choose_for_undrawn() {
    FaceId last = requested_;
    const auto drawn = std::find_if(clusters_.begin(), clusters_.end(), [](const Cluster& each) { return each.kind != Kind::Undrawn; });
    if (drawn != clusters_.end()) last = drawn->face;
    for (Cluster& cluster : clusters_) {
      if (cluster.kind == Kind::Undrawn) cluster.face = last;
      last = cluster.face;
    }
  }

  void report(std::vector<Uncovered>& uncovered) const {
    for (const Cluster& cluster : clusters_) {
      if (cluster.covered) continue;
      hb_font_t* const font = library_.font(cluster.face);
      for (std::size_t at = cluster.begin; at < cluster.end;) {
        const unicode::CodePoint c = unicode::decode(input_.text, at);
        if (!is_undrawn(c.value) && (!font || !covers(font, c.value))) uncovered.push_back({at, c.value});
        at = c.end;
      }
    }
  }

  std::vector<FaceRun> merged() const {
    std::vector<FaceRun> runs;
    for (const Cluster& cluster : clusters_) {
      if (!runs.empty() && runs.back().face == cluster.face) {
        runs.back().end = cluster.end;
      } else {
        runs.push_back({cluster.begin, cluster.end, cluster.face});
      }
    }
    return runs;
  }

  // Bidi levels part numbers from the letters round them: "12" in an Arabic sentence comes alone. The face of the nearest letter of the
  // script, before or after; a limit keeps a long table of numbers linear.
  std::optional<FaceId> face_around() {
    constexpr int kNear = 256;
    std::size_t at = input_.begin;
    for (int i = 0; i < kNear && at > 0; ++i) {
      do --at;
      while (at > 0 && (static_cast<unsigned char>(input_.text[at]) & 0xC0) == 0x80);
      if (const auto face = face_of_letter(at)) return face;
    }
    at = input_.end;
    for (int i = 0; i < kNear && at < input_.text.size(); ++i) {
      if (const auto face = face_of_letter(at)) return face;
      at = unicode::decode(input_.text, at).end;
    }
    return std::nullopt;
  }

  std::optional<FaceId> face_of_letter(std::size_t at) {
    const unicode::CodePoint c = unicode::decode(input_.text, at);
    if (script_ == "Zyyy" || script_of(c.value) != script_) return std::nullopt;
    return find(input_.text.substr(c.begin, c.end - c.begin), script_);
  }

  std::optional<FaceId> find(std::string_view cluster, const std::string& script) {
    if (const auto face = first_covering(chain(script), cluster)) return face;
    const FaceRequest& request = input_.request;
    for (const FamilyId family : library_.remaining_families(script, library_.family_chain(script, request))) {
      if (const auto face = first_covering(library_.by_nearness(family, request.weight, request.slant), cluster)) return face;
    }
    return std::nullopt;
  }

  std::optional<FaceId> first_covering(const std::vector<FaceId>& faces, std::string_view cluster) const {
    for (const FaceId face : faces) {
      hb_font_t* const font = library_.font(face);
      if (font && covers_cluster(font, cluster)) return face;
    }
    return std::nullopt;
  }

  const std::vector<FaceId>& chain(const std::string& script) {
    for (const Chain& known : chains_) {
      if (known.script == script) return known.faces;
    }
    Chain& chain = chains_.emplace_back(Chain{script, {}});
    for (const FamilyId family : library_.family_chain(script, input_.request)) {
      for (const FaceId face : library_.by_nearness(family, input_.request.weight, input_.request.slant)) chain.faces.push_back(face);
    }
    return chain.faces;
  }

  FaceId first_available(const std::vector<FaceId>& faces) const {
    const auto found = std::find_if(faces.begin(), faces.end(), [this](FaceId face) { return library_.font(face) != nullptr; });
    return found == faces.end() ? faces.front() : *found;
  }

  [[nodiscard]] std::string_view text_of(const Cluster& cluster) const { return input_.text.substr(cluster.begin, cluster.end - cluster.begin); }

  const Library& library_;
  const ChooseInput& input_;
  std::deque<Chain> chains_;  // a deque: references stay valid
  std::string script_;
  FaceId requested_;
  std::optional<FaceId> surroundings_;
  std::vector<Cluster> clusters_;
};

}  // namespace

std::vector<FaceRun> choose_faces(const Library& library, const ChooseInput& input, std::vector<Uncovered>& uncovered) {
  EXPECTS(input.begin <= input.end && input.end <= input.text.size());
  if (input.begin == input.end) return {};
  return Chooser(library, input).runs(uncovered);
}

}  // namespace handout::fonts
