#include <fmt/format.h>

#include <algorithm>

#include "base/numbers.h"
#include "mailings/limits.h"
#include "mailings/reader.h"
#include "xml/characters.h"
#include "xml/value_types.h"

// What is written.
namespace handout::mailings {
namespace {

constexpr std::pair<std::string_view, OutputAs> kAs[] = {{"stream", OutputAs::Stream}, {"files", OutputAs::Files}, {"both", OutputAs::Both}};
constexpr std::pair<std::string_view, Purpose> kPurposes[] = {{"print", Purpose::Print}, {"screen", Purpose::Screen}};
constexpr std::pair<std::string_view, InFileNames> kInFileNames[] = {{"no", InFileNames::No}, {"yes", InFileNames::Yes}};
constexpr std::pair<std::string_view, Duplex> kDuplex[] = {{"", Duplex::AsLaidOut}, {"yes", Duplex::Yes}, {"no", Duplex::No}};
constexpr std::pair<std::string_view, KeyStyle> kKeyStyles[] = {{"plain", KeyStyle::Plain}, {"hashed", KeyStyle::Hashed}};
constexpr SplitBy kSplits[] = {SplitBy::Layout, SplitBy::Paper, SplitBy::Locale, SplitBy::Sheets, SplitBy::Weight};

constexpr std::string_view kFileName = "{number}-{locale}.pdf", kStreamName = "{mailing}-{class}-{number}.pdf";

bool is_one_of(std::string_view name, const std::vector<std::string_view>& names) { return std::find(names.begin(), names.end(), name) != names.end(); }

std::vector<std::string> fields_of(const NameTemplate& parts) {
  std::vector<std::string> names;
  for (const NamePart& part : parts) {
    if (const auto* field = std::get_if<NameField>(&part)) names.push_back(field->name);
  }
  return names;
}

bool has_key(const Output& output) {
  const auto fields = fields_of(output.file);
  return std::find(fields.begin(), fields.end(), "key") != fields.end();
}

// Whether every name that the template can make is reserved or too long.
void check_literals(const NameTemplate& parts, const Span& at, Diagnostics& diags) {
  std::size_t size = 0;
  for (const NamePart& part : parts) {
    if (const auto* literal = std::get_if<std::string>(&part)) size += literal->size();
  }
  if (size > kLongestName / 2) diags.error(at, fmt::format("has {} characters besides its fields, more than {}", size, kLongestName / 2)).meaning();
  const auto* first = std::get_if<std::string>(&parts.front());
  if (first != nullptr && first->find('.') != std::string::npos && is_reserved_name(*first)) {
    diags.error(at, fmt::format("'{}' cannot be a file's name on Windows, which keeps it for a device", first->substr(0, first->find('.')))).hint("choose another name").meaning();
  }
}

// The template that is given, else the usual one; a wrong one is told.
NameTemplate read_template(const xml::Element* output, std::string_view attribute, std::string_view usual, Diagnostics& diags) {
  const xml::Attribute* written = output != nullptr ? output->find(attribute) : nullptr;
  if (written == nullptr) return *parse_name_template(usual);
  auto parts = parse_name_template(written->value);
  if (!parts) {
    diags.error(written->value_at, fmt::format("'{}' cannot be the name of a file on every system", xml::excerpt(written->value))).hint(fmt::format("use A-Z, a-z, digits, '.', '_', '-' and fields in braces, with .pdf at the end, as in {}", usual));
    return *parse_name_template(usual);
  }
  check_literals(*parts, written->value_at, diags);
  return *std::move(parts);
}

void check_file_template(const Output& output, const xml::Attribute& written, Scope& scope) {
  std::vector<std::string> personal;
  for (const std::string& field : fields_of(output.file)) {
    if (is_one_of(field, file_name_fields())) continue;
    std::vector<std::string_view> names = file_name_fields();
    const bool known = is_one_of(field, recipient_names()) || scope.fields.contains(field);
    if (!known) {
      names.insert(names.end(), recipient_names().begin(), recipient_names().end());
      for (const auto& each : scope.fields) names.push_back(each.first);
      scope.diags.error(written.value_at, fmt::format("unknown field '{}' in a file's name{}", field, did_you_mean(field, names))).hint(fmt::format("there are {}, what a recipient has (key, ...) and the mailing's own fields", fmt::join(file_name_fields(), ", "))).meaning();
    } else if (field != "key") {
      personal.push_back(field);
    }
  }
  const auto fields = fields_of(output.file);
  const bool tells_apart = std::any_of(fields.begin(), fields.end(), [](const std::string& each) { return each == "number" || !is_one_of(each, file_name_fields()); });
  if (!tells_apart && !scope.diags.has_errors()) scope.diags.error(written.value_at, "gives every recipient's file the same name").hint("have {number} in it").meaning();
  if (!personal.empty() && output.names == InFileNames::No) {
    scope.diags.error(written.value_at, fmt::format("puts what belongs to a person into names of files: {}", fmt::join(personal, ", "))).hint("use {number}; if it is wanted, write names-in-file-names=\"yes\"").meaning();
  }
  if (has_key(output) && output.keys == InFileNames::No) {
    scope.diags.error(written.value_at, "puts recipients' keys into names of files").hint("use {number}; if it is wanted, write keys-in-file-names=\"yes\"").meaning();
  }
}

void check_stream_template(const Output& output, const xml::Attribute& written, Scope& scope) {
  const auto fields = fields_of(output.stream);
  for (const std::string& field : fields) {
    if (is_one_of(field, stream_name_fields())) continue;
    const bool of_person = is_one_of(field, recipient_names()) || scope.fields.contains(field);
    auto fault = scope.diags.error(written.value_at, of_person ? fmt::format("field '{}' differs within a print file, and cannot be in its name", field) : fmt::format("unknown field '{}' in a print file's name{}", field, did_you_mean(field, stream_name_fields())));
    fault.hint(fmt::format("there are {}", fmt::join(stream_name_fields(), ", "))).meaning();
  }
  const auto has = [&](std::string_view name) { return std::find(fields.begin(), fields.end(), name) != fields.end(); };
  if (!has("number")) scope.diags.error(written.value_at, "gives print files the same name").hint("have {number} in it").meaning();
  const auto is_split_by = [&](SplitBy by) { return by == SplitBy::Paper || std::find(output.split_by.begin(), output.split_by.end(), by) != output.split_by.end(); };
  for (const SplitBy by : kSplits) {
    if (is_split_by(by) && !has("class") && !has(name(by))) {
      const std::string always = by == SplitBy::Paper ? ", as they always are," : "";
      scope.diags.error(written.value_at, fmt::format("gives print files that are split by {}{} the same name", name(by), always)).hint(fmt::format("have {{class}} or {{{}}} in it", name(by))).meaning();
    }
    if (!is_split_by(by) && has(name(by))) {
      scope.diags.error(written.value_at, fmt::format("field '{}' differs within a print file, and cannot be in its name", name(by))).hint(fmt::format("have {} among the words of split-by", name(by))).meaning();
    }
  }
}

std::vector<SplitBy> read_split(const xml::Element& output, Diagnostics& diags) {
  std::vector<SplitBy> split_by;
  const xml::Attribute* written = output.find("split-by");
  if (written == nullptr) return split_by;
  const std::vector<std::string> words = split(written->value, ' ');
  std::vector<std::string_view> known;
  for (const SplitBy by : kSplits) known.push_back(name(by));
  if (words.empty()) diags.error(written->value_at, "names nothing to split by").hint(fmt::format("there are {}", fmt::join(known, ", ")));
  for (const std::string& word : words) {
    const auto* found = std::find_if(std::begin(kSplits), std::end(kSplits), [&](SplitBy by) { return name(by) == word; });
    if (found == std::end(kSplits)) diags.error(written->value_at, fmt::format("unknown '{}'{}", xml::excerpt(word), did_you_mean(word, known))).hint(fmt::format("there are {}", fmt::join(known, ", ")));
    else if (std::find(split_by.begin(), split_by.end(), *found) != split_by.end()) diags.error(written->value_at, fmt::format("'{}' is named twice", word)).meaning();
    else split_by.push_back(*found);
  }
  return split_by;
}

// "80" of "80g/m2"; nothing when it is none, or does not begin with 1 to 9.
std::optional<int> grams(std::string_view text, std::string_view unit, std::size_t most_digits) {
  if (!text.ends_with(unit)) return std::nullopt;
  text.remove_suffix(unit.size());
  const bool digits = !text.empty() && text.size() <= most_digits && text.front() != '0' && text.find_first_not_of("0123456789") == std::string_view::npos;
  return digits ? std::optional(static_cast<int>(*parse_integer(text))) : std::nullopt;
}

void read_weights(Output& output, const xml::Element& element, Diagnostics& diags) {
  if (const xml::Attribute* weight = element.find("sheet-weight")) {
    output.sheet_weight = grams(weight->value, "g/m2", 3);
    if (!output.sheet_weight) diags.error(weight->value_at, fmt::format("'{}' is no weight of paper", xml::excerpt(weight->value))).hint("write grams a square metre, such as 80g/m2");
  }
  if (const xml::Attribute* steps = element.find("weight-steps")) {
    const std::vector<std::string> words = split(steps->value, ' ');
    if (words.empty()) diags.error(steps->value_at, "has no weights").hint("write them as 20g 50g");
    for (const std::string& word : words) {
      const auto step = grams(word, "g", 5);
      if (!step) diags.error(steps->value_at, fmt::format("'{}' is no weight", xml::excerpt(word))).hint("write grams, such as 20g 50g");
      else if (!output.weight_steps.empty() && *step <= output.weight_steps.back()) diags.error(steps->value_at, fmt::format("{}g does not stand behind a lesser weight", *step)).hint("write the least first").meaning();
      else output.weight_steps.push_back(*step);
    }
  }
  const bool by_weight = std::find(output.split_by.begin(), output.split_by.end(), SplitBy::Weight) != output.split_by.end();
  if (by_weight && (element.find("sheet-weight") == nullptr || element.find("weight-steps") == nullptr)) {
    diags.error(value_at(element, "split-by"), "files are split by weight, but weights are not known").hint("say sheet-weight=\"80g/m2\" and weight-steps=\"20g 50g\"").meaning();
  }
}

std::optional<std::uint64_t> read_count(const xml::Element& element, std::string_view attribute) {
  const auto count = parse_integer(element.value(attribute));
  return count && *count >= 1 && *count <= kMostPieces ? std::optional(static_cast<std::uint64_t>(*count)) : std::nullopt;
}

}  // namespace

Output read_output(const xml::Element& root, Scope& scope) {
  Output output;
  const xml::Element* element = child(root, "output");
  output.as = read_token(element, "as", kAs);
  output.purpose = read_token(element, "purpose", kPurposes);
  output.names = read_token(element, "names-in-file-names", kInFileNames);
  output.keys = read_token(element, "keys-in-file-names", kInFileNames);
  output.duplex = read_token(element, "duplex", kDuplex);
  output.file = read_template(element, "file-name", kFileName, scope.diags);
  output.stream = read_template(element, "stream-name", kStreamName, scope.diags);
  if (element == nullptr) return output;
  output.pieces_per_file = read_count(*element, "pieces-per-file");
  output.pages_per_file = read_count(*element, "pages-per-file");
  output.duplex_at = value_at(*element, "duplex");
  output.split_by = read_split(*element, scope.diags);
  read_weights(output, *element, scope.diags);
  if (const xml::Attribute* written = element->find("file-name")) check_file_template(output, *written, scope);
  if (const xml::Attribute* written = element->find("stream-name")) check_stream_template(output, *written, scope);
  return output;
}

RejectLimit read_limit(const xml::Element& root, Scope& scope) {
  RejectLimit limit;
  const xml::Element* element = child(root, "limits");
  const xml::Attribute* rejects = element != nullptr ? element->find("rejects") : nullptr;
  if (element != nullptr && rejects == nullptr && element->find("addresses") == nullptr) scope.diags.error(element->at, "<limits> says no limit").hint("rejects=\"5%\", or addresses=\"print\"").meaning();
  if (rejects == nullptr) return limit;
  std::string_view text = rejects->value;
  const bool share = text.ends_with('%');
  if (share) text.remove_suffix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point), part = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  const auto all_digits = [](std::string_view digits) { return digits.find_first_not_of("0123456789") == std::string_view::npos; };
  const bool rows = !share && !text.empty() && text.size() <= 9 && all_digits(text);
  const bool percent = share && !whole.empty() && all_digits(whole) && all_digits(part) && (point == std::string_view::npos || (!part.empty() && part.size() <= 2)) && (whole.size() <= 2 || text == "100");
  if (rows) limit.rows = static_cast<std::uint64_t>(*parse_integer(text));
  else if (percent) limit.share = *parse_decimal(text) / 100;
  else scope.diags.error(rejects->value_at, fmt::format("'{}' is no limit", xml::excerpt(rejects->value))).hint("write a number of rows, such as 100, or a share of them, such as 5%");
  return limit;
}

LedgerChoice read_ledger(const xml::Element& root, const Output& output, Scope& scope) {
  LedgerChoice ledger;
  const xml::Element* element = child(root, "ledger");
  if (element == nullptr) return ledger;
  ledger.keys = read_token(element, "key", kKeyStyles);
  if (const xml::Attribute* file = given(*element, "key-file")) ledger.key_file = read_file_ref(*file, scope);
  if (ledger.keys == KeyStyle::Hashed && element->find("key-file") == nullptr) scope.diags.error(value_at(*element, "key"), "hashed keys need a secret").hint("name the file that has it: key-file=\"secret.key\"").meaning();
  if (ledger.keys == KeyStyle::Plain && element->find("key-file") != nullptr) scope.diags.error(value_at(*element, "key-file"), "a secret, but keys are plain").hint("key=\"hashed\", or leave 'key-file' out").meaning();
  // Names of files stand in the ledger as they are. Where keys in them are not allowed at all, that was told.
  if (ledger.keys == KeyStyle::Hashed && has_key(output) && output.keys == InFileNames::Yes) {
    scope.diags.error(value_at(*child(root, "output"), "file-name"), "puts recipients' keys into names of files, which the ledger has, while its keys are hashed").hint("use {number} in place of {key}; or <ledger key=\"plain\"/>").meaning();
  }
  return ledger;
}

}  // namespace handout::mailings
