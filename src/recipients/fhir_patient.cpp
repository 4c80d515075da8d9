#include "recipients/fhir_patient.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace handout::recipients {
namespace {

enum Column : std::size_t { Key, Given, Family, Prefix, Suffix, Display, BirthDate, Language, Address, City, District, State, Postcode, Country };

// Reads elements by their paths below one element, reusing one text for the path.
class Element {
 public:
  Element(const FlatJson& flat, std::string path) : flat_(&flat), path_(std::move(path)) {}
  [[nodiscard]] std::string_view value(std::string_view name) const { return flat_->value(path_ + std::string(name)); }
  // The n-th item of a list of objects.
  [[nodiscard]] Element item(std::string_view name, std::size_t n) const { return {*flat_, fmt::format("{}{}[{}].", path_, name, n)}; }
  [[nodiscard]] std::size_t items(std::string_view name) const { return flat_->items(path_ + std::string(name)); }
  // Whether the record has anything below it.
  [[nodiscard]] bool any(std::initializer_list<std::string_view> names) const {
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return !value(name).empty(); });
  }

 private:
  const FlatJson* flat_;
  std::string path_;
};

// Calls `each` for the items of a list that have one of the parts; a list may have nulls in it.
template <typename Each>
void for_each_item(const Element& patient, std::string_view name, std::initializer_list<std::string_view> parts, Each each) {
  const std::size_t count = patient.items(name);
  for (std::size_t n = 0; n < count; ++n) {
    const Element item = patient.item(name, n);
    if (item.any(parts)) each(item);
  }
}

std::string spaced(std::string_view items) {
  std::string text(items);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

bool are_digits(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

// The day, month or year of a dateTime of R4: YYYY, YYYY-MM, YYYY-MM-DD, the last with a time of day behind it or not. Nothing for other texts.
std::optional<std::string_view> date_part(std::string_view text) {
  constexpr std::size_t kYear = 4, kMonth = 7, kDay = 10;
  if (text.size() > kDay && text[kDay] == 'T') text = text.substr(0, kDay);
  if (text.size() != kYear && text.size() != kMonth && text.size() != kDay) return std::nullopt;
  if (!are_digits(text.substr(0, kYear))) return std::nullopt;
  for (std::size_t at = kYear; at < text.size(); at += 3) {
    if (text[at] != '-' || !are_digits(text.substr(at + 1, 2))) return std::nullopt;
  }
  return text;
}

// Whether an item's period (R4, Period) holds the day, which is "" where nobody asks. Both ends are in it, to the accuracy with which they are written: what ends 2012-02 holds all of that month. Where an end can't be read
// nobody knows whether the item counts, and it doesn't.
bool is_in_use(const Element& item, std::string_view day) {
  if (day.empty()) return true;
  const auto compare = [&](std::string_view end) -> std::optional<int> {
    const auto date = date_part(end);
    return date ? std::optional(date->compare(day.substr(0, date->size()))) : std::nullopt;
  };
  const std::string_view start = item.value("period.start"), end = item.value("period.end");
  const auto from = start.empty() ? std::optional(0) : compare(start), to = end.empty() ? std::optional(0) : compare(end);
  return from && to && *from <= 0 && *to >= 0;
}

struct Chosen {
  std::optional<Element> item;
  bool any_out_of_use = false;  // one was passed over for its period
};

// The item in use that has the highest rank above 0, the first of several.
template <typename Rank>
Chosen best(const Element& patient, std::string_view name, std::string_view day, std::initializer_list<std::string_view> parts, Rank rank) {
  Chosen chosen;
  int highest = 0;
  for_each_item(patient, name, parts, [&](const Element& item) {
    const int own = rank(item);
    if (own <= highest) return;
    if (!is_in_use(item, day)) {
      chosen.any_out_of_use = true;
      return;
    }
    highest = own;
    chosen.item = item;
  });
  return chosen;
}

int rank_name(const Element& name) {
  const std::string_view use = name.value("use");
  if (use == "official") return 4;
  if (use == "usual") return 3;
  return use == "old" || use == "maiden" ? 0 : 1;
}

// R4's Address.type: physical can be visited, but may get no post. Address.use: billing is where who pays gets post, and what is about a patient's health is not for them while there is another.
int rank_address(const Element& address) {
  const std::string_view use = address.value("use");
  const bool physical = address.value("type") == "physical";
  if (use == "old") return 0;
  if (use == "billing") return physical ? 1 : 2;
  return (physical ? 3 : 5) + (use == "home" ? 1 : 0);
}

std::optional<PatientFault> read_name(const Element& patient, std::string_view day, std::vector<std::string>& values) {
  const auto [name, any_out_of_use] = best(patient, "name", day, {"family", "given", "text"}, rank_name);
  if (!name) return any_out_of_use ? std::optional(PatientFault{"name", "no name is in use on the day of the mailing: the periods of all have ended, not begun, or can't be read"}) : std::nullopt;
  values[Given] = spaced(name->value("given"));
  values[Family] = name->value("family");
  values[Prefix] = spaced(name->value("prefix"));
  values[Suffix] = spaced(name->value("suffix"));
  if (values[Given].empty() && values[Family].empty()) values[Display] = name->value("text");
  return std::nullopt;
}

std::optional<PatientFault> read_address(const Element& patient, std::string_view day, std::vector<std::string>& values) {
  const auto [address, any_out_of_use] = best(patient, "address", day, {"line", "city", "postalCode", "text"}, rank_address);
  if (!address) return any_out_of_use ? std::optional(PatientFault{"address", "no address is in use on the day of the mailing: the periods of all have ended, not begun, or can't be read"}) : std::nullopt;
  values[Address] = address->value("line");
  values[City] = address->value("city");
  values[District] = address->value("district");
  values[State] = address->value("state");
  values[Postcode] = address->value("postalCode");
  values[Country] = address->value("country");
  if (!address->any({"line", "city", "postalCode"})) {
    values[Address] = address->value("text");
    // With the end of its line it is an address as a whole and not a street alone (to_recipient.h).
    if (values[Address].find('\n') == std::string::npos) values[Address] += '\n';
  }
  return std::nullopt;
}

// The code of BCP 47, else the first; R4 binds communication.language to such tags.
std::string_view language_of(const Element& communication) {
  std::string_view first;
  const std::size_t count = communication.items("language.coding");
  for (std::size_t n = 0; n < count; ++n) {
    const Element coding = communication.item("language.coding", n);
    const std::string_view code = coding.value("code");
    if (coding.value("system") == "urn:ietf:bcp:47" && !code.empty()) return code;
    if (first.empty()) first = code;
  }
  return first;
}

// Whether one of an identifier's types has that code.
bool has_type(const Element& identifier, std::string_view code) {
  const std::size_t count = identifier.items("type.coding");
  for (std::size_t n = 0; n < count; ++n) {
    if (identifier.item("type.coding", n).value("code") == code) return true;
  }
  return false;
}

// Who has no code says it in words, as columns do. Of languages that are not preferred words are read only where nothing has a code: a note such as "interpreter needed" must not refuse whose language is known.
void read_languages(const Element& patient, std::vector<std::string>& values) {
  struct Said { std::string_view code, words; bool preferred; };
  std::vector<Said> all;
  bool any_code = false;
  const std::size_t count = patient.items("communication");
  for (std::size_t n = 0; n < count; ++n) {
    const Element communication = patient.item("communication", n);
    all.push_back({language_of(communication), communication.value("language.text"), communication.value("preferred") == "true"});
    any_code = any_code || !all.back().code.empty();
  }
  std::string& list = values[Language];
  const auto append = [&](bool preferred) {
    for (const Said& each : all) {
      const std::string_view said = !each.code.empty() ? each.code : each.preferred || !any_code ? each.words : "";
      if (each.preferred == preferred && !said.empty()) list.append(list.empty() ? "" : ";").append(said);
    }
  };
  append(true);
  append(false);
}

// A Social Security number: by the systems that FHIR and HL7 give it, by the type of HL7's table 0203, by its name.
bool is_social_security_number(const Element& identifier) {
  const std::string_view system = identifier.value("system");
  if (system == "http://hl7.org/fhir/sid/us-ssn" || system == "urn:oid:2.16.840.1.113883.4.1" || has_type(identifier, "SS")) return true;
  const std::string words = ascii_lowered(identifier.value("type.text"));
  return words == "ss" || words == "ssn" || words.find("social security") != std::string::npos;
}

// The key stands in the ledger: a number that the person keeps secret is none, unless it is asked for by its system.
int rank_identifier(const Element& identifier, std::string_view wanted_system) {
  if (identifier.value("value").empty() || identifier.value("use") == "old") return 0;
  if (!wanted_system.empty()) return identifier.value("system") == wanted_system ? 1 : 0;
  if (is_social_security_number(identifier)) return 0;
  const int official = identifier.value("use") == "official" ? 1 : 0;
  return (has_type(identifier, "MR") ? 3 : 1) + official;
}

std::optional<PatientFault> read_key(const Element& patient, const PatientOptions& options, std::vector<std::string>& values) {
  const auto [identifier, any_out_of_use] = best(patient, "identifier", options.day, {"value"}, [&](const Element& item) { return rank_identifier(item, options.identifier_system); });
  if (!identifier && !options.identifier_system.empty()) return PatientFault{"key", any_out_of_use ? "has an identifier of the system that was asked for, but none that is in use on the day of the mailing" : "has no identifier of the system that was asked for"};
  if (identifier) {
    const std::string_view of = identifier->value("system");
    values[Key] = of.empty() ? std::string(identifier->value("value")) : fmt::format("{}|{}", of, identifier->value("value"));
  } else {
    values[Key] = patient.value("id");
  }
  return std::nullopt;
}

// Whether an element has extensions, such as that which says why its value is absent.
bool says_more(const Element& patient, std::string_view element) { return patient.items(fmt::format("_{}.extension", element)) > 0; }

// Whom nothing may be sent.
std::optional<PatientFault> refuse(const Element& patient) {
  if (patient.items("modifierExtension") > 0) return PatientFault{"", "has a modifierExtension, which may change what the record means"};
  if (patient.value("active") == "false") return PatientFault{"active", "the record is not in use (active is false)"};
  const std::string_view deceased = patient.value("deceasedBoolean");
  // Who has a day of death that nobody knows has one (R4, JSON: what an element says beside its value stands at its name with "_").
  const bool has_day_of_death = !patient.value("deceasedDateTime").empty() || says_more(patient, "deceasedDateTime");
  if ((!deceased.empty() && deceased != "false") || has_day_of_death) return PatientFault{"deceased", "the patient has died"};
  // Elements that change what a record means (R4, isModifier) and whose value only an extension has.
  if (deceased.empty() && says_more(patient, "deceasedBoolean")) return PatientFault{"deceased", "whether the patient has died is said by an extension alone, which is not read"};
  if (patient.value("active").empty() && says_more(patient, "active")) return PatientFault{"active", "whether the record is in use is said by an extension alone, which is not read"};
  std::optional<PatientFault> fault;
  for_each_item(patient, "link", {"type", "other.reference"}, [&](const Element& link) {
    if (link.value("type") == "replaced-by") fault = PatientFault{"link", "the record was replaced by another one (link of type replaced-by)"};
  });
  return fault;
}

bool is_partial_date(std::string_view text) {
  const auto date = date_part(text);
  return date && date->size() == text.size() && text.size() < std::string_view("YYYY-MM-DD").size();
}

}  // namespace

const std::vector<std::string>& patient_columns() {
  static const std::vector<std::string> columns{"key", "name.given", "name.family", "name.prefix", "name.suffix", "name.display", "birth-date", "language", "address", "city", "district", "state", "postcode", "country"};
  return columns;
}

const std::string& key_of_patient(const std::vector<std::string>& values) { return values[Key]; }

const std::vector<std::string_view>& patient_elements() {
  static const std::vector<std::string_view> elements{"resourceType", "id", "active", "name", "birthDate", "deceasedBoolean", "deceasedDateTime", "_active", "_deceasedBoolean", "_deceasedDateTime", "address", "communication", "identifier", "link", "modifierExtension"};
  return elements;
}

std::optional<PatientFault> read_patient(const FlatJson& flat, std::string_view path, const PatientOptions& options, std::vector<std::string>& values, std::uint64_t& partial_birth_date) {
  values.resize(patient_columns().size());
  for (std::string& value : values) value.clear();
  const Element patient(flat, std::string(path));
  if (auto fault = refuse(patient)) return fault;
  if (auto fault = read_key(patient, options, values)) return fault;
  if (auto fault = read_name(patient, options.day, values)) return fault;
  if (auto fault = read_address(patient, options.day, values)) return fault;
  read_languages(patient, values);
  const std::string_view born = patient.value("birthDate");
  if (is_partial_date(born)) ++partial_birth_date;
  else values[BirthDate] = born;
  return std::nullopt;
}

}  // namespace handout::recipients
