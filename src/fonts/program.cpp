#include "fonts/program.h"

#include <fmt/format.h>
#include <hb-ot.h>
#include <hb.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <system_error>

#include "base/narrow.h"
#include "fonts/cff.h"
#include "fonts/memory.h"
#include "fonts/shape.h"

namespace handout::fonts {

void destroy_blob(hb_blob_t* blob) { hb_blob_destroy(blob); }
void destroy_font(hb_font_t* font) { hb_font_destroy(font); }

namespace {

using HbFace = Handle<hb_face_t, hb_face_destroy>;

constexpr hb_tag_t kHead = HB_TAG('h', 'e', 'a', 'd');
constexpr hb_tag_t kMaxp = HB_TAG('m', 'a', 'x', 'p');
constexpr hb_tag_t kHhea = HB_TAG('h', 'h', 'e', 'a');
constexpr hb_tag_t kHmtx = HB_TAG('h', 'm', 't', 'x');
constexpr hb_tag_t kCmap = HB_TAG('c', 'm', 'a', 'p');
constexpr hb_tag_t kGlyf = HB_TAG('g', 'l', 'y', 'f');
constexpr hb_tag_t kLoca = HB_TAG('l', 'o', 'c', 'a');
constexpr hb_tag_t kCff = HB_TAG('C', 'F', 'F', ' ');
constexpr hb_tag_t kCff2 = HB_TAG('C', 'F', 'F', '2');
constexpr hb_tag_t kOs2 = HB_TAG('O', 'S', '/', '2');
constexpr hb_tag_t kPost = HB_TAG('p', 'o', 's', 't');
constexpr hb_ot_name_id_t kVariationsPrefix = HB_OT_NAME_ID_VARIATIONS_PS_PREFIX;

// The bytes of one table or of a whole file; they live as long as this does.
class Table {
 public:
  Table(hb_face_t* face, hb_tag_t tag) : Table(hb_face_reference_table(face, tag)) {}
  explicit Table(hb_blob_t* owned) : blob_(owned) {
    unsigned length = 0;
    const char* const data = hb_blob_get_data(blob_.get(), &length);
    bytes_ = {data, length};
  }
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  // Big-endian; 0 beyond the end.
  [[nodiscard]] unsigned u16(std::size_t at) const {
    if (at + 2 > bytes_.size()) return 0;
    return static_cast<unsigned>(static_cast<unsigned char>(bytes_[at])) << 8 | static_cast<unsigned char>(bytes_[at + 1]);
  }
  [[nodiscard]] int i16(std::size_t at) const { return static_cast<std::int16_t>(u16(at)); }
  [[nodiscard]] std::uint32_t u32(std::size_t at) const { return u16(at) << 16 | u16(at + 2); }
  [[nodiscard]] std::int32_t i32(std::size_t at) const { return static_cast<std::int32_t>(u32(at)); }

 private:
  HbBlob blob_;
  std::string_view bytes_;
};

// True when every table of the face lies in the file. HarfBuzz shortens a table that does not, and draws what is left of it.
bool is_whole(const Table& file, unsigned index) {
  const std::size_t directory = file.u32(0) == HB_TAG('t', 't', 'c', 'f') ? file.u32(12 + std::size_t{index} * 4) : 0;
  const unsigned count = file.u16(directory + 4);
  for (unsigned i = 0; i < count; ++i) {
    const std::size_t record = directory + 12 + std::size_t{i} * 16;
    if (record + 16 > file.bytes().size()) return false;
    if (std::uint64_t{file.u32(record + 8)} + file.u32(record + 12) > file.bytes().size()) return false;
  }
  return true;
}

// HarfBuzz replaces what it can't trust by an empty table, so emptiness is the sign of a table that is missing or broken.
tl::expected<ProgramKind, Refusal> check_tables(hb_face_t* face) {
  if (hb_face_get_glyph_count(face) == 0) return tl::unexpected<Refusal>("it has no glyphs");
  const Table head(face, kHead);
  const unsigned units_per_em = head.u16(18);
  if (head.bytes().size() < 54 || units_per_em < 16 || units_per_em > 16384) return tl::unexpected<Refusal>("its 'head' table is broken");
  for (const auto& [tag, size, name] : {std::tuple(kHhea, 36U, "hhea"), std::tuple(kHmtx, 4U, "hmtx"), std::tuple(kMaxp, 6U, "maxp"),
                                        std::tuple(kCmap, 12U, "cmap")}) {
    if (Table(face, tag).bytes().size() < size) return tl::unexpected(fmt::format("its '{}' table is missing or broken", name));
  }
  const unsigned glyph_count = hb_face_get_glyph_count(face);
  const unsigned metric_count = Table(face, kHhea).u16(34);
  if (metric_count == 0 || Table(face, kHmtx).bytes().size() < std::size_t{metric_count} * 4) {
    return tl::unexpected<Refusal>("its 'hmtx' table is too short");
  }
  const Table cff(face, kCff);
  if (cff.bytes().empty() && !Table(face, kCff2).bytes().empty()) return tl::unexpected<Refusal>("its outlines are CFF2, which a PDF can't contain");
  if (!cff.bytes().empty()) {
    const auto summary = summarize_cff(cff.bytes(), glyph_count);
    if (!summary) return tl::unexpected<Refusal>("its 'CFF ' table is broken");
    if (!summary->cid_keyed) return ProgramKind::CffNameKeyed;
    if (summary->charset == Charset::Other) return tl::unexpected<Refusal>("its CIDs differ from its glyph ids");
    return ProgramKind::CffCidKeyed;
  }
  const Table loca(face, kLoca);
  const std::size_t entry = head.u16(50) == 0 ? 2 : 4;
  if (loca.bytes().empty()) return tl::unexpected<Refusal>("it has neither TrueType nor CFF outlines");
  const std::size_t end = entry == 2 ? std::size_t{loca.u16(std::size_t{glyph_count} * 2)} * 2 : loca.u32(std::size_t{glyph_count} * 4);
  const std::size_t size = Table(face, kGlyf).bytes().size();
  if (loca.bytes().size() < (std::size_t{glyph_count} + 1) * entry || size == 0 || end > size) {
    return tl::unexpected<Refusal>("its outlines are missing or broken");
  }
  return ProgramKind::TrueType;
}

// OpenType, OS/2 fsType: bits 0 to 3 say whether a document may contain the font, bit 8 that it may only contain it whole, bit 9 that it
// may contain bitmaps only.
bool may_be_embedded(hb_face_t* face) {
  const unsigned type = Table(face, kOs2).u16(8);
  return (type & 0x000F) != 0x0002 && (type & 0x0300) == 0;
}

std::string name_of(hb_face_t* face, hb_ot_name_id_t id) {
  const hb_language_t english = hb_language_from_string("en", -1);
  unsigned size = hb_ot_name_get_utf8(face, id, english, nullptr, nullptr);
  std::string text(size + std::size_t{1}, '\0');
  size = narrow<unsigned>(text.size());
  hb_ot_name_get_utf8(face, id, english, &size, text.data());
  text.resize(size);
  return text;
}

// OpenType, name id 6: at most 63 printable ASCII characters, none that PostScript (and a PDF name) gives a meaning.
std::string postscript_name(hb_face_t* face, const std::string& family, const std::string& instance) {
  const auto cleaned = [](const std::string& name, std::size_t limit) {
    std::string result;
    for (const char c : name) {
      if (c > ' ' && c < '\x7F' && std::string_view("[](){}<>/%#").find(c) == std::string_view::npos && result.size() < limit) result += c;
    }
    return result;
  };
  const std::string suffix = cleaned(instance, 40);
  for (std::string name : {name_of(face, kVariationsPrefix), name_of(face, HB_OT_NAME_ID_POSTSCRIPT_NAME), family}) {
    // The default instance's own name is the font's whole name; another instance takes the part before the style.
    if (!suffix.empty()) name.resize(std::min(name.size(), name.find('-')));
    else if (name == name_of(face, kVariationsPrefix)) continue;
    if (std::string result = cleaned(name, 63 - suffix.size()); !result.empty()) return result + suffix;
  }
  return "Unnamed" + suffix;
}

// The licences that fonts name by their usual address; any other is the clinic's to know.
std::string license_of(hb_face_t* face) {
  const std::string text = name_of(face, HB_OT_NAME_ID_LICENSE_URL) + name_of(face, HB_OT_NAME_ID_LICENSE);
  if (text.find("scripts.sil.org/OFL") != std::string::npos || text.find("openfontlicense.org") != std::string::npos) return "OFL-1.1";
  if (text.find("apache.org/licenses/LICENSE-2.0") != std::string::npos) return "Apache-2.0";
  return "LicenseRef-Clinic";
}

FontUnits metric(hb_font_t* font, hb_ot_metrics_tag_t tag) {
  hb_position_t value = 0;
  hb_ot_metrics_get_position(font, tag, &value);
  return value;
}

// OS/2 has the heights of x and H from version 2 on; older programs are measured, and the last resort is what Latin types have on average.
FontUnits height(hb_font_t* font, hb_ot_metrics_tag_t tag, hb_codepoint_t letter, double otherwise) {
  if (const FontUnits value = metric(font, tag); value > 0) return value;
  hb_codepoint_t glyph = 0;
  hb_glyph_extents_t extents{};
  if (hb_font_get_nominal_glyph(font, letter, &glyph) && hb_font_get_glyph_extents(font, glyph, &extents) && extents.y_bearing > 0) {
    return extents.y_bearing;
  }
  return static_cast<FontUnits>(std::lround(otherwise * hb_face_get_upem(hb_font_get_face(font))));
}

FaceMetrics metrics_of(hb_face_t* face, hb_font_t* font) {
  const Table head(face, kHead);
  FaceMetrics metrics;
  metrics.units_per_em = narrow<FontUnits>(hb_face_get_upem(face));
  metrics.ascender = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER);
  metrics.descender = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER);
  metrics.line_gap = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_LINE_GAP);
  metrics.cap_height = height(font, HB_OT_METRICS_TAG_CAP_HEIGHT, 'H', 0.7);
  metrics.x_height = height(font, HB_OT_METRICS_TAG_X_HEIGHT, 'x', 0.5);
  metrics.underline_position = metric(font, HB_OT_METRICS_TAG_UNDERLINE_OFFSET);
  metrics.underline_thickness = metric(font, HB_OT_METRICS_TAG_UNDERLINE_SIZE);
  metrics.x_min = head.i16(36);
  metrics.y_min = head.i16(38);
  metrics.x_max = head.i16(40);
  metrics.y_max = head.i16(42);
  // 16.16; no slant is more than a right angle, whatever a broken table says.
  metrics.italic_angle = std::clamp(Table(face, kPost).i32(4) / 65536.0, -90.0, 90.0);
  return metrics;
}

// What an instance has of its own where no table of the font says so: 'head' holds the box of the default instance's glyphs.
void vary(FaceMetrics& metrics, hb_font_t* font) {
  metrics.italic_angle = std::clamp(static_cast<double>(hb_style_get_value(font, HB_STYLE_TAG_SLANT_ANGLE)), -90.0, 90.0);
  bool empty = true;
  for (unsigned glyph = 0; glyph < hb_face_get_glyph_count(hb_font_get_face(font)); ++glyph) {
    hb_glyph_extents_t box{};
    if (!hb_font_get_glyph_extents(font, glyph, &box) || box.width == 0 || box.height == 0) continue;
    metrics.x_min = empty ? box.x_bearing : std::min(metrics.x_min, box.x_bearing);
    metrics.x_max = empty ? box.x_bearing + box.width : std::max(metrics.x_max, box.x_bearing + box.width);
    metrics.y_min = empty ? box.y_bearing + box.height : std::min(metrics.y_min, box.y_bearing + box.height);
    metrics.y_max = empty ? box.y_bearing : std::max(metrics.y_max, box.y_bearing);
    empty = false;
  }
}

}  // namespace

tl::expected<HbBlob, Refusal> open_font_file(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return tl::unexpected<Refusal>("it is no file");
  HbBlob blob(hb_blob_create_from_file_or_fail(file.c_str()));
  if (!blob) return tl::unexpected(fmt::format("it can't be read: {}", std::generic_category().message(errno)));
  return blob;
}

unsigned count_faces(hb_blob_t* blob) { return hb_face_count(blob); }

tl::expected<Program, Refusal> load_program(hb_blob_t* blob, unsigned index, const std::filesystem::path& file, const Variations& variations) {
  const unsigned count = hb_face_count(blob);
  if (count == 0) return tl::unexpected<Refusal>("it is no TrueType or OpenType font");
  if (index >= count) return tl::unexpected(fmt::format("it has {} faces, none of number {}", count, index));
  if (!is_whole(Table(hb_blob_reference(blob)), index)) return tl::unexpected<Refusal>("it is cut short");
  const HbFace face(hb_face_create(blob, index));
  hb_face_make_immutable(face.get());
  const auto kind = check_tables(face.get());
  if (!kind) return tl::unexpected(kind.error());
  if (!may_be_embedded(face.get())) return tl::unexpected<Refusal>("its licence bits (OS/2 fsType) forbid to embed a part of it");

  Program program;
  program.font.reset(hb_font_create(face.get()));
  if (auto refusal = set_variations(program.font.get(), variations)) return tl::unexpected(std::move(*refusal));
  hb_font_make_immutable(program.font.get());
  program.coverage = std::make_unique<const Coverage>();
  FaceInfo& info = program.info;
  info.family = name_of(face.get(), HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY);
  if (info.family.empty()) info.family = name_of(face.get(), HB_OT_NAME_ID_FONT_FAMILY);
  info.weight = std::clamp(static_cast<int>(std::lround(hb_style_get_value(program.font.get(), HB_STYLE_TAG_WEIGHT))), 100, 900);
  info.slant = hb_style_get_value(program.font.get(), HB_STYLE_TAG_ITALIC) > 0 ? Slant::Italic : Slant::Upright;
  info.postscript_name = postscript_name(face.get(), info.family, instance_suffix(program.font.get()));
  info.file = file.string();
  info.license = license_of(face.get());
  info.program = *kind;
  info.metrics = metrics_of(face.get(), program.font.get());
  if (is_varied(program.font.get())) vary(info.metrics, program.font.get());
  return program;
}

Face::Face(DeclaredFace declared, const Family& family) : index_(declared.index), variations_(std::move(declared.variations)), at_(std::move(declared.at)) {
  declared_.family = family.name;
  declared_.license = family.license;
  declared_.weight = declared.weight;
  declared_.slant = declared.slant;
  declared_.file = std::move(declared.file);
}

Face::Face(Program program) : declared_(program.info), at_(Span::of_file(program.info.file)), program_(std::move(program)), loaded_(true) {}

const std::string& Face::problem(const FontFiles& files) const {
  loaded(files);
  return problem_;
}

bool Face::passes_over_spaces(const FontFiles& files) const {
  const Passes known = passes_over_spaces_.load(std::memory_order_relaxed);
  if (known != Passes::NotKnown) return known == Passes::Yes;
  const Program* const program = this->program(files);
  const bool passes = program != nullptr && fonts::passes_over_spaces(program->font.get());
  passes_over_spaces_.store(passes ? Passes::Yes : Passes::No, std::memory_order_relaxed);
  return passes;
}

const Program& Face::loaded(const FontFiles& files) const {
  if (!loaded_.load(std::memory_order_acquire)) {
    const std::lock_guard lock(mutex_);
    if (!loaded_.load(std::memory_order_relaxed)) {
      load(files);
      loaded_.store(true, std::memory_order_release);
    }
  }
  return program_;
}

void Face::load(const FontFiles& files) const {
  program_.info = declared_;
  const auto file = files.find(declared_.file);
  if (!file) {
    problem_ = fmt::format("font file '{}' is not installed", declared_.file);
    return;
  }
  auto program = with_memory([&] { return open_font_file(*file).and_then([&](const HbBlob& blob) { return load_program(blob.get(), index_, *file, variations_); }); });
  if (!program) {
    problem_ = fmt::format("font file '{}' can't be used: {}", file->string(), program.error());
    return;
  }
  program_ = std::move(*program);
  program_.info.family = declared_.family;
  program_.info.license = declared_.license;
  program_.info.weight = declared_.weight;
  program_.info.slant = declared_.slant;
}

}  // namespace handout::fonts
