#include "batch/suppressions.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/narrow.h"
#include "batch/people.h"
#include "recipients/reader.h"
#include "unicode/formats.h"
#include "unicode/text.h"

namespace handout::batch {

using recipients::Target;

namespace {

constexpr std::size_t kMostRowsTold = 5;

std::size_t part_behind_system(std::string_view key) { return key.rfind('|') + 1; }

// A value of a list as value_of() has it; or what was expected, where it is none.
struct Meant { std::string value; const char* expected = nullptr; };
Meant as_meant(const std::string& text, const std::string& by, recipients::Lookups& lookups) {
  const auto target = recipients::target_named(by);
  if (target == Target::Country) {
    if (const std::string& country = lookups.country(text); !country.empty()) return {country};
    return {"", "is no country: expected its code of ISO 3166 (such as US), or its name"};
  }
  if (target == Target::Language || target == Target::NameLocale) {
    if (const auto& locale = lookups.language(text)) return {locale->tag()};
    return {"", "is no language; expected a tag such as es or zh-Hans, or its name"};
  }
  if (target == Target::BirthDate) {
    if (const auto date = unicode::parse_date(text)) return {unicode::to_text(*date)};
    return {"", "is no day of the calendar: expected YYYY-MM-DD"};
  }
  return {comparable(text)};
}

}  // namespace

std::string comparable(std::string_view text) {
  const bool is_ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  std::string result = unicode::collapse_white_space(text);
  return is_ascii ? result : unicode::to_nfc(result);
}

Result<Suppressions> Suppressions::read(const mailings::Mailing& mailing, std::span<const NamedFile> files, Diagnostics& diags) {
  Suppressions all;
  for (std::size_t i = 0; i < files.size(); ++i) {
    auto list = all.read_list(files[i], mailing.suppressions[i].by, diags);
    if (!list) return tl::unexpected<Failure>(Failure{});
    all.lists_.push_back(std::move(*list));
  }
  return all;
}

Result<Suppressions::List> Suppressions::read_list(const NamedFile& file, const std::string& by, Diagnostics& diags) {
  List list;
  list.by = by;
  list.file = Span::of_file(file.shown);
  std::error_code failed;
  if (std::filesystem::file_size(file.file, failed) == 0 && !failed) return list;
  recipients::ReaderOptions options;
  options.format = recipients::Format::Csv;
  options.shown = file.shown;
  auto reader = recipients::Reader::open(file.file.string(), options, diags);
  if (!reader) return tl::unexpected<Failure>(Failure{});
  recipients::Lookups lookups;
  const auto add = [&](std::uint64_t line, const std::string& text) {
    const std::string value = recipients::cleaned(text);
    if (value.empty()) return true;
    auto meant = as_meant(value, by, lookups);
    if (meant.expected != nullptr) return diags.error(reader->file().at(narrow<std::uint32_t>(line), 1), meant.expected).hint("everybody who is on it must be known: mend the line"), false;
    list.without_case.insert(ascii_lowered(meant.value));
    list.values.emplace(std::move(meant.value), false);
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

bool Suppressions::has(const recipients::Person& person, std::uint64_t row) {
  bool found = false;
  for (List& list : lists_) {
    const std::string value = comparable(value_of(person, list.by));
    if (value.empty()) continue;
    const auto mark = [&](const std::string& what) {
      const auto known = list.values.find(what);
      if (known == list.values.end()) return false;
      return known->second = true;
    };
    const std::size_t behind = list.by == name(Target::Key) ? part_behind_system(value) : 0;
    if (behind > 0) list.has_systems = true;
    if (mark(value) || (behind > 0 && mark(value.substr(behind)))) {
      found = true;
    } else if (list.without_case.contains(ascii_lowered(value)) || (behind > 0 && list.without_case.contains(ascii_lowered(value.substr(behind))))) {
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
