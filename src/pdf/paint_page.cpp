#include "pdf/paint_page.h"

#include <optional>
#include <variant>

#include "pdf/content_stream.h"

namespace handout::pdf {

using display::ArtifactKind;
using display::StructureId;

namespace {

class PagePainter {
 public:
  PagePainter(const PaintInput& input, display::PageIndex index, StructureTree& structure)
      : input_(input), index_(index), page_(input.document.pages[index.value()]), structure_(structure) {}

  PaintedPage run() {
    for (const display::Placement& placement : page_.placements) paint_placement(placement);
    close();
    painted_.content = stream_.text();
    return std::move(painted_);
  }

 private:
  using Owner = std::variant<StructureId, ArtifactKind>;

  void paint_placement(const display::Placement& placement) {
    const display::Fragment& fragment = *placement.fragment;
    EXPECTS(std::size_t{placement.first_line} + placement.line_count <= fragment.lines.size());
    placement_ = &placement;
    if (placement.line_count == 0) return;
    // Each background artifact says its own box.
    if (placement.occurrence == display::Occurrence(ArtifactKind::Background)) close();
    origin_ = {placement.position.x, placement.position.y - fragment.lines[placement.first_line].top};
    for (std::uint32_t i = 0; i < placement.line_count; ++i) {
      const display::FragmentLine& line = fragment.lines[placement.first_line + i];
      EXPECTS(std::size_t{line.first_command} + line.command_count <= fragment.commands.size());
      for (std::uint32_t c = 0; c < line.command_count; ++c) {
        const display::Command& command = fragment.commands[line.first_command + c];
        owner_ = owner_of(command);
        std::visit([&](const auto& what) { paint(what, command); }, command.what);
      }
    }
  }

  Owner owner_of(const display::Command& command) const {
    if (const auto* kind = std::get_if<ArtifactKind>(&placement_->occurrence)) return *kind;
    if (!command.element) return ArtifactKind::Layout;
    EXPECTS(command.element->value() < placement_->fragment->elements.size() || command.element->value() == 0);
    return structure_.owner(element_of(*command.element));
  }

  StructureId element_of(display::LocalElement local) const {
    return StructureId(std::get<StructureId>(placement_->occurrence).value() + local.value());
  }

  // ---- marked content ----

  void close() {
    mark_.reset();
    marked_.reset();
  }

  void mark() {
    if (marked_ == owner_ && mark_) return;
    close();
    marked_ = owner_;
    if (const auto* element = std::get_if<StructureId>(&owner_)) {
      mark_.emplace(stream_, display::name(structure_.role(*element)), structure_.add_content(index_, *element));
      return;
    }
    const ArtifactKind kind = std::get<ArtifactKind>(owner_);
    std::optional<Rect> box;
    if (kind == ArtifactKind::Background) {
      const Size size = placement_->fragment->size;
      box = Rect{placement_->position.x, page_.size.height - placement_->position.y - size.height, size.width, size.height};
    }
    mark_.emplace(stream_, kind, box);
  }

  void note_area(const Rect& rect) {
    const auto* element = std::get_if<StructureId>(&owner_);
    if (element != nullptr && structure_.role(*element) == display::Role::Figure) structure_.add_area(index_, *element, box(rect));
  }

  // ---- page space to user space ----

  [[nodiscard]] UserPoint user(Point p) const {
    const Point absolute = origin_ + p;
    return {absolute.x.points(), (page_.size.height - absolute.y).points()};
  }

  [[nodiscard]] Box box(const Rect& rect) const {
    const UserPoint corner = user({rect.x, rect.bottom()});
    return {corner.x, corner.y, corner.x + rect.width.points(), corner.y + rect.height.points()};
  }

  // ---- commands ----

  void paint(const display::GlyphRun& run, const display::Command&) {
    if (run.glyphs.empty()) return;
    mark();
    std::vector<ShownGlyph> shown;
    std::optional<FontIndex> font;
    UserPoint origin = user(run.origin);
    const auto flush = [&] {
      if (font) stream_.show_text(*font, run.size.points(), run.color, {origin.x + shown.front().x, origin.y}, from_first(shown));
      shown.clear();
    };
    for (const display::PlacedGlyph& glyph : run.glyphs) {
      const FontTable::Coded coded = input_.fonts.find(run, glyph);
      if (font && *font != coded.font) flush();
      font = coded.font;
      shown.push_back({coded.code, coded.width, glyph.offset.x.points(), -glyph.offset.y.points()});
      painted_.fonts.insert(coded.font);
    }
    flush();
  }

  static std::vector<ShownGlyph> from_first(const std::vector<ShownGlyph>& shown) {
    std::vector<ShownGlyph> moved = shown;
    for (ShownGlyph& glyph : moved) glyph.x -= shown.front().x;
    return moved;
  }

  void paint(const display::FilledRect& filled, const display::Command&) {
    mark();
    note_area(filled.rect);
    const Box area = box(filled.rect);
    stream_.fill_rectangle({area.left, area.bottom}, filled.rect.width.points(), filled.rect.height.points(), filled.radius.points(), filled.color);
  }

  void paint(const display::StrokedLine& line, const display::Command&) {
    mark();
    std::vector<double> dashes;
    for (const Length dash : line.dashes) dashes.push_back(dash.points());
    stream_.stroke_line(user(line.from), user(line.to), line.width.points(), line.color, dashes);
  }

  void paint(const display::PlacedPicture& placed, const display::Command&) {
    mark();
    note_area(placed.rect);
    const Box area = box(placed.rect);
    const double width = placed.rect.width.points(), height = placed.rect.height.points();
    const auto* drawing = std::get_if<images::Drawing>(&placed.picture->content);
    // An image fills the unit square with its top at y = 1 (8.9.5.1); a drawing has its own size and y down.
    Transform matrix{width, 0, 0, height, area.left, area.bottom};
    if (drawing != nullptr) {
      EXPECTS(drawing->width > 0 && drawing->height > 0);
      matrix = {width / drawing->width, 0, 0, -height / drawing->height, area.left, area.top};
    }
    const EmbeddedPicture* embedded = input_.pictures.find(*placed.picture);
    if (embedded == nullptr) {
      EXPECTS(drawing != nullptr);
      stream_.paint_drawing(*drawing, matrix);
      return;
    }
    stream_.paint_object(embedded->name, matrix);
    painted_.objects.emplace(embedded->name, embedded->object);
    painted_.transparent = painted_.transparent || embedded->transparent;
  }

  void paint(const display::LinkArea& area, const display::Command& command) {
    const auto* owner = std::get_if<StructureId>(&owner_);
    if (owner == nullptr) return;  // a link in an artifact could not be reached through the structure
    const display::FragmentElement& element = placement_->fragment->elements.at(command.element->value());
    EXPECTS(element.link && structure_.role(*owner) == display::Role::Link);
    painted_.links.push_back({*owner, *element.link, element.link_contents, box(area.rect)});
  }

  void paint(const display::DestinationMark& mark, const display::Command&) {
    const UserPoint at = user(mark.at);
    painted_.destinations.push_back({mark.name, at.x, at.y});
  }

  const PaintInput& input_;
  display::PageIndex index_;
  const display::Page& page_;
  StructureTree& structure_;
  PaintedPage painted_;
  ContentStream stream_;
  std::optional<MarkedContent> mark_;
  std::optional<Owner> marked_;
  const display::Placement* placement_ = nullptr;
  Point origin_;
  Owner owner_ = ArtifactKind::Layout;
};

}  // namespace

PaintedPage paint_page(const PaintInput& input, display::PageIndex page, StructureTree& structure) {
  return PagePainter(input, page, structure).run();
}

}  // namespace handout::pdf
