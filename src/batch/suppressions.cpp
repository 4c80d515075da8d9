#include "batch/suppressions.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/narrow.h"
#include "batch/field_values.h"
#include "recipients/reader.h"
#include "recipients/targets.h"

namespace handout::batch {

using recipients::Target;

namespace {

constexpr std::size_t kMostRowsTold = 5;

// Of "SYSTEM|VALUE" where the value begins; a system is a URI (R4, Identifier.system), which has a ':' and no '|'. 0: there is none.
std::size_t part_behind_system(std::string_view key) {
  const std::size_t bar = key.find('|');
  return bar != std::string_view::npos && key.substr(0, bar).find(':') != std::string_view::npos ? bar + 1 : 0;
}

// Addresses stand in one line with commas, or in several without.
std::string without_commas(std::string_view text) {
  std::string kept;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool ends_word = i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n';
    if (text[i] != ',' || !ends_word) kept += text[i];
  }
  return kept;
}

std::optional<std::string> form_of(const std::string& by, mailings::FieldType type, const std::string& value) {
  return mailings::comparable_form(type, by == name(Target::Address) ? without_commas(value) : value);
}

std::string_view expected(const std::string& by, mailings::FieldType type) {
  if (by == name(Target::Country)) return "is no country: expected its code of ISO 3166 (such as US), or its name";
  if (by == name(Target::LargePrint)) return "is neither yes nor no";
  if (mailings::UsualForms::are_several(by)) return "is no language; expected a tag such as es or zh-Hans, or its name";
  return type == mailings::FieldType::Date ? "is no day of the calendar: expected YYYY-MM-DD" : "is no number: expected one such as 4.5";
}

}  // namespace

Result<Suppressions> Suppressions::read(const mailings::Mailing& mailing, std::span<const NamedFile> files, recipients::Format people, Diagnostics& diags) {
  Suppressions all;
  all.people_ = people;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string& by = mailing.suppressions[i].by;
    auto list = all.read_list(files[i], by, mailings::type_of(mailing, by), diags);
    if (!list) return tl::unexpected<Failure>(Failure{});
    all.lists_.push_back(std::move(*list));
  }
  return all;
}

Result<Suppressions::List> Suppressions::read_list(const NamedFile& file, const std::string& by, mailings::FieldType type, Diagnostics& diags) {
  List list;
  list.by = by;
  list.type = type;
  list.file = Span::of_file(file.shown);
  std::error_code failed;
  if (std::filesystem::file_size(file.file, failed) == 0 && !failed) return list;
  recipients::ReaderOptions options;
  options.format = recipients::Format::Csv;
  options.shown = file.shown;
  auto reader = recipients::Reader::open(file.file.string(), options, diags);
  if (!reader) return tl::unexpected<Failure>(Failure{});
  mailings::UsualForms forms;
  const auto add = [&](std::uint64_t line, const std::string& text) {
    const std::string value = recipients::cleaned(text);
    if (value.empty()) return true;
    auto meant = mailings::UsualForms::are_several(by) ? forms.form_of(by, value) : form_of(by, type, value);
    if (!meant) return diags.error(reader->file().at(narrow<std::uint32_t>(line), 1), std::string(expected(by, type))).hint("everybody who is on it must be known: mend the line"), false;
    list.without_case.insert(ascii_lowered(*meant));
    list.values.emplace(std::move(*meant), false);
    return true;
  };
  const auto& columns = reader->columns();
  const auto target = recipients::target_named(by);
  const auto is_meant = [&](const std::string& name) { return name == by || (target && recipients::target_of_header(name) == target); };
  // A list of values alone has no header: its first line is a value.
  std::size_t column = 0;
  if (columns.size() == 1) {
    if (!is_meant(columns.front()) && !add(1, columns.front())) return tl::unexpected<Failure>(Failure{});
  } else {
    const auto exact = std::find(columns.begin(), columns.end(), by);
    const auto found = exact != columns.end() ? exact : std::find_if(columns.begin(), columns.end(), is_meant);
    const auto second = exact != columns.end() ? columns.end() : std::find_if(found == columns.end() ? found : std::next(found), columns.end(), is_meant);
    if (second != columns.end()) return diags.error(reader->file(), fmt::format("columns '{}' and '{}' both are {}", *found, *second, by)).hint(fmt::format("name the one that is meant '{}', or give that column alone", by));
    if (found == columns.end()) return diags.error(reader->file(), fmt::format("has no column '{}'", by)).hint("give one value a line, or CSV whose header names it");
    column = narrow<std::size_t>(found - columns.begin());
  }
  for (;;) {
    const recipients::Next next = reader->next(diags);
    if (next == recipients::Next::End) return list;
    if (next == recipients::Next::Failed) return tl::unexpected<Failure>(Failure{});
    if (next == recipients::Next::Rejected) return diags.error(reader->file().at(narrow<std::uint32_t>(reader->rejected().line), 1), reader->rejected().reason).hint("everybody who is on it must be known: mend the line");
    const recipients::Row& row = reader->row();
    if (column < row.values.size() && !add(row.line, row.values[column])) return tl::unexpected<Failure>(Failure{});
  }
}

bool Suppressions::has(const mailings::Mailing& mailing, const recipients::Person& person, std::uint64_t row) {
  bool found = false;
  for (List& list : lists_) {
    const std::string as_written = value_of(mailing, person, list.by);
    // What can't be read is nobody's value; such a row is refused.
    const std::string value = as_written.empty() ? "" : form_of(list.by, list.type, as_written).value_or("");
    if (value.empty()) continue;
    // All that the value stands for: a language for those that it is a variety of, too.
    std::vector<std::string> meant{value};
    if (list.by == name(Target::Key) && people_ == recipients::Format::Fhir) {
      const std::size_t behind = part_behind_system(value);
      if (behind > 0) {
        list.has_systems = true;
        meant.push_back(value.substr(behind));
      }
    } else if (list.by == name(Target::Language)) {
      for (std::size_t end = value.rfind('-'); end != std::string::npos && end > 0; end = value.rfind('-', end - 1)) meant.push_back(value.substr(0, end));
    }
    bool is_on_it = false;
    for (const std::string& each : meant) {
      const auto known = list.values.find(each);
      if (known != list.values.end()) is_on_it = known->second = true;
    }
    if (is_on_it) {
      found = true;
    } else if (std::any_of(meant.begin(), meant.end(), [&](const std::string& each) { return list.without_case.contains(ascii_lowered(each)); })) {
      ++list.near;
      if (list.nearly.size() < kMostRowsTold) list.nearly.push_back(row);
    }
  }
  return found;
}

void Suppressions::tell(Diagnostics& diags) const {
  for (const List& list : lists_) {
    const auto unknown = static_cast<std::size_t>(std::count_if(list.values.begin(), list.values.end(), [](const auto& each) { return !each.second; }));
    if (list.near > 0) {
      const std::string more = list.near > list.nearly.size() ? fmt::format(" and {} more", list.near - list.nearly.size()) : "";
      diags.warning(list.file, fmt::format("has values that differ in capitals only from those of {} {}{}: {} not suppressed", list.near == 1 ? "row" : "rows", fmt::join(list.nearly, ", "), more, list.near == 1 ? "it is" : "they are")).hint("write them as the list of recipients does, where those people are meant");
    }
    if (unknown == 0) continue;
    const std::string told = fmt::format("{} of its {} values {} nobody's on the list", unknown, list.values.size(), unknown == 1 ? "is" : "are");
    if (unknown < list.values.size()) diags.note(list.file, told);
    else diags.warning(list.file, told).hint(list.has_systems ? fmt::format("it is held against '{}', which has the form SYSTEM|VALUE", list.by) : fmt::format("it is held against '{}'; by=\"...\" in the mailing's <suppression> names another", list.by));
  }
}

}  // namespace handout::batch
