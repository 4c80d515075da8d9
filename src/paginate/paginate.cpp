#include "paginate/paginate.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "base/expects.h"
#include "paginate/part.h"

namespace handout::paginate {

using display::DisplayDocument;
using display::PageIndex;

namespace {

// Where the body stands between header and footer.
struct Frame {
  const styled::PageMaster* master = nullptr;
  std::optional<Node> header, footer;
  Length top, width, height;  // of the body
};

// What page fields may say at their longest.
struct Widest {
  std::set<std::string> section_titles{""};
  static constexpr std::int64_t kNumber = 888;
};

void collect_section_titles(const Node& node, Widest& widest) {
  if (node.block == nullptr) return;
  if (node.block->outline_level == 1) widest.section_titles.insert(node.block->outline_title);
  for (const Node& child : node.children) collect_section_titles(child, widest);
}

bool names_section(const Node& node) {
  if (node.block == nullptr) return false;
  if (const auto* block = std::get_if<styled::ParagraphBlock>(&node.block->content)) {
    const auto& fields = block->paragraph->page_fields;
    return std::any_of(fields.begin(), fields.end(), [](const styled::PageField& field) { return field.kind == styled::PageFieldKind::SectionTitle; });
  }
  return std::any_of(node.children.begin(), node.children.end(), names_section);
}

class Paginator {
 public:
  Paginator(const styled::StyledDocument& document, const typeset::Resources& resources, typeset::Memo& memo, Diagnostics& diags)
      : document_(document), context_{resources, memo, diags, measures_, {}, document.grid, {}, nullptr} {}

  Result<DisplayDocument> run() {
    const std::size_t errors_before = context_.diags.error_count();
    start();
    const Node body = build_tree(*document_.body, std::nullopt, result_.structure);
    EXPECTS(!result_.structure.empty() && result_.structure.front().info.role == display::Role::Document);
    Widest widest;
    collect_section_titles(body, widest);
    Frame first, rest;
    measure(first, document_.pages.at({true, false, false, false}), widest);
    measure(rest, document_.pages.at({}), widest);
    if (first.height < 72_pt || first.width < 72_pt || rest.height < 72_pt || rest.width < 72_pt) {
      return context_.diags.error(document_.body->at, "the page leaves less than 25 mm for the text").hint("make the margins, the header or the footer smaller, or the page larger");
    }
    fill_pages(body, first, rest);
    for (std::size_t i = 0; i < pages_.size(); ++i) finish_page(i, i == 0 ? first : rest);
    if (context_.diags.error_count() > errors_before) return tl::unexpected<Failure>(Failure{});
    return std::move(result_);
  }

 private:
  void start() {
    result_.metadata = document_.metadata;
    result_.right_to_left = document_.direction == unicode::Direction::RightToLeft;
    result_.duplex = document_.duplex;
  }

  // Header and footer are as high on all pages as they can get on one, so that the body doesn't depend on what they say.
  void measure(Frame& frame, const styled::PageMaster& master, const Widest& widest) {
    frame.master = &master;
    frame.width = master.size.width - master.margin.left - master.margin.right;
    if (master.header) frame.header = build_artifact_tree(*master.header);
    if (master.footer) frame.footer = build_artifact_tree(*master.footer);
    const Length header = tallest(frame.header, frame.width, widest, display::ArtifactKind::Header);
    const Length footer = tallest(frame.footer, frame.width, widest, display::ArtifactKind::Footer);
    frame.top = master.margin.top + header + (header > Length{} ? master.header_gap : Length{});
    const Length bottom = master.margin.bottom + footer + (footer > Length{} ? master.footer_gap : Length{});
    frame.height = master.size.height - frame.top - bottom;
  }

  Length tallest(const std::optional<Node>& node, Length width, const Widest& widest, display::ArtifactKind kind) {
    if (!node) return {};
    Length height;
    const bool one = !names_section(*node);
    for (const std::string& title : widest.section_titles) {
      height = std::max(height, band(*node, width, {Widest::kNumber, Widest::kNumber, title}, kind).height);
      if (one) break;
    }
    return height;
  }

  Part band(const Node& node, Length width, const typeset::PageFieldValues& fields, display::ArtifactKind kind) {
    Context context = context_;
    context.artifact = kind;
    context.fields = &fields;
    context.page_height = kEndless;
    return layout(node, {width, kEndless, PageTop::Yes}, nullptr, context);
  }

  void fill_pages(const Node& body, const Frame& first, const Frame& rest) {
    TokenPtr token;
    do {
      const Frame& now = pages_.empty() ? first : rest;
      context_.page_height = now.height;
      Part part = layout(body, {now.width, now.height, PageTop::Yes}, token.get(), context_);
      ENSURES(part.progressed);
      token = part.rest;
      pages_.push_back(std::move(part.items));
    } while (token != nullptr);
  }

  void finish_page(std::size_t index, const Frame& now) {
    const styled::PageMaster& master = *now.master;
    display::Page page;
    page.size = master.size;
    std::vector<Placed>& items = pages_[index];
    for (Placed& each : items) each.placement.position = each.placement.position + Point{master.margin.left, now.top};
    const std::string section = add_outline(items, PageIndex(index));
    const typeset::PageFieldValues fields{static_cast<std::int64_t>(index + 1), static_cast<std::int64_t>(pages_.size()), section};
    place_band(page, now.header, {master.margin.left, master.margin.top}, now.width, fields, display::ArtifactKind::Header);
    for (Placed& each : items) {
      if (each.placement.fragment == nullptr) continue;
      if (each.node != nullptr) set_page_fields(each, fields);
      page.placements.push_back(std::move(each.placement));
    }
    place_band(page, now.footer, {master.margin.left, now.top + now.height + master.footer_gap}, now.width, fields, display::ArtifactKind::Footer);
    result_.pages.push_back(std::move(page));
  }

  void place_band(display::Page& page, const std::optional<Node>& node, Point at, Length width, const typeset::PageFieldValues& fields, display::ArtifactKind kind) {
    if (!node) return;
    Part part = band(*node, width, fields, kind);
    for (Placed& each : part.items) {
      each.placement.position = each.placement.position + at;
      // The band's own backgrounds belong to it too.
      each.placement.occurrence = kind;
      page.placements.push_back(std::move(each.placement));
    }
  }

  // The numbers were not known when the paragraph was placed; with them it takes the same lines, or one that stands whole fewer.
  void set_page_fields(Placed& each, const typeset::PageFieldValues& fields) {
    const auto& paragraph = std::get<styled::ParagraphBlock>(each.node->block->content).paragraph;
    auto fragment = typeset::typeset(paragraph, {{}, each.width}, each.node->block->at, &fields, context_.resources, context_.memo, context_.diags);
    const std::size_t before = each.placement.fragment->lines.size(), lines = fragment->lines.size();
    const bool whole = each.placement.line_count == before;
    if (lines > before || (lines < before && !whole)) {
      context_.diags.error(each.node->block->at, "page number or section title takes another line than it was given").hint("set it in a shorter paragraph of its own");
      return;
    }
    if (whole) each.placement.line_count = narrow<std::uint32_t>(lines);
    each.placement.fragment = std::move(fragment);
  }

  // The page's section: the first that begins on it, else the one that goes on.
  std::string add_outline(const std::vector<Placed>& items, PageIndex page) {
    std::optional<std::string> first;
    for (const Placed& each : items) {
      if (each.placement.fragment != nullptr) continue;
      const styled::Block& block = *each.node->block;
      add_outline_item(*each.node, page, each.placement.position);
      if (block.outline_level != 1) continue;
      if (!first) first = block.outline_title;
      running_section_ = block.outline_title;
    }
    return first.value_or(running_section_);
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
  std::vector<std::vector<Placed>> pages_;  // the body's items, by page
  std::string running_section_;
};

}  // namespace

Result<DisplayDocument> paginate(const styled::StyledDocument& document, const typeset::Resources& resources, typeset::Memo& memo, Diagnostics& diags) {
  return Paginator(document, resources, memo, diags).run();
}

}  // namespace handout::paginate
