#include "marks/marks.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/expects.h"
#include "base/narrow.h"
#include "base/numbers.h"
#include "codes/codes.h"
#include "marks/clear_zones.h"
#include "marks/sheet_identity.h"

namespace handout::marks {

using display::DisplayDocument;
using display::Duplex;
using styled::MarkPlace;
using styled::PaperEdge;

namespace {

// PCL 5 printers leave 1/6 inch white at every edge; most of today's less.
constexpr Length kUnprintable = 1_in / 6;
// Drawings of bars that are kept: more than a counter of 8 bits makes with beginnings and ends.
constexpr std::size_t kMostBars = 2048;
constexpr char kFirstLetter = ' ', kLastLetter = '~';
// Data Matrix: ECC 200 of 20 x 20 holds 22 codewords, and any 29 characters of the code take at most 21. QR: version 2, level M, takes 38 capital letters and digits.
constexpr int kDataMatrixSide = 20, kQrSide = 25;

std::size_t pages_on_sheet(const DisplayDocument& piece) { return piece.duplex == Duplex::No ? 1 : 2; }

std::string millimetres(Length length) { return decimal_text(length.points() * 25.4 / 72, 1); }

Rect area_of(const MarkPlace& place, Size size, Size paper) {
  return {place.across == PaperEdge::Left ? place.x : paper.width - place.x - size.width, place.down == PaperEdge::Top ? place.y : paper.height - place.y - size.height, size.width, size.height};
}

Zone zone_of(std::string name, const Rect& ink, const MarkPlace& place, const Span& at) {
  return {std::move(name), ink, {ink.x - place.clear_beside, ink.y - place.clear_above, ink.width + 2 * place.clear_beside, ink.height + 2 * place.clear_above}, at};
}

bool are_letters(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

// In points, so that it stands on the page unscaled.
std::shared_ptr<const images::Picture> draw_bars(const styled::OmrMarks& omr, const std::vector<bool>& bars, Size size) {
  images::DrawnPath path;
  path.fill = Color{};
  for (std::size_t i = 0; i < bars.size(); ++i) {
    if (!bars[i]) continue;
    const double top = (omr.pitch * static_cast<std::int64_t>(i)).points(), bottom = top + omr.width.points(), right = size.width.points();
    using images::SegmentKind;
    const auto add = [&](SegmentKind kind, double x, double y) { path.segments.push_back({kind, 0, 0, 0, 0, x, y}); };
    add(SegmentKind::Move, 0, top);
    add(SegmentKind::Line, right, top);
    add(SegmentKind::Line, right, bottom);
    add(SegmentKind::Line, 0, bottom);
    add(SegmentKind::Close, 0, top);
  }
  images::Drawing drawing;
  drawing.width = size.width.points();
  drawing.height = size.height.points();
  drawing.paths.push_back(std::move(path));
  return std::make_shared<const images::Picture>(images::Picture{"omr-marks", std::move(drawing), size});
}

// The label behind one that counts: "3" behind "2".
std::string next_label(const std::string& label) {
  const auto number = parse_integer(label);
  return number && *number >= 1 && std::to_string(*number) == label ? std::to_string(*number + 1) : std::string();
}

}  // namespace

// What stands on one sheet. The zone of the bars is the first.
struct Marker::Sheet {
  std::size_t index = 0, sheets = 1;
  std::vector<display::Command> commands;
  std::vector<Zone> zones;
};

PieceIdentity sample_identity() { return {"SAMPLE", "1", 0, 0, 0, 0}; }

PieceIdentity widest_identity(std::string job, std::string piece, std::uint64_t most_number, std::size_t sheets, Alone alone) {
  if (alone == Alone::Yes) return {std::move(job), std::move(piece), most_number, 0, 0, 0};
  return {std::move(job), std::string(kPieceLetters, '9'), most_number, 0, kMostSheets - std::min(sheets, kMostSheets), 0};
}

std::size_t sheet_count(const DisplayDocument& piece) {
  const std::size_t on_sheet = pages_on_sheet(piece);
  return (piece.pages.size() + on_sheet - 1) / on_sheet;
}

void fill_last_sheet(DisplayDocument& piece) {
  if (piece.pages.size() % pages_on_sheet(piece) == 0) return;
  const display::Page& last = piece.pages.back();
  display::Page blank{last.size, {}, next_label(last.label)};
  piece.pages.push_back(std::move(blank));
}

Marker::Marker(styled::Marks marks, const fonts::Fonts& fonts) : marks_(std::move(marks)), fonts_(fonts) {
  if (!marks_.text) return;
  std::vector<fonts::Uncovered> uncovered;
  const auto faces = fonts_.choose_faces("0", 0, 1, "Latn", {"", 400, fonts::Slant::Upright, "en"}, uncovered);
  face_ = faces.front().face;
  const fonts::FaceMetrics& metrics = fonts_.info(face_).metrics;
  for (char c = kFirstLetter; c <= kLastLetter; ++c) {
    const fonts::GlyphId glyph = fonts_.nominal_glyph(face_, static_cast<char32_t>(c));
    letters_.push_back({glyph, fonts::scale(fonts_.advance(face_, glyph), metrics, marks_.text->size)});
    if (c > '0' && c <= '9' && letter_of(c).advance > letter_of(widest_figure_).advance) widest_figure_ = c;
  }
}

bool Marker::check_identity(const PieceIdentity& identity, std::size_t sheets, Diagnostics& diags) const {
  const std::size_t before = diags.error_count();
  const auto check = [&](const char* what, const std::string& id, std::size_t most) {
    if (id.empty() || id.size() > most || !are_letters(id)) diags.error({}, fmt::format("the id of the {} has {} characters; expected 1 to {} capital letters and digits", what, id.size(), most)).hint("the marks of the layout need ids of this form");
  };
  check("job", identity.job, kJobLetters);
  check("piece", identity.piece, kPieceLetters);
  if (sheets > kMostSheets) diags.error({}, fmt::format("the piece has {} sheets; its marks count {} at most", sheets, kMostSheets));
  return diags.error_count() == before;
}

// ---- what is drawn ----

Size Marker::bars_size() const {
  const styled::OmrMarks& omr = *marks_.omr;
  return {omr.length, omr.pitch * narrow<std::int64_t>(omr.marks.size() - 1) + omr.width};
}

void Marker::add_bars(Sheet& sheet, const PieceIdentity& identity, Size paper) {
  const styled::OmrMarks& omr = *marks_.omr;
  const std::vector<bool> bars = bars_of(omr.marks, {identity, sheet.index, sheet.sheets});
  if (bars_.size() == kMostBars) bars_.clear();
  auto& drawn = bars_[bars];
  if (!drawn) drawn = draw_bars(omr, bars, bars_size());
  sheet.commands.push_back({display::PlacedPicture{drawn, area_of(omr.place, bars_size(), paper), display::TextSource::Field}, std::nullopt});
}

std::shared_ptr<const images::Picture> Marker::draw_code(const std::string& text, Diagnostics& diags) {
  const styled::SheetCode& wanted = *marks_.code;
  codes::Code code;
  code.kind = *codes::kind_named(wanted.kind);
  code.data = text;
  code.module = wanted.module;
  if (code.kind == codes::Kind::DataMatrix) code.side = kDataMatrixSide;
  if (code.kind == codes::Kind::Qr) code.side = kQrSide;
  auto picture = codes::encode(code, wanted.at, diags);
  return picture ? std::move(*picture) : nullptr;
}

bool Marker::add_code(Sheet& sheet, const PieceIdentity& identity, Size paper, Diagnostics& diags) {
  const auto picture = draw_code(code_text({identity, sheet.index, sheet.sheets}), diags);
  if (picture == nullptr) return false;
  code_size_ = picture->natural_size;
  sheet.commands.push_back({display::PlacedPicture{picture, area_of(marks_.code->place, *code_size_, paper), display::TextSource::Field}, std::nullopt});
  return true;
}

display::GlyphRun Marker::letters(const std::string& text) const {
  display::GlyphRun run;
  run.face = face_;
  run.size = marks_.text->size;
  run.text = text;
  run.source = display::TextSource::Field;
  Length x;
  for (std::uint32_t i = 0; i < text.size(); ++i) {
    const Letter& letter = letter_of(text[i]);
    run.glyphs.push_back({letter.glyph, {x, {}}, i, i + 1});
    x += letter.advance;
  }
  return run;
}

const Marker::Letter& Marker::letter_of(char c) const {
  EXPECTS(c >= kFirstLetter && c <= kLastLetter);
  return letters_[static_cast<std::size_t>(c - kFirstLetter)];
}

Rect Marker::text_area(const std::string& text, Size paper) const {
  const fonts::FaceMetrics& metrics = fonts_.info(face_).metrics;
  const Length ascent = fonts::scale(metrics.cap_height, metrics, marks_.text->size), descent = fonts::scale(-metrics.descender, metrics, marks_.text->size);
  Length width;
  for (const char c : text) width += letter_of(c).advance;
  return area_of(marks_.text->place, {width, ascent + descent}, paper);
}

void Marker::add_text(Sheet& sheet, const PieceIdentity& identity, Size paper) {
  const std::string text = sheet_text(marks_.text->text, {identity, sheet.index, sheet.sheets});
  display::GlyphRun run = letters(text);
  const fonts::FaceMetrics& metrics = fonts_.info(face_).metrics;
  const Rect area = text_area(text, paper);
  run.origin = {area.x, area.y + fonts::scale(metrics.cap_height, metrics, marks_.text->size)};
  sheet.commands.push_back({std::move(run), std::nullopt});
}

bool Marker::draw(Sheet& sheet, const PieceIdentity& identity, Size paper, Diagnostics& diags) {
  if (marks_.omr) add_bars(sheet, identity, paper);
  if (marks_.code && !add_code(sheet, identity, paper, diags)) return false;
  if (marks_.text) add_text(sheet, identity, paper);
  return true;
}

// ---- whether it has its room ----

// The code's size is the same whatever it says, and is found by the first.
bool Marker::find_zones(Sheet& sheet, const PieceIdentity& identity, Size paper, Diagnostics& diags) {
  if (marks_.omr) sheet.zones.push_back(zone_of("<omr-marks>", area_of(marks_.omr->place, bars_size(), paper), marks_.omr->place, marks_.omr->at));
  if (marks_.code) {
    if (!code_size_) {
      const auto picture = draw_code(code_text({identity, sheet.index, sheet.sheets}), diags);
      if (picture == nullptr) return false;
      code_size_ = picture->natural_size;
    }
    sheet.zones.push_back(zone_of("<sheet-code>", area_of(marks_.code->place, *code_size_, paper), marks_.code->place, marks_.code->at));
  }
  if (marks_.text) {
    // Fonts of clinics may have figures of several widths: the room is that for any.
    std::string text = sheet_text(marks_.text->text, {identity, sheet.index, sheet.sheets});
    std::replace_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }, widest_figure_);
    sheet.zones.push_back(zone_of("<sheet-text>", text_area(text, paper), marks_.text->place, marks_.text->at));
  }
  return true;
}

bool Marker::check_sheet(const Sheet& sheet, const DisplayDocument& piece, std::size_t front, Diagnostics& diags) const {
  const display::Page& page = piece.pages[front];
  const std::size_t before = diags.error_count();
  const auto at = [](const Intruder& found) { return fmt::format("{} at {}, {} mm", found.what, millimetres(found.at.x), millimetres(found.at.y)); };
  for (std::size_t i = 0; i < sheet.zones.size(); ++i) {
    const Zone& zone = sheet.zones[i];
    const Rect printable{kUnprintable, kUnprintable, page.size.width - 2 * kUnprintable, page.size.height - 2 * kUnprintable};
    if (zone.ink.x < printable.x || zone.ink.y < printable.y || zone.ink.right() > printable.right() || zone.ink.bottom() > printable.bottom()) {
      diags.error(zone.at, fmt::format("{} reaches beyond what printers print: it takes {} to {} mm across and {} to {} mm down a sheet of {} x {} mm", zone.name, millimetres(zone.ink.x), millimetres(zone.ink.right()), millimetres(zone.ink.y),
                                       millimetres(zone.ink.bottom()), millimetres(page.size.width), millimetres(page.size.height)))
          .hint("keep it 4.3mm and more from every edge");
    }
    for (std::size_t j = 0; j < sheet.zones.size(); ++j) {
      if (i != j && meet(zone.clear, sheet.zones[j].ink)) diags.error(zone.at, fmt::format("{} stands in the room that {} is to have", sheet.zones[j].name, zone.name)).hint("move one of them, or ask for less room with clear");
    }
    if (const auto found = find_in(page, zone.clear, fonts_)) diags.error(zone.at, fmt::format("{} has not the room that it needs on page {}: there is {}", zone.name, front + 1, at(*found))).hint("move it, make the margin wider, or ask for less room with clear");
  }
  const bool has_back = piece.duplex != Duplex::No && front + 1 < piece.pages.size();
  if (marks_.omr && has_back) {
    const Zone& bars = sheet.zones.front();
    if (const auto found = find_in(piece.pages[front + 1], behind(bars.ink, page.size, piece.duplex), fonts_)) {
      diags.error(bars.at, fmt::format("behind {}, on page {}, there is {}, which would show through", bars.name, front + 2, at(*found))).hint("make the margin wider");
    }
  }
  return diags.error_count() == before;
}

bool Marker::check(const DisplayDocument& piece, const PieceIdentity& identity, Diagnostics& diags) {
  if (marks_.empty()) return true;
  const std::size_t on_sheet = pages_on_sheet(piece), sheets = sheet_count(piece);
  const std::size_t in_envelope = identity.sheets_in_front + sheets + identity.sheets_behind;
  if (!check_identity(identity, in_envelope, diags)) return false;
  if (marks_.omr && marks_.omr->width >= marks_.omr->pitch) {
    diags.error(marks_.omr->at, fmt::format("bars of {} mm touch each other at a pitch of {} mm", millimetres(marks_.omr->width), millimetres(marks_.omr->pitch))).hint("make the pitch larger");
    return false;
  }
  for (std::size_t i = 0; i < sheets; ++i) {
    Sheet sheet{identity.sheets_in_front + i, in_envelope, {}, {}};
    if (!find_zones(sheet, identity, piece.pages[i * on_sheet].size, diags) || !check_sheet(sheet, piece, i * on_sheet, diags)) return false;
  }
  return true;
}

Result<DisplayDocument> Marker::mark(DisplayDocument piece, const PieceIdentity& identity, Diagnostics& diags, Room room) {
  if (marks_.empty()) return piece;
  if (room == Room::Check && !check(piece, identity, diags)) return tl::unexpected<Failure>(Failure{});
  const std::size_t on_sheet = pages_on_sheet(piece), sheets = sheet_count(piece);
  for (std::size_t i = 0; i < sheets; ++i) {
    display::Page& front = piece.pages[i * on_sheet];
    Sheet sheet{identity.sheets_in_front + i, identity.sheets_in_front + sheets + identity.sheets_behind, {}, {}};
    if (!draw(sheet, identity, front.size, diags)) return tl::unexpected<Failure>(Failure{});
    auto fragment = std::make_shared<display::Fragment>();
    fragment->commands = std::move(sheet.commands);
    fragment->size = front.size;
    fragment->lines.push_back({{}, fragment->size.height, {}, 0, narrow<std::uint32_t>(fragment->commands.size())});
    front.placements.push_back({std::move(fragment), 0, 1, {}, display::ArtifactKind::Layout});
  }
  return piece;
}

}  // namespace handout::marks
