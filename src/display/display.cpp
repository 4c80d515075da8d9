#include "display/display.h"

#include <fmt/format.h>

#include <filesystem>

#include "unicode/text.h"

namespace handout::display {

namespace {

// Characters that no eye tells apart, or that would reorder the line, are written by number.
bool is_hidden(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x3000 || unicode::is_default_ignorable(c) || unicode::is_bidi_control(c) ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F;
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, i);
    if (c.value == U'"' || c.value == U'\\') out += '\\';
    if (is_hidden(c.value)) out += fmt::format("\\u{{{:X}}}", static_cast<unsigned>(c.value));
    else out += text.substr(c.begin, c.end - c.begin);
    i = c.end;
  }
  return out + '"';
}

std::string at(Point p) { return to_text(p.x) + "," + to_text(p.y); }
std::string extent(Length width, Length height) { return to_text(width) + "x" + to_text(height); }
std::string area(const Rect& r) { return at({r.x, r.y}) + " " + extent(r.width, r.height); }

std::string target_text(const LinkTarget& target) {
  if (const auto* uri = std::get_if<UriTarget>(&target)) return in_quotes(uri->uri);
  return "#" + std::get<DestinationTarget>(target).name;
}

std::string_view scope_text(Scope scope) {
  switch (scope) {
    case Scope::None: return "none";
    case Scope::Row: return "row";
    case Scope::Column: return "column";
    case Scope::Both: return "both";
  }
  return "none";
}

std::string_view numbering_text(ListNumbering numbering) {
  switch (numbering) {
    case ListNumbering::None: return "none";
    case ListNumbering::Disc: return "disc";
    case ListNumbering::Decimal: return "decimal";
    case ListNumbering::UpperAlpha: return "upper-alpha";
    case ListNumbering::LowerAlpha: return "lower-alpha";
    case ListNumbering::UpperRoman: return "upper-roman";
    case ListNumbering::LowerRoman: return "lower-roman";
  }
  return "none";
}

std::string info_text(const ElementInfo& info) {
  std::string text(name(info.role));
  if (!info.language.empty()) text += " language=" + info.language;
  if (!info.alt.empty()) text += " alt=" + in_quotes(info.alt);
  if (!info.title.empty()) text += " title=" + in_quotes(info.title);
  if (info.scope != Scope::None) text += fmt::format(" scope={}", scope_text(info.scope));
  if (info.row_span != 1) text += fmt::format(" row-span={}", info.row_span);
  if (info.column_span != 1) text += fmt::format(" column-span={}", info.column_span);
  if (info.numbering != ListNumbering::None) text += fmt::format(" numbering={}", numbering_text(info.numbering));
  return text;
}

std::string_view artifact_text(ArtifactKind kind) {
  switch (kind) {
    case ArtifactKind::Layout: return "layout";
    case ArtifactKind::Header: return "header";
    case ArtifactKind::Footer: return "footer";
    case ArtifactKind::Background: return "background";
  }
  return "layout";
}

class Dump {
 public:
  Dump(const DisplayDocument& document, const fonts::Fonts& fonts) : document_(document), fonts_(fonts) {}

  std::string run() {
    head();
    structure();
    for (std::size_t i = 0; i < document_.outline.size(); ++i) outline(document_.outline[i]);
    for (std::size_t i = 0; i < document_.pages.size(); ++i) page(i);
    return std::move(out_);
  }

 private:
  void line(int depth, std::string_view text) {
    out_.append(static_cast<std::size_t>(2 * depth), ' ');
    out_ += text;
    out_ += '\n';
  }

  void head() {
    const Metadata& metadata = document_.metadata;
    std::string text = "document";
    const auto add = [&](std::string_view label, const std::string& value) {
      if (!value.empty()) text += fmt::format(" {}={}", label, in_quotes(value));
    };
    add("title", metadata.title);
    add("author", metadata.author);
    add("subject", metadata.subject);
    add("creator", metadata.creator);
    for (const std::string& keyword : metadata.keywords) add("keyword", keyword);
    add("language", metadata.language);
    add("edition", metadata.edition);
    add("date", metadata.date);
    if (document_.right_to_left) text += " right-to-left";
    if (document_.duplex != Duplex::No) text += document_.duplex == Duplex::LongEdge ? " duplex" : " duplex short-edge";
    line(0, text);
  }

  void structure() {
    std::vector<int> depth(document_.structure.size(), 0);
    for (std::size_t i = 0; i < document_.structure.size(); ++i) {
      const StructureElement& element = document_.structure[i];
      if (element.parent) depth[i] = depth.at(element.parent->value()) + 1;
      line(depth[i], fmt::format("element {} {}", i, info_text(element.info)));
    }
  }

  void outline(const OutlineItem& item) {
    line(item.level - 1, fmt::format("outline {} page {} at {} element {}", in_quotes(item.title), item.page.value() + 1, at(item.at), item.element.value()));
  }

  void page(std::size_t index) {
    const Page& page = document_.pages[index];
    std::string text = fmt::format("page {} {}", index + 1, extent(page.size.width, page.size.height));
    if (!page.label.empty()) text += " label=" + in_quotes(page.label);
    line(0, text);
    for (const Placement& placement : page.placements) place(placement);
  }

  void place(const Placement& placement) {
    const Fragment& fragment = *placement.fragment;
    std::string text = "placement ";
    if (const auto* kind = std::get_if<ArtifactKind>(&placement.occurrence)) text += fmt::format("artifact {}", artifact_text(*kind));
    else text += fmt::format("element {}", std::get<StructureId>(placement.occurrence).value());
    text += fmt::format(" at {} lines {}+{} of {} size {}", at(placement.position), placement.first_line, placement.line_count, fragment.lines.size(),
                        extent(fragment.size.width, fragment.size.height));
    if (placement.folio != 0) text += fmt::format(" folio {}", placement.folio);
    line(1, text);
    for (std::size_t i = 0; i < fragment.elements.size(); ++i) local_element(fragment.elements[i], i);
    for (std::uint32_t i = 0; i < placement.line_count; ++i) {
      const FragmentLine& row = fragment.lines.at(placement.first_line + i);
      line(2, fmt::format("line top {} height {} baseline {}", to_text(row.top), to_text(row.height), to_text(row.baseline)));
      for (std::uint32_t c = 0; c < row.command_count; ++c) command(fragment.commands.at(row.first_command + c));
    }
  }

  void local_element(const FragmentElement& element, std::size_t index) {
    std::string text = fmt::format("local {} {}", index, info_text(element.info));
    if (index != 0) text += fmt::format(" in {}", element.parent.value());
    if (element.link) text += " to " + target_text(*element.link);
    if (!element.link_contents.empty()) text += " contents=" + in_quotes(element.link_contents);
    line(2, text);
  }

  void command(const Command& command) {
    const std::string owner = command.element ? fmt::format("[{}] ", command.element->value()) : "[-] ";
    line(3, owner + std::visit([&](const auto& what) { return describe(what); }, command.what));
  }

  std::string describe(const GlyphRun& run) const {
    const Length last = run.glyphs.empty() ? Length{} : run.glyphs.back().offset.x;
    const std::string scale = run.horizontal_scale == 1000 ? "" : fmt::format(" scale {}", run.horizontal_scale);
    return fmt::format("text {} {} {} {} at {} glyphs {} last {}{}{}", in_quotes(run.text), fonts_.info(run.face).postscript_name, to_text(run.size), to_text(run.color),
                       at(run.origin), run.glyphs.size(), to_text(last), scale, run.source == TextSource::Field ? " field" : "");
  }

  static std::string describe(const FilledRect& filled) {
    const std::string radius = filled.radius == Length{} ? "" : " radius " + to_text(filled.radius);
    return fmt::format("rect {} {}{}", area(filled.rect), to_text(filled.color), radius);
  }

  static std::string describe(const StrokedLine& stroked) {
    std::string text = fmt::format("stroke {} to {} width {} {}", at(stroked.from), at(stroked.to), to_text(stroked.width), to_text(stroked.color));
    for (std::size_t i = 0; i < stroked.dashes.size(); ++i) text += (i == 0 ? " dashes " : ",") + to_text(stroked.dashes[i]);
    return text;
  }

  static std::string describe(const PlacedPicture& placed) { return fmt::format("picture {} {}", in_quotes(std::filesystem::path(placed.picture->file).filename().string()), area(placed.rect)); }
  static std::string describe(const LinkArea& link) { return "link " + area(link.rect); }
  static std::string describe(const DestinationMark& mark) { return fmt::format("destination {} at {}", in_quotes(mark.name), at(mark.at)); }

  const DisplayDocument& document_;
  const fonts::Fonts& fonts_;
  std::string out_;
};

}  // namespace

std::string dump(const DisplayDocument& document, const fonts::Fonts& fonts) { return Dump(document, fonts).run(); }

}  // namespace handout::display
