#include "xml/scan_prolog.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "xml/characters.h"

namespace handout::xml {
namespace {

struct PseudoAttribute {
  std::string_view name, value;
  std::size_t at = 0;
};

// The `name="value"` pairs of an XML declaration; `clean` is false when anything else stands there.
struct PseudoAttributes {
  std::vector<PseudoAttribute> pairs;
  bool clean = true;
};

PseudoAttributes read_pairs(std::string_view source, std::size_t from, std::size_t end) {
  const std::string_view body = source.substr(0, end);
  PseudoAttributes read;
  for (std::size_t i = from;;) {
    const std::size_t name = skip_space(body, i);
    if (name == end) return read;
    const std::size_t name_end = end_of_name(body, name);
    const std::size_t equals = skip_space(body, name_end);
    const std::size_t open = equals < end ? skip_space(body, equals + 1) : end;
    const bool shaped = name > i && name_end > name && open < end && body[equals] == '=' && (body[open] == '"' || body[open] == '\'');
    const std::size_t close = shaped ? body.find(body[open], open + 1) : std::string_view::npos;
    if (close == std::string_view::npos) {
      read.clean = false;
      return read;
    }
    read.pairs.push_back({body.substr(name, name_end - name), body.substr(open + 1, close - open - 1), open + 1});
    i = close + 1;
  }
}

bool is_version_1(std::string_view value) {
  return value.size() > 2 && value.starts_with("1.") && value.find_first_not_of("0123456789", 2) == std::string_view::npos;
}

void check_declaration(std::size_t offset, const PseudoAttributes& read, Faults& faults) {
  const char* const kExpected = "expected <?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  std::size_t rank = 0;  // version, then encoding, then standalone, each at most once
  bool ordered = read.clean && !read.pairs.empty() && read.pairs.front().name == "version";
  for (const auto& [name, value, at] : read.pairs) {
    const std::size_t own = name == "version" ? 1 : name == "encoding" ? 2 : name == "standalone" ? 3 : 0;
    ordered = ordered && own > rank;
    rank = own;
    if (name == "version" && !is_version_1(value)) {
      faults.add(at, fmt::format("XML version '{}'; expected 1.0", excerpt(value)));
    } else if (name == "encoding" && ascii_lowered(value) != "utf-8") {
      faults.add(at, fmt::format("encoding '{}'; expected UTF-8", excerpt(value)), "save the file as UTF-8");
    } else if (name == "standalone" && value != "yes" && value != "no") {
      faults.add(at, fmt::format("'{}' is not a value of standalone; expected yes or no", excerpt(value)));
    }
  }
  if (!ordered) faults.add(offset, fmt::format("malformed XML declaration; {}", kExpected));
}

}  // namespace

std::size_t read_declaration(std::string_view source, std::size_t offset, Faults& faults) {
  const std::size_t end = source.find("?>", offset);
  if (end == std::string_view::npos) {
    faults.add(offset, "XML declaration is not closed; expected ?>");
    return std::string_view::npos;
  }
  check_declaration(offset, read_pairs(source, offset + std::string_view("<?xml").size(), end), faults);
  return end + 2;
}

std::size_t read_comment(std::string_view source, std::size_t offset, Faults& faults) {
  const std::size_t dashes = source.find("--", offset + 4);
  const std::size_t end = dashes == std::string_view::npos ? dashes : source.find("-->", dashes);
  if (end == std::string_view::npos) {
    faults.add(offset, "comment is not closed; expected -->");
    return std::string_view::npos;
  }
  // XML 1.0 section 2.5: "--" may not stand in a comment, nor may one end in "--->".
  if (end != dashes) faults.add(dashes, "'--' in a comment", "a comment ends with the first -->; use single dashes inside it");
  return end + 3;
}

std::size_t read_instruction(std::string_view source, std::size_t offset, Standing standing, Faults& faults) {
  const std::size_t end_of_target = end_of_name(source, offset + 2);
  const std::string_view target = source.substr(offset + 2, end_of_target - offset - 2);
  const std::size_t end = source.find("?>", end_of_target);
  if (end == std::string_view::npos) {
    faults.add(offset, "processing instruction is not closed; expected ?>");
    return std::string_view::npos;
  }
  const bool spaced = end == end_of_target || is_space(source[end_of_target]);
  if (ascii_lowered(target) == "xml") {
    faults.add(offset, "XML declaration in the middle of the file; expected at its very start");
  } else if (target.empty() || !spaced) {
    faults.add(offset + 2, "processing instruction has no name");
  } else if (standing != Standing::BeforeRoot) {
    faults.add(offset, fmt::format("processing instruction <?{}?> {} the root element; allowed only before it", excerpt(target),
                                   standing == Standing::InRoot ? "in" : "after"));
  }
  return end + 2;
}

std::size_t read_doctype(std::string_view source, std::size_t offset, Faults& faults) {
  faults.add(offset, "DOCTYPE is not read", "remove it; the schemas stand beside the articles and layouts");
  bool subset = false;
  char quote = 0;
  for (std::size_t i = offset; i < source.size(); ++i) {
    const char c = source[i];
    if (quote != 0) quote = c == quote ? '\0' : quote;
    else if (c == '"' || c == '\'') quote = c;
    else if (c == '[') subset = true;
    else if (c == ']') subset = false;
    else if (c == '>' && !subset) return i + 1;
  }
  return std::string_view::npos;
}

}  // namespace handout::xml
