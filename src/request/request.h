#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "request/postal_address.h"
#include "unicode/formats.h"
#include "unicode/locale.h"

// Everything that one handout depends on. The command line, the web page and a batch all make one of these and add nothing of their own.
namespace handout::request {

using unicode::Date;
using unicode::Locale;

enum class ArticleLevel : std::uint8_t { Full, Short };

// How pages are put on sheets. AsLaidOut: as the layout says. None: they are the sheets, whatever it says. Booklet and TwoUp: two to a side; where the layout leaves the size of its pages to the region, they are
// half as large as that paper.
enum class Impose : std::uint8_t { AsLaidOut, None, Booklet, TwoUp };

// Whether both sides of sheets are printed, whatever the layout says.
enum class Duplex : std::uint8_t { AsLaidOut, Yes, No };

// So many pages or sheets of paper, both sides of them where it is printed on both, whatever the layout asks for.
struct Fit {
  enum class In : std::uint8_t { Pages, Sheets };
  In in = In::Pages;
  int count = 1;
  friend bool operator==(const Fit&, const Fit&) = default;
};

// What becomes of an address that lacks a part which addresses of its country have, or whose postcode is none of the country. Print: it is told, and printed. RefuseInWindow: refused where the layout shows it in an envelope's
// window.
enum class FaultyAddress : std::uint8_t { Print, Refuse, RefuseInWindow };

// One article in one language.
struct Edition {
  std::string article;  // a name in content/ or a path
  Locale locale;
  std::optional<ArticleLevel> level;  // nothing: as the layout says, else full
  std::vector<std::string> include{}, exclude{}, marked{};  // as those of the request, but of this article, which must have them
};

struct PersonName {
  std::string given, family, prefix, suffix;
  std::string display;            // as written, when not in parts
  std::optional<Locale> locale;   // decides the order of the parts
};

struct Recipient {
  std::string key;                // the clinic's number for the person
  PersonName name;
  std::optional<Date> birth_date;
  std::vector<Locale> languages;  // in order of preference
  std::vector<std::string> address;      // lines, as they are printed
  std::optional<PostalAddress> postal;   // instead of lines: the pipeline makes them, by the country's rules
  std::string country;            // ISO 3166
  bool large_print = false;
};

// content/clinics/<id>.xml or any path.
struct Clinic {
  std::string id, name, phone, email, web;
  std::vector<std::string> address;
  std::string region;             // ISO 3166, decides paper and units when the locale does not
  std::optional<Locale> language; // its own: what stands beside a patient's
  std::filesystem::path logo;     // absolute, or empty
  std::vector<std::filesystem::path> fonts;  // folders with the clinic's own fonts
  std::string digest;
  Span at;
};

struct Request {
  std::vector<Edition> editions;
  std::string layout = "standard";
  std::string profile = "standard";
  std::string clinic;             // file, or "" for none
  std::string region;             // ISO 3166, or "" for the locale's, the clinic's, else US
  Impose impose = Impose::AsLaidOut;
  Duplex duplex = Duplex::AsLaidOut;
  std::optional<Fit> fit;         // nothing: as the layout says
  std::optional<Recipient> recipient;
  std::map<std::string, std::string, std::less<>> fields;
  std::optional<Date> date;       // printed; nothing: the day is left out
  // Ids of any of the articles, at least one of which has them, in all its languages: of sections, only these or all but these; of points that the clinician marked. An article without the included sections has none left.
  std::vector<std::string> include, exclude, marked;
  std::string note;
  std::string envelope;           // what the sheets are put into, in place of what the layout says; nothing that is printed depends on it
  FaultyAddress faulty_address = FaultyAddress::Print;  // of the recipient
  Span at;                        // of the request file, else none
  Span fit_at{}, envelope_at{};   // where a mailing says them; no file: `at`
};

// What is chosen of an edition's article: what is said of it, and of the whole request.
struct Choice {
  std::vector<std::string> include, exclude, marked;
};
Choice choice_of(const Request& request, const Edition& edition);

// Reads the JSON form (keys as the members above, "-" for "_"); unknown keys are faults with a suggestion. Never repeats a value of the recipient in a message.
Result<Request> parse_request(std::string_view json, std::string_view shown, Diagnostics& diags);
Result<Recipient> parse_recipient(std::string_view json, std::string_view shown, Diagnostics& diags);
Result<Clinic> read_clinic(const std::filesystem::path& path, Diagnostics& diags);

// "none", "booklet", "two-up"; AsLaidOut is "" and left out.
std::string_view name(Impose impose);
std::optional<Impose> impose_named(std::string_view name);

// "yes", "no"; AsLaidOut is "" and left out.
std::string_view name(Duplex duplex);
std::optional<Duplex> duplex_named(std::string_view name);

// "pages:2" or "sheets:1", from 1 to 1000.
std::optional<Fit> fit_named(std::string_view text);
std::string to_text(const Fit& fit);

// The name as one line, in the order of its locale (family first for zh, ja, ko, vi, hu written natively).
std::string display_name(const PersonName& name, const Locale& reader);

// The request as JSON, keys sorted: what an edition id is computed from.
std::string to_json(const Request& request);
std::string dump(const Request& request);

}  // namespace handout::request
