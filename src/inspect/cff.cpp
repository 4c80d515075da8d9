#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "inspect/bytes.h"
#include "inspect/font_program.h"

namespace handout::inspect {

namespace {

struct Index {
  std::vector<std::string_view> items;
  std::size_t end = 0;  // offset of what follows
};

Index read_index(Bytes& cff, std::size_t offset) {
  const std::uint32_t count = cff.number(offset, 2);
  if (count == 0) return {{}, offset + 2};
  const std::uint32_t width = cff.number(offset + 2, 1);
  const std::size_t data = offset + 3 + std::size_t{width} * (count + 1) - 1;
  Index index;
  std::uint32_t begin = cff.number(offset + 3, width);
  for (std::uint32_t i = 1; i <= count && cff.good(); ++i) {
    const std::uint32_t end = cff.number(offset + 3 + std::size_t{i} * width, width);
    index.items.push_back(cff.part(data + begin, end < begin ? cff.size() + 1 : end - begin));
    begin = end;
  }
  index.end = data + begin;
  return index;
}

// Operands by operator; two-byte operators are 1200 + the second byte (5176, tables 9 and 10).
using Dict = std::map<int, std::vector<double>>;

double read_real(std::string_view data, std::size_t& at) {
  constexpr std::string_view kNibbles = "0123456789.EE -";  // 12 is "E-", 14 is the minus
  std::string text;
  for (bool done = false; !done && at < data.size(); ++at) {
    const unsigned byte = static_cast<unsigned char>(data[at]);
    for (const unsigned nibble : std::array<unsigned, 2>{byte >> 4, byte & 15}) {
      if (nibble == 15) {
        done = true;
        break;
      }
      text += kNibbles[nibble];
      if (nibble == 12) text += '-';
    }
  }
  return std::strtod(text.c_str(), nullptr);
}

Dict read_dict(std::string_view data) {
  Dict dict;
  std::vector<double> operands;
  Bytes bytes(data);
  for (std::size_t at = 0; at < data.size() && bytes.good();) {
    const std::uint32_t b = bytes.number(at++, 1);
    if (b <= 21) {
      const int op = b == 12 ? 1200 + static_cast<int>(bytes.number(at++, 1)) : static_cast<int>(b);
      dict[op] = std::move(operands);
      operands.clear();
    } else if (b == 28) {
      operands.push_back(static_cast<std::int16_t>(bytes.number(at, 2)));
      at += 2;
    } else if (b == 29) {
      operands.push_back(static_cast<std::int32_t>(bytes.number(at, 4)));
      at += 4;
    } else if (b == 30) {
      operands.push_back(read_real(data, at));
    } else if (b >= 32 && b <= 246) {
      operands.push_back(static_cast<int>(b) - 139);
    } else if (b >= 247 && b <= 250) {
      operands.push_back((static_cast<int>(b) - 247) * 256 + static_cast<int>(bytes.number(at++, 1)) + 108);
    } else if (b >= 251 && b <= 254) {
      operands.push_back(-(static_cast<int>(b) - 251) * 256 - static_cast<int>(bytes.number(at++, 1)) - 108);
    }
  }
  return dict;
}

double operand(const Dict& dict, int op, std::size_t i, double preset) {
  const auto found = dict.find(op);
  return found != dict.end() && i < found->second.size() ? found->second[i] : preset;
}

std::size_t offset_operand(const Dict& dict, int op, std::size_t i) {
  const double value = operand(dict, op, i, 0);
  return value > 0 ? static_cast<std::size_t>(value) : 0;
}

// What a glyph's Private DICT says.
struct Private {
  double nominal = 0, preset = 0;
  std::vector<std::string_view> subroutines;
};

Private read_private(Bytes& cff, const Dict& owner) {
  const std::size_t size = offset_operand(owner, 18, 0), offset = offset_operand(owner, 18, 1);
  const Dict dict = read_dict(cff.part(offset, size));
  Private result{operand(dict, 21, 0, 0), operand(dict, 20, 0, 0), {}};
  if (const std::size_t local = offset_operand(dict, 19, 0); local != 0) result.subroutines = read_index(cff, offset + local).items;
  return result;
}

// Runs a Type 2 charstring up to its first stack-clearing operator: an operand too many there is the width (5177, 3.1).
class WidthReader {
 public:
  // `steps` is what all glyphs of a font may take together: subroutines that call subroutines could go on for ever.
  WidthReader(const Private& own, const std::vector<std::string_view>& global, std::size_t& steps) : own_(own), global_(global), steps_(steps) {}

  std::optional<double> read(std::string_view charstring) {
    if (!run(charstring, 0)) return std::nullopt;
    return width_ ? own_.nominal + *width_ : own_.preset;
  }

 private:
  enum class Parity { Odd, MoreThanOne, MoreThanTwo, End };

  // True when the first stack-clearing operator was met.
  bool run(std::string_view data, int depth) {
    if (depth > 10) return false;
    Bytes bytes(data);
    for (std::size_t at = 0; at < data.size() && bytes.good() && steps_ > 0; --steps_) {
      const std::uint32_t b = bytes.number(at++, 1);
      if (b >= 32 || b == 28) {
        at = push_number(bytes, b, at);
        continue;
      }
      switch (b) {
        case 1: case 3: case 18: case 19: case 20: case 23: return take(Parity::Odd);
        case 4: case 22: return take(Parity::MoreThanOne);
        case 21: return take(Parity::MoreThanTwo);
        case 14: return take(Parity::End);
        case 10:
          if (call(own_.subroutines, depth)) return true;
          break;
        case 29:
          if (call(global_, depth)) return true;
          break;
        case 11: return false;
        default: return true;  // a path operator: no width before it
      }
    }
    return false;
  }

  std::size_t push_number(Bytes& bytes, std::uint32_t b, std::size_t at) {
    if (b == 28) {
      stack_.push_back(static_cast<std::int16_t>(bytes.number(at, 2)));
      return at + 2;
    }
    if (b <= 246) {
      stack_.push_back(static_cast<int>(b) - 139);
      return at;
    }
    if (b == 255) {
      stack_.push_back(static_cast<std::int32_t>(bytes.number(at, 4)) / 65536.0);
      return at + 4;
    }
    const int low = static_cast<int>(bytes.number(at, 1)) + 108;
    stack_.push_back(b <= 250 ? (static_cast<int>(b) - 247) * 256 + low : -(static_cast<int>(b) - 251) * 256 - low);
    return at + 1;
  }

  bool take(Parity parity) {
    const std::size_t n = stack_.size();
    const bool extra = parity == Parity::Odd ? n % 2 == 1 : parity == Parity::MoreThanOne ? n > 1 : parity == Parity::MoreThanTwo ? n > 2 : n == 1 || n == 5;
    if (extra) width_ = stack_.front();
    return true;
  }

  bool call(const std::vector<std::string_view>& subroutines, int depth) {
    if (stack_.empty()) return false;
    const int bias = subroutines.size() < 1240 ? 107 : subroutines.size() < 33900 ? 1131 : 32768;
    const double index = stack_.back() + bias;
    stack_.pop_back();
    if (index < 0 || index >= static_cast<double>(subroutines.size())) return false;
    return run(subroutines[static_cast<std::size_t>(index)], depth + 1);
  }

  const Private& own_;
  const std::vector<std::string_view>& global_;
  std::size_t& steps_;
  std::vector<double> stack_;
  std::optional<double> width_;
};

// 5176, 13: the CID of each glyph of a CID-keyed font.
std::map<unsigned, std::size_t> read_charset(Bytes& cff, std::size_t offset, std::size_t glyphs) {
  std::map<unsigned, std::size_t> glyph_of_cid{{0, 0}};
  if (offset <= 2) {  // predefined: identity in a CID-keyed font
    for (std::size_t i = 1; i < glyphs; ++i) glyph_of_cid[static_cast<unsigned>(i)] = i;
    return glyph_of_cid;
  }
  const std::uint32_t format = cff.number(offset, 1);
  std::size_t at = offset + 1;
  for (std::size_t glyph = 1; glyph < glyphs && cff.good();) {
    const std::uint32_t first = cff.number(at, 2);
    at += 2;
    std::uint32_t left = 0;
    if (format != 0) {
      left = cff.number(at, format);
      at += format;
    }
    for (std::uint32_t i = 0; i <= left && glyph < glyphs; ++i) glyph_of_cid[first + i] = glyph++;
  }
  return glyph_of_cid;
}

// 5176, 19: which Private DICT each glyph uses.
std::vector<std::size_t> read_fd_select(Bytes& cff, std::size_t offset, std::size_t glyphs) {
  std::vector<std::size_t> select(glyphs, 0);
  if (cff.number(offset, 1) == 0) {
    for (std::size_t i = 0; i < glyphs && cff.good(); ++i) select[i] = cff.number(offset + 1 + i, 1);
    return select;
  }
  const std::uint32_t ranges = cff.number(offset + 1, 2);
  std::size_t done = 0;
  for (std::size_t r = 0; r < ranges && cff.good(); ++r) {
    const std::size_t at = offset + 3 + 3 * r;
    const std::uint32_t end = cff.number(at + 3, 2);
    // Ranges follow one another; one that goes back would fill everything again.
    for (std::size_t glyph = std::max(done, std::size_t{cff.number(at, 2)}); glyph < end && glyph < glyphs; done = ++glyph) select[glyph] = cff.number(at + 2, 1);
  }
  return select;
}

// Operators before the first width, of all glyphs: a font of ours has ten a glyph.
constexpr std::size_t kSteps = 1'000'000;
// 5176, 19: FDSelect has one byte for each glyph.
constexpr std::size_t kMostPrivates = 256;

constexpr int kCharset = 15, kCharStrings = 17, kFontMatrix = 1207, kRos = 1230, kFdArray = 1236, kFdSelect = 1237;

}  // namespace

std::optional<FontProgram> read_cff(std::string_view program) {
  Bytes cff(program);
  const Index names = read_index(cff, cff.number(2, 1));
  const Index tops = read_index(cff, names.end);
  const Index strings = read_index(cff, tops.end);
  const Index global = read_index(cff, strings.end);
  if (!cff.good() || tops.items.size() != 1) return std::nullopt;
  const Dict top = read_dict(tops.items.front());
  const Index charstrings = read_index(cff, offset_operand(top, kCharStrings, 0));
  const std::size_t glyphs = charstrings.items.size();

  FontProgram result;
  result.cid_keyed = top.contains(kRos);
  std::vector<Private> privates;
  std::vector<std::size_t> select(glyphs, 0);
  double scale = operand(top, kFontMatrix, 0, 0.001) * 1000;
  if (result.cid_keyed) {
    for (const std::string_view item : read_index(cff, offset_operand(top, kFdArray, 0)).items) {
      if (privates.size() > kMostPrivates) return std::nullopt;
      const Dict font = read_dict(item);
      privates.push_back(read_private(cff, font));
      if (!top.contains(kFontMatrix)) scale = operand(font, kFontMatrix, 0, 0.001) * 1000;
    }
    select = read_fd_select(cff, offset_operand(top, kFdSelect, 0), glyphs);
    result.glyph_of_cid = read_charset(cff, offset_operand(top, kCharset, 0), glyphs);
  } else {
    privates.push_back(read_private(cff, top));
  }
  std::size_t steps = kSteps + 4 * program.size();
  for (std::size_t i = 0; i < glyphs && cff.good(); ++i) {
    if (select[i] >= privates.size()) return std::nullopt;
    const std::optional<double> width = WidthReader(privates[select[i]], global.items, steps).read(charstrings.items[i]);
    if (!width) return std::nullopt;
    result.widths.push_back(*width * scale);
  }
  if (!cff.good()) return std::nullopt;
  return result;
}

}  // namespace handout::inspect
