#include "recipients/fhir_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "recipients/bytes.h"
#include "recipients/json_lines_reader.h"
#include "recipients/to_recipient.h"
#include "unicode/formats.h"

namespace handout::recipients {
namespace {

std::variant<LineRecords, BundleRecords> records_of(Window window, FhirShape shape, const ReaderOptions& options) {
  if (shape == FhirShape::Bundle) return BundleRecords(std::move(window), options);
  return LineRecords(std::move(window), options);
}

// Types of resources are words of letters: another text is not repeated in a count.
bool is_type(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

// Of a patient, and of what stands beside it in an entry or in its place.
std::vector<std::string_view> wanted_elements(FhirShape shape) {
  std::vector<std::string_view> elements = patient_elements();
  elements.emplace_back("issue");
  if (shape != FhirShape::Lines) elements.insert(elements.end(), {"method", "mode"});
  return elements;
}

}  // namespace

FhirReader::FhirReader(Window window, FhirShape shape, const ReaderOptions& options)
    : records_(records_of(std::move(window), shape, options)), path_(shape == FhirShape::Lines ? "" : "resource."), flat_({options.most_field, options.most_columns}, shape == FhirShape::Lines ? 1 : 2, wanted_elements(shape)),
      identifier_system_(options.identifier_system), day_(options.day ? unicode::to_text(*options.day) : ""), most_(options.most_record) {}

Next FhirReader::next(Diagnostics& diags) {
  for (;;) {
    const Got got = std::visit([&](auto& records) { return records.next(diags); }, records_);
    if (got == Got::End) return Next::End;
    if (got == Got::Failed) return Next::Failed;
    const Next next = read(got, diags);
    if (next == Next::End) continue;
    if (next == Next::Failed) return Next::Failed;
    row_.number = rejected_.number = ++number_;
    return next;
  }
}

// Next::End: it was no patient.
Next FhirReader::read(Got got, Diagnostics& diags) {
  const JsonRecord& record = std::visit([](auto& records) -> const JsonRecord& { return records.record(); }, records_);
  if (!read_record(got, record, most_, flat_, rejected_)) {
    rejected_.column = known_part(rejected_.column);
    return Next::Rejected;
  }
  const std::string_view type = flat_.value(path_ + "resourceType");
  if (type.empty() && path_.empty()) {
    rejected_.reason = "is no FHIR resource: it has no resourceType";
    return Next::Rejected;
  }
  if (!path_.empty() && !flat_.value("request.method").empty()) {
    const Span& file = std::visit([](auto& records) -> const Span& { return records.file(); }, records_);
    diags.error(line_of(file, record.line), "an entry has a request, as those of a history, a transaction or a batch have: the list may hold former versions and records that were deleted").hint(kListHint);
    return Next::Failed;
  }
  if (type == "Bundle") {
    rejected_.reason = "is a Bundle inside the list, whose patients are not read; expected patients, or entries of one Bundle alone";
    return Next::Rejected;
  }
  const std::string_view mode = path_.empty() ? std::string_view() : flat_.value("search.mode");
  if (type != "Patient" || mode == "include" || mode == "outcome") return pass_over(type, mode);
  if (auto fault = read_patient(flat_, path_, {identifier_system_, day_}, row_.values, counts_.partial_birth_dates)) {
    rejected_.column = std::move(fault->column);
    rejected_.reason = std::move(fault->reason);
    rejected_.key = cleaned(key_of_patient(row_.values));
    return Next::Rejected;
  }
  row_.line = record.line;
  row_.raw = record.raw;
  return Next::Row;
}

Next FhirReader::pass_over(std::string_view type, std::string_view mode) {
  std::string what = type.empty() ? "entries without a resource" : is_type(type) ? std::string(type) : "other resources";
  if (type == "Patient") what += fmt::format(" of search.mode {}", mode);
  ++counts_.skipped[what];
  if (auto* bundle = std::get_if<BundleRecords>(&records_); bundle != nullptr && (mode == "include" || mode == "outcome")) bundle->count_no_match();
  if (type == "OperationOutcome") {
    const auto is_failure = [&](std::size_t n) {
      const std::string_view severity = flat_.value(fmt::format("{}issue[{}].severity", path_, n));
      return severity == "error" || severity == "fatal";
    };
    const auto issues = std::views::iota(std::size_t{0}, flat_.items(path_ + "issue"));
    if (std::ranges::any_of(issues, is_failure)) ++counts_.failed_outcomes;
  }
  return Next::End;
}

// As much of a path as a patient's elements are: other keys may be somebody's data.
std::string FhirReader::known_part(std::string_view path) const {
  if (!path.starts_with(path_)) return "";
  const std::string_view element = path.substr(path_.size(), path.substr(path_.size()).find_first_of(".["));
  const auto& known = patient_elements();
  return std::find(known.begin(), known.end(), element) != known.end() ? path_ + std::string(element) : "";
}

void FhirReader::add_counts(ReadCounts& counts) const {
  counts.skipped = counts_.skipped;
  counts.partial_birth_dates = counts_.partial_birth_dates;
  counts.failed_outcomes = counts_.failed_outcomes;
}

}  // namespace handout::recipients
