#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "inspect/printable.h"
#include "inspect/summary.h"

namespace handout::inspect {

namespace {

constexpr double kPointsPerMillimetre = 72 / 25.4;

std::string size_text(std::size_t bytes) { return bytes < 10'000 ? fmt::format("{} bytes", bytes) : fmt::format("{:.1f} KB", static_cast<double>(bytes) / 1000.0); }

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : std::string(between)) + word;
  return text;
}

std::string page_size(std::pair<double, double> size) {
  struct Paper {
    const char* name;
    double width, height;
  };
  constexpr Paper kPapers[] = {{"A5", 419.53, 595.28}, {"A4", 595.28, 841.89}, {"A3", 841.89, 1190.55}, {"Letter", 612, 792}, {"Legal", 612, 1008}};
  const auto [width, height] = size;
  std::string text = fmt::format("{:.1f} x {:.1f} mm", width / kPointsPerMillimetre, height / kPointsPerMillimetre);
  for (const Paper& paper : kPapers) {
    if (std::abs(width - paper.width) < 1.5 && std::abs(height - paper.height) < 1.5) text += fmt::format(" ({})", paper.name);
    if (std::abs(width - paper.height) < 1.5 && std::abs(height - paper.width) < 1.5) text += fmt::format(" ({}, landscape)", paper.name);
  }
  return text;
}

// Equal neighbours together: "1 to 4: 215.9 x 279.4 mm (Letter)".
std::vector<std::string> page_lines(const Summary& summary) {
  std::vector<std::string> lines{fmt::format("{} in all", summary.report.pages)};
  const auto& sizes = summary.report.page_sizes;
  for (std::size_t first = 0, last = 0; first < sizes.size(); first = last) {
    while (last < sizes.size() && page_size(sizes[last]) == page_size(sizes[first])) ++last;
    lines.push_back(fmt::format("{}: {}", last - first == 1 ? fmt::format("{}", last) : fmt::format("{} to {}", first + 1, last), page_size(sizes[first])));
  }
  constexpr std::size_t kMostLabels = 20;
  if (summary.labels.empty()) return lines;
  std::vector<std::string> shown(summary.labels.begin(), summary.labels.begin() + static_cast<std::ptrdiff_t>(std::min(kMostLabels, summary.labels.size())));
  lines.push_back("labels: " + joined(shown, ", ") + (shown.size() < summary.labels.size() ? ", ..." : ""));
  return lines;
}

std::vector<std::string> file_lines(const Summary& summary) {
  std::vector<std::string> lines{fmt::format("PDF {}{}", summary.report.version, summary.linearized ? ", linearized" : "")};
  lines.push_back("title: " + summary.report.title);
  lines.push_back("language: " + summary.report.language);
  lines.push_back("claims: " + (summary.claims.empty() ? "none" : joined(summary.claims, ", ")));
  if (!summary.encryption) lines.emplace_back("not encrypted");
  else lines.push_back(fmt::format("encrypted: {}, revision {}; allowed: {}", summary.encryption->method, summary.encryption->revision, summary.encryption->allowed.empty() ? "nothing" : joined(summary.encryption->allowed, ", ")));
  return lines;
}

std::vector<std::string> pairs(const std::vector<std::pair<std::string, std::string>>& values) {
  std::vector<std::string> lines;
  for (const auto& [name, value] : values) lines.push_back(name + ": " + value);
  return lines;
}

std::vector<std::string> font_lines(const Summary& summary) {
  std::vector<std::string> lines;
  for (const FontSummary& font : summary.fonts) {
    std::string line = fmt::format("{} ({})", font.name, font.type);
    if (!font.embedded) line += ", not embedded";
    else line += fmt::format(", {}, {}, {}", font.subset ? "subset" : "whole", font.glyphs ? fmt::format("{} {}", *font.glyphs, *font.glyphs == 1 ? "glyph" : "glyphs") : "program not read", size_text(font.bytes));
    lines.push_back(line + (font.to_unicode ? "" : ", no ToUnicode"));
  }
  return lines;
}

std::vector<std::string> image_lines(const Summary& summary) {
  std::vector<std::string> lines;
  for (const ImageSummary& image : summary.images) {
    lines.push_back(fmt::format("{} x {}, {} bits {}, {}, {}", image.width, image.height, image.bits, image.color.empty() ? "mask" : image.color, image.filter.empty() ? "not compressed" : image.filter, size_text(image.bytes)));
  }
  return lines;
}

std::vector<std::string> attachment_lines(const Summary& summary) {
  std::vector<std::string> lines;
  for (const AttachmentSummary& file : summary.attachments) {
    std::string line = file.name;
    for (const std::string& more : {file.description, file.type, file.relationship}) line += more.empty() ? "" : ", " + more;
    lines.push_back(line + ", " + size_text(file.bytes));
  }
  return lines;
}

void count_roles(const ElementNode& node, std::map<std::string, std::size_t>& counts) {
  if (!node.role.empty()) ++counts[node.role];
  for (const auto& kid : node.kids) {
    if (const auto* element = std::get_if<ElementNode>(&kid)) count_roles(*element, counts);
  }
}

// Each target once, sorted: links that move to another page are no difference.
std::vector<std::string> link_lines(const Summary& summary) {
  std::map<std::string, std::size_t> counts;
  std::size_t inside = 0;
  for (const std::string& link : summary.report.links) {
    if (link.starts_with('#')) ++inside;
    else ++counts[link];
  }
  std::vector<std::string> lines;
  if (inside > 0) lines.push_back(fmt::format("{} inside the document", inside));
  for (const auto& [target, count] : counts) lines.push_back(target + (count > 1 ? fmt::format(" ({} times)", count) : ""));
  return lines;
}

std::vector<std::string> tag_lines(const Summary& summary) {
  std::map<std::string, std::size_t> counts;
  count_roles(summary.report.tree, counts);
  std::string line;
  for (const auto& [role, count] : counts) line += fmt::format("{}{} {}", line.empty() ? "" : ", ", count, role);
  return {counts.empty() ? "none" : line};
}

std::vector<std::string> size_lines(const Summary& summary) {
  std::vector<std::string> lines;
  for (const SizeShare& share : summary.sizes) {
    const double percent = 100.0 * static_cast<double>(share.bytes) / static_cast<double>(summary.bytes);
    lines.push_back(fmt::format("{:<24}{:>10} bytes {:>5.1f} %  {:>6} objects", name_of(share.kind), share.bytes, percent, share.objects));
  }
  lines.push_back(fmt::format("{:<24}{:>10} bytes", "the file", summary.bytes));
  return lines;
}

// What the reader or the checks have to say.
std::vector<std::string> fault_lines(const Summary& summary) {
  std::vector<std::string> lines;
  for (const std::string& warning : summary.warnings) lines.push_back("damaged: " + warning);
  lines.insert(lines.end(), summary.faults.begin(), summary.faults.end());
  return lines;
}

std::string verdict(const Summary& summary) {
  const std::size_t faults = fault_lines(summary).size();
  const bool checked = !summary.claims.empty() || !summary.report.tree.role.empty();
  if (!checked && faults == 0) return "checks: none apply, since the file is untagged and claims nothing\n";
  const char* name = summary.report.tree.role.empty() ? "checks" : "tags";
  if (faults == 0) return fmt::format("{}: all checks hold\n", name);
  return fmt::format("{}: {} {}\n", name, faults, faults == 1 ? "fault" : "faults");
}

std::string section_text(const Section& section) {
  if (section.lines.empty()) return {};
  std::string text = section.title + '\n';
  for (const std::string& line : section.lines) text += "  " + printable(line) + '\n';
  return text;
}

std::string overview(const Summary& summary) {
  std::string text;
  for (const Section& section : sections(summary)) text += section_text(section);
  text += section_text({"sizes", size_lines(summary)});
  text += verdict(summary);
  for (const std::string& line : fault_lines(summary)) text += "  " + printable(line) + '\n';
  return text;
}

}  // namespace

std::vector<Section> sections(const Summary& summary) {
  const Report& report = summary.report;
  return {{"file", file_lines(summary)},
          {"pages", page_lines(summary)},
          {"info", pairs({report.info.begin(), report.info.end()})},
          {"xmp", pairs(summary.xmp)},
          {"viewer preferences", pairs(summary.preferences)},
          {"fonts", font_lines(summary)},
          {"pictures", image_lines(summary)},
          {"attachments", attachment_lines(summary)},
          {"outline", report.outline},
          {"links", link_lines(summary)},
          {"structure elements", tag_lines(summary)}};
}

std::string describe(const Summary& summary, const std::vector<Part>& parts) {
  std::string text;
  for (const Part part : parts) {
    switch (part) {
      case Part::Overview: text += overview(summary); break;
      case Part::Sizes: text += section_text({"sizes", size_lines(summary)}); break;
      case Part::Text:
        if (!summary.report.tree.role.empty()) text += printable_lines(structure_text(summary.report.tree)) + '\n';
        else for (const std::string& page : summary.texts) text += printable_lines(page) + '\n';
        break;
      case Part::Tags: text += summary.report.tree.role.empty() ? "the file is untagged\n" : printable_lines(dump(summary.report.tree)); break;
    }
  }
  return text;
}

}  // namespace handout::inspect
