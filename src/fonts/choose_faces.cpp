#include "fonts/choose_faces.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>

#include "base/expects.h"
#include "fonts/characters.h"
#include "fonts/clusters.h"
#include "fonts/shape.h"
#include "unicode/text.h"

namespace handout::fonts {

namespace {

using Kind = ClusterKind;

// Scripts for which HarfBuzz never puts U+25CC under a mark that stands on nothing: their fonts need not be tried.
bool is_simple(ScriptTag script) {
  static constexpr std::array<std::string_view, 10> kSimple = {"Latn", "Grek", "Cyrl", "Arab", "Hebr", "Syrc", "Hani", "Hira", "Kana", "Zyyy"};
  return std::ranges::find(kSimple, code_of(script)) != kSimple.end();
}

bool is_ascii_letter(char32_t c) { return (c | 0x20U) >= U'a' && (c | 0x20U) <= U'z'; }

class Chooser {
 public:
  Chooser(const Library& library, const ChooseInput& input)
      : library_(library), input_(input), script_(tag_of(base_script(input.script))), requested_(first_available(chain(script_))) {}

  std::vector<FaceRun> runs(std::vector<Uncovered>& uncovered) {
    if (const auto face = single_face()) return {{input_.begin, input_.end, *face}};
    clusters_ = read_clusters(input_.text, input_.begin, input_.end, script_);
    const bool letters = std::ranges::any_of(clusters_, [](const Cluster& each) { return each.kind == Kind::Letters; });
    if (!letters && !surroundings_) surroundings_ = face_around();
    choose_for_letters();
    choose_for_common();
    choose_for_spaces();
    choose_for_undrawn();
    report(uncovered);
    return merged();
  }

 private:
  // Most text is covered by one face: by the requested one, or by the first that has the script's letters. Digits and punctuation alone follow the letters round
  // them, whose face may be another.
  std::optional<FaceId> single_face() {
    const Program* const requested = library_.program(requested_);
    if (!requested) return std::nullopt;
    bool letters = false;
    for (std::size_t at = input_.begin; at < input_.end;) {
      const unicode::CodePoint c = unicode::decode(input_.text, at);
      at = c.end;
      if (!covers(*requested, c.value)) {
        if (is_undrawn(c.value)) continue;
        return single_fallback(c);
      }
      letters = letters || is_ascii_letter(c.value) || script_of(c.value) != 0;
      if (is_contested(c.value, requested_)) return std::nullopt;
    }
    if (letters) return requested_;
    surroundings_ = face_around();
    if (!surroundings_ || *surroundings_ == requested_) return requested_;
    return std::nullopt;
  }

  // The face of a letter that the requested face lacks, when it has all of the range and no face before it has any of the letters.
  std::optional<FaceId> single_fallback(const unicode::CodePoint& letter) {
    if (script_ == 0 || script_of(letter.value) != script_) return std::nullopt;
    const auto face = first_covering(chain(script_), input_.text.substr(letter.begin, letter.end - letter.begin));
    if (!face) return std::nullopt;
    const Program& program = *library_.program(*face);
    const std::vector<const Program*> before = programs_before(*face);
    for (std::size_t at = input_.begin; at < input_.end;) {
      const unicode::CodePoint c = unicode::decode(input_.text, at);
      at = c.end;
      if (!covers(program, c.value)) {
        if (is_undrawn(c.value)) continue;
        return std::nullopt;
      }
      const ScriptTag script = script_of(c.value);
      if (script == 0) continue;
      if (script != script_ || std::ranges::any_of(before, [&](const Program* other) { return covers(*other, c.value); })) return std::nullopt;
      if (is_contested(c.value, *face)) return std::nullopt;
    }
    return face;
  }

  std::vector<const Program*> programs_before(FaceId face) {
    std::vector<const Program*> programs;
    for (const FaceId each : chain(script_)) {
      if (each == face) break;
      if (const Program* const program = library_.program(each)) programs.push_back(program);
    }
    return programs;
  }

  // A mark that another family has as well, which is made for the range's script: shaping decides between them.
  bool is_contested(char32_t c, FaceId face) {
    if (simple_ || !unicode::is_mark(c)) return false;
    if (!rivals_ || rivals_of_ != face) {
      rivals_ = rivals(face, script_);
      rivals_of_ = face;
    }
    return std::ranges::any_of(*rivals_, [&](FaceId rival) { return covers(*library_.program(rival), c); });
  }

  // The faces of other families of the chain that are made for the script.
  std::vector<FaceId> rivals(FaceId face, ScriptTag script) {
    const std::string code = code_of(script);
    std::vector<FaceId> faces;
    std::optional<FamilyId> last;
    for (const FaceId each : chain(script)) {
      const FamilyId family = library_.family_of(each);
      if (family == library_.family_of(face) || family == last) continue;
      const std::vector<std::string>& scripts = library_.families()[family.value()].scripts;
      if (std::ranges::find(scripts, code) == scripts.end() || !library_.program(each)) continue;
      faces.push_back(each);
      last = family;
    }
    return faces;
  }

  void choose_for_letters() {
    std::optional<FaceId> before;
    for (std::size_t i = 0; i < clusters_.size();) {
      if (clusters_[i].kind != Kind::Letters) {
        ++i;
        continue;
      }
      const Word word = word_at(clusters_, i);
      if (!choose_as_before(word, before)) choose_for_word(word);
      i = word.end;
      before = clusters_[i - 1].face;
    }
  }

  // A foreign word that the requested face lacks stays in the face of the letters before it when that has it.
  bool choose_as_before(const Word& word, std::optional<FaceId> before) {
    if (!before || clusters_[word.begin].script == script_) return false;
    const std::string_view text = text_of(word);
    if (first_covering({requested_}, text) || !first_covering({*before}, text)) return false;
    set_face(word, *before);
    return true;
  }

  // One face for the whole word, the first of the chain that has it; else as few faces as it takes.
  void choose_for_word(Word word) {
    const std::string_view text = text_of(word);
    if (const auto face = face_of_word(text, clusters_[word.begin].script)) {
      set_face(word, *face);
      return;
    }
    while (word.begin < word.end) {
      const Word piece = longest_piece(word);
      if (piece.begin == piece.end) {
        choose_alone(clusters_[word.begin++]);
      } else {
        word.begin = piece.end;
      }
    }
  }

  std::optional<FaceId> face_of_word(std::string_view text, ScriptTag script) {
    const auto known = words_.find({script, text});
    if (known != words_.end()) return known->second;
    auto face = first_covering(chain(script), text);
    if (face && !is_simple(script)) face = face_shaping_well(*face, text, script);
    words_.emplace(std::pair(script, text), face);
    return face;
  }

  // Marks that a face has may still be drawn on a dotted circle, or not at all: then another face that has them is better, if it does better.
  std::optional<FaceId> face_shaping_well(FaceId face, std::string_view text, ScriptTag script) {
    std::vector<FaceId> candidates = rivals(face, script);
    std::erase_if(candidates, [&](FaceId each) { return !Drawn(text).is_covered_by(*library_.program(each)); });
    if (candidates.empty()) return face;
    candidates.insert(candidates.begin(), face);
    const std::string code = code_of(script);
    const auto found = std::ranges::find_if(candidates, [&](FaceId each) { return shapes_whole(library_.font(each), text, code, input_.request.language); });
    return found == candidates.end() ? face : *found;
  }

  // The longest stretch from the word's begin that one face has, which it gets.
  Word longest_piece(const Word& word) {
    Word piece{word.begin, word.begin};
    FaceId best;
    for (const FaceId face : chain(clusters_[word.begin].script)) {
      const Program* const program = library_.program(face);
      if (!program) continue;
      std::size_t end = word.begin;
      while (end < word.end && Drawn(text_of(clusters_[end])).is_covered_by(*program)) ++end;
      if (end <= piece.end) continue;
      piece.end = end;
      best = face;
    }
    set_face(piece, best);
    return piece;
  }

  void set_face(const Word& word, FaceId face) {
    for (std::size_t i = word.begin; i < word.end; ++i) clusters_[i].face = face;
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
    const Neighbours letters = neighbours(Kind::Letters);
    for (std::size_t i = 0; i < clusters_.size(); ++i) {
      if (clusters_[i].kind == Kind::Common) choose_beside(i, faces_of_letters(letters, i));
    }
  }

  // Last, for a space between two clusters of one face must not part them.
  void choose_for_spaces() {
    const Neighbours letters = neighbours(Kind::Letters), chosen = neighbours(Kind::Common);
    for (std::size_t i = 0; i < clusters_.size(); ++i) {
      if (clusters_[i].kind != Kind::Space) continue;
      const auto before = chosen.before[i], after = chosen.after[i];
      choose_beside(i, before && before == after ? std::vector<FaceId>{*before} : faces_of_letters(letters, i));
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

  // For each cluster the faces of the nearest clusters of a kind or, kinds being in this order, of one that was chosen before it.
  struct Neighbours {
    std::vector<std::optional<FaceId>> before, after;
  };
  Neighbours neighbours(Kind kind) const {
    Neighbours result{std::vector<std::optional<FaceId>>(clusters_.size()), std::vector<std::optional<FaceId>>(clusters_.size())};
    std::optional<FaceId> last, next;
    for (std::size_t i = 0; i < clusters_.size(); ++i) {
      result.before[i] = last;
      if (clusters_[i].kind <= kind) last = clusters_[i].face;
    }
    for (std::size_t i = clusters_.size(); i-- > 0;) {
      result.after[i] = next;
      if (clusters_[i].kind <= kind) next = clusters_[i].face;
    }
    return result;
  }

  // Between two faces the requested one wins: a foreign letter colours nothing but itself.
  std::vector<FaceId> faces_of_letters(const Neighbours& letters, std::size_t i) const {
    auto first = letters.before[i], second = letters.after[i];
    if (second == requested_) std::swap(first, second);
    std::vector<FaceId> faces;
    if (first) faces.push_back(*first);
    if (second) faces.push_back(*second);
    if (faces.empty() && surroundings_) faces.push_back(*surroundings_);
    return faces;
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
      const Program* const program = library_.program(cluster.face);
      for (std::size_t at = cluster.begin; at < cluster.end;) {
        const unicode::CodePoint c = unicode::decode(input_.text, at);
        if (!is_undrawn(c.value) && (!program || !covers(*program, c.value))) uncovered.push_back({at, c.value});
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
    if (script_ == 0 || script_of(c.value) != script_) return std::nullopt;
    return find(input_.text.substr(c.begin, c.end - c.begin), script_);
  }

  std::optional<FaceId> find(std::string_view cluster, ScriptTag script) {
    if (const auto face = first_covering(chain(script), cluster)) return face;
    const auto known = rare_.find({script, cluster});
    if (known != rare_.end()) return known->second;
    std::optional<FaceId> found;
    const FaceRequest& request = input_.request;
    const std::string code = code_of(script);
    for (const FamilyId family : library_.remaining_families(code, library_.family_chain(code, request))) {
      found = first_covering(library_.by_nearness(family, request.weight, request.slant), cluster);
      if (found) break;
    }
    rare_.emplace(std::pair(script, cluster), found);
    return found;
  }

  std::optional<FaceId> first_covering(const std::vector<FaceId>& faces, std::string_view text) const {
    const Drawn drawn(text);
    for (const FaceId face : faces) {
      const Program* const program = library_.program(face);
      if (program && drawn.is_covered_by(*program)) return face;
    }
    return std::nullopt;
  }

  const std::vector<FaceId>& chain(ScriptTag script) {
    for (const auto& [known, faces] : chains_) {
      if (known == script) return *faces;
    }
    return *chains_.emplace_back(script, &library_.face_chain(code_of(script), input_.request)).second;
  }

  FaceId first_available(const std::vector<FaceId>& faces) const {
    const auto found = std::find_if(faces.begin(), faces.end(), [this](FaceId face) { return library_.font(face) != nullptr; });
    return found == faces.end() ? faces.front() : *found;
  }

  [[nodiscard]] std::string_view text_of(const Cluster& cluster) const { return input_.text.substr(cluster.begin, cluster.end - cluster.begin); }
  [[nodiscard]] std::string_view text_of(const Word& word) const {
    const std::size_t begin = clusters_[word.begin].begin;
    return input_.text.substr(begin, clusters_[word.end - 1].end - begin);
  }

  const Library& library_;
  const ChooseInput& input_;
  std::vector<std::pair<ScriptTag, const std::vector<FaceId>*>> chains_;
  ScriptTag script_;
  bool simple_ = is_simple(script_);
  FaceId requested_;
  std::optional<FaceId> surroundings_;
  FaceId rivals_of_;
  std::optional<std::vector<FaceId>> rivals_;
  std::vector<Cluster> clusters_;
  // What was found for a word, and for a cluster that no face of its chain has: both come again.
  std::map<std::pair<ScriptTag, std::string_view>, std::optional<FaceId>> words_, rare_;
};

}  // namespace

std::vector<FaceRun> choose_faces(const Library& library, const ChooseInput& input, std::vector<Uncovered>& uncovered) {
  EXPECTS(input.begin <= input.end && input.end <= input.text.size());
  if (input.begin == input.end) return {};
  return Chooser(library, input).runs(uncovered);
}

}  // namespace handout::fonts
