#include "inspect/check_parts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <set>

#include "inspect/bytes.h"

namespace handout::inspect {

namespace {

// ISO 32000-1, annex A, in ASCII order.
constexpr std::array<std::string_view, 73> kOperators{
    "\"", "'", "B", "B*", "BDC", "BI", "BMC", "BT", "BX", "CS", "DP", "Do", "EI", "EMC", "ET", "EX", "F", "G", "ID", "J", "K", "M", "MP", "Q", "RG", "S", "SC", "SCN", "T*", "TD", "TJ",
    "TL", "Tc", "Td", "Tf", "Tj", "Tm", "Tr", "Ts", "Tw", "Tz", "W", "W*", "b", "b*", "c", "cm", "cs", "d", "d0", "d1", "f", "f*", "g", "gs", "h", "i", "j", "k", "l", "m", "n", "q", "re",
    "rg", "ri", "s", "sc", "scn", "sh", "v", "w", "y"};
static_assert(std::ranges::is_sorted(kOperators));

constexpr std::size_t kLongestName = 127, kLongestString = 32767;
constexpr double kGreatestReal = 3.403e38, kLeastReal = 1.175e-38;

std::optional<OverLimit> over_real(const std::string& text) {
  const double value = std::abs(std::strtod(text.c_str(), nullptr));
  if (value > kGreatestReal) return OverLimit{"A 6.1.13-2", "the number " + text.substr(0, 20) + "... is too large"};
  if (value != 0 && value < kLeastReal) return OverLimit{"A 6.1.13-5", "a number is too near zero"};
  return std::nullopt;
}

constexpr int kDeepestNode = 30;

class NumberTreeReader {
 public:
  explicit NumberTreeReader(Faults& faults) : faults_(faults) {}

  std::map<long long, QPDFObjectHandle> run(QPDFObjectHandle root) {
    read(root, 0);
    return std::move(entries_);
  }

 private:
  void fault(const std::string& text) { add_fault(faults_, "PDF 7.9.7", "number tree: " + text); }

  void read(QPDFObjectHandle node, int depth) {
    if (!node.isDictionary() || depth > kDeepestNode || (node.isIndirect() && !seen_.insert(node.getObjGen()).second)) return fault("a node is no dictionary, too deep or there twice");
    const std::size_t before = entries_.size();
    const long long low = last_ + 1;
    if (QPDFObjectHandle numbers = node.getKey("/Nums"); numbers.isArray()) add(numbers);
    if (QPDFObjectHandle kids = node.getKey("/Kids"); kids.isArray()) {
      for (QPDFObjectHandle& kid : kids.getArrayAsVector()) read(kid, depth + 1);
    }
    if (depth == 0 || entries_.size() == before) return;
    // A reader finds an entry by the Limits of the nodes above it.
    QPDFObjectHandle limits = node.getKey("/Limits");
    const auto first = entries_.lower_bound(low);
    if (!limits.isArray() || limits.getArrayNItems() != 2 || !limits.getArrayItem(0).isInteger() || !limits.getArrayItem(1).isInteger()) return fault("a node has no Limits");
    if (limits.getArrayItem(0).getIntValue() != first->first || limits.getArrayItem(1).getIntValue() != last_) fault("Limits are not those of the entries");
  }

  void add(QPDFObjectHandle numbers) {
    const std::vector<QPDFObjectHandle> items = numbers.getArrayAsVector();
    if (items.size() % 2 != 0) fault("a key has no value");
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      QPDFObjectHandle key = items[i];
      if (!key.isInteger() || key.getIntValue() <= last_) {
        fault("keys are not in order");
        continue;
      }
      last_ = key.getIntValue();
      entries_.emplace(last_, items[i + 1]);
    }
  }

  Faults& faults_;
  std::map<long long, QPDFObjectHandle> entries_;
  std::set<QPDFObjGen> seen_;
  long long last_ = -1;
};

}  // namespace

std::optional<OverLimit> over_limit(QPDFObjectHandle value) {
  if (value.isReal()) return over_real(value.getRealValue());
  if (value.isInteger()) {
    const long long number = value.getIntValue();
    using Limits = std::numeric_limits<std::int32_t>;
    if (number > Limits::max() || number < Limits::min()) return OverLimit{"A 6.1.13-1", "the integer " + std::to_string(number) + " is too large"};
  } else if (value.isString()) {
    const std::size_t size = value.getStringValue().size();
    if (size > kLongestString) return OverLimit{"A 6.1.13-3", "a string of " + std::to_string(size) + " bytes"};
  } else if (value.isName() && value.getName().size() > kLongestName + 1) {
    return OverLimit{"A 6.1.13-4", "a name of " + std::to_string(value.getName().size() - 1) + " bytes"};
  }
  return std::nullopt;
}

bool is_operator(std::string_view name) { return std::ranges::binary_search(kOperators, name); }

bool is_rendering_intent(std::string_view name) { return name == "RelativeColorimetric" || name == "AbsoluteColorimetric" || name == "Perceptual" || name == "Saturation"; }

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
    if (length == 0 || length > text.size() - i) return false;
    std::uint32_t c = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      const auto tail = static_cast<unsigned char>(text[i + k]);
      if ((tail & 0xC0) != 0x80) return false;
      c = (c << 6) | (tail & 0x3Fu);
    }
    if ((length == 3 && (c < 0x800 || (c >= 0xD800 && c < 0xE000))) || (length == 4 && (c < 0x10000 || c > 0x10FFFF))) return false;
    i += length;
  }
  return true;
}

bool is_blank(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) <= ' ') continue;
    if (text.substr(i).starts_with("\xC2\xA0")) i += 1;          // no-break space
    else if (text.substr(i).starts_with("\xE2\x80\x8B")) i += 2;  // zero-width space
    else if (text.substr(i).starts_with("\xE3\x80\x80")) i += 2;  // ideographic space
    else return false;
  }
  return true;
}

std::string name_of(QPDFObjectHandle value) { return value.isName() ? value.getName().substr(1) : std::string(); }

std::map<long long, QPDFObjectHandle> read_number_tree(QPDFObjectHandle root, Faults& faults) { return NumberTreeReader(faults).run(root); }

ProfileHeader read_profile_header(std::string_view profile) {
  constexpr std::size_t kHeader = 128;
  ProfileHeader header;
  if (profile.size() < kHeader) return header;
  Bytes bytes(profile);
  header.version = bytes.number(8, 1);
  header.device_class = bytes.part(12, 4);
  header.space = bytes.part(16, 4);
  header.good = bytes.number(0, 4) == profile.size() && bytes.part(36, 4) == "acsp";
  return header;
}

}  // namespace handout::inspect
