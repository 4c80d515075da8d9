#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "recipients/flat_json.h"

namespace handout::recipients {

// The columns that a Patient becomes, in this order.
const std::vector<std::string>& patient_columns();
// The elements of a Patient that are read; the others are checked for well-formedness alone.
const std::vector<std::string_view>& patient_elements();

struct PatientFault {
  std::string column, reason;
};

// Fills `values` from a FHIR R4 Patient (hl7.org/fhir/R4/patient.html) that `flat` has read; extensions are not looked at, and `modifierExtension` refuses the patient, as R4 demands of
// readers that don't know it. `path` stands before the Patient's own elements: "" or "resource.".
//   name: that of use official, else usual, else the first that is neither old nor maiden; its parts, else its text
//   address: at home (for post rather than for visits), else the first for post; never an old one
//   language: the preferred communication first; key: the official identifier, else the first ("system|value"), or that of `identifier_system`; else the id
// Refused: active=false, who has died, and who was replaced by another record. A birth date of a year or month only is left empty; `partial_birth_date` then counts up.
std::optional<PatientFault> read_patient(const FlatJson& flat, std::string_view path, std::string_view identifier_system, std::vector<std::string>& values, std::uint64_t& partial_birth_date);

}  // namespace handout::recipients
