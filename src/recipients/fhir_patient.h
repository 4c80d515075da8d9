#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "recipients/flat_json.h"

namespace handout::recipients {

// The columns that a Patient becomes, in this order.
const std::vector<std::string>& patient_columns();
// What read_patient() found of the key, also where the patient is refused for what was read behind it.
const std::string& key_of_patient(const std::vector<std::string>& values);
// The elements of a Patient that are read; the others are checked for well-formedness alone.
const std::vector<std::string_view>& patient_elements();

struct PatientFault {
  std::string column, reason;
};

struct PatientOptions {
  std::string_view identifier_system;  // of the identifier that is the key; "": see below
  std::string_view day;                // "2026-11-30"; "": periods are not looked at
};

// Fills `values` from a FHIR R4 Patient (hl7.org/fhir/R4/patient.html) that `flat` has read; extensions are not looked at, and `modifierExtension` refuses the patient, as R4 demands of
// readers that don't know it. `path` stands before the Patient's own elements: "" or "resource.". Names, addresses and identifiers count where their period holds the day.
//   name: that of use official, else usual, else the first that is neither old nor maiden; its parts, else its text
//   address: at home (for post rather than for visits), else the first for post, for bills only where there is no other; never an old one
//   language: the preferred communication first, its code, else its words; key: the medical record's number (type MR), else the official identifier, else the first ("system|value"), never a Social Security number; or that of
//   `identifier_system`, whatever it is; else the id
// Refused: active=false, who has died (on a day that is known or not), of whom only an extension says whether they have or whether the record is in use, and who was replaced by another record; whose names or addresses are none in use on the day. A birth date of a year or month only is left empty; `partial_birth_date` then counts up.
std::optional<PatientFault> read_patient(const FlatJson& flat, std::string_view path, const PatientOptions& options, std::vector<std::string>& values, std::uint64_t& partial_birth_date);

}  // namespace handout::recipients
