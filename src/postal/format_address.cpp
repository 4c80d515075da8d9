#include "postal/format_address.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/expects.h"
#include "unicode/matching.h"
#include "unicode/text.h"

namespace handout::postal {

using Letters = Sender::Letters;
using Rule = Finding::Rule;

namespace {

bool is_plain(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c >= 0x7F || (c == ' ' && (i == 0 || i + 1 == text.size() || text[i + 1] == ' '))) return false;
  }
  return true;
}

// Cleaned, without spaces at its ends, runs of white space made one space. A single ideographic space is left as it is.
std::string squeezed(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  const std::string clean = unicode::sanitize_field(text);
  std::string out;
  for (std::size_t i = 0; i < clean.size();) {
    const unicode::CodePoint c = unicode::decode(clean, i);
    i = c.end;
    if (!unicode::is_white_space(c.value)) {
      out.append(clean, c.begin, c.end - c.begin);
      continue;
    }
    const std::size_t begin = c.begin;
    std::size_t count = 1;
    while (i < clean.size() && unicode::is_white_space(unicode::decode(clean, i).value)) {
      i = unicode::decode(clean, i).end;
      ++count;
    }
    if (out.empty() || i == clean.size()) continue;
    if (count == 1 && c.value == U'\u3000') out.append(clean, begin, i - begin);
    else out += ' ';
  }
  return out;
}

// What is written of an address, part by part.
struct Texts {
  std::vector<std::string> street;
  std::array<std::string, kPartCount> parts;  // Street is not among them
  std::array<std::size_t, kPartCount> same{};  // the first part that says the same, as both were given
  [[nodiscard]] const std::string& of(Part part) const { return parts[static_cast<std::size_t>(part)]; }
  std::string& of(Part part) { return parts[static_cast<std::size_t>(part)]; }
  [[nodiscard]] bool are_same(Part a, Part b) const { return same[static_cast<std::size_t>(a)] == same[static_cast<std::size_t>(b)]; }
  [[nodiscard]] bool has(Part part) const { return part == Part::Street ? !street.empty() : !of(part).empty(); }
};

Texts clean(const request::PostalAddress& address) {
  Texts texts;
  for (const std::string& line : address.lines) {
    if (std::string text = squeezed(line); !text.empty()) texts.street.push_back(std::move(text));
  }
  texts.of(Part::District) = squeezed(address.district);
  texts.of(Part::City) = squeezed(address.city);
  texts.of(Part::State) = squeezed(address.state);
  texts.of(Part::Postcode) = squeezed(address.postcode);
  for (std::size_t i = 0; i < kPartCount; ++i) texts.same[i] = static_cast<std::size_t>(std::find(texts.parts.begin(), texts.parts.end(), texts.parts[i]) - texts.parts.begin());
  return texts;
}

// ---- scripts ----

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Whether some of the text is in one of the scripts.
bool is_in(std::string_view text, const std::vector<std::string>& scripts) {
  if (is_ascii(text)) return false;
  const auto runs = unicode::script_runs(text);
  return std::any_of(runs.begin(), runs.end(), [&](const unicode::ScriptRun& run) { return std::find(scripts.begin(), scripts.end(), run.script) != scripts.end(); });
}

bool is_latin(std::string_view text) {
  if (is_ascii(text)) return true;
  const auto runs = unicode::script_runs(text);
  return std::all_of(runs.begin(), runs.end(), [](const unicode::ScriptRun& run) { return run.script == "Latn" || run.script == "Zyyy" || run.script == "Zinh"; });
}

bool has_letters(std::string_view text) {
  if (is_ascii(text)) return std::any_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
  const auto runs = unicode::script_runs(text);
  return std::any_of(runs.begin(), runs.end(), [](const unicode::ScriptRun& run) { return run.script != "Zyyy" && run.script != "Zinh"; });
}

template <typename Test>
bool any_of(const Texts& texts, const Test& test) {
  return std::any_of(texts.street.begin(), texts.street.end(), test) || test(texts.of(Part::District)) || test(texts.of(Part::City)) || test(texts.of(Part::State));
}

// ---- lines ----

// Whether a form goes from the large to the small.
bool goes_down(const Form& form) {
  const auto& first = form.lines.front();
  return first.empty() || first.front().part != Part::Street;
}

// Writes one form's lines.
class Writer {
 public:
  Writer(const Texts& texts, std::vector<std::string>& lines) : texts_(texts), lines_(lines) {}

  void write(const Form& form) {
    for (const auto& pieces : form.lines) write(pieces);
  }

 private:
  [[nodiscard]] bool is_printed(const Piece& piece) const {
    if (!texts_.has(piece.part)) return false;
    return !piece.unless || piece.part == *piece.unless || !texts_.are_same(piece.part, *piece.unless);
  }

  void write(const std::vector<Piece>& pieces) {
    std::string line;
    bool has_street = false;
    for (const Piece& piece : pieces) {
      if (!is_printed(piece)) continue;
      if (!line.empty()) line += piece.separator;
      line += piece.before;
      line += piece.part == Part::Street ? texts_.street.front() : texts_.of(piece.part);
      line += piece.after;
      has_street = has_street || piece.part == Part::Street;
    }
    if (!line.empty()) lines_.push_back(std::move(line));
    if (has_street) lines_.insert(lines_.end(), texts_.street.begin() + 1, texts_.street.end());
  }

  const Texts& texts_;
  std::vector<std::string>& lines_;
};

void make_capitals(Texts& texts, const Country& country, Parts parts) {
  if (parts.has(Part::Street)) {
    for (std::string& line : texts.street) line = country.upper->of(line);
  }
  for (const Part part : {Part::District, Part::City, Part::State, Part::Postcode}) {
    if (parts.has(part)) texts.of(part) = country.upper->of(texts.of(part));
  }
}

std::size_t length_of(std::string_view line, CountSpaces count) {
  const std::size_t characters = unicode::count_code_points(line);
  return count == CountSpaces::Yes ? characters : characters - static_cast<std::size_t>(std::count(line.begin(), line.end(), ' '));
}

// One address on its way.
class Formatter {
 public:
  Formatter(const Sender& sender, const Country& country, const AddressOptions& options) : sender_(sender), country_(country), options_(options), domestic_(sender.is_domestic(country)) {}

  FormattedAddress format(Texts texts, std::span<const std::string> names) {
    if (texts.of(Part::City).empty()) texts.of(Part::City) = country_.city;
    if (texts.of(Part::State).empty()) texts.of(Part::State) = country_.state;
    const Form* native = country_.native && any_of(texts, [&](const std::string& text) { return is_in(text, country_.native->scripts); }) ? &*country_.native : nullptr;
    check_parts(texts, native);
    set_postcode(texts);
    check_script(texts);
    const Letters letters = any_of(texts, [](const std::string& text) { return !is_latin(text); }) ? Letters::Other : Letters::Latin;
    make_capitals(texts, country_, country_.capitals);
    if (!domestic_) make_capitals(texts, country_, sender_.country().capitals_abroad);
    std::vector<std::string> body;
    Writer(texts, body).write(native != nullptr ? *native : country_.form);
    if (body.empty()) {
      findings_.push_back({.rule = Rule::Empty, .country = country_.code});
      return refuse();
    }
    std::vector<std::string> lines = join(squeezed_names(names), std::move(body), native, letters);
    check_lengths(lines);
    if (refused_) return refuse();
    return {std::move(lines), std::move(findings_)};
  }

 private:
  FormattedAddress refuse() { return {{}, std::move(findings_)}; }

  void add(Finding finding, OnFinding handling) {
    findings_.push_back(std::move(finding));
    refused_ = refused_ || handling == OnFinding::Refuse;
  }

  void check_parts(const Texts& texts, const Form* native) {
    const bool whole_in_street = native != nullptr && goes_down(*native);
    for (std::size_t i = 0; i < kPartCount; ++i) {
      const Part part = static_cast<Part>(i);
      if (whole_in_street && texts.has(Part::Street) && (part == Part::City || part == Part::State)) continue;
      if (country_.required.has(part) && !texts.has(part)) add({.rule = Rule::MissingPart, .part = part, .country = country_.code}, options_.missing_part);
    }
  }

  void set_postcode(Texts& texts) {
    std::string& code = texts.of(Part::Postcode);
    if (code.empty() || country_.postcode.empty()) return;
    const auto print = [&](std::string_view text) { return country_.postcode.print(text, country_.postcode_prefix, country_.language.script()); };
    auto printed = print(code);
    if (!printed) printed = print(without_lead(code));
    if (printed) code = *std::move(printed);
    else add({.rule = Rule::Postcode, .country = country_.code, .expected = country_.postcode_prefix + country_.postcode.text()}, options_.postcode);
  }

  // "CH-8001", "D 53111".
  [[nodiscard]] std::string_view without_lead(std::string_view code) const {
    for (const std::string_view lead : {std::string_view(country_.code), std::string_view(country_.postcode_lead)}) {
      if (lead.empty() || code.size() <= lead.size() || ascii_lowered(code.substr(0, lead.size())) != ascii_lowered(lead)) continue;
      if (code[lead.size()] == '-' || code[lead.size()] == ' ') return code.substr(lead.size() + 1);
    }
    return code;
  }

  void check_script(const Texts& texts) {
    if (domestic_) return;
    const std::string& city = texts.of(Part::City);
    const auto can_read = [&](const std::string& text) { return !text.empty() && sender_.can_read(text); };
    if (city.empty() ? !any_of(texts, can_read) : !can_read(city)) findings_.push_back({.rule = Rule::Script, .country = sender_.country().code});
  }

  static std::vector<std::string> squeezed_names(std::span<const std::string> names) {
    std::vector<std::string> lines;
    for (const std::string& each : names) {
      if (std::string name = squeezed(each); !name.empty()) lines.push_back(std::move(name));
    }
    return lines;
  }

  // The name of the country stands on the last line, where posts look for it; between two countries that write from the large to the small it stands on top of the address.
  [[nodiscard]] std::vector<std::string> join(std::vector<std::string> names, std::vector<std::string> body, const Form* native, Letters letters) const {
    const bool descends = native != nullptr && goes_down(*native);
    const bool country_first = descends && sender_.country().native && goes_down(*sender_.country().native);
    const bool names_first = !descends || options_.names == Names::First;
    std::vector<std::string> lines;
    const auto append = [&](std::vector<std::string>& more) { lines.insert(lines.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end())); };
    if (names_first) append(names);
    if (!domestic_ && country_first) lines.push_back(sender_.name_of(country_, letters));
    append(body);
    if (!names_first) append(names);
    if (!domestic_ && !country_first) lines.push_back(sender_.name_of(country_, letters));
    return lines;
  }

  void check_lengths(const std::vector<std::string>& lines) {
    const std::size_t without_country = lines.size() - (domestic_ ? 0 : 1), abroad = domestic_ ? 0 : sender_.country().most_lines_abroad;
    if (country_.most_lines != 0 && without_country > country_.most_lines) add({.rule = Rule::Lines, .found = without_country, .allowed = country_.most_lines, .country = country_.code}, options_.length);
    else if (abroad != 0 && lines.size() > abroad) add({.rule = Rule::Lines, .found = lines.size(), .allowed = abroad, .country = sender_.country().code}, options_.length);
    if (country_.most_characters == 0) return;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::size_t length = length_of(lines[i], country_.count_spaces);
      if (length > country_.most_characters) add({.rule = Rule::Characters, .line = i + 1, .found = length, .allowed = country_.most_characters, .country = country_.code}, options_.length);
    }
  }

  const Sender& sender_;
  const Country& country_;
  const AddressOptions& options_;
  bool domestic_;
  bool refused_ = false;
  std::vector<Finding> findings_;
};

}  // namespace

// ---- sender ----

Sender::Sender(const Countries& countries, std::string_view country, const std::optional<unicode::Locale>& language) : country_(countries.find(country)) {
  EXPECTS(country_ != nullptr);
  const unicode::Locale own = language.value_or(country_->language);
  own_ = names_in(countries, own);
  if (own.script() != "Latn") english_ = names_in(countries, unicode::Locale());
  scripts_ = {"Latn", "Zyyy", "Zinh", country_->language.script()};
  if (country_->native) scripts_.insert(scripts_.end(), country_->native->scripts.begin(), country_->native->scripts.end());
}

bool Sender::can_read(std::string_view text) const {
  if (is_ascii(text)) return true;
  const auto runs = unicode::script_runs(text);
  return std::all_of(runs.begin(), runs.end(), [&](const unicode::ScriptRun& run) { return std::find(scripts_.begin(), scripts_.end(), run.script) != scripts_.end(); });
}

Sender::Names Sender::names_in(const Countries& countries, const unicode::Locale& language) {
  const unicode::RegionNames regions(language);
  const unicode::Capitals capitals(language);
  Names names;
  for (const auto& [code, country] : countries.all()) {
    const auto given = country.names.find(language.language());
    names.emplace(code, capitals.of(given != country.names.end() ? given->second : regions.of(code, country.name_length)));
  }
  return names;
}

bool Sender::is_domestic(const Country& destination) const {
  const auto post = [](const Country& country) -> const std::string& { return country.domestic_with.empty() ? country.code : country.domestic_with; };
  return post(destination) == post(*country_);
}

const std::string& Sender::name_of(const Country& destination, Letters letters) const {
  return (letters == Letters::Latin && !english_.empty() ? english_ : own_).at(destination.code);
}

// ---- findings ----

std::string describe(const Finding& finding) {
  switch (finding.rule) {
    case Rule::Empty: return "the address is empty";
    case Rule::UnknownCountry: return "the country is none that addresses are known of";
    case Rule::MissingPart: return fmt::format("{} is missing, which addresses of {} have", name(finding.part), finding.country);
    case Rule::Postcode: return fmt::format("the postcode is not of the form of {}: {}", finding.country, finding.expected);
    case Rule::Lines: return fmt::format("the address takes {} lines, and the post of {} at most {}", finding.found, finding.country, finding.allowed);
    case Rule::Script: return fmt::format("it is in a script that the post of {} may not read", finding.country);
    case Rule::Characters: return fmt::format("line {} has {} characters, and lines of {} have at most {}", finding.line, finding.found, finding.country, finding.allowed);
  }
  return "";
}

// ---- addresses ----

FormattedAddress format_address(const request::PostalAddress& address, std::span<const std::string> names, const Sender& sender, const Countries& countries, const AddressOptions& options) {
  const Country* country = address.country.empty() ? &sender.country() : countries.find(address.country);
  if (country == nullptr) return {{}, {{.rule = Rule::UnknownCountry}}};
  return Formatter(sender, *country, options).format(clean(address), names);
}

FormattedAddress complete_lines(std::vector<std::string> lines, std::string_view code, const Sender& sender, const Countries& countries, unicode::CountryNames& names) {
  const Country* country = code.empty() ? &sender.country() : countries.find(code);
  if (country == nullptr) return {{}, {{.rule = Rule::UnknownCountry}}};
  if (lines.empty() || sender.is_domestic(*country)) return {std::move(lines), {}};
  FormattedAddress made;
  const std::string& name = sender.name_of(*country, std::all_of(lines.begin(), lines.end(), is_latin) ? Letters::Latin : Letters::Other);
  const std::string folded = unicode::fold_for_matching(name);
  const auto says_country = [&](const std::string& line) { return unicode::fold_for_matching(line) == folded || names.find(line) == country->code; };
  // The city stands on the last line of words, or above the postcode that does.
  const auto last = std::find_if(lines.rbegin(), lines.rend(), [&](const std::string& line) { return !says_country(line) && has_letters(line); });
  if (last != lines.rend() && !sender.can_read(*last)) made.findings.push_back({.rule = Rule::Script, .country = sender.country().code});
  if (!says_country(lines.front()) && !says_country(lines.back())) lines.push_back(name);
  made.lines = std::move(lines);
  return made;
}

}  // namespace handout::postal
