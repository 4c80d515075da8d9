#include "paginate/paginate.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/expects.h"
#include "paginate/part.h"

namespace handout::paginate {

using display::DisplayDocument;
using display::PageIndex;

namespace {

// Where the body stands between header and footer.
struct Frame {
  const styled::PageMaster* master = nullptr;
  Length top, width, height;  // of the body
};

class Paginator {
 public:
  Paginator(const styled::StyledDocument& document, const typeset::Resources& resources, typeset::Memo& memo, Diagnostics& diags)
      : document_(document), context_{resources, memo, diags, {}, document.grid, {}, nullptr} {}

  Result<DisplayDocument> run() {
    const std::size_t errors_before = context_.diags.error_count();
    start();
    const Node body = build_tree(*document_.body, std::nullopt, result_.structure);
    EXPECTS(!result_.structure.empty() && result_.structure.front().info.role == display::Role::Document);
    const Frame first = frame(document_.first), rest = frame(document_.rest);
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

  [[nodiscard]] static Length text_width(const styled::PageMaster& master) { return master.size.width - master.margin.left - master.margin.right; }

  Frame frame(const styled::PageMaster& master) {
    const Length width = text_width(master);
    // Numbers as wide as any handout has, so that the body doesn't depend on them.
    const typeset::PageFieldValues widest{88, 88, ""};
    const Length header = band(master.header, width, widest, display::ArtifactKind::Header).height;
    const Length footer = band(master.footer, width, widest, display::ArtifactKind::Footer).height;
    const Length top = master.margin.top + header + (header > Length{} ? master.header_gap : Length{});
    const Length bottom = master.margin.bottom + footer + (footer > Length{} ? master.footer_gap : Length{});
    return {&master, top, width, master.size.height - top - bottom};
  }

  Part band(const styled::BlockPtr& block, Length width, const typeset::PageFieldValues& fields, display::ArtifactKind kind) {
    if (!block) return {};
    Context context = context_;
    context.artifact = kind;
    context.fields = &fields;
    context.page_height = 10000_pt;
    return layout(build_artifact_tree(*block), {width, 10000_pt, PageTop::Yes}, nullptr, context);
  }

  void fill_pages(const Node& body, const Frame& first, const Frame& rest) {
    TokenPtr token;
    do {
      const Frame& now = pages_.empty() ? first : rest;
      context_.page_height = now.height;
      Part part = layout(body, {now.width, now.height, PageTop::Yes}, token.get(), context_);
      ENSURES(part.progressed);
      if (part.height > now.height + 1_pt) {
        context_.diags.warning(document_.body->at, fmt::format("page {}: a block is {} mm taller than the page", pages_.size() + 1, to_millimetres(part.height - now.height)));
      }
      token = part.rest;
      pages_.push_back(std::move(part.items));
    } while (token != nullptr);
  }

  static long long to_millimetres(Length length) { return static_cast<long long>(length.points() * 25.4 / 72 + 0.5); }

  void finish_page(std::size_t index, const Frame& now) {
    const styled::PageMaster& master = *now.master;
    display::Page page;
    page.size = master.size;
    const Point origin{master.margin.left, now.top};
    std::string first_section;
    std::vector<display::Placement> body;
    for (Placed& each : pages_[index]) {
      each.placement.position = each.placement.position + origin;
      if (each.outline == nullptr) {
        body.push_back(std::move(each.placement));
        continue;
      }
      const styled::Block& block = *each.outline->block;
      add_outline(*each.outline, PageIndex(index), each.placement.position);
      if (block.outline_level == 1 && first_section.empty()) first_section = block.outline_title;
      if (block.outline_level == 1) running_section_ = block.outline_title;
    }
    const typeset::PageFieldValues fields{static_cast<std::int64_t>(index + 1), static_cast<std::int64_t>(pages_.size()), first_section.empty() ? running_section_ : first_section};
    place_band(page, master.header, {master.margin.left, master.margin.top}, now.width, fields, display::ArtifactKind::Header);
    page.placements.insert(page.placements.end(), std::make_move_iterator(body.begin()), std::make_move_iterator(body.end()));
    place_band(page, master.footer, {master.margin.left, now.top + now.height + master.footer_gap}, now.width, fields, display::ArtifactKind::Footer);
    result_.pages.push_back(std::move(page));
  }

  void place_band(display::Page& page, const styled::BlockPtr& block, Point at, Length width, const typeset::PageFieldValues& fields, display::ArtifactKind kind) {
    Part part = band(block, width, fields, kind);
    for (Placed& each : part.items) {
      each.placement.position = each.placement.position + at;
      // The band's own backgrounds belong to it too.
      each.placement.occurrence = kind;
      page.placements.push_back(std::move(each.placement));
    }
  }

  // Levels never skip in an outline (each item stands under the nearest lower one before it).
  void add_outline(const Node& node, PageIndex page, Point at) {
    const int deepest = result_.outline.empty() ? 1 : result_.outline.back().level + 1;
    result_.outline.push_back({std::min(node.block->outline_level, deepest), node.block->outline_title, page, at, node.element});
  }

  const styled::StyledDocument& document_;
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
