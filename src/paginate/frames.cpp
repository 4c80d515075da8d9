#include "paginate/frames.h"

#include <algorithm>

namespace handout::paginate {

namespace {

// What page fields say at their longest.
constexpr std::int64_t kWidestNumber = 888;

void collect_section_titles(const Node& node, std::set<std::string>& titles) {
  if (node.block == nullptr) return;
  if (node.block->outline_level == 1) titles.insert(node.block->outline_title);
  for (const Node& child : node.children) collect_section_titles(child, titles);
}

bool names_section(const Node& node) {
  if (node.block == nullptr) return false;
  if (const auto* block = std::get_if<styled::ParagraphBlock>(&node.block->content)) {
    const auto& fields = block->paragraph->page_fields;
    return std::any_of(fields.begin(), fields.end(), [](const styled::PageField& field) { return field.kind == styled::PageFieldKind::SectionTitle; });
  }
  return std::any_of(node.children.begin(), node.children.end(), names_section);
}

}  // namespace

Part set_region(const Node& node, const RegionSetting& setting, const typeset::PageFieldValues& fields, const Context& context) {
  Context inside = context;
  inside.artifact = setting.artifact;
  inside.fields = &fields;
  inside.page_height = kEndless;
  inside.floats = Context::Floats::Stay;
  Part part = layout(node, {setting.area.width, kEndless, PageTop::Yes}, nullptr, inside);
  const Length room = setting.area.height;
  part.overflows = room > Length{} && part.height > room;
  const Length spare = std::max(room - part.height, Length{});
  const Length down = setting.align == styled::CellAlign::Middle ? spare / 2 : setting.align == styled::CellAlign::Bottom ? spare : Length{};
  std::erase_if(part.items, [](const Placed& each) { return each.placement.fragment == nullptr; });
  for (Placed& each : part.items) each.placement.position.y += down;
  return part;
}

Part set_band(const Node& node, Length width, const typeset::PageFieldValues& fields, display::ArtifactKind kind, const Context& context) {
  return set_region(node, {{width, Length{}}, styled::CellAlign::Top, kind}, fields, context);
}

Frames::Frames(const styled::StyledDocument& document, const Node& body, Context& context) : document_(document) {
  collect_section_titles(body, section_titles_);
  for (const styled::PageMaster& master : document.pages.masters) frames_.emplace(&master, measure(master, context));
}

bool Frames::leave_room() const {
  return std::all_of(frames_.begin(), frames_.end(), [](const auto& each) { return each.second.width >= 72_pt && each.second.height >= 72_pt; });
}

Frame Frames::measure(const styled::PageMaster& master, Context& context) const {
  Frame frame;
  frame.master = &master;
  frame.width = master.size.width - master.margin.left - master.margin.right;
  if (master.header) frame.header = build_artifact_tree(*master.header);
  if (master.footer) frame.footer = build_artifact_tree(*master.footer);
  for (const styled::PlacedRegion& region : master.regions) frame.regions.push_back(build_artifact_tree(*region.block));
  const Length header = tallest(frame.header, frame.width, display::ArtifactKind::Header, context);
  const Length footer = tallest(frame.footer, frame.width, display::ArtifactKind::Footer, context);
  frame.top = master.margin.top + header + (header > Length{} ? master.header_gap : Length{});
  const Length bottom = master.margin.bottom + footer + (footer > Length{} ? master.footer_gap : Length{});
  frame.height = master.size.height - frame.top - bottom;
  return frame;
}

Length Frames::tallest(const std::optional<Node>& node, Length width, display::ArtifactKind kind, Context& context) const {
  if (!node) return {};
  Length height;
  const bool one = !names_section(*node);
  for (const std::string& title : section_titles_) {
    height = std::max(height, set_band(*node, width, {kWidestNumber, kWidestNumber, title}, kind, context).height);
    if (one) break;
  }
  return height;
}

}  // namespace handout::paginate
