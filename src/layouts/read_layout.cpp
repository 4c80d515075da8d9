#include "layouts/layout.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"
#include "layouts/length_rules.h"
#include "layouts/reader.h"
#include "xml/characters.h"

namespace handout::layouts {
namespace {

// The colours of one file, over those of what it extends.
void read_colors(const xml::Element& root, Colors& colors, Diagnostics& diags) {
  Colors own;
  for (const xml::Element* element : children(root, "color")) {
    const xml::Attribute* name = element->find("name");
    const xml::Attribute* value = element->find("value");
    if (name == nullptr || value == nullptr) continue;
    const auto color = parse_hex_color(value->value);
    if (!color) diags.error(value->value_at, fmt::format("'{}' is not a colour; expected #rrggbb or #rgb", xml::excerpt(value->value)));
    if (!is_name(name->value)) diags.error(name->value_at, fmt::format("'{}' cannot be the name of a colour", xml::excerpt(name->value))).hint("use letters, digits, '-' and '_', with a letter first");
    if (name->value == "none") diags.error(name->value_at, "a colour cannot be named 'none', which means no colour").meaning();
    // A name is known even when its colour is wrong: one fault, not one for each use.
    if (!own.try_emplace(name->value, color.value_or(Color{})).second) diags.error(name->value_at, fmt::format("colour '{}' is defined twice", xml::excerpt(name->value))).meaning();
  }
  for (const auto& [name, color] : own) colors.insert_or_assign(name, color);
}

void read_pages_into(LayoutDefinition& layout, const xml::Element& root, const Context& context) {
  for (const xml::Element* page : children(root, "page")) layout.pages.push_back(read_page(*page, context));
  for (const xml::Element* sheet : children(root, "sheet")) layout.sheet = read_sheet(*sheet, context);
  for (const xml::Element* envelope : children(root, "envelope")) layout.envelope = read_envelope(*envelope, context.diags);
  for (const xml::Element* fit : children(root, "fit")) {
    if (auto rule = read_fit(*fit, context.diags)) layout.fit = rule;
  }
}

bool is_for(const std::vector<std::string>& profiles, std::string_view profile) { return profiles.empty() || std::find(profiles.begin(), profiles.end(), profile) != profiles.end(); }

void check_profile(const xml::Element& profile, Diagnostics& diags) {
  if (const xml::Attribute* extends = profile.find("extends")) diags.error(extends->at, "a profile extends nothing").hint("it is laid over any layout").meaning();
  for (const char* name : {"color", "body", "sheet", "fit", "envelope", "define", "change"}) {
    for (const xml::Element* element : children(profile, name)) diags.error(element->at, fmt::format("<{}> may not stand in a profile", name)).hint("a profile holds <page> and <style>").meaning();
  }
}

// The regions that an envelope's windows are for stand on some page.
void check_envelope(const LayoutDefinition& layout, Diagnostics& diags) {
  if (!layout.envelope) return;
  std::vector<std::string_view> names;
  for (const PageRule& page : layout.pages) {
    for (const Region& region : page.regions) names.push_back(region.name);
  }
  for (const std::string* name : {&layout.envelope->address, &layout.envelope->return_address, &layout.envelope->code}) {
    if (name->empty() || std::find(names.begin(), names.end(), *name) != names.end()) continue;
    diags.error(layout.envelope->at, fmt::format("<envelope> names region '{}', which no <page> has{}", xml::excerpt(*name), did_you_mean(*name, names))).meaning();
  }
}

ContentLevel read_level(const std::vector<xml::Element>& roots, std::size_t layouts, Diagnostics& diags) {
  ContentLevel level = ContentLevel::Full;
  for (std::size_t i = 0; i < roots.size(); ++i) {
    const xml::Attribute* attribute = roots[i].find("level");
    if (attribute == nullptr) continue;
    if (i >= layouts) diags.error(attribute->at, "level may not stand in a profile").hint("whoever needs large print needs the same content").meaning();
    else level = attribute->value == "short" ? ContentLevel::Short : ContentLevel::Full;
  }
  return level;
}

// The least size of text in the body: whom the print is for, not what it looks like.
Length read_minimum(const std::vector<xml::Element>& roots, std::size_t layouts, Diagnostics& diags) {
  // Without a profile nobody asks for any.
  Length minimum = layouts < roots.size() ? 12_pt : Length{};
  for (std::size_t i = 0; i < roots.size(); ++i) {
    const xml::Attribute* attribute = roots[i].find("minimum");
    if (attribute == nullptr) continue;
    if (i < layouts) diags.error(attribute->at, "minimum may not stand in a layout").hint("profiles have it: those who need large print need it in every layout").meaning();
    else if (const auto length = read_length(roots[i], "minimum", kMinimumType, diags); length && length->is_absolute()) minimum = length->length;
    else if (length) diags.error(attribute->value_at, fmt::format("minimum is '{}'; expected a length that depends on nothing", xml::excerpt(attribute->value))).hint("use pt, mm, cm or in").meaning();
  }
  return minimum;
}

// Names of colours are looked up only when all colours are known: a layout that changes one changes what it inherits as well.
LayoutDefinition read_prepared(const Prepared& prepared, std::size_t layouts, const std::filesystem::path& folder, Diagnostics& diags) {
  LayoutDefinition layout;
  const std::vector<xml::Element>& roots = prepared.roots;
  const xml::Element& last = roots[layouts - 1];
  layout.id = last.value("id");
  layout.title = last.value("title");
  layout.at = last.at;
  if (const xml::Attribute* scripts = last.find("tried-in")) layout.tried_in = read_scripts(*scripts, diags);
  if (const xml::Attribute* profiles = last.find("profiles")) layout.profiles = read_profiles(*profiles, diags);
  layout.level = read_level(roots, layouts, diags);
  layout.folder = folder;
  const Context context{diags, layout.colors, prepared.folders, layout.folder};
  const xml::Element* body = nullptr;
  for (std::size_t i = 0; i < layouts; ++i) {
    read_colors(roots[i], layout.colors, diags);
    if (const auto bodies = children(roots[i], "body"); !bodies.empty()) body = bodies.front();
  }
  for (const xml::Element& root : roots) read_pages_into(layout, root, context);
  layout.styles = read_styles(roots, layouts, context);
  if (body != nullptr) layout.body = read_items(*body, Place::Body, context);
  else diags.error(layout.at, fmt::format("layout '{}' has no <body>, nor has any that it extends", layout.id)).hint("a layout without a body can only be extended").meaning();
  for (std::size_t i = layouts; i < roots.size(); ++i) check_profile(roots[i], diags);
  check_envelope(layout, diags);
  check_windows(layout, diags);
  layout.minimum_type = read_minimum(roots, layouts, diags);
  if (layouts < roots.size() && layout.fit && !is_for(layout.fit->profiles, roots[layouts].value("id"))) layout.fit.reset();
  layout.digest = sha256_hex(prepared.digests);
  return layout;
}

Result<LayoutDefinition> merge(const std::vector<const SourceFile*>& chain, const SourceFile* profile, SourceFiles& files, Diagnostics& diags) {
  Diagnostics own;
  const Prepared prepared = prepare(chain, profile, files, own);
  LayoutDefinition layout = read_prepared(prepared, chain.size(), chain.back()->folder, own);
  hand_over(own, prepared.substitutions, diags);
  return layout;
}

}  // namespace

Result<LayoutDefinition> read_layout(const std::filesystem::path& layouts, std::string_view name, std::string_view profile, Diagnostics& diags) {
  const std::size_t errors = diags.error_count();
  SourceFiles files(layouts, diags);
  const SourceFile* file = files.find(name);
  const SourceFile* over = profile.empty() ? nullptr : files.find_profile(profile);
  const auto chain = file != nullptr ? files.chain(*file) : std::vector<const SourceFile*>{};
  if (chain.empty()) return tl::unexpected(Failure{});
  auto layout = merge(chain, over, files, diags);
  if (layout && over != nullptr && !is_for(layout->profiles, profile)) {
    diags.error(layout->at, fmt::format("layout '{}' is not for the profile '{}', only for {}", layout->id, profile, fmt::join(layout->profiles, ", "))).hint("take another layout; 'standard' is for all profiles");
  }
  if (diags.error_count() > errors) return tl::unexpected(Failure{});
  return layout;
}

Result<LayoutDefinition> parse_layout(std::string_view xml, std::string_view shown, const std::filesystem::path& folder, Diagnostics& diags) {
  const std::size_t errors = diags.error_count();
  SourceFiles files(folder, diags);
  auto file = files.parse(xml, shown, {});
  if (!file) return tl::unexpected(Failure{});
  file->folder = folder;
  const auto chain = files.chain(*file);
  if (chain.empty()) return tl::unexpected(Failure{});
  auto layout = merge(chain, nullptr, files, diags);
  if (diags.error_count() > errors) return tl::unexpected(Failure{});
  return layout;
}

}  // namespace handout::layouts
