#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "layouts/reader.h"

// What may stand in the regions that an envelope's windows show: the address, the sender, the post's code. A region's name makes nothing an address.
namespace handout::layouts {
namespace {

enum class Shows : std::uint8_t { Address, Return, Code };

// Whoever carries the letter reads it.
bool may_show(std::string_view field, Shows shows) {
  const bool sender = field.starts_with("clinic.");
  if (shows == Shows::Return) return sender;
  if (shows == Shows::Code) return field.starts_with("postal.");
  return field == "patient.name" || field == "patient.address" || field == "clinic.name" || field == "clinic.address";
}

// Spaces and signs between the parts of an address.
bool is_words(std::string_view text) {
  constexpr std::array<std::string_view, 5> kSigns{"\u00A0", "\u00B7", "\u2013", "\u2014", "\u2022"};
  while (!text.empty()) {
    const auto sign = std::find_if(kSigns.begin(), kSigns.end(), [&](std::string_view each) { return text.starts_with(each); });
    const char c = text.front();
    if (sign == kSigns.end() && ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80)) return true;
    text.remove_prefix(sign != kSigns.end() ? sign->size() : 1);
  }
  return false;
}

class WindowCheck {
 public:
  WindowCheck(const Region& region, Shows shows, Diagnostics& diags) : region_(region), shows_(shows), diags_(diags) {}

  void run() {
    visit_items(region_.items, [&](const Item& item) { check(item); });
  }

 private:
  void check(const Item& item) {
    if (const auto* text = std::get_if<TextItem>(&item.what)) {
      for (const TextPart& part : text->parts) check(part);
    } else if (const auto* code = std::get_if<CodeItem>(&item.what)) {
      if (shows_ == Shows::Return) tell(item.at, "a code");
      else if (!code->field.empty()) check_field(code->field, Shows::Code, item.at);
      else if (shows_ == Shows::Address) tell(item.at, "a code of its own text");
    } else if (const auto* picture = std::get_if<PictureItem>(&item.what)) {
      if (shows_ != Shows::Return) tell(item.at, "a picture");
      else if (!picture->field.empty()) check_field(picture->field, Shows::Return, item.at);
    } else if (std::holds_alternative<NoticeItem>(item.what)) {
      tell(item.at, "a notice");
    }
  }

  void check(const TextPart& part) {
    const std::string_view of_article = "what is of the handout";
    if (shows_ == Shows::Code) return tell(part.at, "text");
    if (const auto* field = std::get_if<FieldPart>(&part.what)) return check_field(field->name, shows_, part.at);
    if (const auto* phrase = std::get_if<PhrasePart>(&part.what)) {
      if (shows_ == Shows::Address) return tell(part.at, "words");
      for (const auto& [argument, field] : phrase->arguments) check_field(field, shows_, part.at);
      return;
    }
    if (const auto* literal = std::get_if<LiteralText>(&part.what)) {
      if (shows_ == Shows::Address && is_words(literal->text)) tell(part.at, "words");
      return;
    }
    if (!std::holds_alternative<BreakPart>(part.what) && !std::holds_alternative<LeaderPart>(part.what)) tell(part.at, of_article);
  }

  void check_field(std::string_view field, Shows shows, const Span& at) {
    if (!may_show(field, shows)) tell(at, fmt::format("field '{}'", field));
  }

  void tell(const Span& at, std::string_view what) {
    constexpr std::array<std::string_view, 3> kHints{"the address is patient.name and patient.address, the clinic's name and address, and the post's code (postal.imb, postal.code); signs may stand between them",
                                                     "the sender is the clinic: its fields, its logo, and words that are the same for everybody", "a post's code is a <code> of postal.imb or postal.code"};
    constexpr std::array<std::string_view, 3> kNames{"the address", "the sender", "the post's code"};
    const auto which = static_cast<std::size_t>(shows_);
    diags_.error(at, fmt::format("region '{}' shows in the envelope's window, where only {} may: there is {}", region_.name, kNames.at(which), what)).hint(std::string(kHints.at(which))).meaning();
  }

  const Region& region_;
  Shows shows_;
  Diagnostics& diags_;
};

bool may_be_first(PageOn on) { return on != PageOn::Rest && on != PageOn::Verso && on != PageOn::Blank; }

}  // namespace

void check_windows(const LayoutDefinition& layout, Diagnostics& diags) {
  if (!layout.envelope) return;
  for (std::size_t i = 0; i < layout.pages.size(); ++i) {
    const PageRule& page = layout.pages[i];
    if (!may_be_first(page.on)) continue;
    for (const Region& region : page.regions) {
      // The region of a later rule takes its place, and that of a more special one that is always on the first page.
      const auto takes_its_place = [&](std::size_t j) {
        const PageRule& other = layout.pages[j];
        if (other.on == page.on ? j <= i : other.on != PageOn::First || page.on > PageOn::First) return false;
        return std::any_of(other.regions.begin(), other.regions.end(), [&](const Region& each) { return each.name == region.name; });
      };
      bool replaced = false;
      for (std::size_t j = 0; j < layout.pages.size(); ++j) replaced = replaced || takes_its_place(j);
      if (replaced || region.name.empty()) continue;
      if (region.name == layout.envelope->address) WindowCheck(region, Shows::Address, diags).run();
      else if (region.name == layout.envelope->return_address) WindowCheck(region, Shows::Return, diags).run();
      else if (region.name == layout.envelope->code) WindowCheck(region, Shows::Code, diags).run();
    }
  }
}

}  // namespace handout::layouts
