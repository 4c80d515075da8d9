#include "recipients/fhir_reader.h"

#include <fmt/format.h>

#include <algorithm>

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

}  // namespace

FhirReader::FhirReader(Window window, FhirShape shape, const ReaderOptions& options)
    : records_(records_of(std::move(window), shape, options)), path_(shape == FhirShape::Lines ? "" : "resource."), flat_({options.most_field, options.most_columns}, shape == FhirShape::Lines ? 1 : 2, patient_elements()),
      identifier_system_(options.identifier_system), day_(options.day ? unicode::to_text(*options.day) : ""), most_(options.most_record) {}

Next FhirReader::next(Diagnostics& diags) {
  for (;;) {
    const Got got = std::visit([&](auto& records) { return records.next(diags); }, records_);
    if (got == Got::End) return Next::End;
    if (got == Got::Failed) return Next::Failed;
    const Next next = read(got);
    if (next == Next::End) continue;
    row_.number = rejected_.number = ++number_;
    return next;
  }
}

// Next::End: it was no patient.
Next FhirReader::read(Got got) {
  const JsonRecord& record = std::visit([](auto& records) -> const JsonRecord& { return records.record(); }, records_);
  if (!read_record(got, record, most_, flat_, rejected_)) return Next::Rejected;
  const std::string_view type = flat_.value(path_ + "resourceType");
  if (type.empty() && path_.empty()) {
    rejected_.reason = "is no FHIR resource: it has no resourceType";
    return Next::Rejected;
  }
  if (type != "Patient") {
    ++counts_.skipped[type.empty() ? "entries without a resource" : is_type(type) ? std::string(type) : "other resources"];
    return Next::End;
  }
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

void FhirReader::add_counts(ReadCounts& counts) const {
  counts.skipped = counts_.skipped;
  counts.partial_birth_dates = counts_.partial_birth_dates;
}

}  // namespace handout::recipients
