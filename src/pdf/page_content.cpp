#include "pdf/page_content.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/digest.h"
#include "base/expects.h"
#include "base/narrow.h"

namespace handout::pdf {

namespace {

// What is remembered for sharing is given up beyond this: a stream of pages that don't recur must not fill the memory.
constexpr std::size_t kMostKnown = 4096;
constexpr std::size_t kMostContents = 65536;

// Text of a field, or a picture of what a field holds.
bool holds_field(const display::Placement& placement) {
  return std::ranges::any_of(placement.fragment->commands, [](const display::Command& command) {
    const auto* run = std::get_if<display::GlyphRun>(&command.what);
    const auto* picture = std::get_if<display::PlacedPicture>(&command.what);
    return (run != nullptr && run->source == display::TextSource::Field) || (picture != nullptr && picture->source == display::TextSource::Field);
  });
}

// What may hide what was painted before it.
bool covers(const display::Placement& placement) {
  return std::ranges::any_of(placement.fragment->commands, [](const display::Command& command) {
    return std::holds_alternative<display::FilledRect>(command.what) || std::holds_alternative<display::Frame>(command.what) || std::holds_alternative<display::PlacedPicture>(command.what);
  });
}

Rect area_of(const display::Placement& placement) {
  const display::FragmentLine &first = placement.fragment->lines[placement.first_line], &last = placement.fragment->lines[placement.first_line + placement.line_count - 1];
  return {placement.position.x, placement.position.y, placement.fragment->size.width, last.top + last.height - first.top};
}

bool meet(const Rect& a, const Rect& b) { return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height; }

// Whether the page looks the same when what fields hold is painted after all else.
bool fields_may_come_last(std::span<const display::Placement> placements) {
  std::vector<Rect> fields;
  for (const display::Placement& placement : placements) {
    if (placement.line_count == 0) continue;
    if (holds_field(placement)) {
      fields.push_back(area_of(placement));
    } else if (!fields.empty() && covers(placement)) {
      const Rect area = area_of(placement);
      if (std::ranges::any_of(fields, [&](const Rect& field) { return meet(area, field); })) return false;
    }
  }
  return true;
}

template <typename T>
void append_bytes(std::string& key, const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  char bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof(T));
  key.append(bytes, sizeof(T));
}

// All that the operators of a stretch depend on. Elements count from the first one's: pieces of the same structure have other numbers.
std::string key_of(std::span<const display::Placement> placements, std::span<const Owner> owners, Length height, std::uint32_t first_mcid) {
  std::string key;
  key.reserve(placements.size() * 48 + owners.size() * 12 + 16);
  append_bytes(key, height.units());
  append_bytes(key, first_mcid);
  for (const display::Placement& placement : placements) {
    append_bytes(key, placement.fragment.get());
    append_bytes(key, placement.first_line);
    append_bytes(key, placement.line_count);
    append_bytes(key, placement.position.x.units());
    append_bytes(key, placement.position.y.units());
    const auto* kind = std::get_if<display::ArtifactKind>(&placement.occurrence);
    append_bytes(key, kind != nullptr ? static_cast<int>(*kind) : -1);
  }
  for (const Owner& owner : owners) {
    append_bytes(key, static_cast<std::int32_t>(narrow<std::int64_t>(owner.element.value()) - narrow<std::int64_t>(owners.front().element.value())));
    append_bytes(key, owner.role);
    append_bytes(key, owner.folio - owners.front().folio);
  }
  return key;
}

std::vector<Owner> owners_of(std::span<const display::Placement> placements, const PieceStructure* structure) {
  std::vector<Owner> owners;
  if (structure == nullptr) return owners;
  for (const display::Placement& placement : placements) {
    for (std::size_t i = 0; i < owner_count(placement); ++i) {
      const display::StructureId element = structure->owner(display::StructureId(std::get<display::StructureId>(placement.occurrence).value() + i));
      owners.push_back({element, structure->role(element), placement.folio});
    }
  }
  return owners;
}

}  // namespace

PageContentWriter::PageContentWriter(Haru& haru, Saver& saver, const Resources& resources, const Options& options, Recurring* recurring)
    : haru_(haru), saver_(saver), sharing_(options.sharing), fonts_(resources.fonts, saver, options.purpose), pictures_(haru, saver, options.sharing), purpose_(options.purpose), pieces_(options.pieces), recurring_(recurring) {}

void PageContentWriter::begin_piece(const display::DisplayDocument& piece) {
  if (sharing_ == Sharing::Yes && pieces_ == Pieces::Many) return;  // what is known already need not be looked through again
  // In a file of one piece the codes of its fixed text come first, so that they don't depend on a recipient.
  std::vector<display::Placement> placements;
  std::string key;
  for (const display::Page& page : piece.pages) {
    const std::size_t begin = placements.size();
    std::ranges::copy_if(page.placements, std::back_inserter(placements), [&](const display::Placement& placement) { return sharing_ == Sharing::No || !holds_field(placement); });
    if (recurring_ != nullptr) key += key_of(std::span(placements).subspan(begin), {}, page.size.height, 0);
  }
  pictures_.add(placements);
  if (recurring_ != nullptr) begin_fixed(placements, std::move(key));
  else fonts_.add(placements);
}

void PageContentWriter::begin_fixed(std::span<const display::Placement> placements, std::string key) {
  append_bytes(key, &fonts_.faces());
  fixed_ = recurring_->find(key);
  if (fixed_ != nullptr) return fonts_.take(fixed_->fonts);
  fonts_.add(placements);
  Recurring::Fixed fixed{std::move(key), {}, fonts_, {}, std::vector<std::shared_ptr<const FontFile>>(fonts_.fonts().size())};
  for (const display::Placement& placement : placements) fixed.held.push_back(placement.fragment);
  fixed_ = &recurring_->add(std::move(fixed));
}

Painted PageContentWriter::paint_stretch(std::span<const display::Placement> placements, std::span<const Owner> owners, Length height, std::uint32_t first_mcid) {
  if (sharing_ == Sharing::Yes) pictures_.add(placements);
  const PaintInput input{fonts_, pictures_, purpose_};
  Painted painted = paint(input, placements, owners, height, first_mcid);
  if (!painted.lacks_codes) return painted;
  // Only then codes are given, so that after the first pages nothing is looked through twice.
  fonts_.add(placements);
  painted = paint(input, placements, owners, height, first_mcid);
  ENSURES(!painted.lacks_codes);
  return painted;
}

ObjectId PageContentWriter::write_stream(const std::string& content) { return saver_.add_stream(haru_.dict(), content, Filter::Deflate); }

const PageContentWriter::Known& PageContentWriter::find_or_paint(std::span<const display::Placement> placements, std::span<const Owner> owners, Length height, std::uint32_t first_mcid) {
  std::string key = key_of(placements, owners, height, first_mcid);
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  const auto recurs = [&] { return fixed_->contents.find(key); };
  Known known = fixed_ != nullptr && recurs() != fixed_->contents.end() ? write_once(recurs()->second) : write_once(paint_stretch(placements, owners, height, first_mcid), key);
  for (const display::Placement& placement : placements) known.held.push_back(placement.fragment);
  if (known_.size() == kMostKnown) known_.clear();
  return known_.emplace(std::move(key), std::move(known)).first->second;
}

PageContentWriter::Known PageContentWriter::write_once(Painted painted, const std::string& key) {
  const std::string content = std::exchange(painted.content, {});  // it is in the file, and too large to be kept
  Recurring::Content made{std::make_shared<const Painted>(std::move(painted)), {}, sha256_hex(content)};
  // Fragments that were made anew may hold what was written before.
  if (const auto found = by_content_.find(made.hash); found != by_content_.end() && fixed_ == nullptr) return {made.painted, found->second, {}};
  made.packed = saver_.pack(content);
  if (fixed_ == nullptr) return write_once(made);
  return write_once(fixed_->contents.emplace(key, std::move(made)).first->second);
}

PageContentWriter::Known PageContentWriter::write_once(const Recurring::Content& content) {
  if (const auto found = by_content_.find(content.hash); found != by_content_.end()) return {content.painted, found->second, {}};
  const ObjectId stream = saver_.add_stream(haru_.dict(), content.packed);
  if (by_content_.size() == kMostContents) by_content_.clear();
  by_content_.emplace(content.hash, stream);
  return {content.painted, stream, {}};
}

PageContent PageContentWriter::write(const display::Page& page, const PieceStructure* structure) {
  // Without tags the order of painting is all that counts.
  std::vector<display::Placement> sorted;
  std::span<const display::Placement> all(page.placements);
  if (sharing_ == Sharing::Yes && purpose_ == Purpose::Print && fields_may_come_last(all)) {
    sorted.assign(all.begin(), all.end());
    std::stable_partition(sorted.begin(), sorted.end(), [](const display::Placement& placement) { return !holds_field(placement); });
    all = sorted;
  }
  struct Part {
    std::span<const display::Placement> placements;
    bool shared = false;
  };
  std::vector<Part> parts;
  for (std::size_t begin = 0; begin < all.size();) {
    const bool shared = sharing_ == Sharing::Yes && !holds_field(all[begin]);
    std::size_t end = begin + 1;
    while (end < all.size() && (sharing_ == Sharing::No || holds_field(all[end]) != shared)) ++end;
    parts.push_back({all.subspan(begin, end - begin), shared});
    begin = end;
  }

  PageContent content;
  content.stretches.resize(parts.size());
  content.streams.resize(parts.size());
  std::uint32_t mcid = 0;
  for (const bool shared : {true, false}) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (parts[i].shared != shared) continue;
      Stretch& stretch = content.stretches[i];
      stretch.owners = owners_of(parts[i].placements, structure);
      stretch.first_mcid = mcid;
      if (shared) {
        const Known& known = find_or_paint(parts[i].placements, stretch.owners, page.size.height, mcid);
        stretch.painted = known.painted;
        content.streams[i] = known.stream;
      } else {
        Painted painted = paint_stretch(parts[i].placements, stretch.owners, page.size.height, mcid);
        content.streams[i] = write_stream(std::exchange(painted.content, {}));
        stretch.painted = std::make_shared<const Painted>(std::move(painted));
      }
      mcid += narrow<std::uint32_t>(stretch.painted->marks.size());
      content.transparent = content.transparent || stretch.painted->transparent;
    }
  }
  content.resources = resources_of(content);
  return content;
}

// Pages that use the same fonts and pictures name one dictionary.
ObjectId PageContentWriter::resources_of(const PageContent& content) {
  std::set<FontIndex> fonts;
  std::set<std::pair<std::string, ObjectId>> objects;
  for (const Stretch& stretch : content.stretches) {
    fonts.insert(stretch.painted->fonts.begin(), stretch.painted->fonts.end());
    objects.insert(stretch.painted->objects.begin(), stretch.painted->objects.end());
  }
  const auto [found, added] = resources_.try_emplace({fonts, objects});
  if (!added) return found->second;
  HPDF_Dict dict = haru_.dict();
  if (!fonts.empty()) {
    HPDF_Dict names = haru_.dict();
    for (const FontIndex font : fonts) haru_.put(names, ("F" + std::to_string(font.value() + 1)).c_str(), fonts_.fonts()[font.value()].object);
    haru_.put(dict, "Font", names);
  }
  if (!objects.empty()) {
    HPDF_Dict names = haru_.dict();
    for (const auto& [name, object] : objects) haru_.put(names, name.c_str(), object);
    haru_.put(dict, "XObject", names);
  }
  found->second = saver_.add(dict);
  return found->second;
}

}  // namespace handout::pdf
