#include "unicode/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "unicode/icu_status.h"

// UAX #24 section 5: Common and Inherited characters are given the script of what stands round them.
namespace handout::unicode {
namespace {

struct Cell {
  CodePoint character;
  UScriptCode script = USCRIPT_COMMON;
  UScriptCode next = USCRIPT_COMMON;  // the nearest script proper after this character
};

bool is_proper(UScriptCode script) { return script > USCRIPT_INHERITED && script != USCRIPT_UNKNOWN; }

// "Never break between a combining mark and its base": a mark goes with its base's script, a base without one takes its mark's.
void join_marks(std::vector<Cell>& cells) {
  std::optional<std::size_t> base;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    Cell& cell = cells[i];
    if (!is_mark(cell.character.value)) {
      base = i;
      continue;
    }
    if (!base) continue;
    if (is_proper(cells[*base].script)) cell.script = cells[*base].script;
    else if (is_proper(cell.script)) cells[*base].script = cell.script;
  }
}

// Script_Extensions of a Common character name `script`, or it has none and goes anywhere.
bool may_be_in(char32_t character, UScriptCode script) {
  const auto c = static_cast<UChar32>(character);
  std::array<UScriptCode, 64> extensions{};
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t count = uscript_getScriptExtensions(c, extensions.data(), static_cast<std::int32_t>(extensions.size()), &status);
  ensure_success(status);
  if (count == 1 && !is_proper(extensions[0])) return true;
  return std::find(extensions.begin(), extensions.begin() + count, script) != extensions.begin() + count;
}

// Open brackets with the script each was given. As deep as UAX #9 BD16 goes; what is opened beyond has no partner.
class BracketStack {
 public:
  void open(char32_t closer, UScriptCode script) {
    if (open_.size() < 63) open_.push_back({closer, script});
  }
  std::optional<UScriptCode> close(char32_t closer) {
    const auto found = std::find_if(open_.rbegin(), open_.rend(), [&](const Open& o) { return o.closer == closer; });
    if (found == open_.rend()) return std::nullopt;
    const UScriptCode script = found->script;
    open_.erase(found.base() - 1, open_.end());
    return script;
  }

 private:
  struct Open { char32_t closer; UScriptCode script; };
  std::vector<Open> open_;
};

// U+2329 and U+232A are canonically equivalent to U+3008 and U+3009 (UAX #9 BD16).
char32_t canonical_bracket(char32_t c) { return c == 0x2329 ? 0x3008 : c == 0x232A ? 0x3009 : c; }

class Resolver {
 public:
  UScriptCode resolve(const Cell& cell) {
    if (is_proper(cell.script)) return current_ = cell.script;
    const char32_t c = cell.character.value;
    const int bracket = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_BIDI_PAIRED_BRACKET_TYPE);
    if (bracket == U_BPT_CLOSE) {
      if (const auto opener = brackets_.close(canonical_bracket(c))) return current_ = *opener;
    }
    current_ = neighbour_of(cell);
    if (bracket == U_BPT_OPEN) brackets_.open(canonical_bracket(static_cast<char32_t>(u_getBidiPairedBracket(static_cast<UChar32>(c)))), current_);
    return current_;
  }

 private:
  // The script before, unless Script_Extensions exclude it and allow the one after (an ideographic bracket or a tatweel after Latin).
  [[nodiscard]] UScriptCode neighbour_of(const Cell& cell) const {
    if (!is_proper(current_)) return cell.next;
    if (!is_proper(cell.next) || cell.next == current_ || is_mark(cell.character.value)) return current_;
    const char32_t c = cell.character.value;
    return !may_be_in(c, current_) && may_be_in(c, cell.next) ? cell.next : current_;
  }

  UScriptCode current_ = USCRIPT_COMMON;
  BracketStack brackets_;
};

std::vector<Cell> read_cells(std::string_view text) {
  std::vector<Cell> cells;
  cells.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); i = cells.back().character.end) {
    UErrorCode status = U_ZERO_ERROR;
    const CodePoint c = decode(text, i);
    cells.push_back({c, uscript_getScript(static_cast<UChar32>(c.value), &status), USCRIPT_COMMON});
    ensure_success(status);
  }
  join_marks(cells);
  UScriptCode next = USCRIPT_COMMON;
  for (auto cell = cells.rbegin(); cell != cells.rend(); ++cell) {
    if (is_proper(cell->script)) next = cell->script;
    cell->next = next;
  }
  return cells;
}

// What a text holds that is Latin letters and Common characters alone, and so one run: up to U+023F every letter (with the ordinal indicators) is Latin and the rest is Common. So are quotation marks,
// dashes (U+2010..U+2027), spaces that are no script's (U+2028..U+202E) and isolates (U+2066..U+2069), none of them a bracket. Nothing for any other text.
enum class Plain : std::uint8_t { Common, Latin };
std::optional<Plain> plain_script(std::string_view text) {
  Plain script = Plain::Common;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      if ((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z') script = Plain::Latin;
      ++i;
      continue;
    }
    const CodePoint c = decode(text, i);
    i = c.end;
    if (c.value <= 0xFF) {
      if (u_isalpha(static_cast<UChar32>(c.value)) != 0 && c.value != 0xB5) script = Plain::Latin;  // U+00B5 MICRO SIGN is Common
    } else if (c.value <= 0x23F) {
      script = Plain::Latin;
    } else if (!(c.value >= 0x2010 && c.value <= 0x202E) && !(c.value >= 0x2066 && c.value <= 0x2069)) {
      return std::nullopt;
    }
  }
  return script;
}

}  // namespace

std::vector<ScriptRun> script_runs(std::string_view text) {
  if (text.empty()) return {};
  if (const auto plain = plain_script(text)) return {{0, text.size(), *plain == Plain::Latin ? "Latn" : "Zyyy"}};

  std::vector<ScriptRun> runs;
  UScriptCode last = USCRIPT_INVALID_CODE;
  Resolver resolver;
  for (const Cell& cell : read_cells(text)) {
    const UScriptCode script = resolver.resolve(cell);
    if (script == last) runs.back().end = cell.character.end;
    else runs.push_back({cell.character.begin, cell.character.end, uscript_getShortName(script)});
    last = script;
  }
  return runs;
}

}  // namespace handout::unicode
