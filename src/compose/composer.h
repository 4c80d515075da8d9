#pragma once

#include <fmt/format.h>

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compose/cascade.h"
#include "compose/compose.h"
#include "compose/fields.h"
#include "compose/left_to_right.h"
#include "compose/markers.h"

// Inside compose/ only: what its files share while one edition is composed.
namespace handout::compose {

// An element with nothing but its role.
[[nodiscard]] display::ElementInfo element_of(display::Role role);
// The name of a block's element in articles: "p", "ul", "callout".
[[nodiscard]] std::string_view name_of(const content::Block& block);
// Lines to write on are ruled like a table's rows (boxes.cpp).
[[nodiscard]] styled::WriteLines write_lines(int count, const ComputedStyle& style);

// A place in the document while it is walked: its element, the computed style, language and direction.
struct Scope {
  std::vector<const layouts::ElementContext*> path;
  ComputedStyle style;
  unicode::Locale language;
};

// An element on the walk; keeps its context alive for the scopes inside.
class Element {
 public:
  Element(std::string_view name, std::string_view id, const std::vector<std::string>* classes, std::vector<std::pair<std::string_view, std::string_view>> attributes = {}) : context_{name, id, classes, std::move(attributes)} {}
  [[nodiscard]] const layouts::ElementContext& context() const { return context_; }

 private:
  layouts::ElementContext context_;
};

// Where blocks are put: over the page's whole width, where a side column may stand beside the text, or in a column already.
enum class Room : std::uint8_t { Full, Narrow };

// A block with the column it asks for.
struct Placed {
  styled::BlockPtr block;
  Column column = Column::Text;
};

struct SideColumn { Length width, gap; };

struct Edition;
class TextBuilder;

// References as they are printed, each in one place: cited as footnotes, or in the list of references. A reference in the list stays there when a later cite asks for a footnote.
struct Notes { std::set<std::string> cited, listed; };

// What stands beside itself in other languages: of each block what it was made from, the same in every language; and the figures that are over all columns, which stand there once. Each says
// whether its labels are a list.
struct Origins {
  std::unordered_map<styled::BlockPtr, std::string> made_from;
  std::map<std::string, bool>* spanning = nullptr;
};

struct Composer {
  const request::Request& request;
  const Sources& sources;
  std::size_t edition;                         // which of the request's
  const content::Article& article;
  const Resources& resources;
  Diagnostics& diags;
  Cascade& cascade;
  const Fields& fields;
  SideColumn side;
  Length text_width;                           // of the text column
  bool us_units = false;
  std::set<std::string> link_targets;          // ids that some link or cite points to and that are printed
  std::map<std::string, int> reference_numbers;
  Origins* origins = nullptr;                  // only where languages stand beside one another
  Notes* notes = nullptr;                      // of the edition
  const std::vector<std::unique_ptr<Edition>>* editions = nullptr;  // all of the request's, in its order

  // ---- scopes ----
  [[nodiscard]] Scope enter(const Scope& parent, const Element& element) const;
  [[nodiscard]] Scope enter(const Scope& parent, const Element& element, const unicode::Locale& language) const;
  // The scope points to its element, which has to outlive it.
  Scope enter(const Scope&, const Element&&) const = delete;
  Scope enter(const Scope&, const Element&&, const unicode::Locale&) const = delete;
  // Direction decides the sides of boxes: that of the edition, not of a foreign paragraph.
  [[nodiscard]] bool right_to_left() const { return article.locale.direction() == unicode::Direction::RightToLeft; }

  // ---- phrases (phrases.cpp) ----
  [[nodiscard]] const content::Phrases* phrases_with(std::string_view id, const Span& at) const;

  [[nodiscard]] std::string phrase_words(std::string_view id, const unicode::MessageArguments& arguments, const Span& at) const;

  // ---- boxes (boxes.cpp) ----
  [[nodiscard]] styled::BoxStyle box(const ComputedStyle& style) const;
  [[nodiscard]] styled::BlockPtr flow(std::string_view name, const Span& at, const ComputedStyle& style, display::ElementInfo info, std::vector<Placed> children, Room room) const;
  [[nodiscard]] std::vector<styled::BlockPtr> arrange(std::vector<Placed> children, const ComputedStyle& around, Room room) const;
  [[nodiscard]] styled::BlockPtr row(std::string_view name, const Span& at, std::vector<styled::RowCell> logical, Length gap, const styled::BoxStyle& box) const;
  [[nodiscard]] styled::Align physical(TextAlign align, unicode::Direction direction) const;

  // ---- article content (blocks.cpp, lists.cpp, figures.cpp) ----
  [[nodiscard]] Placed block(const content::Block& block, const Scope& parent, Room room, int heading) const;
  [[nodiscard]] std::vector<Placed> blocks(const content::Blocks& list, const Scope& parent, Room room, int heading) const;
  [[nodiscard]] Placed text_block(std::string_view element, const content::TextBlock& text, const Scope& parent, display::Role role, const std::vector<std::string>* classes = nullptr) const;
  [[nodiscard]] Placed points(const Scope& parent) const;
  [[nodiscard]] Placed references(const Scope& parent) const;
  [[nodiscard]] styled::BlockPtr reference_text(const content::Reference& reference, const Scope& scope, display::ElementInfo info) const;
  // The references that cites made footnotes, once everything else is composed.
  void add_footnotes(styled::Footnotes& footnotes, const Scope& root) const;

  [[nodiscard]] styled::BlockPtr section(const content::Block& block, const content::Section& section, const Scope& scope, Room room, int heading) const;
  [[nodiscard]] styled::BlockPtr list(const content::Block& block, const content::List& list, const Scope& scope, int heading) const;
  [[nodiscard]] styled::BlockPtr list_item(const content::Item& item, const Element& context, const Scope& list_scope, const Label& label, int heading) const;
  [[nodiscard]] styled::BlockPtr labelled(std::string_view name, const Span& at, const Scope& scope, const Label& label, styled::BlockPtr body) const;
  [[nodiscard]] styled::BlockPtr definitions(const content::Block& block, const content::DefinitionList& list, const Scope& scope) const;
  [[nodiscard]] styled::BlockPtr callout(const content::Block& block, const content::Callout& callout, const Scope& scope, Room room, int heading) const;
  [[nodiscard]] styled::BlockPtr question(const content::Block& block, const content::Question& question, const Scope& scope) const;
  [[nodiscard]] styled::BlockPtr table(const content::Block& block, const content::Table& table, const Scope& scope) const;
  [[nodiscard]] styled::BlockPtr stacked_table(const content::Block& block, const content::Table& table, const Scope& scope) const;
  [[nodiscard]] styled::BlockPtr stacked_cell(const content::Cell& cell, const std::vector<const content::TextBlock*>& headings, std::string_view name, const Scope& scope) const;
  // The picture in its box; a caption that stands beside it comes first, as a block of its own.
  [[nodiscard]] std::vector<Placed> figure(const content::Block& block, const content::Figure& figure, const Scope& parent, Room room) const;
  [[nodiscard]] Placed legend(const content::Block& block, const std::vector<const content::Label*>& labels, unicode::CounterStyle style, const Scope& scope) const;
  // The box of a picture. One that floats at a side is as wide as its picture.
  [[nodiscard]] styled::BoxStyle picture_box(const ComputedStyle& style, styled::Picture& picture) const;
  // What the destination of an id is called in the whole document.
  [[nodiscard]] std::string destination(const std::string& id) const;
  // The block with a destination, when something points to it.
  [[nodiscard]] styled::BlockPtr anchored(styled::BlockPtr block, const std::string& id) const;
  [[nodiscard]] bool labels_fit(const styled::Picture& picture, const std::vector<std::pair<const content::Label*, std::size_t>>& labels, const Scope& scope) const;
  [[nodiscard]] Placed question_group(std::vector<Placed> questions, const Span& at, const Scope& parent) const;
  [[nodiscard]] styled::BlockPtr icon(const std::string& file, Length height, const Span& at) const;
  // The block with the icon of the box around it, if that has one, at its start.
  [[nodiscard]] styled::BlockPtr with_icon(styled::BlockPtr block, const ComputedStyle& style) const;

  // ---- layout items (items.cpp) ----
  struct Slots;  // what of the article has been taken
  // `place`: of the page, in bands and regions.
  [[nodiscard]] std::vector<Placed> items(const layouts::Items& list, const Scope& parent, Room room, Slots* slots, const styled::PagePlace* place) const;
  void add_parts(TextBuilder& builder, const layouts::TextItem& text, const Scope& scope, const styled::PagePlace* place) const;
  [[nodiscard]] Placed contents(const layouts::Item& item, const layouts::ContentsItem& contents, const Scope& scope) const;
  // `room`: the width that there is, where it is known.
  [[nodiscard]] Placed code(const layouts::Item& item, const layouts::CodeItem& source, const Scope& scope, std::optional<Length> room) const;
  // The items once for each edition, beside one another (parallel.cpp).
  [[nodiscard]] styled::BlockPtr parallel(const layouts::Item& item, const layouts::ParallelItem& parallel, const Scope& scope) const;
  void note_origin(const styled::BlockPtr& block, std::string_view origin) const {
    if (origins != nullptr && block) origins->made_from.insert_or_assign(block, origin);
  }
  // A paragraph's text, for more than to be printed.
  [[nodiscard]] const std::string& text_of(const styled::Paragraph& paragraph) const {
    if (resources.dependence != nullptr) resources.dependence->note_read(paragraph, fields);
    return paragraph.text;
  }
  // Its words alone, for the same: bookmarks, what links say.
  [[nodiscard]] std::string read(const styled::Paragraph& paragraph) const;
  // What stands in no block of its own, as it is printed, without links and notes.
  [[nodiscard]] std::shared_ptr<const styled::Paragraph> words(const content::Inlines& content, const Scope& scope) const;
  // Bookmarks and running titles are in the first language only.
  [[nodiscard]] bool has_outline() const { return origins == nullptr || edition == 0; }
  // Whether an item's conditions hold.
  [[nodiscard]] bool shown(const layouts::Shown& shown, const styled::PagePlace* place) const;
};

struct Composer::Slots {
  struct Piece { std::string element, id; const std::vector<std::string>* classes = nullptr; const content::Block* block = nullptr; bool taken = false; };
  std::vector<Piece> pieces;
  // Takes what the slot selects and nobody took before. A section comes without what was taken out of it; one that has nothing left does not come.
  std::vector<const Piece*> take(const layouts::Slot& slot);

 private:
  void take_inside(const content::Block& section, const layouts::Slot& slot, std::vector<const Piece*>& chosen);
  [[nodiscard]] bool has_gap(const content::Block& block) const;
  [[nodiscard]] std::optional<content::Block> what_is_left(const content::Block& block) const;

  std::set<const content::Block*> lifted_;  // out of sections
  std::deque<Piece> inner_;                 // what was lifted, and sections with gaps
  std::deque<content::Block> reduced_;      // those sections
};

// The block with another wish to stay with what follows.
[[nodiscard]] styled::BlockPtr with_keep(const styled::Block& block, styled::Keep with_next);
// Of conditions, what doesn't depend on the page.
[[nodiscard]] bool shown(const layouts::Shown& shown, const Fields& fields, const unicode::Locale& language);
// Whether the page is one of these (pages.cpp); none: any is.
[[nodiscard]] bool is_on_page(const std::vector<layouts::PageOn>& pages, const styled::PagePlace& place, unicode::Direction direction);
// What links may point to: ids that are wanted and will be on paper (targets.cpp).
[[nodiscard]] std::set<std::string> printed_targets(const content::Article& article, const layouts::LayoutDefinition& layout, const Fields& fields);
[[nodiscard]] Composer::Slots slots_of(const content::Article& article);
// The words without links and notes.
[[nodiscard]] content::Inlines without_links(const content::Inlines& content);
// The destination of a heading of the layout, for contents lists: its id, or a name by its place in the layout.
[[nodiscard]] std::string heading_destination(const layouts::Item& item);

// Builds one paragraph's text, runs and inline elements.
class TextBuilder {
 public:
  TextBuilder(const Composer& composer, const Scope& scope, display::ElementInfo info);

  void add_text(std::string_view text, const Scope& scope, display::TextSource source);
  // Words of an article, a layout or a phrase: isolates go round what is read left to right in right-to-left text.
  void add_words(std::string_view text, const Scope& scope);
  void add_inlines(const content::Inlines& content, const Scope& scope);
  void add_field(std::string_view name, content::FieldFormat format, const Scope& scope);
  // Each line of an address on a line of its own.
  void add_field_lines(std::string_view name, const Scope& scope);
  // A value that is no text of ours: isolated. `field`: whose it is, "" for nobody's.
  void add_value(std::string_view text, std::string_view field, const Scope& scope, display::TextSource source);
  // A message with its arguments: fields (isolated) and page numbers. `page_of`: the id whose page {page} is; "": the page that the words stand on.
  void add_phrase(const layouts::PhrasePart& phrase, const Scope& scope, const Span& at, const std::string& page_of = {});
  void add_page_field(styled::PageFieldKind kind, const Scope& scope);
  // The number of the page on which the block with this id, a target of links, begins.
  void add_page_of(const std::string& id, const Scope& scope);
  enum class In : std::uint8_t { Paragraph, Reference };
  // In::Reference: inside an element of that role (ISO 32000-1, table 338).
  void add_link(display::LinkTarget target, std::string contents, In in, const std::function<void()>& add_content);
  void add_leader(styled::Leader::Pattern pattern, std::optional<Length> minimum, const Scope& scope);
  void add_break(const Scope& scope);
  void set_anchor(std::string anchor) { anchor_ = std::move(anchor); }

  [[nodiscard]] bool empty() const { return paragraph_.text.empty(); }
  [[nodiscard]] styled::BlockPtr finish(std::string_view name, const Span& at);
  // For labels in pictures, which are no blocks.
  [[nodiscard]] std::shared_ptr<const styled::Paragraph> finish_paragraph();

 private:
  class Inside;  // an inline element, open while it lives
  void add(const content::Text& text, const Scope& scope, const Span& at);
  void add(const content::Emphasized& emphasized, const Scope& scope, const Span& at);
  void add(const content::Link& link, const Scope& scope, const Span& at);
  void add(const content::Cite& cite, const Scope& scope, const Span& at);
  void add(const content::FieldRef& field, const Scope& scope, const Span& at);
  void add(const content::Choose& choose, const Scope& scope, const Span& at);
  void add(const content::Plural& plural, const Scope& scope, const Span& at);
  void add(const content::Measure& measure, const Scope& scope, const Span& at);
  void add(const content::Foreign& foreign, const Scope& scope, const Span& at);
  void add(const content::Quote& quote, const Scope& scope, const Span& at);
  void add(const content::LineBreak&, const Scope& scope, const Span& at);
  void add_page_reference(const std::string& id, const Scope& scope, const Span& at);
  void add_object(const Scope& scope, display::TextSource source);
  void add_with(const std::vector<LeftToRight>& stretches, std::string_view text, const Scope& scope, display::TextSource source);
  void add_isolated(unicode::Direction direction, const Scope& scope, const std::function<void()>& add_content);
  styled::StyleIndex style_index(const ComputedStyle& style);
  // A value of the field, or a line of it; where a recipient's stands is noted.
  struct ShownAs { content::FieldFormat format = content::FieldFormat::Plain; InLines lines = InLines::No; };
  void add_value_of(std::string_view name, const FieldValue& value, ShownAs shown, const Scope& scope);

  const Composer& composer_;
  Scope scope_;
  display::ElementInfo info_;
  styled::Paragraph paragraph_;
  std::vector<ValuePlace> places_;
  std::string anchor_;
  display::LocalElement element_;
  std::string field_;             // the recipient's field that text is added of
  Length block_size_;
  unicode::Direction direction_;  // of the isolate that text is added to, or of the paragraph
  LeftToRightFinder left_to_right_;
};

}  // namespace handout::compose
