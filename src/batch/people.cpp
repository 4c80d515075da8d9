#include "batch/people.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <ranges>
#include <utility>

#include "base/ascii.h"
#include "base/expects.h"
#include "base/narrow.h"
#include "base/numbers.h"
#include "batch/field_values.h"
#include "batch/seen_keys.h"
#include "batch/sorted_rows.h"
#include "batch/suppressions.h"
#include "unicode/formats.h"
#include "unicode/matching.h"
#include "unicode/text.h"

namespace handout::batch {

using mailings::Duplicates;
using recipients::Target;

namespace {

recipients::ColumnMapOptions map_options(const mailings::Mailing& mailing) {
  recipients::ColumnMapOptions options;
  const auto is_field = [&](const std::string& name) { return std::any_of(mailing.fields.begin(), mailing.fields.end(), [&](const mailings::Field& field) { return field.name == name; }); };
  for (const mailings::ListChoice::Column& column : mailing.list.columns) options.columns.emplace_back(is_field(column.to) ? "field:" + column.to : column.to, column.name);
  for (const mailings::Field& field : mailing.fields) {
    if (field.constant) continue;
    if (field.column.empty()) options.fields.push_back(field.name);
    else options.columns.emplace_back("field:" + field.name, field.column);
  }
  options.ignored = mailing.list.ignored;
  options.named_by = recipients::NamedBy::Mailing;
  return options;
}

std::string postal_text(const request::Recipient& recipient) {
  std::string text;
  const auto add = [&](std::string_view part) { text.append(part).push_back('\n'); };
  for (const std::string& line : recipient.address) add(line);
  if (recipient.postal) {
    for (const std::string& line : recipient.postal->lines) add(line);
    for (const std::string* part : {&recipient.postal->city, &recipient.postal->district, &recipient.postal->state, &recipient.postal->postcode}) add(*part);
  }
  add(recipient.country);
  return text;
}

// As it is compared: each line as a text of its own.
std::string folded(std::string_view text) {
  std::string result;
  for (const std::string_view rest = text; const auto& line : rest | std::views::split('\n')) result.append(unicode::comparable(std::string_view(line.begin(), line.end()))).push_back('\n');
  return ascii_lowered(result);
}

bool has_address(const request::Recipient& recipient) {
  const auto said = [](const std::string& line) { return !unicode::is_blank(line); };
  if (std::any_of(recipient.address.begin(), recipient.address.end(), said)) return true;
  return recipient.postal && std::any_of(recipient.postal->lines.begin(), recipient.postal->lines.end(), said);
}

}  // namespace

Household household_of(const request::Recipient& recipient) {
  if (!has_address(recipient)) return {};
  Sha256 maker;
  return key_hash(maker, folded(postal_text(recipient)));
}

recipients::ReaderOptions reader_options(const mailings::ListChoice& list, const std::optional<ledger::Day>& day) {
  recipients::ReaderOptions options;
  if (day) options.day = recipients::date_of(*day);
  if (list.format == mailings::ListFormat::Csv) options.format = recipients::Format::Csv;
  if (list.format == mailings::ListFormat::JsonLines) options.format = recipients::Format::JsonLines;
  if (list.format == mailings::ListFormat::Fhir) options.format = recipients::Format::Fhir;
  options.separator = list.separator;
  options.identifier_system = list.identifier_system;
  return options;
}

std::uint32_t shard_of(std::string_view key, std::uint32_t count) {
  const Sha256Digest digest = Sha256().of(key);
  std::uint64_t number = 0;
  std::memcpy(&number, digest.data() + 16, sizeof number);
  return static_cast<std::uint32_t>(number % count) + 1;
}

namespace {

Result<recipients::Reader> open_list(const NamedFile& list, recipients::ReaderOptions options, const recipients::ColumnMap& map, Diagnostics& diags) {
  options.shown = list.shown;
  options.check_header = [&map](const auto& columns, const Span& at, Diagnostics& told) { return map.check_header(columns, at, told); };
  return recipients::Reader::open(list.file.string(), options, diags);
}

// What can't be done without keys, and what to do instead.
struct KeyNeed { const char *what, *hint; };
std::optional<KeyNeed> need_of_keys(const mailings::Mailing& mailing, const ledger::Shard& shard) {
  if (mailing.ledger.keys == mailings::KeyStyle::Hashed) return KeyNeed{"the ledger is to keep hashed keys", "in the mailing, <ledger key=\"plain\"/> needs none"};
  const auto is_key = [](const mailings::NamePart& part) { return std::holds_alternative<mailings::NameField>(part) && std::get<mailings::NameField>(part).name == name(Target::Key); };
  if (mailing.output.as != mailings::OutputAs::Stream && std::any_of(mailing.output.file.begin(), mailing.output.file.end(), is_key)) return KeyNeed{"names of files have {key} in them", "in the mailing's <output>, file-name=\"{number}-{locale}.pdf\" needs none"};
  if (std::any_of(mailing.suppressions.begin(), mailing.suppressions.end(), [](const mailings::Suppression& each) { return each.by == name(Target::Key); })) return KeyNeed{"people are suppressed by their keys", "in the mailing's <suppression>, 'by' can name something else"};
  if (shard.count > 1 && mailing.household != mailings::Household::Address) return KeyNeed{"shards are made by keys", "make the job as a whole"};
  return std::nullopt;
}

constexpr const char* kSayKey = "say which column it is: <column name=\"...\" to=\"key\"/> in the mailing's <recipients>";

recipients::Columns columns_of(const recipients::Reader& reader) { return reader.format() == recipients::Format::JsonLines ? recipients::Columns::SoFar : recipients::Columns::All; }

}  // namespace

Result<std::map<std::uint64_t, Somebody>> read_rows(const mailings::Mailing& mailing, const NamedFile& list, const std::optional<ledger::Day>& day, const std::set<std::uint64_t>& rows, Diagnostics& diags) {
  auto map = recipients::ColumnMap::make(map_options(mailing), diags);
  const recipients::ReaderOptions of_job = reader_options(mailing.list, day);
  auto reader = map ? open_list(list, of_job, *map, diags) : tl::unexpected<Failure>(Failure{});
  if (!reader) return tl::unexpected<Failure>(Failure{});
  recipients::Lookups lookups;
  std::map<std::uint64_t, Somebody> found;
  for (std::size_t passed = 0; passed < rows.size();) {
    const recipients::Next next = reader->next(diags);
    if (next == recipients::Next::Failed) return tl::unexpected<Failure>(Failure{});
    if (next == recipients::Next::End) break;
    if (next == recipients::Next::Rejected) {
      if (rows.contains(reader->rejected().number)) ++passed;
      continue;
    }
    const recipients::Row& row = reader->row();
    if (!rows.contains(row.number)) continue;
    ++passed;
    if (!map->bind(reader->columns(), columns_of(*reader), reader->file(), diags)) return tl::unexpected<Failure>(Failure{});
    if (auto person = recipients::to_recipient(row, *map, lookups, of_job.day)) found.emplace(row.number, Somebody{row.number, std::move(*person), {}});
  }
  return found;
}

struct People::State {
  State(const mailings::Mailing& mailing_read, const PeopleSources& sources, recipients::Reader opened, recipients::ColumnMap columns) : mailing(mailing_read), shard(sources.shard), day(reader_options(mailing_read.list, sources.day).day), passing(sources.passing), reader(std::move(opened)), map(std::move(columns)) {}

  const mailings::Mailing& mailing;
  ledger::Shard shard;
  std::optional<unicode::Date> day;
  std::function<bool(std::uint64_t)> passing;
  recipients::Reader reader;
  recipients::ColumnMap map;
  recipients::Lookups lookups;
  Suppressions suppressions;
  SeenKeys seen;
  Sha256 maker;
  std::optional<SortedRows> sorted;
  std::deque<NextPerson> unsorted;  // of a sorted list: what is not printed
  std::uint64_t rows = 0, own_rows = 0;
  std::uint64_t with_key = 0, without_key = 0;  // of the people
  std::uint64_t bytes = 0, all_bytes = 0;  // of the list, read and whole; 0: it is a pipe
  bool interrupted = false;
  std::optional<KeyNeed> key_need;
  bool told_of_keys = false;

  // Of all columns that there are. False: keys are needed.
  bool check_keys(Diagnostics& diags) {
    if (map.column(Target::Key)) return true;
    if (key_need) {
      diags.error(reader.file(), fmt::format("has no key column, and {}", key_need->what)).hint(fmt::format("{}; {}", kSayKey, key_need->hint));
      return false;
    }
    if (!std::exchange(told_of_keys, true)) diags.warning(reader.file(), "the list has no key column: duplicates cannot be found, and pieces only by number").hint(kSayKey);
    return true;
  }

  void tell_without_key(Diagnostics& diags) {
    if (with_key == 0) check_keys(diags);
    else if (!std::exchange(told_of_keys, true)) diags.warning(reader.file(), fmt::format("has {} without a key: duplicates of such rows cannot be found, and their pieces only by number", counted(without_key, "row"))).hint("a mailing that says which column it is refuses such rows: <column name=\"...\" to=\"key\"/> in its <recipients>");
  }

  // Of FHIR: what became nobody's piece and nobody's value.
  void tell_passed_over(Diagnostics& diags) const {
    const recipients::ReadCounts counts = reader.counts();
    recipients::tell_failed_outcomes(counts, reader.file(), diags);
    std::vector<std::string> kinds;
    for (const auto& [type, count] : counts.skipped) kinds.push_back(fmt::format("{} {}", count, type));
    if (!kinds.empty()) diags.note(reader.file(), fmt::format("passed over, since they are no patients of the list: {}", fmt::join(kinds, ", ")));
    if (counts.partial_birth_dates > 0) diags.warning(reader.file(), fmt::format("has {} of a year or a month only, which {} left out", counted(counts.partial_birth_dates, "birth date"), counts.partial_birth_dates == 1 ? "is" : "are"));
  }

  [[nodiscard]] bool has_households() const { return mailing.household == mailings::Household::Address; }

  [[nodiscard]] std::string shard_key(const recipients::Person& person, std::uint64_t row) const {
    if (key_need && person.recipient.key.empty()) return std::to_string(row);
    if (has_households() && has_address(person.recipient)) return folded(postal_text(person.recipient));
    return person.recipient.key.empty() ? std::to_string(row) : unicode::comparable(person.recipient.key);
  }

  // Whether a row is this shard's; those without a person go by their number.
  template <typename Key>
  [[nodiscard]] bool is_own(const Key& key) const { return shard.count <= 1 || shard_of(key(), shard.count) == shard.index; }

  Result<std::optional<NextPerson>> read(Diagnostics& diags) {
    const recipients::Next next = reader.next(diags);
    if (next == recipients::Next::Failed) return tl::unexpected<Failure>(Failure{});
    if (next == recipients::Next::End) {
      // JSON Lines: only now all objects are known. Where keys are needed, those without one were refused.
      if (columns_of(reader) == recipients::Columns::SoFar && without_key > 0 && !key_need) tell_without_key(diags);
      if (columns_of(reader) == recipients::Columns::SoFar) map.tell_unmet(reader.file(), diags);
      tell_passed_over(diags);
      // A shard asks of its own rows only, unless addresses decide which they are.
      if (shard.count <= 1 || has_households()) suppressions.tell(diags);
      return NextPerson(NoMore{});
    }
    ++rows;
    if (next == recipients::Next::Rejected) {
      const recipients::Rejected& rejected = reader.rejected();
      bytes += rejected.raw.size() + 1;
      return refuse({rejected.number, map.told_column(rejected.column, reader.columns()), rejected.reason}, rejected.key, is_own([&] { return shard_key_of_refused(rejected.key, rejected.number); }), diags);
    }
    const recipients::Row& row = reader.row();
    bytes += row.raw.size() + 1;
    if (!map.bind(reader.columns(), columns_of(reader), reader.file(), diags)) return tl::unexpected<Failure>(Failure{});
    auto person = recipients::to_recipient(row, map, lookups, day);
    if (!person) {
      // Shards may be of several days, and on another day the row may be somebody: whose it is must not hang on that.
      const bool own = is_own([&] {
        const auto somebody = day ? recipients::to_recipient(row, map, lookups, std::nullopt) : person;
        return somebody ? shard_key(*somebody, row.number) : shard_key_of_refused(person.error().key, row.number);
      });
      return refuse({row.number, person.error().column, person.error().reason}, person.error().key, own, diags);
    }
    ++(person->recipient.key.empty() ? without_key : with_key);
    const bool own = is_own([&] { return shard_key(*person, row.number); });
    if (key_need && person->recipient.key.empty()) return refuse({row.number, std::string(name(Target::Key)), fmt::format("is not there, and {}", key_need->what)}, "", own, diags);
    if (own) ++own_rows;
    // Rows with one key have one shard, but not where addresses decide it.
    else if (!has_households()) return std::nullopt;
    auto judged = judge(row.number, std::move(*person), diags);
    if (!judged) return tl::unexpected<Failure>(Failure{});
    if (!own) return std::nullopt;
    return std::move(*judged);
  }

  // Where addresses decide, nobody knows whose it is.
  [[nodiscard]] std::string shard_key_of_refused(const std::string& key, std::uint64_t row) const { return key.empty() || has_households() ? std::to_string(row) : unicode::comparable(key); }

  // A row that is no person: it takes its key all the same.
  Result<std::optional<NextPerson>> refuse(Refused refused, const std::string& key, bool own, Diagnostics& diags) {
    if (own) ++own_rows;
    else if (!has_households()) return std::nullopt;
    auto again = again_of(refused.row, key, diags);
    if (!again) return tl::unexpected<Failure>(Failure{});
    if (!own) return std::nullopt;
    return *again ? std::move(**again) : NextPerson(std::move(refused));
  }

  // What becomes of a row whose key an earlier one has; nothing: none has. Every row takes its key that the mailing doesn't leave out, whether it is refused then or later, in the making: nobody who mends a refused row
  // prints for one who had a piece by another row, and no row waits to be known as printed.
  Result<std::optional<NextPerson>> again_of(std::uint64_t row, const std::string& key, Diagnostics& diags) {
    if (key.empty() || mailing.duplicates == Duplicates::KeepAll) return std::nullopt;
    const auto is_new = seen.add(key_hash(maker, unicode::comparable(key)), diags);
    if (!is_new) return tl::unexpected<Failure>(Failure{});
    if (*is_new) return std::nullopt;
    if (mailing.duplicates == Duplicates::KeepFirst) return NextPerson(LeftOut{row, ledger::LeftOutBecause::Duplicate});
    return NextPerson(Refused{row, column_of(std::string(name(Target::Key))), "is the key of an earlier row, which was printed or refused; expected another one for each recipient"});
  }

  // The list's own name for what a field is read from; the field where that is no one column.
  [[nodiscard]] std::string column_of(const std::string& field) const {
    static constexpr std::array<std::pair<std::string_view, Target>, 4> kBuiltIn{{{"patient.name", Target::Display}, {"patient.birth-date", Target::BirthDate}, {"patient.id", Target::Key}, {"patient.address", Target::Address}}};
    for (const recipients::ColumnMap::Field& each : map.fields()) {
      if (each.name == field) return map.column_name(each.column);
    }
    const auto* built_in = std::find_if(kBuiltIn.begin(), kBuiltIn.end(), [&](const auto& each) { return each.first == field; });
    const auto target = built_in != kBuiltIn.end() ? built_in->second : recipients::target_named(field);
    if (!target) return field;
    if (map.column(*target)) return map.column_name(*target);
    if (*target == Target::Address && map.column(Target::Line1)) return map.column_name(Target::Line1);
    // A name, and an address in parts, have several columns: none of them is the one.
    static constexpr std::array kOfName{Target::Prefix, Target::Given, Target::Family, Target::Suffix}, kOfAddress{Target::City, Target::District, Target::State, Target::Postcode};
    std::string columns;
    if (*target == Target::Display || *target == Target::Address) {
      for (const Target part : *target == Target::Display ? kOfName : kOfAddress) {
        if (map.column(part)) columns += (columns.empty() ? "" : ", ") + map.column_name(part);
      }
    }
    if (!columns.empty()) return columns;
    return *target == Target::Display ? field : std::string(name(*target));
  }

  static bool asks_for_value(const mailings::Condition& condition) { return condition.operation != mailings::Operation::Present && condition.operation != mailings::Operation::Missing; }

  // A value that is none of its field's type.
  [[nodiscard]] std::optional<Refused> fault_of(std::uint64_t row, const std::string& name, const std::string& value) const {
    const mailings::Field* const field = mailings::find_field(mailing, name);
    auto fault = field != nullptr ? fault_of_value(*field, value) : std::nullopt;
    return fault ? std::optional(Refused{row, column_of(field->name), std::move(*fault)}) : std::nullopt;
  }

  Result<NextPerson> judge(std::uint64_t row, recipients::Person person, Diagnostics& diags) {
    // Asked of everybody, so that it is known whose values are nobody's.
    const bool is_suppressed = !suppressions.is_empty() && suppressions.has(mailing, person, row);
    std::optional<Refused> unread;
    for (const mailings::Condition& condition : mailing.filter) {
      const std::string value = value_of(mailing, person, condition.field);
      // A value that can't be read says neither yes nor no; the row goes where another condition leaves it out.
      auto fault = asks_for_value(condition) ? fault_of(row, condition.field, value) : std::nullopt;
      if (fault && !unread) unread = std::move(fault);
      else if (!fault && !mailings::holds(condition, value)) return NextPerson(LeftOut{row, ledger::LeftOutBecause::Filtered});
    }
    if (is_suppressed) return NextPerson(LeftOut{row, ledger::LeftOutBecause::Suppressed});
    auto again = again_of(row, person.recipient.key, diags);
    if (!again) return tl::unexpected<Failure>(Failure{});
    if (*again) return std::move(**again);
    // What can't be read has no place in an order.
    for (const std::string& field : mailing.sorting.fields) {
      if (!unread) unread = fault_of(row, field, value_of(mailing, person, field));
    }
    if (unread) return NextPerson(std::move(*unread));
    const Household household = has_households() ? household_of(person.recipient) : Household{};
    return NextPerson(Somebody{row, std::move(person), household});
  }

  [[nodiscard]] std::string sort_key(const Somebody& somebody) const {
    std::string key;
    for (const std::string& field : mailing.sorting.fields) {
      const std::string value = value_of(mailing, somebody.person, field);
      const auto type = mailings::type_of(mailing, field);
      if (type == mailings::FieldType::Number && !value.empty()) key += decimal_order(*mailings::comparable_form(type, value));
      else key += value;
      key += '\0';
    }
    return key;
  }

  // The whole list; what is not printed has no place in the order.
  [[nodiscard]] bool read_all(Diagnostics& diags) {
    sorted.emplace(mailing.sorting.direction == mailings::Direction::Descending ? SortedRows::Order::Descending : SortedRows::Order::Ascending);
    for (;;) {
      constexpr std::uint64_t kRowsBetween = 1024;
      if (passing && rows % kRowsBetween == 0 && !passing(rows)) {
        interrupted = true;
        return true;
      }
      auto next = read(diags);
      if (!next) return false;
      if (!*next) continue;
      if (std::holds_alternative<NoMore>(**next)) break;
      const auto* somebody = std::get_if<Somebody>(&**next);
      if (somebody == nullptr) unsorted.push_back(std::move(**next));
      else if (!sorted->add({sort_key(*somebody), somebody->row, somebody->household}, reader.row(), diags)) return false;
    }
    sorted->sort();
    return true;
  }

  Result<NextPerson> next_sorted(Diagnostics& diags) {
    if (interrupted) return NextPerson(NoMore{});
    if (!unsorted.empty()) {
      NextPerson next = std::move(unsorted.front());
      unsorted.pop_front();
      return next;
    }
    const auto found = sorted->next(diags);
    if (!found) return tl::unexpected<Failure>(Failure{});
    if (!*found) return NextPerson(NoMore{});
    const recipients::Row& row = (*found)->row;
    auto person = recipients::to_recipient(row, map, lookups, day);
    // It was one before, and a row means the same whatever came after it.
    EXPECTS(person);
    return NextPerson(Somebody{row.number, std::move(*person), (*found)->household});
  }

  [[nodiscard]] bool is_sorted() const { return !mailing.sorting.fields.empty() || has_households(); }
};

People::People(std::unique_ptr<State> state) : state_(std::move(state)) {}
People::People(People&&) noexcept = default;
People::~People() = default;

Result<People> People::open(const mailings::Mailing& mailing, const PeopleSources& sources, Diagnostics& diags) {
  auto map = recipients::ColumnMap::make(map_options(mailing), diags);
  if (!map) return tl::unexpected<Failure>(Failure{});
  auto reader = open_list(sources.list, reader_options(mailing.list, sources.day), *map, diags);
  if (!reader) return tl::unexpected<Failure>(Failure{});
  auto state = std::make_unique<State>(mailing, sources, std::move(*reader), std::move(*map));
  state->key_need = need_of_keys(mailing, sources.shard);
  if (columns_of(state->reader) == recipients::Columns::All && (!state->map.bind(state->reader.columns(), recipients::Columns::All, state->reader.file(), diags) || !state->check_keys(diags))) return tl::unexpected<Failure>(Failure{});
  std::error_code unknown;
  const auto size = std::filesystem::file_size(sources.list.file, unknown);
  if (!unknown) state->all_bytes = size;
  auto suppressions = Suppressions::read(mailing, sources.suppressions, state->reader.format(), diags);
  if (!suppressions) return tl::unexpected<Failure>(Failure{});
  state->suppressions = std::move(*suppressions);
  return People(std::move(state));
}

Result<NextPerson> People::next(Diagnostics& diags) {
  State& state = *state_;
  while (!state.is_sorted()) {
    auto next = state.read(diags);
    if (!next) return tl::unexpected<Failure>(Failure{});
    if (*next) return std::move(**next);
  }
  if (!state.sorted && !state.read_all(diags)) return tl::unexpected<Failure>(Failure{});
  return state.next_sorted(diags);
}

std::uint64_t People::rows() const { return state_->rows; }
std::uint64_t People::own_rows() const { return state_->own_rows; }
recipients::Format People::format() const { return state_->reader.format(); }
bool People::is_sorted() const { return state_->is_sorted(); }
bool People::is_interrupted() const { return state_->interrupted; }
double People::share() const {
  const State& state = *state_;
  if (state.sorted) return state.sorted->size() == 0 ? 1 : static_cast<double>(state.sorted->given()) / static_cast<double>(state.sorted->size());
  return state.all_bytes == 0 ? 0 : std::min(1.0, static_cast<double>(state.bytes) / static_cast<double>(state.all_bytes));
}

std::optional<double> People::rows_expected() const {
  const State& state = *state_;
  const auto own = static_cast<double>(state.own_rows);
  if (state.all_bytes == 0 || state.bytes == 0) return std::nullopt;
  return own * std::max(1.0, static_cast<double>(state.all_bytes) / static_cast<double>(state.bytes));
}

std::string People::column_of(const std::string& field) const { return state_->column_of(field); }

const recipients::ReadCounts People::counts() const { return state_->reader.counts(); }

}  // namespace handout::batch
