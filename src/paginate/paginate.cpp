#include "paginate/paginate.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <string>

#include "base/expects.h"
#include "base/numbers.h"
#include "paginate/page_filler.h"
#include "paginate/trace.h"

namespace handout::paginate {

using display::DisplayDocument;
using display::PageIndex;

namespace {

std::string millimetres(Length length) { return decimal_text(length.points() * 25.4 / 72, 1); }

// How many runs of text each field has: an address one for each of its lines.
void count_field_runs(const Node& node, std::map<std::string, std::size_t>& runs) {
  const auto* paragraph = node.block != nullptr ? std::get_if<styled::ParagraphBlock>(&node.block->content) : nullptr;
  if (paragraph != nullptr) {
    for (const styled::TextRun& run : paragraph->paragraph->runs) {
      if (run.source == display::TextSource::Field && !run.field.empty()) ++runs[run.field];
    }
  }
  for (const Node& child : node.children) count_field_runs(child, runs);
}

// The field that makes content high, or "": where no field has more lines than one, it is not the recipient.
std::string field_of_most_lines(const Node& node) {
  std::map<std::string, std::size_t> runs;
  count_field_runs(node, runs);
  const auto most = std::max_element(runs.begin(), runs.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most != runs.end() && most->second > 1 ? most->first : "";
}

// Lines of text, and how many of them end above this height.
struct LineCount { std::size_t all = 0, held = 0; };
LineCount count_lines(const std::vector<Placed>& items, Length height) {
  LineCount count;
  for (const Placed& each : items) {
    const display::Placement& placement = each.placement;
    const auto& fragment = *placement.fragment;
    for (std::size_t i = placement.first_line; i < placement.first_line + placement.line_count; ++i) {
      const display::FragmentLine& line = fragment.lines[i];
      const auto commands = std::span(fragment.commands).subspan(line.first_command, line.command_count);
      if (std::none_of(commands.begin(), commands.end(), [](const display::Command& command) { return std::holds_alternative<display::GlyphRun>(command.what); })) continue;
      ++count.all;
      if (placement.position.y + line.top - fragment.lines[placement.first_line].top + line.height <= height) ++count.held;
    }
  }
  return count;
}

class Paginator {
 public:
  Paginator(const styled::StyledDocument& document, const typeset::Resources& resources, typeset::Memo& memo, Diagnostics& diags, const Watching& watching)
      : document_(document), context_{resources, memo, diags, measures_, document.grid, {}, {}, Context::Floats::Stay, {}, nullptr, watching.overlay, document.keep_origins, document.direction, watching.trace, nullptr} {}

  Result<DisplayDocument> run() {
    const std::size_t errors_before = context_.diags.error_count();
    start();
    const DocumentTree tree = build_document(document_, result_.structure);
    const Frames frames(document_, tree.body, context_);
    if (!frames.leave_room()) {
      return context_.diags.error(document_.body->at, "the page leaves less than 25 mm for the text").hint("make the margins, the header or the footer smaller, or the page larger");
    }
    pages_ = PageFiller(document_, tree, frames, context_).fill();
    context_.floats = Context::Floats::Stay;
    find_destinations();
    for (std::size_t i = 0; i < pages_.size(); ++i) finish_page(i, tree);
    if (context_.diags.error_count() > errors_before) return tl::unexpected<Failure>(Failure{});
    return std::move(result_);
  }

 private:
  void start() {
    result_.metadata = document_.metadata;
    result_.right_to_left = document_.direction == unicode::Direction::RightToLeft;
    result_.duplex = document_.duplex ? display::Duplex::LongEdge : display::Duplex::No;
  }

  void find_destinations() {
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      for (const Placed& each : pages_[i].items) {
        if (each.placement.fragment == nullptr) continue;
        for (const display::Command& command : each.placement.fragment->commands) {
          if (const auto* mark = std::get_if<display::DestinationMark>(&command.what)) destinations_.emplace(mark->name, static_cast<std::int64_t>(i + 1));
        }
      }
    }
  }

  void finish_page(std::size_t index, const DocumentTree& tree) {
    const Frame& now = *pages_[index].frame;
    const styled::PageMaster& master = *now.master;
    display::Page page;
    page.size = master.size;
    std::vector<Placed>& items = pages_[index].items;
    for (Placed& each : items) each.placement.position = each.placement.position + Point{master.margin.left, now.top};
    const std::string section = note_marks(items, PageIndex(index));
    const typeset::PageFieldValues fields{static_cast<std::int64_t>(index + 1), static_cast<std::int64_t>(pages_.size()), section, &destinations_};
    keep_origins_ = index == 0 && document_.keep_origins == styled::StyledDocument::KeepOrigins::OfFirstPage;
    if (now.header) place_artifact(page, set_band(*now.header, now.width, fields, display::ArtifactKind::Header, context_), {master.margin.left, master.margin.top}, {display::ArtifactKind::Header, "", master.header->at});
    for (std::size_t i = 0; i < master.regions.size(); ++i) place_region(page, master.regions[i], now.regions[i], index == 0 ? tree : DocumentTree{}, fields);
    for (Placed& each : items) {
      if (each.placement.fragment == nullptr) continue;
      if (each.node != nullptr) set_page_fields(each, fields);
      put(page, std::move(each), "", document_.body->at);
    }
    if (now.footer) place_artifact(page, set_band(*now.footer, now.width, fields, display::ArtifactKind::Footer, context_), {master.margin.left, now.top + now.height + master.footer_gap}, {display::ArtifactKind::Footer, "", master.footer->at});
    draw_overlay(page, now);
    result_.pages.push_back(std::move(page));
  }

  void draw_overlay(display::Page& page, const Frame& now) {
    const styled::PageMaster& master = *now.master;
    const Span& at = document_.body->at;
    Part drawn;
    draw_region(drawn.items, "body", {master.margin.left, now.top, now.width, now.height}, at, context_);
    if (now.header) draw_region(drawn.items, "header", {master.margin.left, master.margin.top, now.width, now.top - master.margin.top - master.header_gap}, at, context_);
    const Length footer = now.top + now.height + master.footer_gap;
    if (now.footer) draw_region(drawn.items, "footer", {master.margin.left, footer, now.width, master.size.height - master.margin.bottom - footer}, at, context_);
    for (const styled::PlacedRegion& region : master.regions) draw_region(drawn.items, region.name, region.area, at, context_);
    place_artifact(page, std::move(drawn), {}, {display::ArtifactKind::Layout, "", at});
  }

  // What an artifact is, and where it is written.
  struct Artifact { display::ArtifactKind kind; std::string_view region; const Span& at; };

  void place_artifact(display::Page& page, Part part, Point at, const Artifact& artifact) const {
    for (Placed& each : part.items) {
      if (each.placement.fragment == nullptr) continue;
      each.placement.position = each.placement.position + at;
      // The band's own backgrounds belong to it too.
      each.placement.occurrence = artifact.kind;
      put(page, std::move(each), artifact.region, artifact.at);
    }
  }

  // `at`: of what has no node of its own.
  void put(display::Page& page, Placed each, std::string_view region, const Span& at) const {
    if (keep_origins_) page.origins.push_back({std::string(region), each.origin != nullptr ? each.origin->block->at : at});
    page.placements.push_back(std::move(each.placement));
  }

  void place_region(display::Page& page, const styled::PlacedRegion& region, const Node& node, const DocumentTree& tree, const typeset::PageFieldValues& fields) {
    const auto content = tree.regions.find(region.name);
    const bool is_read = content != tree.regions.end();
    const Node& placed = is_read ? content->second : node;
    RegionSetting setting{{region.area.width, region.area.height}, region.align, std::nullopt};
    if (!is_read) setting.artifact = display::ArtifactKind::Layout;
    Part part = set_watched(placed, setting, fields);
    if (part.overflows && context_.measures.told.insert(&node).second) {
      tell_overflow(region, placed, part);
      return;
    }
    const Point at{region.area.x, region.area.y};
    if (!is_read) return place_artifact(page, std::move(part), at, {display::ArtifactKind::Layout, region.name, region.block->at});
    for (Placed& each : part.items) {
      each.placement.position = each.placement.position + at;
      put(page, std::move(each), region.name, region.block->at);
    }
  }

  // Of what somebody's address, or another value of several lines, fills: in lines too, which is what can be changed about it.
  void tell_overflow(const styled::PlacedRegion& region, const Node& node, const Part& part) {
    const std::string field = field_of_most_lines(node);
    const LineCount lines = count_lines(part.items, region.area.height);
    std::string told = fmt::format("region '{}' is {} mm high, its content needs {} mm", region.name, millimetres(region.area.height), millimetres(part.height));
    if (!field.empty()) told += fmt::format(": it takes {} lines, and the region holds {}", lines.all, lines.held);
    context_.diags.error(region.block->at, std::move(told)).about(field).hint(field.empty() ? "make it higher, or what stands in it smaller" : fmt::format("write it in {} lines, or take a layout whose region is higher", lines.held));
  }

  // Whatever stands in a region, the rest of the page is the same.
  Part set_watched(const Node& node, const RegionSetting& setting, const typeset::PageFieldValues& fields) {
    if (context_.trace == nullptr) return set_region(node, setting, fields, context_);
    Trace::Inside inside(*context_.trace);
    Part part = set_region(node, setting, fields, context_);
    if (inside.has_met_values()) context_.trace->note(AskedRegion{context_.trace->keep(node), setting, *context_.trace->keep(&fields), part}, part.items);
    return part;
  }

  static constexpr std::size_t kDigitsKept = 3;  // of the number with which set_paragraph keeps room

  // The numbers were not known when the paragraph was placed; with them it takes the same lines, or one that stands whole fewer.
  void set_page_fields(Placed& each, const typeset::PageFieldValues& fields) {
    const auto& paragraph = std::get<styled::ParagraphBlock>(each.node->block->content).paragraph;
    const auto set = [&](const typeset::PageFieldValues& values) { return set_paragraph(paragraph, {{}, each.width}, each.node->block->at, &values, context_); };
    const std::size_t before = each.placement.fragment->lines.size();
    const bool whole = each.placement.line_count == before;
    const auto fits = [&](const SetLines& made) { return made.fragment->lines.size() == before || (whole && made.fragment->lines.size() < before); };
    SetLines made = set(fields);
    // As wide as the number that room was kept for, where a narrower one breaks the lines elsewhere: else a line would be missing, or stay blank.
    if (made.fragment->lines.size() != before) {
      typeset::PageFieldValues wide = fields;
      wide.least_digits = kDigitsKept;
      if (auto widened = set(wide); widened.fragment->lines.size() == before || !fits(made)) made = std::move(widened);
    }
    if (!fits(made)) {
      context_.diags.error(each.node->block->at, "page number or section title takes another line than it was given").hint("set it in a shorter paragraph of its own");
      return;
    }
    if (whole) each.placement.line_count = narrow<std::uint32_t>(made.fragment->lines.size());
    each.placement.fragment = std::move(made.fragment);
    each.placement.answer = made.answer;
  }

  // Outline items, and what is wrong on the page. The page's section: the first that begins on it, else the one that goes on.
  std::string note_marks(const std::vector<Placed>& items, PageIndex page) {
    std::optional<std::string> first;
    for (const Placed& each : items) {
      if (each.mark == Mark::Overflow) tell_overflow(each);
      if (each.mark != Mark::Outline) continue;
      const styled::Block& block = *each.node->block;
      add_outline_item(*each.node, page, each.placement.position);
      if (block.outline_level != 1) continue;
      if (!first) first = block.outline_title;
      running_section_ = block.outline_title;
    }
    return first.value_or(running_section_);
  }

  void tell_overflow(const Placed& mark) {
    if (!context_.measures.told.insert(mark.node).second) return;
    context_.diags.warning(mark.node->block->at, fmt::format("block is {} mm taller than the page", millimetres(mark.width))).hint("let it break, make it smaller, or the page larger");
  }

  // Levels never skip in an outline (each item stands under the nearest lower one before it).
  void add_outline_item(const Node& node, PageIndex page, Point at) {
    const int deepest = result_.outline.empty() ? 1 : result_.outline.back().level + 1;
    result_.outline.push_back({std::clamp(node.block->outline_level, 1, deepest), node.block->outline_title, page, at, node.element});
  }

  const styled::StyledDocument& document_;
  Measures measures_;
  Context context_;
  DisplayDocument result_;
  std::vector<FilledPage> pages_;
  std::map<std::string, std::int64_t> destinations_;  // the page of each
  std::string running_section_;
  bool keep_origins_ = false;  // of the page that is being finished
};

}  // namespace

Result<DisplayDocument> paginate(const styled::StyledDocument& document, const typeset::Resources& resources, typeset::Memo& memo, Diagnostics& diags, const Watching& watching) {
  return Paginator(document, resources, memo, diags, watching).run();
}

}  // namespace handout::paginate
