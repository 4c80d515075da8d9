#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "paginate/frames.h"
#include "paginate/part.h"
#include "typeset/typeset.h"

// What pages ask of the paragraphs that hold a recipient's values. Paginate is a function of the document and of these answers: where other paragraphs answer alike, the pages are the same but for
// what was answered, so that a handout for the next recipient needs nothing but new answers (Acar's change propagation, "Self-Adjusting Computation", 2005, with the whole trace checked).
namespace handout::paginate {

// Substitution (part.h): the paragraphs of another recipient, by those of the document that was traced.

// Page fields as they were asked for; the map of destinations is the trace's own.
struct AskedFields { typeset::PageFieldValues values; friend bool operator==(const AskedFields& a, const AskedFields& b); };

// The paragraph's lines at these widths.
struct AskedLines {
  std::shared_ptr<const styled::Paragraph> paragraph;
  typeset::LineWidths rooms;
  Span at;
  std::optional<AskedFields> fields;
  std::shared_ptr<const display::Fragment> answer;
};

// How wide a paragraph, or a block laid out whole, wants to be.
struct AskedWidths {
  std::shared_ptr<const styled::Paragraph> paragraph;  // or
  const Node* node = nullptr;
  typeset::ContentWidths answer;
};

// A row or table whose columns depend on values: what is in it may move, what is around it sees only the part.
struct AskedPart {
  const Node* node = nullptr;
  Space space;
  TokenPtr token;
  std::optional<AskedFields> fields;
  std::optional<display::ArtifactKind> artifact;
  Length page_width, page_height;
  Context::Floats floats = Context::Floats::Stay;
  Part answer;
};

struct AskedBaseline {
  const Node* node = nullptr;
  Length width;
  std::optional<Length> answer;
};

// A region of a page: how much stands in it, and where, nothing around it sees; only that it all has room.
struct AskedRegion {
  const Node* node = nullptr;
  RegionSetting setting;
  AskedFields fields;
  Part answer;
};

using Asked = std::variant<AskedLines, AskedWidths, AskedPart, AskedBaseline, AskedRegion>;

class Trace {
 public:
  // `paragraphs`: those that hold values; `wholes`: the blocks that are asked for as a part.
  Trace(std::unordered_set<const styled::Paragraph*> paragraphs, std::unordered_set<const styled::Block*> wholes) : paragraphs_(std::move(paragraphs)), wholes_(std::move(wholes)) {}

  [[nodiscard]] bool watches(const styled::Paragraph& paragraph) {
    if (!paragraphs_.contains(&paragraph)) return false;
    met_ += depth_ != 0 ? 1 : 0;
    return depth_ == 0;
  }
  [[nodiscard]] bool watches(const styled::Block& block) const { return depth_ == 0 && wholes_.contains(&block); }

  // Each notes a question with its answer, once. What comes back marks the placements (display::Placement::answer).
  std::uint32_t note(AskedLines asked);
  void note(AskedWidths asked);
  void note(AskedPart asked, std::vector<Placed>& marked);
  void note(AskedBaseline asked);
  void note(AskedRegion asked, std::vector<Placed>& marked);
  // The pages depend on a value in a way that no answer covers: they serve for nobody else.
  void give_up() { complete_ = false; }
  [[nodiscard]] bool is_complete() const { return complete_; }

  // A node that outlives its tree.
  const Node* keep(const Node& node);
  std::optional<AskedFields> keep(const typeset::PageFieldValues* fields);

  // While a whole block is laid out, nothing in it is asked for by itself.
  class Inside {
   public:
    explicit Inside(Trace& trace) : trace_(trace), met_(trace.met_) { ++trace_.depth_; }
    ~Inside() { --trace_.depth_; }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;
    // Whether any paragraph in it holds values.
    [[nodiscard]] bool has_met_values() const { return trace_.met_ != met_; }

   private:
    Trace& trace_;
    std::size_t met_;
  };

  // Paragraphs that were asked how wide they want to be, outside any whole block: the next row or table around them should be one.
  [[nodiscard]] const std::unordered_set<const styled::Paragraph*>& measured() const { return measured_; }
  [[nodiscard]] const std::unordered_set<const styled::Block*>& measured_blocks() const { return measured_blocks_; }
  void note_measured(const styled::Paragraph& paragraph) { measured_.insert(&paragraph); }

  [[nodiscard]] const std::vector<Asked>& asked() const { return asked_; }
  // Of a placement's mark: which question, and which item of the part that answered it.
  struct Place { std::size_t question = 0, item = 0; };
  [[nodiscard]] Place place(std::uint32_t mark) const { return places_.at(mark - 1); }
  // The items of a part, as marked.
  [[nodiscard]] static const std::vector<Placed>& items_of(const Asked& asked) {
    const auto* part = std::get_if<AskedPart>(&asked);
    return part != nullptr ? part->answer.items : std::get<AskedRegion>(asked).answer.items;
  }

 private:
  std::unordered_set<const styled::Paragraph*> paragraphs_;
  std::unordered_set<const styled::Block*> wholes_;
  std::unordered_set<const styled::Paragraph*> measured_;
  std::unordered_set<const styled::Block*> measured_blocks_;
  template <typename T>
  void note_part(T asked, std::vector<Placed>& marked);

  std::vector<Asked> asked_;
  std::vector<Place> places_;
  std::vector<std::uint32_t> first_mark_;  // by question
  std::unordered_map<const styled::Block*, std::vector<std::pair<display::StructureId, std::unique_ptr<const Node>>>> nodes_;
  std::deque<std::map<std::string, std::int64_t>> destinations_;
  std::size_t depth_ = 0, met_ = 0;
  bool complete_ = true;
};

// Adds the rows and tables around paragraphs (and around whole blocks) that were asked how wide they want to be; how many are new.
std::size_t add_wholes(const styled::StyledDocument& document, const Trace& trace, std::unordered_set<const styled::Block*>& wholes);

// Of the whole document.
struct PageSettings {
  Length grid;
  unicode::Direction direction = unicode::Direction::LeftToRight;
};

// What the questions are answered with for another recipient: by question, fragments or parts.
struct Answers {
  std::vector<std::shared_ptr<const display::Fragment>> lines;
  std::vector<Part> parts;
};

// Asks everything again. Nothing: some answer differs in what the pages depend on, or there is something to tell, so that the pages have to be made anew.
std::optional<Answers> ask_again(const Trace& trace, const Substitution& substitution, const PageSettings& settings, const typeset::Resources& resources, typeset::Memo& memo);

}  // namespace handout::paginate
