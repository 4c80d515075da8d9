#pragma once

#include <string>
#include <variant>
#include <vector>

#include "recipients/fhir_patient.h"
#include "recipients/json_records.h"

namespace handout::recipients {

// EntryLines: entries of a Bundle, one a line, as a job writes those that were refused.
enum class FhirShape : std::uint8_t { Lines, Bundle, EntryLines };

// FHIR R4 Patients, one a line (bulk export) or as a Bundle's entries, also one a line. Resources of other types are passed over and counted, and so is what a search brought beside its matches (search.mode include or outcome). A Bundle inside the list is a
// record that is rejected. Entries with a request are those of a history, a transaction or a batch (R4, bdl-3), which are no lists of patients: the reading fails.
class FhirReader {
 public:
  FhirReader(Window window, FhirShape shape, const ReaderOptions& options);

  Next next(Diagnostics& diags);
  [[nodiscard]] const std::vector<std::string>& columns() const { return patient_columns(); }
  [[nodiscard]] const Row& row() const { return row_; }
  [[nodiscard]] const Rejected& rejected() const { return rejected_; }
  void add_counts(ReadCounts& counts) const;

 private:
  Next read(Got got, Diagnostics& diags);
  Next pass_over(std::string_view type, std::string_view mode);
  [[nodiscard]] std::string known_part(std::string_view path) const;

  std::variant<LineRecords, BundleRecords> records_;
  std::string path_;  // of a patient in its record
  FlatJson flat_;
  std::string identifier_system_, day_;
  std::size_t most_;
  ReadCounts counts_;
  std::uint64_t number_ = 0;  // of people
  Row row_;
  Rejected rejected_;
};

}  // namespace handout::recipients
