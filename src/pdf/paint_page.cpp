#include "pdf/paint_page.h"

#include <algorithm>
#include <optional>
#include <variant>

#include "base/expects.h"
#include "base/narrow.h"
#include "pdf/box_path.h"
#include "pdf/content_stream.h"
#include "pdf/placed_commands.h"
#include "pdf/readable_glyphs.h"

namespace handout::pdf {

using display::ArtifactKind;

namespace {

class Painter {
 public:
  Painter(const PaintInput& input, std::span<const display::Placement> placements, std::span<const Owner> owners, Length page_height, std::uint32_t first_mcid)
      : input_(input), placements_(placements), owners_(owners), page_height_(page_height), first_mcid_(first_mcid) {}

  Painted run() {
    for (const display::Placement& placement : placements_) {
      paint_placement(placement);
      first_owner_ += owner_count(placement);
    }
    close();
    painted_.content = stream_.finish();
    return std::move(painted_);
  }

 private:
  // Which content a command is: an element's (of the owner), or an artifact.
  using Mark = std::variant<OwnerIndex, ArtifactKind>;

  void paint_placement(const display::Placement& placement) {
    const display::Fragment& fragment = *placement.fragment;
    placement_ = &placement;
    if (placement.line_count == 0) return;
    // Each background artifact says its own box.
    if (placement.occurrence == display::Occurrence(ArtifactKind::Background)) close();
    origin_ = {placement.position.x, placement.position.y - fragment.lines[placement.first_line].top};
    for_placed_commands(placement, input_.purpose, [&](const display::Command& command) {
      wanted_ = mark_of(command);
      std::visit([&](const auto& what) { paint(what, command); }, command.what);
    });
  }

  Mark mark_of(const display::Command& command) const {
    if (const auto* kind = std::get_if<ArtifactKind>(&placement_->occurrence)) return *kind;
    if (!command.element || input_.purpose == Purpose::Print) return ArtifactKind::Layout;
    EXPECTS(command.element->value() < owner_count(*placement_));
    return first_owner_ + command.element->value();
  }

  // ---- marked content ----

  [[nodiscard]] bool same_content(const Mark& a, const Mark& b) const {
    const auto* owner_a = std::get_if<OwnerIndex>(&a);
    const auto* owner_b = std::get_if<OwnerIndex>(&b);
    return owner_a != nullptr && owner_b != nullptr ? owners_[*owner_a] == owners_[*owner_b] : a == b;
  }

  void close() {
    sequence_.reset();
    open_.reset();
  }

  void mark(Reading reading = Reading::Text) {
    if (input_.purpose == Purpose::Print || (open_ && same_content(*open_, wanted_))) return;
    close();
    open_ = wanted_;
    if (const auto* owner = std::get_if<OwnerIndex>(&wanted_)) {
      sequence_.emplace(stream_, display::name(owners_[*owner].role), narrow<std::uint32_t>(first_mcid_ + painted_.marks.size()), reading);
      painted_.marks.push_back(*owner);
      return;
    }
    const ArtifactKind kind = std::get<ArtifactKind>(wanted_);
    std::optional<Rect> box;
    if (kind == ArtifactKind::Background) {
      const Size size = placement_->fragment->size;
      box = Rect{placement_->position.x, page_height_ - placement_->position.y - size.height, size.width, size.height};
    }
    sequence_.emplace(stream_, kind, box);
  }

  void note_area(const Rect& rect) {
    const auto* owner = std::get_if<OwnerIndex>(&wanted_);
    if (owner != nullptr && owners_[*owner].role == display::Role::Figure) painted_.areas.push_back({*owner, box(rect)});
  }

  // ---- page space to user space ----

  [[nodiscard]] UserPoint user(Point p) const {
    const Point absolute = origin_ + p;
    return {absolute.x.points(), (page_height_ - absolute.y).points()};
  }

  [[nodiscard]] Box box(const Rect& rect) const {
    const UserPoint corner = user({rect.x, rect.bottom()});
    return {corner.x, corner.y, corner.x + rect.width.points(), corner.y + rect.height.points()};
  }

  // ---- commands ----

  void paint(const display::GlyphRun& run, const display::Command&) {
    if (run.glyphs.empty()) return;
    find_readable_glyphs(run, input_.fonts.faces(), readable_);
    const bool tagged = input_.purpose != Purpose::Print && std::holds_alternative<OwnerIndex>(wanted_);
    std::size_t from = 0;
    for (const std::size_t unread : tagged ? std::span<const std::size_t>(readable_.unread) : std::span<const std::size_t>()) {
      show(run, readable_.glyphs.subspan(from, unread - from));
      close();
      mark(Reading::Nothing);
      show(run, readable_.glyphs.subspan(unread, 1));
      close();
      from = unread + 1;
    }
    show(run, readable_.glyphs.subspan(from));
  }

  void show(const display::GlyphRun& run, std::span<const display::PlacedGlyph> glyphs) {
    if (glyphs.empty()) return;
    mark();
    const FontTable::Codes* codes = input_.fonts.codes_of(run);
    shown_.clear();
    std::optional<FontIndex> font;
    for (const display::PlacedGlyph& glyph : glyphs) {
      const FontTable::Coded* coded = codes != nullptr ? codes->find(run, glyph) : nullptr;
      if (coded == nullptr) {
        painted_.lacks_codes = true;
        return;
      }
      if (font && *font != coded->font) flush(run, *font);
      font = coded->font;
      shown_.push_back({coded->code, coded->width, glyph.offset.x.points(), -glyph.offset.y.points()});
    }
    flush(run, *font);
  }

  // What is to be shown in one font, from its first glyph on.
  void flush(const display::GlyphRun& run, FontIndex font) {
    const double first = shown_.front().x;
    for (ShownGlyph& glyph : shown_) glyph.x -= first;
    const UserPoint origin = user(run.origin);
    stream_.show_text({font, run.size.points(), run.color, run.horizontal_scale}, {origin.x + first, origin.y}, shown_);
    painted_.fonts.insert(font);
    shown_.clear();
  }

  void paint(const display::FilledRect& filled, const display::Command&) {
    mark();
    note_area(filled.rect);
    const Box area = box(filled.rect);
    if (filled.radius > Length{} && filled.corners != 0) {
      stream_.fill_path(rounded_rectangle(area, filled.radius.points(), filled.corners), images::FillRule::NonZero, filled.color);
    } else {
      stream_.fill_rectangle({area.left, area.bottom}, filled.rect.width.points(), filled.rect.height.points(), filled.color);
    }
  }

  void paint(const display::Frame& frame, const display::Command&) {
    mark();
    note_area(frame.rect);
    const FramePath path = frame_path(frame, box(frame.rect));
    stream_.fill_path(path.segments, path.rule, frame.color);
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
    const auto* owner = std::get_if<OwnerIndex>(&wanted_);
    if (owner == nullptr) return;  // a link in an artifact could not be reached through the structure
    const display::FragmentElement& element = placement_->fragment->elements.at(command.element->value());
    EXPECTS(element.link && owners_[*owner].role == display::Role::Link);
    painted_.links.push_back({*owner, *element.link, element.link_contents, box(area.rect)});
  }

  void paint(const display::DestinationMark& mark, const display::Command&) {
    const UserPoint at = user(mark.at);
    painted_.destinations.push_back({mark.name, at.x, at.y});
  }

  const PaintInput& input_;
  std::span<const display::Placement> placements_;
  std::span<const Owner> owners_;
  Length page_height_;
  std::uint32_t first_mcid_;
  Painted painted_;
  ContentStream stream_;
  std::optional<MarkedContent> sequence_;
  std::optional<Mark> open_;
  const display::Placement* placement_ = nullptr;
  OwnerIndex first_owner_ = 0;  // of the placement
  Point origin_;
  Mark wanted_ = ArtifactKind::Layout;  // the command's
  ReadableGlyphs readable_;             // the run's
  std::vector<ShownGlyph> shown_;
};

}  // namespace

std::size_t owner_count(const display::Placement& placement) {
  if (!std::holds_alternative<display::StructureId>(placement.occurrence)) return 0;
  return std::max<std::size_t>(placement.fragment->elements.size(), 1);
}

Painted paint(const PaintInput& input, std::span<const display::Placement> placements, std::span<const Owner> owners, Length page_height, std::uint32_t first_mcid) {
  return Painter(input, placements, owners, page_height, first_mcid).run();
}

}  // namespace handout::pdf
