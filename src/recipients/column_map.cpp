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

// The names in JSON may be somebody's data, where a table was written with its rows as keys. Such as "contact[0].phone_2" are not.
bool is_identifier(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), [&](char c) { return is_letter(c) || is_digit(c) || std::string_view("._-[]").find(c) != std::string_view::npos; });
}

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
std::string ColumnMap::title(const std::string& column, std::size_t index) const { return may_show(column) ? fmt::format("'{}'", shown(column)) : std::to_string(index + 1); }

// Whether the name of a column can be no value of a person.
bool ColumnMap::may_show(const std::string& column) const {
  return evidence_ == Evidence::Sure && (extent_ == Columns::All || is_identifier(column) || is_said(column) || target_of_header(column));
}

Result<std::monostate> ColumnMap::bind(const std::vector<std::string>& columns, Columns extent, const Span& file, Diagnostics& diags) {
  const std::size_t before = diags.error_count();
  const std::size_t first = std::exchange(known_, columns.size());
  // The names of what JSON says are no values.
  if (first == 0 && extent == Columns::All) evidence_ = evidence(columns);
  if (first == 0) extent_ = extent;
  for (std::size_t i = first; i < columns.size(); ++i) {
    if (!bind_named(columns[i], i) && !bind_field(columns[i], i)) bind_known(columns[i], i, extent, file, diags);
  }
  if (first < columns.size()) settle_name();
  for (std::size_t i = names_.size(); extent_ == Columns::SoFar && i < columns.size(); ++i) {
    roles_.push_back(roles_of(columns[i]));
    names_.push_back(columns[i]);
  }
  if (extent == Columns::All) tell_missing(file, diags);
  if (diags.error_count() > before) return tl::unexpected(Failure{});
  return std::monostate{};
}

bool ColumnMap::bind_named(const std::string& column, std::size_t index) {
  // A name as it is written counts before one that is merely like it.
  bool bound = false;
  for (const auto& [target, wanted] : options_.columns) {
    if (!is_same(wanted, column)) continue;
    bound = true;
    if (target.starts_with(kField)) {
      const std::string name = target.substr(kField.size());
      const bool have = std::any_of(fields_.begin(), fields_.end(), [&](const Field& each) { return each.name == name; });
      if (!have) fields_.push_back({name, index});
      continue;
    }
    Bound& to = targets_[static_cast<std::size_t>(*target_named(target))];
    if (!to.named || column == wanted) to = {index, column, true};
  }
  return bound;
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

bool ColumnMap::bind_field(const std::string& column, std::size_t index) {
  const std::string name = field_of(column);
  if (name.empty() || std::any_of(fields_.begin(), fields_.end(), [&](const Field& each) { return each.name == name; })) return !name.empty();
  fields_.push_back({name, index});
  return true;
}

void ColumnMap::bind_known(const std::string& column, std::size_t index, Columns extent, const Span& file, Diagnostics& diags) {
  if (std::any_of(options_.ignored.begin(), options_.ignored.end(), [&](const std::string& each) { return is_same(each, column); })) return;
  const auto target = target_of_header(column);
  if (!target) return tell_unknown(column, index, file, diags);
  if (is_named(*target)) return;
  Bound& to = targets_[static_cast<std::size_t>(*target)];
  if (*target == Target::Display && may_be_part(column) && !any_name_) {
    any_name_ = index;
    any_name_header_ = column;
    return;
  }
  if (to.column && *to.column != any_name_) {
    const std::string both = fmt::format("columns {} and {} both are {}", title(to.header, *to.column), title(column, index), name(*target));
    // A row far down must not stop the rows that are right.
    auto told = extent == Columns::All ? diags.error(file, both) : diags.warning(file, both + "; objects in which they say different things are refused");
    told.hint(fmt::format(fmt::runtime(hints(options_.named_by).both), name(*target)));
    return;
  }
  to = {index, column, false};
}

bool ColumnMap::is_named(Target target) const {
  return std::any_of(options_.columns.begin(), options_.columns.end(), [&](const auto& each) { return each.first == name(target); });
}

void ColumnMap::settle_name() {
  if (!any_name_) return;
  // What it was taken for when fewer columns were known.
  for (const Target part : {Target::Given, Target::Family, Target::Display}) {
    Bound& bound = targets_[static_cast<std::size_t>(part)];
    if (bound.column == any_name_) bound = {};
  }
  const bool given = column(Target::Given).has_value(), family = column(Target::Family).has_value();
  const Target meant = given && !family ? Target::Family : family && !given ? Target::Given : Target::Display;
  Bound& to = targets_[static_cast<std::size_t>(meant)];
  if (!to.column && !is_named(meant)) to = {any_name_, any_name_header_, false};
}

std::vector<ColumnMap::Role> ColumnMap::roles_of(const std::string& column) const {
  std::vector<Role> roles;
  const auto rank_of = [&](const std::string& wanted) { return column == wanted ? Rank::Exact : Rank::Like; };
  for (const auto& [target, wanted] : options_.columns) {
    if (!is_same(wanted, column)) continue;
    if (target.starts_with(kField)) roles.push_back({target.substr(kField.size()), rank_of(wanted)});
    else roles.push_back({*target_named(target), rank_of(wanted)});
  }
  if (!roles.empty()) return roles;
  if (const std::string name = field_of(column); !name.empty()) return {{name, rank_of(name)}};
  if (std::any_of(options_.ignored.begin(), options_.ignored.end(), [&](const std::string& each) { return is_same(each, column); })) return {};
  const auto target = target_of_header(column);
  if (!target || is_named(*target)) return {};
  if (*target == Target::Display && may_be_part(column)) return {{AnyName{}, Rank::Like}};
  return {{*target, Rank::Like}};
}

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
    if (!slot && !is_named(meant)) slot = any_name;
  }
  for (std::size_t i = 0; i < kTargets; ++i) {
    if (targets[i]) found.targets[i] = targets[i]->column;
  }
  for (const auto& [field, taken] : fields) found.fields.push_back({field, taken->column});
  return found;
}

void ColumnMap::tell_unknown(const std::string& column, std::size_t index, const Span& file, Diagnostics& diags) {
  if (++told_ > kMostTold) return;
  if (told_ == 1 && evidence_ != Evidence::Sure) diags.note(file, "the first line may be somebody's row and no header: its columns are told by number");
  if (told_ == kMostTold) {
    diags.warning(file, "has more columns of no known use, which are not told");
    return;
  }
  const std::string near = nearest_header(column);
  diags.warning(file, fmt::format("column {} is not used{}", title(column, index), near.empty() ? "" : fmt::format("; is it meant to be {}?", near))).hint(hints(options_.named_by).unknown);
}

void ColumnMap::tell_missing(const Span& file, Diagnostics& diags) const {
  for (const auto& [target, wanted] : options_.columns) {
    bool found = false;
    if (target.starts_with(kField)) found = std::any_of(fields_.begin(), fields_.end(), [&, name = target.substr(kField.size())](const Field& each) { return each.name == name; });
    else found = column(*target_named(target)).has_value();
    if (!found) diags.error(file, fmt::format("has no column '{}', which is to be {}", shown(wanted), shown(target)));
  }
  if (!column(Target::Given) && !column(Target::Family) && !column(Target::Display)) diags.error(file, "has no column with a name").hint(hints(options_.named_by).name);
}

std::string ColumnMap::told_column(const std::string& column, const std::vector<std::string>& columns) const {
  const auto found = std::find(columns.begin(), columns.end(), column);
  // The path of something that became no column.
  if (found == columns.end()) return is_identifier(column) ? column : "";
  return may_show(column) ? column : std::to_string(found - columns.begin() + 1);
}

std::string ColumnMap::column_name(Target target) const {
  const Bound& bound = targets_[static_cast<std::size_t>(target)];
  if (!bound.column) return std::string(name(target));
  return may_show(bound.header) ? bound.header : std::to_string(*bound.column + 1);
}

std::string ColumnMap::column_name(std::size_t column) const {
  if (column >= names_.size()) return std::to_string(column + 1);
  return may_show(names_[column]) ? names_[column] : std::to_string(column + 1);
}

std::string ColumnMap::describe(const std::vector<std::string>& columns) const {
  std::string text;
  for (std::size_t i = 0; i < kTargets; ++i) {
    const Bound& bound = targets_[i];
    // Each object says what it is there.
    const bool is_any = extent_ == Columns::SoFar && any_name_ && bound.column == any_name_ && !bound.named;
    if (is_any) text += fmt::format("name, or the part of it that an object has no other key for: {}\n", may_show(bound.header) ? shown(bound.header) : fmt::format("column {}", *bound.column + 1));
    else if (bound.column) text += fmt::format("{}: {}\n", name(static_cast<Target>(i)), may_show(bound.header) ? shown(bound.header) : fmt::format("column {}", *bound.column + 1));
  }
  for (const Field& field : fields_) text += fmt::format("field:{}: {}\n", field.name, shown(columns.at(field.column)));
  return text;
}

}  // namespace handout::recipients
