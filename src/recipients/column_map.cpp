#include "recipients/column_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <variant>

#include "recipients/bytes.h"
#include "unicode/matching.h"

namespace handout::recipients {
namespace {

constexpr std::string_view kField = "field:";
constexpr std::size_t kMostTold = 20;

bool is_field_name(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
}

bool is_same(std::string_view a, std::string_view b) { return a == b || unicode::fold_for_matching(a) == unicode::fold_for_matching(b); }

// Headers of lists in which the family name is just "Name" (German), "Nom" (French), or the given name "Nome" (Italian, Portuguese).
bool may_be_part(std::string_view header) {
  const std::string folded = unicode::fold_for_matching(header);
  return folded == "name" || folded == "nom" || folded == "nome";
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What is more often a value than the name of a column: what has digits in it, an address of e-mail.
bool may_be_a_value(std::string_view text) { return text.find('@') != std::string_view::npos || std::any_of(text.begin(), text.end(), is_digit); }

// Whether the words stand in a text as they are, among others.
bool has_words(std::string_view text, std::string_view words) {
  return !words.empty() && text.size() > words.size() && fmt::format(" {} ", text).find(fmt::format(" {} ", words)) != std::string::npos;
}

struct Hints { const char *unknown, *both, *name, *header; };
// By NamedBy.
constexpr std::array<Hints, 2> kHints{{
    {"--column TARGET=COLUMN says what it is (field:NAME=COLUMN: a field), --ignore COLUMN that it is of no use", "say which one is: --column {}=COLUMN; the other can be ignored", "say which it is: --column name.given=COLUMN and --column name.family=COLUMN, or --column name.display=COLUMN",
     "the first line of a CSV names its columns, as in key,name.given,name.family,language; where it does and the names are not known, --column name.display=COLUMN says which is what"},
    {"in the mailing's <recipients>, <column name=\"...\" to=\"...\"/> says what it is, <ignore column=\"...\"/> that it is of no use", "in the mailing's <recipients>, say which one is: <column name=\"...\" to=\"{}\"/>; the other can be ignored",
     "in the mailing's <recipients>, say which it is: <column name=\"...\" to=\"name.given\"/> and to=\"name.family\", or to=\"name.display\"",
     "the first line of a CSV names its columns, as in key,name.given,name.family,language; where it does and the names are not known, <column name=\"...\" to=\"name.display\"/> in the mailing's <recipients> says which is what"},
}};

const Hints& hints(NamedBy by) { return kHints.at(static_cast<std::size_t>(by)); }

}  // namespace

Result<ColumnMap> ColumnMap::make(ColumnMapOptions options, Diagnostics& diags) {
  const std::size_t before = diags.error_count();
  for (std::size_t i = 0; i < options.columns.size(); ++i) {
    const std::string& target = options.columns[i].first;
    const bool field = target.starts_with(kField);
    if (field ? !is_field_name(std::string_view(target).substr(kField.size())) : !target_named(target)) {
      auto names = target_names();
      names.push_back("field:NAME");
      diags.usage_error(fmt::format("'{}' is nothing that a column can be{}", shown(target), did_you_mean(target, names))).hint(fmt::format("columns can be {}", fmt::join(names, ", ")));
    }
    const auto twice = std::find_if(options.columns.begin(), options.columns.begin() + static_cast<std::ptrdiff_t>(i), [&](const auto& each) { return each.first == target; });
    if (twice != options.columns.begin() + static_cast<std::ptrdiff_t>(i)) diags.usage_error(fmt::format("'{}' is given two columns", shown(target)));
  }
  if (diags.error_count() > before) return tl::unexpected(Failure{});
  ColumnMap map;
  map.options_ = std::move(options);
  return map;
}

// Whether the options name it.
bool ColumnMap::is_said(const std::string& column) const {
  const auto is_it = [&](const std::string& each) { return is_same(each, column); };
  return std::any_of(options_.columns.begin(), options_.columns.end(), [&](const auto& each) { return is_it(each.second); }) || std::any_of(options_.fields.begin(), options_.fields.end(), is_it) || std::any_of(options_.ignored.begin(), options_.ignored.end(), is_it);
}

ColumnMap::Evidence ColumnMap::evidence(const std::vector<std::string>& columns) const {
  std::size_t known = 0, unknown = 0, values = 0;
  bool person = false;
  for (const std::string& column : columns) {
    if (is_said(column) || (column.starts_with(kField) && is_field_name(std::string_view(column).substr(kField.size())))) return Evidence::Sure;
    const auto target = target_of_header(column);
    if (target) ++known;
    else if (!column.empty()) ++unknown;
    if (!target && may_be_a_value(column)) ++values;
    person |= target && (*target == Target::Key || *target == Target::Given || *target == Target::Family || *target == Target::Display);
  }
  // Nobody's row has so many words in it that columns are called by.
  constexpr std::size_t kPlenty = 5;
  if (known >= 2) return known > 2 * values && (known >= unknown || known >= kPlenty) ? Evidence::Sure : Evidence::Some;
  return person && unknown == 0 ? Evidence::Some : Evidence::None;
}

IsHeader ColumnMap::check_header(const std::vector<std::string>& columns, const Span& at, Diagnostics& diags) const {
  const Evidence found = evidence(columns);
  if (found == Evidence::Sure) return IsHeader::Surely;
  if (found == Evidence::Some) return IsHeader::Perhaps;
  diags.error(at, "the first line holds too little that names a column: is it a header?").hint(hints(options_.named_by).header);
  return IsHeader::No;
}

// As messages name it.
std::string ColumnMap::title(std::size_t column) const { return may_show(names_[column]) ? fmt::format("'{}'", shown(names_[column])) : std::to_string(column + 1); }

// Whether the name of a column can be no value of a person. Keys of JSON may be, where a table was written with its rows as keys: only those that the options or the program know are none.
bool ColumnMap::may_show(const std::string& column) const { return evidence_ == Evidence::Sure && (extent_ == Columns::All || is_said(column) || target_of_header(column)); }

// ---- which column is what ----

std::optional<ColumnMap::Slot::Candidate> ColumnMap::Slot::best() const {
  // The first of them.
  const auto found = std::max_element(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.rank < b.rank; });
  return found != candidates.end() ? std::optional(*found) : std::nullopt;
}

// A name as it is written means no other one where the list has it. Of JSON Lines nobody knows yet what it has, and what may be meant is ignored.
bool ColumnMap::is_ignored(const std::string& column) const {
  const auto is_there = [&](const std::string& name) { return extent_ == Columns::All && std::find(names_.begin(), names_.end(), name) != names_.end(); };
  return std::any_of(options_.ignored.begin(), options_.ignored.end(), [&](const std::string& each) { return each == column || (is_same(each, column) && !is_there(each)); });
}

// The field that a column is by its own name, or "".
std::string ColumnMap::field_of(const std::string& column) const {
  std::string name = column.starts_with(kField) ? column.substr(kField.size()) : "";
  if (!is_field_name(name)) name.clear();
  for (const std::string& field : options_.fields) {
    if (is_same(field, column)) name = field;
  }
  return name;
}

const std::string* ColumnMap::said_for(const Thing& thing) const {
  const auto is_it = [&](const std::string& target) {
    if (const auto* known = std::get_if<Target>(&thing)) return target == name(*known);
    const auto* field = std::get_if<std::string>(&thing);
    return field != nullptr && target.starts_with(kField) && std::string_view(target).substr(kField.size()) == *field;
  };
  const auto found = std::find_if(options_.columns.begin(), options_.columns.end(), [&](const auto& each) { return is_it(each.first); });
  return found != options_.columns.end() ? &found->second : nullptr;
}

std::string ColumnMap::written(const Thing& thing) const {
  if (const auto* target = std::get_if<Target>(&thing)) return std::string(name(*target));
  const auto* field = std::get_if<std::string>(&thing);
  if (field == nullptr) return std::string(name(Target::Display));
  return options_.named_by == NamedBy::Mailing ? *field : std::string(kField) + *field;
}

ColumnMap::Meaning ColumnMap::meaning_of(const std::string& column) const {
  const auto said = [&](Rank rank) {
    Meaning meaning;
    for (const auto& [target, wanted] : options_.columns) {
      if (rank == Rank::Exact ? wanted != column : !is_same(wanted, column)) continue;
      if (target.starts_with(kField)) meaning.roles.push_back({target.substr(kField.size()), rank});
      else meaning.roles.push_back({*target_named(target), rank});
    }
    return meaning;
  };
  const auto unless_said = [&](Thing thing, Rank rank) {
    if (said_for(thing) != nullptr) return Meaning{{}, Meaning::None::Unknown, std::move(thing)};
    return Meaning{{{std::move(thing), rank}}, {}, {}};
  };
  if (Meaning exact = said(Rank::Exact); !exact.roles.empty()) return exact;
  if (is_ignored(column)) return {{}, Meaning::None::Ignored, {}};
  if (Meaning like = said(Rank::Like); !like.roles.empty()) return like;
  if (std::string field = field_of(column); !field.empty()) {
    const Rank rank = column == field || column.starts_with(kField) ? Rank::Exact : Rank::Like;
    return unless_said(std::move(field), rank);
  }
  const auto target = target_of_header(column);
  if (!target) return {};
  if (*target == Target::Display && may_be_part(column) && !is_named(*target)) return {{{AnyName{}, Rank::Like}}, {}, {}};
  return unless_said(*target, Rank::Like);
}

bool ColumnMap::is_named(Target target) const { return said_for(target) != nullptr; }

ColumnMap::Slot& ColumnMap::slot_of(const Thing& thing) {
  if (const auto* target = std::get_if<Target>(&thing)) return slots_.at(static_cast<std::size_t>(*target));
  const auto* field = std::get_if<std::string>(&thing);
  if (field == nullptr) return any_name_;
  const auto same = std::find_if(field_slots_.begin(), field_slots_.end(), [&](const FieldSlot& each) { return each.name == *field; });
  return same != field_slots_.end() ? same->slot : field_slots_.emplace_back(FieldSlot{*field, {}}).slot;
}

Result<std::monostate> ColumnMap::bind(const std::vector<std::string>& columns, Columns extent, const Span& file, Diagnostics& diags) {
  const std::size_t before = diags.error_count(), first = names_.size();
  if (first == columns.size() && (is_complete_ || extent == Columns::SoFar)) return std::monostate{};
  is_complete_ = extent == Columns::All;
  // The names of what JSON says are no values.
  if (first == 0 && extent == Columns::All) evidence_ = evidence(columns);
  if (first == 0) extent_ = extent;
  names_.insert(names_.end(), columns.begin() + static_cast<std::ptrdiff_t>(first), columns.end());
  for (std::size_t i = first; i < names_.size(); ++i) {
    Meaning meaning = meaning_of(names_[i]);
    if (meaning.roles.empty()) tell_meaningless(i, meaning, file, diags);
    for (const Role& role : meaning.roles) slot_of(role.what).candidates.push_back({i, role.rank});
    roles_.push_back(std::move(meaning.roles));
  }
  for (std::size_t i = 0; i < kTargets; ++i) tell_losers(slots_.at(i), static_cast<Target>(i), first, file, diags);
  for (const FieldSlot& each : field_slots_) tell_losers(each.slot, each.name, first, file, diags);
  tell_losers(any_name_, AnyName{}, first, file, diags);
  settle();
  if (extent_ == Columns::All) tell_name(file, diags);
  if (extent == Columns::All) {
    tell_missing(file, diags);
    tell_unmet_ignored(file, diags);
  }
  if (diags.error_count() > before) return tl::unexpected(Failure{});
  return std::monostate{};
}

void ColumnMap::settle() {
  const auto column_of = [](const Slot& slot) {
    const auto best = slot.best();
    return best ? std::optional(best->column) : std::nullopt;
  };
  for (std::size_t i = 0; i < kTargets; ++i) targets_.at(i) = column_of(slots_.at(i));
  fields_.clear();
  for (const FieldSlot& each : field_slots_) fields_.push_back({each.name, *column_of(each.slot)});
  const auto any = column_of(any_name_);
  if (!any) return;
  const Target meant = meant_by_name();
  auto& to = targets_[static_cast<std::size_t>(meant)];
  if (!to && !is_named(meant)) to = any;
}

Target ColumnMap::meant_by_name() const {
  const bool given = slots_[static_cast<std::size_t>(Target::Given)].best().has_value(), family = slots_[static_cast<std::size_t>(Target::Family)].best().has_value();
  return given && !family ? Target::Family : family && !given ? Target::Given : Target::Display;
}

// ---- what is told ----

void ColumnMap::tell_losers(const Slot& slot, const Thing& thing, std::size_t first, const Span& file, Diagnostics& diags) {
  const auto best = slot.best();
  for (const Slot::Candidate& each : slot.candidates) {
    if (each.column < first || each.column == best->column) continue;
    if (each.rank == best->rank) tell_both(best->column, each.column, thing, file, diags);
    // An object may have this one alone.
    else if (extent_ == Columns::All) tell_unused(each.column, fmt::format(": {} is column {}", written(thing), title(best->column)), file, diags);
  }
}

// A column that is just "name", where what it would be is another one.
void ColumnMap::tell_name(const Span& file, Diagnostics& diags) {
  const auto any = any_name_.best();
  if (!any) return;
  const Target meant = meant_by_name();
  const auto taken = column(meant);
  if (taken == any->column) return;
  if (!is_named(meant) && taken) tell_both(std::min(*taken, any->column), std::max(*taken, any->column), meant, file, diags);
  else tell_unused(any->column, fmt::format(": {} is column '{}'", name(meant), shown(*said_for(meant))), file, diags);
}

void ColumnMap::tell_both(std::size_t a, std::size_t b, const Thing& thing, const Span& file, Diagnostics& diags) const {
  const std::string both = fmt::format("columns {} and {} both are {}", title(a), title(b), written(thing));
  // A row far down must not stop the rows that are right.
  auto told = extent_ == Columns::All ? diags.error(file, both) : diags.warning(file, both + "; objects in which they say different things are refused");
  if (const std::string* said = said_for(thing)) told.hint(fmt::format("neither is written as '{}': write it as the list has it", shown(*said)));
  else told.hint(fmt::format(fmt::runtime(hints(options_.named_by).both), written(thing)));
}

void ColumnMap::tell_meaningless(std::size_t column, const Meaning& meaning, const Span& file, Diagnostics& diags) {
  if (meaning.none == Meaning::None::Ignored) return;
  if (meaning.instead) return tell_unused(column, fmt::format(": {} is column '{}'", written(*meaning.instead), shown(*said_for(*meaning.instead))), file, diags);
  const std::string near = nearest_header(names_[column]);
  tell_unused(column, near.empty() ? "" : fmt::format("; is it meant to be {}?", near), file, diags);
}

void ColumnMap::tell_unused(std::size_t column, const std::string& why, const Span& file, Diagnostics& diags) {
  if (++told_ > kMostTold) return;
  if (!may_show(names_[column]) && !std::exchange(told_numbers_, true)) diags.note(file, evidence_ != Evidence::Sure ? "the first line may be somebody's row and no header: its columns are told by number" : "keys that are not known may be somebody's data: they are told by number, in the order in which the list has them");
  if (told_ == kMostTold) {
    diags.warning(file, "has more columns of no known use, which are not told");
    return;
  }
  diags.warning(file, fmt::format("column {} is not used{}", title(column), why)).hint(hints(options_.named_by).unknown);
}

void ColumnMap::tell_missing(const Span& file, Diagnostics& diags) const {
  for (const auto& [target, wanted] : unmet()) diags.error(file, fmt::format("has no column '{}', which is to be {}", shown(wanted), shown(target)));
  if (!column(Target::Given) && !column(Target::Family) && !column(Target::Display)) diags.error(file, "has no column with a name").hint(hints(options_.named_by).name);
}

std::vector<std::pair<std::string, std::string>> ColumnMap::unmet() const {
  std::vector<std::pair<std::string, std::string>> all = options_.columns;
  std::erase_if(all, [&](const auto& each) {
    if (const auto target = target_named(each.first)) return !slots_[static_cast<std::size_t>(*target)].candidates.empty();
    return std::any_of(field_slots_.begin(), field_slots_.end(), [field = each.first.substr(kField.size())](const FieldSlot& slot) { return slot.name == field; });
  });
  return all;
}

void ColumnMap::tell_unmet_ignored(const Span& file, Diagnostics& diags) const {
  for (const std::string& each : options_.ignored) {
    const bool is_there = std::any_of(names_.begin(), names_.end(), [&](const std::string& column) { return is_same(each, column); });
    if (!is_there) diags.warning(file, fmt::format("has no column '{}', which is to be ignored", shown(each))).hint("is it written as in the list? a column that is not ignored counts");
  }
}

void ColumnMap::tell_unmet(const Span& file, Diagnostics& diags) const {
  for (const auto& [target, wanted] : unmet()) diags.warning(file, fmt::format("no object has '{}', which is to be {}", shown(wanted), shown(target)));
  tell_unmet_ignored(file, diags);
}

// ---- objects ----


ColumnMap::OfObject ColumnMap::of_object(const Row& row) const {
  OfObject found;
  struct Taken { std::size_t column; Rank rank; std::optional<std::size_t> unlike{}; };  // unlike: another one of that rank, with another value
  std::array<std::optional<Taken>, kTargets> targets;
  std::optional<Taken> any_name;
  std::vector<std::pair<std::string, std::optional<Taken>>> fields;
  const auto value = [&](std::size_t column) { return column < row.values.size() ? std::string_view(row.values[column]) : std::string_view(); };
  const auto take = [&](std::optional<Taken>& slot, std::size_t column, Rank rank) {
    if (!slot || rank > slot->rank || (rank == slot->rank && value(slot->column).empty())) {
      slot = Taken{column, rank};
    } else if (rank == slot->rank && !value(column).empty() && value(column) != value(slot->column) && !slot->unlike) {
      slot->unlike = column;
    }
  };
  const auto tell_twice = [&](const std::optional<Taken>& slot, std::string_view what) {
    if (slot && slot->unlike && !found.twice) found.twice = OfObject::Twice{slot->column, *slot->unlike, std::string(what)};
  };
  for (const std::size_t column : *row.keys) {
    if (column >= roles_.size()) continue;
    for (const Role& role : roles_[column]) {
      if (const auto* target = std::get_if<Target>(&role.what)) take(targets.at(static_cast<std::size_t>(*target)), column, role.rank);
      else if (std::holds_alternative<AnyName>(role.what)) take(any_name, column, role.rank);
      else {
        const std::string& field = std::get<std::string>(role.what);
        auto same = std::find_if(fields.begin(), fields.end(), [&](const auto& each) { return each.first == field; });
        if (same == fields.end()) same = fields.emplace(fields.end(), field, std::nullopt);
        take(same->second, column, role.rank);
      }
    }
  }
  for (std::size_t i = 0; i < targets.size(); ++i) tell_twice(targets.at(i), name(static_cast<Target>(i)));
  tell_twice(any_name, name(Target::Display));
  for (const auto& [field, slot] : fields) tell_twice(slot, field);
  if (any_name) {
    const auto& given = targets[static_cast<std::size_t>(Target::Given)];
    const auto& family = targets[static_cast<std::size_t>(Target::Family)];
    const auto& other = given ? given : family;
    const bool is_part = given.has_value() != family.has_value() && !value(other->column).empty() && !has_words(value(any_name->column), value(other->column));
    const Target meant = !is_part ? Target::Display : given ? Target::Family : Target::Given;
    auto& slot = targets[static_cast<std::size_t>(meant)];
    if (!is_named(meant)) {
      take(slot, any_name->column, any_name->rank);
      tell_twice(slot, name(meant));
    }
  }
  for (std::size_t i = 0; i < kTargets; ++i) {
    if (targets[i]) found.targets[i] = targets[i]->column;
  }
  for (const auto& [field, taken] : fields) found.fields.push_back({field, taken->column});
  return found;
}

// ---- names for messages ----

std::string ColumnMap::told_column(const std::string& column, const std::vector<std::string>& columns) const {
  if (column.empty() || may_show(column)) return column;
  if (const auto found = std::find(columns.begin(), columns.end(), column); found != columns.end()) return std::to_string(found - columns.begin() + 1);
  // The path of something that became no column.
  std::string path = column;
  while (!path.empty() && !may_show(path)) {
    const std::size_t step = path.find_last_of(".[");
    path.erase(step == std::string::npos ? 0 : step);
  }
  return path;
}

std::string ColumnMap::column_name(Target target) const {
  const auto column = this->column(target);
  return column ? column_name(*column) : std::string(name(target));
}

std::string ColumnMap::column_name(std::size_t column) const { return column < names_.size() && may_show(names_[column]) ? names_[column] : std::to_string(column + 1); }

std::string ColumnMap::describe() const {
  std::string text;
  const auto title_of = [&](std::size_t column) { return may_show(names_[column]) ? shown(names_[column]) : fmt::format("column {}", column + 1); };
  const auto any = any_name_.best();
  for (std::size_t i = 0; i < kTargets; ++i) {
    const auto column = targets_.at(i);
    if (!column) continue;
    // Each object says what it is there.
    const bool is_any = extent_ == Columns::SoFar && any && any->column == *column;
    text += is_any ? fmt::format("name, or the part of it that an object has no other key for: {}\n", title_of(*column)) : fmt::format("{}: {}\n", name(static_cast<Target>(i)), title_of(*column));
  }
  for (const Field& field : fields_) text += fmt::format("field:{}: {}\n", field.name, shown(names_[field.column]));
  return text;
}

}  // namespace handout::recipients
