#include "recipients/fhir_patient.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

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

// The item of the highest rank above 0, the first of several.
template <typename Rank>
std::optional<Element> best(const Element& patient, std::string_view name, std::initializer_list<std::string_view> parts, Rank rank) {
  std::optional<Element> chosen;
  int highest = 0;
  for_each_item(patient, name, parts, [&](const Element& item) {
    const int own = rank(item);
    if (own <= highest) return;
    highest = own;
    chosen = item;
  });
  return chosen;
}

int rank_name(const Element& name) {
  const std::string_view use = name.value("use");
  if (use == "official") return 4;
  if (use == "usual") return 3;
  return use == "old" || use == "maiden" ? 0 : 1;
}

// R4's Address.type: physical can be visited, but may get no post.
int rank_address(const Element& address) {
  const std::string_view use = address.value("use");
  if (use == "old") return 0;
  const int home = use == "home" ? 1 : 0;
  return (address.value("type") == "physical" ? 1 : 3) + home;
}

void read_name(const Element& patient, std::vector<std::string>& values) {
  const auto name = best(patient, "name", {"family", "given", "text"}, rank_name);
  if (!name) return;
  values[Given] = spaced(name->value("given"));
  values[Family] = name->value("family");
  values[Prefix] = spaced(name->value("prefix"));
  values[Suffix] = spaced(name->value("suffix"));
  if (values[Given].empty() && values[Family].empty()) values[Display] = name->value("text");
}

void read_address(const Element& patient, std::vector<std::string>& values) {
  const auto address = best(patient, "address", {"line", "city", "postalCode", "text"}, rank_address);
  if (!address) return;
  values[Address] = address->value("line");
  values[City] = address->value("city");
  values[District] = address->value("district");
  values[State] = address->value("state");
  values[Postcode] = address->value("postalCode");
  values[Country] = address->value("country");
  if (!address->any({"line", "city", "postalCode"})) values[Address] = address->value("text");
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

void read_languages(const Element& patient, std::vector<std::string>& values) {
  std::string preferred, others;
  const std::size_t count = patient.items("communication");
  for (std::size_t n = 0; n < count; ++n) {
    const Element communication = patient.item("communication", n);
    const std::string_view code = language_of(communication);
    if (code.empty()) continue;
    std::string& list = communication.value("preferred") == "true" ? preferred : others;
    list.append(list.empty() ? "" : " ").append(code);
  }
  values[Language] = preferred + (preferred.empty() || others.empty() ? "" : " ") + others;
}

std::optional<PatientFault> read_key(const Element& patient, std::string_view system, std::vector<std::string>& values) {
  const auto identifier = best(patient, "identifier", {"value"}, [&](const Element& item) {
    if (item.value("value").empty() || item.value("use") == "old") return 0;
    if (!system.empty()) return item.value("system") == system ? 1 : 0;
    return item.value("use") == "official" ? 2 : 1;
  });
  if (!identifier && !system.empty()) return PatientFault{"key", "has no identifier of the system that was asked for"};
  if (identifier) {
    const std::string_view of = identifier->value("system");
    values[Key] = of.empty() ? std::string(identifier->value("value")) : fmt::format("{}|{}", of, identifier->value("value"));
  } else {
    values[Key] = patient.value("id");
  }
  return std::nullopt;
}

// Whom nothing may be sent.
std::optional<PatientFault> refuse(const Element& patient) {
  if (patient.items("modifierExtension") > 0) return PatientFault{"", "has a modifierExtension, which may change what the record means"};
  if (patient.value("active") == "false") return PatientFault{"active", "the record is not in use (active is false)"};
  const std::string_view deceased = patient.value("deceasedBoolean");
  if ((!deceased.empty() && deceased != "false") || !patient.value("deceasedDateTime").empty()) return PatientFault{"deceased", "the patient has died"};
  std::optional<PatientFault> fault;
  for_each_item(patient, "link", {"type", "other.reference"}, [&](const Element& link) {
    if (link.value("type") == "replaced-by") fault = PatientFault{"link", "the record was replaced by another one (link of type replaced-by)"};
  });
  return fault;
}

bool is_partial_date(std::string_view text) {
  const auto digits = [&](std::size_t begin, std::size_t count) { return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(begin + count), [](char c) { return c >= '0' && c <= '9'; }); };
  return (text.size() == 4 && digits(0, 4)) || (text.size() == 7 && digits(0, 4) && text[4] == '-' && digits(5, 2));
}

}  // namespace

const std::vector<std::string>& patient_columns() {
  static const std::vector<std::string> columns{"key", "name.given", "name.family", "name.prefix", "name.suffix", "name.display", "birth-date", "language", "address", "city", "district", "state", "postcode", "country"};
  return columns;
}

const std::vector<std::string_view>& patient_elements() {
  static const std::vector<std::string_view> elements{"resourceType", "id", "active", "name", "birthDate", "deceasedBoolean", "deceasedDateTime", "address", "communication", "identifier", "link", "modifierExtension"};
  return elements;
}

std::optional<PatientFault> read_patient(const FlatJson& flat, std::string_view path, std::string_view identifier_system, std::vector<std::string>& values, std::uint64_t& partial_birth_date) {
  values.resize(patient_columns().size());
  for (std::string& value : values) value.clear();
  const Element patient(flat, std::string(path));
  if (auto fault = refuse(patient)) return fault;
  if (auto fault = read_key(patient, identifier_system, values)) return fault;
  read_name(patient, values);
  read_address(patient, values);
  read_languages(patient, values);
  const std::string_view born = patient.value("birthDate");
  if (is_partial_date(born)) ++partial_birth_date;
  else values[BirthDate] = born;
  return std::nullopt;
}

}  // namespace handout::recipients
