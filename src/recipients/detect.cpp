#include "recipients/detect.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "recipients/bytes.h"

namespace handout::recipients {
namespace {

constexpr std::size_t kLookedAt = 64 * 1024;

std::string ending_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view file = slash == std::string_view::npos ? path : path.substr(slash + 1);
  const std::size_t dot = file.rfind('.');
  return ascii_lowered(dot == std::string_view::npos ? "" : file.substr(dot + 1));
}

// Named by its byte order mark (The Unicode Standard, table 2-4), or by the zeros that ASCII has there.
std::string_view other_encoding(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("\0\0\xFE\xFF"sv)) return "UTF-32";
  if (bytes.starts_with("\xFF\xFE"sv)) return "UTF-16LE";
  if (bytes.starts_with("\xFE\xFF"sv)) return "UTF-16BE";
  if (bytes.size() >= 4 && bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0 && bytes[3] == 0) return "UTF-16LE";
  if (bytes.size() >= 4 && bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0 && bytes[3] != 0) return "UTF-16BE";
  return "";
}

// By its first bytes: RFC 1952 2.3.1, RFC 8878 3.1.1, the formats of bzip2, xz and ZIP.
std::string_view packing(std::string_view bytes) {
  if (bytes.starts_with("\x1F\x8B")) return "gzip";
  if (bytes.starts_with("\x28\xB5\x2F\xFD")) return "Zstandard";
  if (bytes.starts_with("BZh") && bytes.size() > 3 && bytes[3] >= '1' && bytes[3] <= '9') return "bzip2";
  if (bytes.starts_with("\xFD" "7zX")) return "xz";
  if (bytes.starts_with("PK\x03\x04")) return "ZIP";
  return "";
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// What the first object of the file says at its own level, as far as it has been read.
struct FirstObject {
  std::optional<std::string> type;  // of the FHIR resource
  bool has_entries = false;
  bool has_resource = false;        // it is a Bundle's entry: the FHIR resource is inside it
  bool is_whole = false;
  bool is_known = false;            // no more bytes are needed
};

FirstObject look_at(std::string_view bytes) {
  FirstObject object;
  int levels = 0;
  std::string key;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (c == '{' || c == '[') ++levels;
    if ((c == '}' || c == ']') && --levels <= 0) {
      object.is_known = object.is_whole = true;
      return object;
    }
    if (c != '"') continue;
    const std::size_t begin = ++i;
    while (i < bytes.size() && bytes[i] != '"') i += bytes[i] == '\\' ? 2U : 1U;
    if (i >= bytes.size()) break;
    if (levels != 1 && (levels != 2 || key != "resource")) continue;
    const std::string_view text = bytes.substr(begin, i - begin);
    std::size_t after = i + 1;
    while (after < bytes.size() && is_space(bytes[after])) ++after;
    if (after == bytes.size()) break;
    if (levels == 2) {
      if (bytes[after] == ':' && text == "resourceType") object.has_resource = true;
    } else if (bytes[after] == ':') {
      key = text;
      object.has_entries |= key == "entry";
    } else if (key == "resourceType" && !object.type) {
      object.type = text;
      object.is_known = true;
    }
  }
  return object;
}

// Whether the object that begins on the first line goes on on the second. A first line that is merely damaged is rejected when it is read: then the second begins an object of its own.
bool goes_on(Window& window, std::size_t begin) {
  std::size_t line = 0, next = 0;
  for (;;) {
    const std::string_view bytes = window.held().substr(begin, kLookedAt);
    line = bytes.find('\n');
    next = line == std::string_view::npos ? line : bytes.find_first_not_of(" \t\r\n", line);
    if (next != std::string_view::npos || bytes.size() == kLookedAt || !window.more()) break;
  }
  if (next == std::string_view::npos || window.held()[begin + next] == '{') return false;
  return !look_at(window.held().substr(begin, line)).is_whole;
}

Result<Detected> detect_json(Window& window, std::size_t begin, const ReaderOptions& options, Diagnostics& diags) {
  Detected detected{options.format.value_or(Format::JsonLines), FhirShape::Lines};
  const Span& file = window.file();
  if (window.held()[begin] == '[') return diags.error(file, "is a JSON list; expected one object on each line, or a FHIR Bundle").hint("for example: jq -c '.[]' OLD.json > NEW.jsonl");
  FirstObject first = look_at(window.held().substr(begin, kLookedAt));
  while (!first.is_known && window.held().size() < begin + kLookedAt && window.more()) first = look_at(window.held().substr(begin, kLookedAt));
  if (window.failed()) return window.report(diags);
  const bool bundle = first.type ? *first.type == "Bundle" : first.has_entries;
  const bool entry = !first.type && !bundle && first.has_resource;
  if (!options.format && (first.type || bundle || entry)) detected.format = Format::Fhir;
  if (detected.format == Format::Fhir && bundle) detected.shape = FhirShape::Bundle;
  if (detected.format == Format::Fhir && entry) detected.shape = FhirShape::EntryLines;
  if (detected.format == Format::JsonLines && bundle) return diags.error(file, "is a FHIR Bundle, not JSON Lines").hint("give --format fhir");
  // A first line that is merely damaged is rejected when it is read.
  if (detected.shape != FhirShape::Bundle && window.held()[begin] != '{' && goes_on(window, begin)) return diags.error(file, "does not begin with a JSON object; expected one object on each line").hint("is it CSV? that is a list of another format");
  if (detected.shape != FhirShape::Bundle && goes_on(window, begin)) return diags.error(file, "has a JSON object that takes more than one line; expected one object on each line").hint("for example: jq -c . OLD.json > NEW.jsonl");
  return detected;
}

}  // namespace

Result<Detected> detect(Window& window, std::string_view path, const ReaderOptions& options, Diagnostics& diags) {
  while (window.held().size() < 4 && window.more()) continue;
  if (window.failed()) return window.report(diags);
  if (const std::string_view encoding = other_encoding(window.held()); !encoding.empty()) {
    return diags.error(window.file(), fmt::format("is {}, not UTF-8", encoding)).hint(fmt::format("convert the file, for example: iconv -f {} -t UTF-8 OLD > NEW; Excel saves as \"CSV UTF-8\"", encoding.substr(0, 6)));
  }
  if (const std::string_view packed = packing(window.held()); !packed.empty()) {
    return diags.error(window.file(), fmt::format("is compressed ({}): unpack it first", packed)).hint(packed == "ZIP" ? "a spreadsheet (.xlsx, .ods) is such a file too: save it as \"CSV UTF-8\"" : "a list is plain text: CSV, JSON Lines or FHIR");
  }
  if (window.held().starts_with("\xEF\xBB\xBF")) window.drop(3);
  const auto find_begin = [&] { return window.held().find_first_not_of(" \t\r\n"); };
  while (find_begin() == std::string_view::npos && window.held().size() < kLookedAt && window.more()) continue;
  if (window.failed()) return window.report(diags);
  const std::size_t begin = find_begin();
  const std::string ending = ending_of(path);
  constexpr std::array<std::string_view, 3> kCsv{"csv", "tsv", "txt"}, kJson{"jsonl", "ndjson", "json"};
  bool json = begin != std::string_view::npos && (window.held()[begin] == '{' || window.held()[begin] == '[');
  if (std::find(kCsv.begin(), kCsv.end(), ending) != kCsv.end()) json = false;
  if (std::find(kJson.begin(), kJson.end(), ending) != kJson.end()) json = true;
  if (options.format) json = *options.format != Format::Csv;
  if (!json) return Detected{};
  if (begin == std::string_view::npos) return diags.error(window.file(), "is empty; expected a JSON object on each line");
  return detect_json(window, begin, options, diags);
}

}  // namespace handout::recipients
