#include "inspect/diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "inspect/edit_script.h"
#include "inspect/parts.h"
#include "inspect/printable.h"
#include "inspect/word_changes.h"
#include "inspect/words.h"

namespace handout::inspect {

namespace {

// What is compared of a file.
struct Reading {
  Summary summary;
  ComparedText text;
  std::vector<std::string> drawn, looks;  // digests without and with fonts
};

tl::expected<Reading, NotCompared> read(const ComparedFile& file, const std::string& password) {
  try {
    Document document = read_document(load_pdf(file.bytes, password), file.bytes.size());
    return Reading{make_summary(file.bytes, document), {page_texts(document), text_pieces(document)}, page_digests(document, Fonts::LeftOut), page_digests(document, Fonts::Included)};
  } catch (const std::exception& error) {
    return tl::unexpected(NotCompared{file.name, unreadable(error)});
  }
}

Section line_changes(std::string title, const std::vector<std::string>& a, const std::vector<std::string>& b) {
  constexpr std::size_t kMostLines = 60;
  WordTable table;
  const auto numbers = [&](const std::vector<std::string>& lines) {
    std::vector<std::uint32_t> result;
    for (const std::string& line : lines) result.push_back(table.number(line));
    return result;
  };
  Section section{std::move(title), {}};
  const auto first = numbers(a), second = numbers(b);
  for (const Hunk& hunk : edit_script(first, second)) {
    for (std::size_t i = hunk.a_begin; i < hunk.a_end; ++i) section.lines.push_back("- " + a[i]);
    for (std::size_t i = hunk.b_begin; i < hunk.b_end; ++i) section.lines.push_back("+ " + b[i]);
  }
  if (section.lines.size() > kMostLines) {
    const std::size_t more = section.lines.size() - kMostLines;
    section.lines.resize(kMostLines);
    section.lines.push_back(fmt::format("... and {} more", more));
  }
  return section;
}

// XMP repeats what Info says: only what it says besides is compared. Elements are compared one by one, not by their number.
std::vector<Section> compared_sections(const Summary& summary) {
  std::vector<Section> all = sections(summary);
  std::erase_if(all, [](const Section& section) { return section.title == "structure elements"; });
  for (Section& section : all) {
    if (section.title != "xmp") continue;
    std::erase_if(section.lines, [&](const std::string& line) {
      return std::ranges::any_of(summary.report.info, [&](const auto& entry) { return !entry.second.empty() && line.ends_with(": " + entry.second); });
    });
  }
  return all;
}

std::vector<Section> section_changes(const Summary& a, const Summary& b) {
  std::vector<Section> changes;
  const std::vector<Section> first = compared_sections(a), second = compared_sections(b);
  for (std::size_t i = 0; i < first.size(); ++i) changes.push_back(line_changes(first[i].title, first[i].lines, second[i].lines));
  changes.push_back(line_changes("tags", element_lines(a.report.tree), element_lines(b.report.tree)));
  std::erase_if(changes, [](const Section& section) { return section.lines.empty(); });
  return changes;
}

// The second file's pages are numbered as people see them.
std::string page_title(const PagePair& pages) {
  if (!pages.a) return fmt::format("page {}: added", *pages.b + 1);
  if (!pages.b) return fmt::format("page {} of the first file: removed", *pages.a + 1);
  if (pages.a == pages.b) return fmt::format("page {}", *pages.b + 1);
  return fmt::format("page {}, was page {}", *pages.b + 1, *pages.a + 1);
}

void compare_drawing(PageChange& change, const Reading& a, const Reading& b) {
  const auto [first, second] = change.pages;
  if (!first || !second) {
    change.may_look_different = true;
    return;
  }
  const bool same_words = a.text.pages[*first].text == b.text.pages[*second].text && a.text.pages[*first].outside == b.text.pages[*second].outside;
  change.drawn_differently = same_words && a.drawn[*first] != b.drawn[*second];
  change.may_look_different = a.looks[*first] != b.looks[*second];
}

}  // namespace

bool differs(const PageChange& change) {
  if (!change.pages.a || !change.pages.b || !change.lines.empty()) return true;
  // Pictures know better than the bytes of the content.
  return change.pixels ? *change.pixels > 0 : change.drawn_differently;
}

bool differs(const Comparison& comparison) {
  return !comparison.sections.empty() || std::ranges::any_of(comparison.pages, [](const PageChange& change) { return differs(change); });
}

tl::expected<Comparison, NotCompared> compare(const ComparedFile& a, const ComparedFile& b, const std::string& password) {
  Comparison comparison;
  if (a.bytes == b.bytes) return comparison;
  const auto first = read(a, password);
  if (!first) return tl::unexpected(first.error());
  const auto second = read(b, password);
  if (!second) return tl::unexpected(second.error());
  comparison.sections = section_changes(first->summary, second->summary);
  comparison.pages = word_changes(first->text, second->text);
  for (PageChange& change : comparison.pages) compare_drawing(change, *first, *second);
  return comparison;
}

std::string describe(const Comparison& comparison) {
  std::string text;
  for (const Section& section : comparison.sections) {
    text += section.title + '\n';
    for (const std::string& line : section.lines) text += "  " + printable(line) + '\n';
  }
  for (const PageChange& change : comparison.pages) {
    if (!differs(change)) continue;
    text += page_title(change.pages) + '\n';
    for (const std::string& line : change.lines) text += "  " + printable(line) + '\n';
    if (change.drawn_differently && !change.pixels) text += "  the same words, drawn differently\n";
    if (change.pixels && *change.pixels > 0) text += fmt::format("  {} {}: {}\n", *change.pixels, *change.pixels == 1 ? "pixel differs" : "pixels differ", printable(change.picture));
  }
  return text;
}

}  // namespace handout::inspect
