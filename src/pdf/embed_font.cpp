#include "pdf/embed_font.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <future>
#include <numeric>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "base/digest.h"
#include "base/narrow.h"
#include "pdf/text_string.h"

namespace handout::pdf {

namespace {

// Adobe Technical Note 5014: at most 100 entries between begin… and end….
constexpr std::size_t kEntriesPerBlock = 100;

struct CodeRange {
  Code first = 0, last = 0;
  std::string target;
};

std::string write_blocks(std::string_view operation, const std::vector<std::string>& entries) {
  std::string text;
  for (std::size_t i = 0; i < entries.size(); i += kEntriesPerBlock) {
    const std::size_t count = std::min(kEntriesPerBlock, entries.size() - i);
    text += std::to_string(count) + " begin" + std::string(operation) + '\n';
    for (std::size_t k = i; k < i + count; ++k) text += entries[k] + '\n';
    text += "end" + std::string(operation) + '\n';
  }
  return text;
}

std::string cmap_frame(std::string_view name, std::string_view type, std::string_view ordering, std::string_view body) {
  std::string text = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (";
  text += ordering;
  text += ") /Supplement 0>> def\n/CMapName /";
  text += name;
  text += " def\n/CMapType ";
  text += type;
  text += " def\n";
  if (type == "1") text += "/WMode 0 def\n";
  text += "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  text += body;
  text += "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
  return text;
}

// 9.10.3: within a range only the last byte of code and of target counts up.
bool continues(const CodeRange& range, Code code, const std::string& target) {
  const auto last_byte = [](const std::string& s) { return static_cast<unsigned char>(s.back()); };
  const auto steps = static_cast<unsigned>(code - range.first);
  return target.size() == 2 && range.target.size() == 2 && code == range.last + 1 && (code >> 8) == (range.first >> 8) &&
         target[0] == range.target[0] && last_byte(target) == last_byte(range.target) + steps;
}

std::string subset_tag(const Font& font, const fonts::Subset& subset, std::string_view to_unicode) {
  std::string content = font.source == display::TextSource::Fixed ? "fixed" : "field";
  content += subset.program;
  content += to_unicode;
  const std::string hash = sha256_hex(content);
  std::string tag;
  for (std::size_t i = 0; i < 6; ++i) {
    const auto value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    tag += static_cast<char>('A' + (value(hash[2 * i]) * 16 + value(hash[2 * i + 1])) % 26);
  }
  return tag;
}

// The dictionaries of one font.
class FontWriter {
 public:
  FontWriter(Haru& haru, Saver& saver, const Font& font, const fonts::FaceInfo& info) : haru_(haru), saver_(saver), font_(font), info_(info) {}

  // Packs what goes into streams; on any thread.
  [[nodiscard]] FontFile make(fonts::Subset subset, Deflater& with) {
    take(subset);
    const std::string to_unicode = to_unicode_cmap(font_);
    FontFile file{subset_tag(font_, subset, to_unicode) + "+" + info_.postscript_name, {}, subset.program.size(), saver_.pack(subset.program, with), saver_.pack(to_unicode, with), saver_.pack(truetype() ? glyph_map() : code_cmap(), with)};
    subset_ = nullptr;
    subset.program = {};
    file.subset = std::move(subset);
    return file;
  }

  void write(const FontFile& file) {
    take(file.subset);
    file_ = &file;
    HPDF_Dict dict = haru_.dict();
    haru_.put_name(dict, "Type", "Font");
    haru_.put_name(dict, "Subtype", "Type0");
    // 9.7.6.2: a Type0 font with a CIDFontType0 descendant is named after the CMap too.
    haru_.put_name(dict, "BaseFont", truetype() ? file.name : file.name + "-" + std::string(kCMapName));
    if (truetype()) haru_.put_name(dict, "Encoding", "Identity-H");
    else haru_.put(dict, "Encoding", saver_.add_stream(cmap_dict(), file.codes));
    HPDF_Array descendants = haru_.array();
    haru_.push(descendants, descendant());
    haru_.put(dict, "DescendantFonts", descendants);
    haru_.put(dict, "ToUnicode", saver_.add_stream(haru_.dict(), file.to_unicode));
    saver_.write(font_.object, dict);
  }

 private:
  static constexpr std::string_view kCMapName = "Handout";

  void take(const fonts::Subset& subset) {
    subset_ = &subset;
    renumbered_.clear();
    for (const CodedGlyph& glyph : font_.glyphs) {
      const auto found = std::ranges::lower_bound(subset.glyphs, glyph.glyph, {}, &fonts::SubsetGlyph::original);
      EXPECTS(found != subset.glyphs.end() && found->original == glyph.glyph && thousandths(found->advance) == glyph.width);
      renumbered_.push_back(found->renumbered);
    }
  }

  [[nodiscard]] bool truetype() const { return subset_->kind == fonts::ProgramKind::TrueType; }

  [[nodiscard]] unsigned cid(std::size_t i) const {
    switch (subset_->kind) {
      case fonts::ProgramKind::TrueType: return static_cast<unsigned>(i + 1);
      case fonts::ProgramKind::CffNameKeyed: return renumbered_[i];  // 9.7.4.2: without CIDs in the program, the glyph's index
      case fonts::ProgramKind::CffCidKeyed: return font_.glyphs[i].glyph;
    }
    return 0;
  }

  HPDF_Dict system_info() {
    HPDF_Dict dict = haru_.dict();
    haru_.put_bytes(dict, "Registry", "Adobe");
    haru_.put_bytes(dict, "Ordering", "Identity");
    haru_.put_number(dict, "Supplement", 0);
    return dict;
  }

  [[nodiscard]] std::string code_cmap() const {
    std::vector<std::string> entries;
    for (std::size_t i = 0; i < font_.glyphs.size(); ++i) {
      entries.push_back("<" + hex16(static_cast<unsigned>(i + 1)) + "> " + std::to_string(cid(i)));
    }
    return cmap_frame(kCMapName, "1", "Identity", write_blocks("cidchar", entries));
  }

  HPDF_Dict cmap_dict() {
    HPDF_Dict dict = haru_.dict();
    haru_.put_name(dict, "Type", "CMap");
    haru_.put_name(dict, "CMapName", kCMapName);
    haru_.put(dict, "CIDSystemInfo", system_info());
    haru_.put_number(dict, "WMode", 0);
    return dict;
  }

  ObjectId descendant() {
    HPDF_Dict dict = haru_.dict();
    haru_.put_name(dict, "Type", "Font");
    haru_.put_name(dict, "Subtype", truetype() ? "CIDFontType2" : "CIDFontType0");
    haru_.put_name(dict, "BaseFont", file_->name);
    haru_.put(dict, "CIDSystemInfo", system_info());
    haru_.put(dict, "FontDescriptor", descriptor());
    haru_.put_number(dict, "DW", notdef_width());
    haru_.put(dict, "W", widths());
    if (truetype()) haru_.put(dict, "CIDToGIDMap", saver_.add_stream(haru_.dict(), file_->codes));
    return saver_.add(dict);
  }

  [[nodiscard]] std::int64_t thousandths(fonts::FontUnits advance) const {
    const std::int64_t em = info_.metrics.units_per_em;
    return (std::int64_t{advance} * 1000 + em / 2) / em;
  }

  [[nodiscard]] std::int64_t notdef_width() const {
    EXPECTS(!subset_->glyphs.empty() && subset_->glyphs.front().original == 0);
    return thousandths(subset_->glyphs.front().advance);
  }

  // 9.7.4.3: "c [w1 w2 …]" for neighbours, "first last w" for stretches of one width.
  HPDF_Array widths() {
    std::vector<std::pair<unsigned, std::int32_t>> by_cid;
    for (std::size_t i = 0; i < font_.glyphs.size(); ++i) by_cid.emplace_back(cid(i), font_.glyphs[i].width);
    std::ranges::sort(by_cid);
    by_cid.erase(std::ranges::unique(by_cid).begin(), by_cid.end());
    const std::int64_t preset = notdef_width();
    std::erase_if(by_cid, [&](const auto& entry) { return entry.second == preset; });

    HPDF_Array array = haru_.array();
    for (std::size_t i = 0; i < by_cid.size();) {
      std::size_t end = i + 1;
      while (end < by_cid.size() && by_cid[end].first == by_cid[end - 1].first + 1) ++end;
      HPDF_Array neighbours = haru_.array();
      for (std::size_t k = i; k < end; ++k) haru_.push_number(neighbours, by_cid[k].second);
      haru_.push_number(array, by_cid[i].first);
      haru_.push(array, neighbours);
      i = end;
    }
    return array;
  }

  [[nodiscard]] std::string glyph_map() const {
    std::string map(2, '\0');
    for (const fonts::GlyphId glyph : renumbered_) {
      map += static_cast<char>(glyph >> 8);
      map += static_cast<char>(glyph & 0xFF);
    }
    return map;
  }

  ObjectId descriptor() {
    const fonts::FaceMetrics& metrics = info_.metrics;
    const auto scaled = [&](fonts::FontUnits units) { return std::int64_t{units} * 1000 / metrics.units_per_em; };
    constexpr std::int64_t kSymbolic = 4, kItalic = 64;  // table 123; symbolic: the codes are ours
    HPDF_Dict dict = haru_.dict();
    haru_.put_name(dict, "Type", "FontDescriptor");
    haru_.put_name(dict, "FontName", file_->name);
    haru_.put_number(dict, "Flags", kSymbolic + (info_.slant == fonts::Slant::Italic ? kItalic : 0));
    HPDF_Array box = haru_.array();
    for (const fonts::FontUnits side : {metrics.x_min, metrics.y_min, metrics.x_max, metrics.y_max}) haru_.push_number(box, scaled(side));
    haru_.put(dict, "FontBBox", box);
    haru_.put_real(dict, "ItalicAngle", metrics.italic_angle);
    haru_.put_number(dict, "Ascent", scaled(metrics.ascender));
    haru_.put_number(dict, "Descent", scaled(metrics.descender));
    haru_.put_number(dict, "CapHeight", scaled(metrics.cap_height != 0 ? metrics.cap_height : metrics.ascender));
    // No table of a font tells StemV; readers want some number, and the weight gives a fair one.
    haru_.put_number(dict, "StemV", 50 + info_.weight / 13);
    HPDF_Dict program = haru_.dict();
    if (truetype()) haru_.put_number(program, "Length1", narrow<std::int64_t>(file_->program_size));
    else haru_.put_name(program, "Subtype", "CIDFontType0C");
    haru_.put(dict, truetype() ? "FontFile2" : "FontFile3", saver_.add_stream(program, file_->program));
    return saver_.add(dict);
  }

  Haru& haru_;
  Saver& saver_;
  const Font& font_;
  const fonts::Subset* subset_ = nullptr;
  const fonts::FaceInfo& info_;
  const FontFile* file_ = nullptr;
  std::vector<fonts::GlyphId> renumbered_;  // by code - 1
};

// ISO 19005-2, 6.2.11.7.2: no code may stand for U+FEFF, which in the middle of text has no meaning any more (The Unicode Standard, 23.8).
std::string without_byte_order_marks(std::string text) {
  constexpr std::string_view kMark = "\uFEFF";
  for (std::size_t at = 0; (at = text.find(kMark, at)) != std::string::npos;) text.erase(at, kMark.size());
  return text;
}

}  // namespace

std::string to_unicode_cmap(const Font& font) {
  std::vector<CodeRange> ranges;
  for (std::size_t i = 0; i < font.glyphs.size(); ++i) {
    const Code code = narrow<Code>(i + 1);
    const std::string text = without_byte_order_marks(font.glyphs[i].text);
    std::string target = utf16be(text.empty() ? kNoText : std::string_view(text));
    if (!ranges.empty() && continues(ranges.back(), code, target)) ranges.back().last = code;
    else ranges.push_back({code, code, std::move(target)});
  }
  std::vector<std::string> characters, stretches;
  for (const CodeRange& range : ranges) {
    const std::string target = "<" + hex(range.target) + ">";
    if (range.first == range.last) characters.push_back("<" + hex16(range.first) + "> " + target);
    else stretches.push_back("<" + hex16(range.first) + "> <" + hex16(range.last) + "> " + target);
  }
  return cmap_frame("Adobe-Identity-UCS", "2", "UCS", write_blocks("bfchar", characters) + write_blocks("bfrange", stretches));
}

namespace {

// A font that is still to be made, in its place in the table.
struct ToMake { std::size_t font = 0; std::vector<fonts::GlyphId> glyphs; Diagnostics told; std::optional<FontFile> made; };

std::vector<fonts::GlyphId> glyphs_of(const Font& font) {
  std::vector<fonts::GlyphId> glyphs;
  glyphs.reserve(font.glyphs.size());
  for (const CodedGlyph& glyph : font.glyphs) glyphs.push_back(glyph.glyph);
  std::ranges::sort(glyphs);
  glyphs.erase(std::ranges::unique(glyphs).begin(), glyphs.end());
  return glyphs;
}

// One after another; many glyphs of several fonts on all processors, those with most first, so that none is waited for long.
void make_all(std::span<ToMake> all, Haru& haru, Saver& saver, const FontTable& table, const fonts::Fonts& fonts) {
  std::vector<ToMake*> order;
  for (ToMake& each : all) order.push_back(&each);
  std::ranges::stable_sort(order, std::greater<>(), [](const ToMake* each) { return each->glyphs.size(); });
  std::atomic<std::size_t> next = 0;
  const auto work = [&](Deflater& deflater) {
    for (std::size_t i = next++; i < order.size(); i = next++) {
      ToMake& each = *order[i];
      const Font& font = table.fonts()[each.font];
      auto subset = fonts.subset(font.face, each.glyphs, each.told);
      if (subset) each.made = FontWriter(haru, saver, font, fonts.info(font.face)).make(std::move(*subset), deflater);
    }
  };
  constexpr std::size_t kMany = 400;
  const std::size_t glyphs = std::accumulate(all.begin(), all.end(), std::size_t{0}, [](std::size_t sum, const ToMake& each) { return sum + each.glyphs.size(); });
  std::vector<std::future<void>> others;
  if (glyphs >= kMany) {
    for (std::size_t i = 1; i < std::min<std::size_t>(all.size(), std::thread::hardware_concurrency()); ++i) others.push_back(std::async([&] {
      Deflater own = saver.another_deflater();
      work(own);
    }));
  }
  work(saver.deflater());
  for (std::future<void>& other : others) other.get();
}

}  // namespace

Result<std::monostate> embed_fonts(Haru& haru, Saver& saver, const FontTable& table, const fonts::Fonts& fonts, KnownFonts known, Diagnostics& diags) {
  // Codes only ever come behind the others.
  const auto recurs = [&](std::size_t i) { return known.table != nullptr && i < known.table->fonts().size() && known.table->fonts()[i].glyphs.size() == table.fonts()[i].glyphs.size(); };
  const auto known_file = [&](std::size_t i) { return recurs(i) ? (*known.files)[i] : nullptr; };
  std::vector<ToMake> wanted;
  for (std::size_t i = 0; i < table.fonts().size(); ++i) {
    if (known_file(i) == nullptr) wanted.push_back({i, glyphs_of(table.fonts()[i]), {}, {}});
  }
  make_all(wanted, haru, saver, table, fonts);
  auto next = wanted.begin();
  for (std::size_t i = 0; i < table.fonts().size(); ++i) {
    const Font& font = table.fonts()[i];
    FontWriter writer(haru, saver, font, fonts.info(font.face));
    std::shared_ptr<const FontFile> file = known_file(i);
    if (file == nullptr) {
      diags.append(next->told);
      if (!next->made) return tl::unexpected<Failure>(Failure{});
      file = std::make_shared<const FontFile>(std::move(*next->made));
      if (recurs(i)) (*known.files)[i] = file;
      ++next;
    }
    writer.write(*file);
  }
  return std::monostate{};
}

}  // namespace handout::pdf
