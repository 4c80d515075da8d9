#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/diagnostics.h"
#include "request/request.h"
#include "unicode/country_names.h"
#include "unicode/language_names.h"

// What a mailing says: which articles go to whom, in which language and form, and how it is written. content/mailings/<id>.xml, which may extend another.
namespace handout::mailings {

using unicode::Date;
using unicode::Locale;

// A file that the mailing names.
struct FileRef {
  std::string written;              // as it was written, not empty
  std::filesystem::path folder;     // of the file that says it
  Span at;
};
// An absolute path as it is; else the file from the folder of the mailing that names it, when it is there, else from `root` (the installation's).
[[nodiscard]] std::filesystem::path resolve(const FileRef& file, const std::filesystem::path& root);
// The same of a file that must be there. Else a fault where it is named, with the places that were looked in and the name there that is nearest.
Result<std::filesystem::path> find_file(const FileRef& file, const std::filesystem::path& root, Diagnostics& diags);

// A section or a point of an article.
struct NamedId {
  std::string id;
  Span at;
};

struct ArticleChoice {
  std::string ref;                  // a name in content/ or a path
  std::optional<request::ArticleLevel> level;  // nothing: as the layout says
  std::vector<NamedId> include, exclude, marked;
  Span at;                          // of its name
};

enum class LargePrint : std::uint8_t { Ignore, Large, Giant };
struct LayoutChoice {
  std::string name = "standard", profile = "standard";
  Span name_at{}, profile_at{};     // no file: not said
  LargePrint large_print = LargePrint::Large;  // the profile of recipients who want large print
  request::Impose impose = request::Impose::AsLaidOut;
  Span impose_at{};
  std::optional<request::Fit> fit;
  Span fit_at{};
};

struct LocaleChoice {
  std::optional<Locale> fixed;      // for everybody; nothing: the recipient's own language
  std::optional<Locale> fallback;   // for whom there is none; nothing: such a row is rejected
  std::optional<Locale> beside;     // the second language of bilingual handouts
  Span fixed_at{}, fallback_at{}, beside_at{};
};

// The day that is printed; nothing at all: none is.
struct DayFromField { std::string field; };
using DayChoice = std::variant<std::monostate, Date, DayFromField>;

enum class ListFormat : std::uint8_t { Auto, Csv, JsonLines, Fhir };
struct ListChoice {
  ListFormat format = ListFormat::Auto;
  char separator = '\0';            // ',', ';' or a tab; none: found from the header
  std::string identifier_system;    // FHIR: of the identifier that is the key
  struct Column { std::string name, to; Span at; };
  std::vector<Column> columns;      // to: a recipient_names() or the name of a field
  std::vector<std::string> ignored;
};

enum class FieldType : std::uint8_t { Text, Date, Number, Choice };
enum class Presence : std::uint8_t { Optional, Required };
struct Field {
  std::string name;
  FieldType type = FieldType::Text;
  Presence presence = Presence::Optional;
  std::vector<std::string> choices;
  std::string column;               // "": the column of its own name
  std::optional<std::string> constant, fallback;
  Span at, value_at{};              // value_at: of the constant, else of the fallback
};

enum class Operation : std::uint8_t { Is, IsNot, Less, More, In, Present, Missing };
struct Condition {
  std::string field;
  Operation operation = Operation::Is;
  FieldType type = FieldType::Text;  // of the field
  std::vector<std::string> values;   // of In several, of Present and Missing none
  Span at;
};
// Whether a recipient with this value of the field is meant; "" is no value, and only Missing and IsNot hold for it. Countries, languages and yes or no are known in all forms that lists may have, in the mailing as in the list. Dates and numbers are compared as such, languages as ranges ("es" is "es-MX" too), everything else
// as comparable_form() has it. A value that is none of the field's type equals nothing.
[[nodiscard]] bool holds(const Condition& condition, std::string_view value);

// ---- comparing values, in conditions and in lists of suppressed people ----

// The form in which a value of a recipient is compared: dates and numbers by what they are ("1.50" is "1.5"), other texts as unicode::comparable() has them. Nothing where it is none of the type.
[[nodiscard]] std::optional<std::string> comparable_form(FieldType type, std::string_view value);
// RFC 4647 section 3.3.1, basic filtering: whether a language's tag is in a range, which is a tag or the beginning of one up to a '-'.
[[nodiscard]] bool is_in_range(std::string_view tag, std::string_view range);
// What lists may write in several ways, and what is made of it when a list is read ("USA": "US", "Spanish": "es", "oui": "yes"), so that both are compared in one form.
class UsualForms {
 public:
  // Of one of recipient_names().
  [[nodiscard]] static bool are_several(std::string_view name);
  // Nothing where the text is no such thing.
  std::optional<std::string> form_of(std::string_view name, std::string_view text);

 private:
  unicode::CountryNames countries_;
  unicode::LanguageNames languages_;
};

enum class Direction : std::uint8_t { Ascending, Descending };
struct Sorting {
  std::vector<std::string> fields;  // none: in the order of the list
  Direction direction = Direction::Ascending;
};

enum class Duplicates : std::uint8_t { Reject, KeepFirst, KeepAll };
enum class Household : std::uint8_t { None, Address };
struct Suppression {
  FileRef file;
  std::string by = "key";           // a recipient_names() or the name of a field
};

// ---- output ----

// Of a file's name. A field is one of file_name_fields(), stream_name_fields(), a recipient_names() or the mailing's own.
struct NameField { std::string name; };
using NamePart = std::variant<std::string, NameField>;
using NameTemplate = std::vector<NamePart>;

using FieldValue = std::function<std::string_view(std::string_view name)>;
// The name for these values. What stands outside A-Z a-z 0-9 . _ - in a value (POSIX.1-2017 section 3.282) is written as its code point: "Ä/1" is "_C4__2F_1". Nothing when the name is one that some system reserves, is longer
// than 200 bytes, or when a field has no value.
[[nodiscard]] std::optional<std::string> file_name(const NameTemplate& parts, const FieldValue& value);
// What two names must differ in, since some file systems do not tell capitals apart.
[[nodiscard]] std::string collision_key(std::string_view file_name);

enum class OutputAs : std::uint8_t { Files, Stream, Both };
enum class Purpose : std::uint8_t { Print, Screen };
enum class SplitBy : std::uint8_t { Layout, Paper, Locale, Sheets, Weight };
using request::Duplex;
enum class InFileNames : std::uint8_t { No, Yes };
struct Output {
  OutputAs as = OutputAs::Stream;
  Purpose purpose = Purpose::Print;
  NameTemplate file, stream;        // both set
  InFileNames names = InFileNames::No, keys = InFileNames::No;  // whether what belongs to a person, and keys, may stand in names of files
  std::optional<std::uint64_t> pieces_per_file, pages_per_file;
  std::vector<SplitBy> split_by;    // in the order written
  std::optional<int> sheet_weight;  // grams a square metre
  std::vector<int> weight_steps;    // grams that a piece may weigh, rising: its class is the first that holds it
  Duplex duplex = Duplex::AsLaidOut;
  Span duplex_at{};
};

// What becomes of rows whose address lacks a part that addresses of its country have, or whose postcode is none of the country. ByLayout: refused where the layout shows the address in an envelope's window, else printed.
enum class FaultyAddresses : std::uint8_t { ByLayout, Refuse, Print };

// When a job stops: so many rejected rows, or such a share of the rows.
struct RejectLimit {
  std::optional<std::uint64_t> rows;
  std::optional<double> share;      // 0 to 1
};

enum class KeyStyle : std::uint8_t { Plain, Hashed };
struct LedgerChoice {
  KeyStyle keys = KeyStyle::Plain;
  std::optional<FileRef> key_file;  // with Hashed
};

// What marks of proofs say in place of a job's id.
inline constexpr std::string_view kProofId = "PROOF";

struct Mailing {
  std::string id, title;
  std::vector<ArticleChoice> articles;  // at least one
  LayoutChoice layout;
  std::optional<FileRef> clinic;
  DayChoice day;
  std::string region;               // ISO 3166, or ""
  LocaleChoice locale;
  ListChoice list;
  std::vector<Field> fields;
  std::vector<Condition> filter;    // all must hold
  Sorting sorting;
  Duplicates duplicates = Duplicates::Reject;
  Household household = Household::None;
  std::vector<Suppression> suppressions;
  Output output;
  RejectLimit limit;                // neither: no limit
  FaultyAddresses addresses = FaultyAddresses::ByLayout;
  std::optional<std::uint32_t> keep_days;
  LedgerChoice ledger;
  std::string envelope;             // its name, or ""
  Span envelope_at{};
  std::string job_id;               // of marks: 1 to 8 capital letters and digits; "": made from the job
  std::string digest;               // SHA-256 over the file and all that it extends
  std::vector<std::filesystem::path> files;  // these, the mailing's own first
  Span at;
};
// Whether the mailing itself does something with a field: chooses, sorts, names files, suppresses or dates by it.
[[nodiscard]] bool uses(const Mailing& mailing, std::string_view field);
// Of a field that the mailing declares, or of one of recipient_names(): text where nothing says otherwise.
[[nodiscard]] FieldType type_of(const Mailing& mailing, std::string_view field);
[[nodiscard]] const Field* find_field(const Mailing& mailing, std::string_view field);

// A value in place of what the mailing says: {"--layout", "letter-10"}, {"--field", "dose=5 mg"}. It is read as the attribute that it stands for, and its faults name the option.
struct Override { std::string option, value; };
using Overrides = std::vector<Override>;

// With all that it extends, and with `overrides` over it, each option once (--field once for each field). Every fault is told; nothing comes back when there was one. At most 1 MB a file.
Result<Mailing> read_mailing(const std::filesystem::path& path, const Overrides& overrides, Diagnostics& diags);
Result<Mailing> read_mailing(const std::filesystem::path& path, Diagnostics& diags);
// The same of a text; what it extends is looked for in `folder`.
Result<Mailing> parse_mailing(std::string_view xml, std::string_view shown, const std::filesystem::path& folder, const Overrides& overrides, Diagnostics& diags);
Result<Mailing> parse_mailing(std::string_view xml, std::string_view shown, const std::filesystem::path& folder, Diagnostics& diags);

// Of overrides: --layout NAME, --profile NAME, --clinic FILE, --date YYYY-MM-DD, --locale TAG, --fallback TAG, --field NAME=VALUE, --purpose NAME, --pieces-per-file N, --rejects LIMIT, --addresses NAME.
[[nodiscard]] bool is_override_option(std::string_view option);

// ---- names ----

// What a recipient has: "key", "name.family", "postcode", ... as columns of lists are named.
[[nodiscard]] const std::vector<std::string_view>& recipient_names();
// Fields of file names that are the job's own: "mailing", "locale", "layout", "profile", "number".
[[nodiscard]] const std::vector<std::string_view>& file_name_fields();
// "mailing", "class", "number", and what streams are split by.
[[nodiscard]] const std::vector<std::string_view>& stream_name_fields();
[[nodiscard]] std::string_view name(SplitBy by);

// Whether a name that is one of the portable characters can be a file's on every system: "CON.pdf" cannot on Windows.
[[nodiscard]] bool is_reserved_name(std::string_view name);

}  // namespace handout::mailings
