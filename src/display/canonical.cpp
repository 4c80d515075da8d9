#include "display/canonical.h"

#include <algorithm>
#include <array>
#include <bit>
#include <type_traits>
#include <utility>

namespace handout::display {

namespace {

// Whole numbers in groups of seven bits, the lowest first, each but the last with its high bit set (LEB128; signed ones folded, so that small ones are short); fractions as eight bytes; texts and lists with their
// length before them, so that no two forms are the same bytes.
class Form {
 public:
  explicit Form(std::string& bytes) : bytes_(bytes) {}

  void add(std::uint64_t value) { add_numbers(std::array{value}); }
  void add(std::int64_t value) { add(folded(value)); }
  void add(int value) { add(static_cast<std::int64_t>(value)); }
  void add(std::uint32_t value) { add(static_cast<std::uint64_t>(value)); }
  void add(std::uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void add(double value) {
    static_assert(std::endian::native == std::endian::little);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void add(Length length) { add(length.units()); }
  void add(std::string_view text) {
    add(static_cast<std::uint64_t>(text.size()));
    bytes_.append(text);
  }
  void add(const std::string& text) { add(std::string_view(text)); }
  void add(const Sha256Digest& digest) { bytes_.append(reinterpret_cast<const char*>(digest.data()), digest.size()); }
  template <typename E>
    requires std::is_enum_v<E>
  void add(E value) { add(static_cast<std::uint8_t>(value)); }
  void add(const Color& color) { add(to_text(color)); }
  void add(Point point) { add_all(point.x, point.y); }
  void add(Size size) { add_all(size.width, size.height); }
  void add(const Rect& rect) { add_all(rect.x, rect.y, rect.width, rect.height); }
  void add(const Insets& insets) { add_all(insets.top, insets.right, insets.bottom, insets.left); }
  template <typename T>
  void add(const std::vector<T>& list) {
    add(static_cast<std::uint64_t>(list.size()));
    for (const T& each : list) add(each);
  }
  template <typename T>
  void add(const std::optional<T>& value) {
    add(static_cast<std::uint8_t>(value ? 1 : 0));
    if (value) add(*value);
  }
  template <typename... T>
  void add_all(const T&... values) { (add(values), ...); }

  void add(const ElementInfo& info) { add_all(info.role, info.language, info.alt, info.title, info.scope, info.row_span, info.column_span, info.numbering); }
  void add(const FragmentElement& element) {
    add_all(element.info, static_cast<std::uint64_t>(element.parent.value()), element.link_contents);
    add(static_cast<std::uint8_t>(element.link ? 1 + element.link->index() : 0));
    if (element.link) std::visit([&](const auto& target) { add_target(target); }, *element.link);
  }
  // Most of what there is.
  void add(const PlacedGlyph& glyph) { add_numbers(std::array<std::uint64_t, 5>{glyph.glyph, folded(glyph.offset.x.units()), folded(glyph.offset.y.units()), glyph.text_begin, glyph.text_end}); }
  void add(const GlyphRun& run) { add_all(static_cast<std::uint64_t>(run.face.value()), run.size, run.color, run.origin, run.text, run.glyphs, run.horizontal_scale); }
  void add(const FilledRect& filled) { add_all(filled.rect, filled.color, filled.radius, filled.corners); }
  void add(const Frame& frame) { add_all(frame.rect, frame.widths, frame.radius, frame.color, frame.corners, frame.sides); }
  void add(const StrokedLine& line) { add_all(line.from, line.to, line.width, line.color, line.dashes); }
  void add(const LinkArea& area) { add(area.rect); }
  void add(const DestinationMark& mark) { add_all(mark.name, mark.at); }

  // ---- pictures ----
  void add(const images::Segment& segment) { add_all(segment.kind, segment.x1, segment.y1, segment.x2, segment.y2, segment.x, segment.y); }
  void add(const images::Stroke& stroke) { add_all(stroke.color, stroke.width, stroke.cap, stroke.join, stroke.miter_limit, stroke.dashes, stroke.dash_offset); }
  void add(const images::GradientStop& stop) { add_all(stop.offset, stop.color); }
  void add(const images::LinearGradient& line) { add_all(line.x1, line.y1, line.x2, line.y2); }
  void add(const images::RadialGradient& circle) { add_all(circle.cx, circle.cy, circle.r, circle.fx, circle.fy); }
  void add(const images::Fill& fill) {
    add(static_cast<std::uint8_t>(fill.index()));
    if (const auto* color = std::get_if<Color>(&fill)) return add(*color);
    const images::Gradient& gradient = *std::get<std::shared_ptr<const images::Gradient>>(fill);
    std::visit([&](const auto& shape) { add(shape); }, gradient.shape);
    add(gradient.stops);
    const Transform& to = gradient.to_drawing;
    add_all(to.a, to.b, to.c, to.d, to.e, to.f);
  }
  void add(const images::DrawnPath& path) { add_all(path.segments, path.fill, path.fill_rule, path.stroke); }
  void add(const images::Drawing& drawing) { add_all(drawing.width, drawing.height, drawing.paths); }
  void add(const images::Raster& raster) { add_all(raster.width, raster.height, raster.format, raster.pixels, raster.alpha); }
  void add(const images::Jpeg& jpeg) { add_all(jpeg.width, jpeg.height, jpeg.components, jpeg.bytes); }

 private:
  static std::uint64_t folded(std::int64_t value) { return static_cast<std::uint64_t>(value) << 1U ^ static_cast<std::uint64_t>(value >> 63); }

  template <std::size_t N>
  void add_numbers(const std::array<std::uint64_t, N>& numbers) {
    constexpr std::size_t kLongest = 10;
    std::array<char, N * kLongest> made;
    std::size_t size = 0;
    for (std::uint64_t value : numbers) {
      for (; value >= 0x80; value >>= 7U) made[size++] = static_cast<char>(value | 0x80U);
      made[size++] = static_cast<char>(value);
    }
    bytes_.append(made.data(), size);
  }

  void add_target(const UriTarget& target) { add(target.uri); }
  void add_target(const DestinationTarget& target) { add(target.name); }

  std::string& bytes_;
};

bool is_same_for_all(const Fragment& fragment) {
  return std::none_of(fragment.commands.begin(), fragment.commands.end(), [](const Command& command) {
    const auto* run = std::get_if<GlyphRun>(&command.what);
    return run != nullptr && run->source == TextSource::Field;
  });
}

}  // namespace

const Sha256Digest& CanonicalDigest::of(const std::shared_ptr<const images::Picture>& picture) {
  if (const auto found = pictures_.find(picture.get()); found != pictures_.end()) return found->second.digest;
  std::string bytes;
  std::visit([&](const auto& content) { Form(bytes).add(content); }, picture->content);
  if (pictures_.size() >= kMostKnown) pictures_.clear();
  return pictures_.emplace(picture.get(), KnownPicture{picture, maker_.of(bytes)}).first->second.digest;
}

void CanonicalDigest::add(const Fragment& fragment) {
  inner_.clear();
  Form form(inner_);
  form.add(fragment.elements);
  form.add(static_cast<std::uint64_t>(fragment.lines.size()));
  for (const FragmentLine& line : fragment.lines) form.add_all(line.top, line.height, line.baseline, line.first_command, line.command_count);
  for (const Command& command : fragment.commands) {
    form.add(static_cast<std::uint64_t>(command.element ? 1 + command.element->value() : 0));
    form.add(static_cast<std::uint8_t>(command.what.index()));
    if (const auto* placed = std::get_if<PlacedPicture>(&command.what)) {
      form.add_all(placed->rect, of(placed->picture));
      continue;
    }
    std::visit([&](const auto& what) {
      if constexpr (!std::is_same_v<std::decay_t<decltype(what)>, PlacedPicture>) form.add(what);
    }, command.what);
  }
}

const Sha256Digest& CanonicalDigest::of(const std::shared_ptr<const Fragment>& fragment) {
  if (const auto found = fragments_.find(fragment.get()); found != fragments_.end()) return found->second.digest;
  add(*fragment);
  last_ = maker_.of(inner_);
  if (!is_same_for_all(*fragment)) return last_;
  if (fragments_.size() >= kMostKnown) fragments_.clear();
  return fragments_.emplace(fragment.get(), KnownFragment{fragment, last_}).first->second.digest;
}

Sha256Digest CanonicalDigest::of(const DisplayDocument& document, const std::shared_ptr<const void>& like) {
  bytes_.clear();
  Form form(bytes_);
  form.add_all(head_of(document, like), document.metadata.title);
  form.add(static_cast<std::uint64_t>(document.pages.size()));
  for (const Page& page : document.pages) {
    form.add_all(page.size, static_cast<std::uint64_t>(page.placements.size()));
    for (const Placement& placement : page.placements) {
      const auto* element = std::get_if<StructureId>(&placement.occurrence);
      form.add_all(of(placement.fragment), placement.first_line, placement.line_count, placement.position, placement.folio);
      form.add(element != nullptr ? 16 + static_cast<std::uint64_t>(element->value()) : static_cast<std::uint64_t>(std::get<ArtifactKind>(placement.occurrence)));
    }
  }
  return maker_.of(bytes_);
}

Sha256Digest CanonicalDigest::head_of(const DisplayDocument& document, const std::shared_ptr<const void>& like) {
  if (like != nullptr) {
    if (const auto found = heads_.find(like.get()); found != heads_.end()) return found->second.digest;
  }
  inner_.clear();
  Form form(inner_);
  form.add_all(document.metadata.language, document.metadata.edition, static_cast<std::uint8_t>(document.right_to_left ? 1 : 0), document.duplex);
  form.add(static_cast<std::uint64_t>(document.structure.size()));
  for (const StructureElement& element : document.structure) form.add_all(element.info, static_cast<std::uint64_t>(element.parent ? 1 + element.parent->value() : 0));
  const Sha256Digest digest = maker_.of(inner_);
  if (like != nullptr) {
    if (heads_.size() >= kMostKnown) heads_.clear();
    heads_.emplace(like.get(), KnownHead{like, digest});
  }
  return digest;
}

}  // namespace handout::display
