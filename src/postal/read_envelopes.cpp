#include <fmt/format.h>

#include <algorithm>

#include "postal/envelopes.h"
#include "postal/vocabulary.h"
#include "xml/characters.h"
#include "xml/element.h"
#include "xml/read_document.h"
#include "xml/values.h"

namespace handout::postal {
namespace {

constexpr std::uintmax_t kLargestFile = 1u << 20;

// Runs after xml::validate and says nothing a second time.
class EnvelopesReader {
 public:
  explicit EnvelopesReader(Diagnostics& diags) : diags_(diags) {}

  Envelopes read(const xml::Element& root) {
    Envelopes envelopes;
    for (const xml::Node& node : root.children) {
      const xml::Element* element = node.element();
      if (element != nullptr && element->name == "envelope") envelopes.try_emplace(std::string(element->value("id")), read_envelope(*element));
    }
    return envelopes;
  }

 private:
  Envelope read_envelope(const xml::Element& element) {
    Envelope envelope;
    envelope.at = element.at;
    envelope.id = element.value("id");
    const Size outer{read_length(element, "width"), read_length(element, "height")};
    envelope.room = {element.find("inner-width") != nullptr ? read_length(element, "inner-width") : outer.width, element.find("inner-height") != nullptr ? read_length(element, "inner-height") : outer.height};
    const bool is_known = outer.width > Length{} && outer.height > Length{};  // else it was told
    if (is_known && (envelope.room.width > outer.width || envelope.room.height > outer.height)) diags_.error(element.at, "the envelope is larger inside than outside").meaning();
    for (const xml::Node& node : element.children) {
      const xml::Element* child = node.element();
      if (child == nullptr || child->name != "window") continue;
      envelope.windows.push_back(read_window(*child));
      const Window& window = envelope.windows.back();
      if (is_known && (window.left + window.width > outer.width || window.bottom + window.height > outer.height)) diags_.error(child->at, fmt::format("window '{}' reaches beyond the envelope", xml::excerpt(window.name))).meaning();
    }
    return envelope;
  }

  Window read_window(const xml::Element& element) {
    Window window;
    window.at = element.at;
    window.name = element.value("name");
    const std::string_view shows = element.value("shows");
    window.shows = {shows != "return", shows != "address"};
    window.left = read_length(element, "left");
    window.bottom = read_length(element, "bottom");
    window.width = read_length(element, "width");
    window.height = read_length(element, "height");
    window.clear = read_length(element, "clear");
    window.tolerance = read_length(element, "tolerance");
    const Length lost = 2 * (window.clear + window.tolerance);
    if (window.width > Length{} && window.height > Length{} && lost >= std::min(window.width, window.height)) diags_.error(element.at, fmt::format("clear and tolerance leave nothing of window '{}'", xml::excerpt(window.name))).meaning();
    return window;
  }

  // 0 when it is absent or wrong.
  Length read_length(const xml::Element& element, std::string_view name) {
    const xml::Attribute* attribute = element.find(name);
    if (attribute == nullptr) return {};
    if (!xml::is_sum(attribute->value)) {
      Diagnostics own;
      const auto dimension = xml::parse_dimension(attribute->value, attribute->value_at, own);
      if (dimension && dimension->is_absolute() && dimension->length > Length{}) return dimension->length;
      if (!dimension && std::any_of(own.all().begin(), own.all().end(), [](const Diagnostic& each) { return each.aspect == Aspect::Meaning; })) {
        diags_.append(own);
        return {};
      }
    }
    diags_.error(attribute->value_at, fmt::format("{} is '{}'; expected a length above 0", name, xml::excerpt(attribute->value))).hint("use pt, mm, cm or in");
    return {};
  }

  Diagnostics& diags_;
};

}  // namespace

Result<Envelopes> read_envelopes(const std::filesystem::path& path, Diagnostics& diags) {
  const std::size_t errors = diags.error_count();
  const auto document = xml::read_document(path, envelopes_vocabulary(), kLargestFile, diags);
  if (!document) return tl::unexpected(Failure{});
  Envelopes envelopes = EnvelopesReader(diags).read(document->root);
  if (!document->valid || diags.error_count() > errors) return tl::unexpected(Failure{});
  return envelopes;
}

}  // namespace handout::postal
