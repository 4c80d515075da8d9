#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inspect/inspect.h"

namespace handout::inspect {

// Why a file gives no report.
struct Unreadable {
  enum class Cause { Damaged, Protected };
  Cause cause = Cause::Damaged;
  std::string text;
};

struct Encryption {
  std::string method;                // "AES-256"
  int revision = 0;
  std::vector<std::string> allowed;  // "print", "copy", ...
};

// Bytes are those in the file.
struct FontSummary {
  std::string name, type;  // the name without the tag of a subset
  bool embedded = false, subset = false, to_unicode = false;
  std::optional<std::size_t> glyphs;  // of the embedded program
  std::size_t bytes = 0;
};

struct ImageSummary {
  long long width = 0, height = 0, bits = 0;
  std::string color, filter;  // "DeviceRGB", "DCTDecode"
  std::size_t bytes = 0;
};

struct AttachmentSummary {
  std::string name, description, type, relationship;
  std::size_t bytes = 0;
};

// What objects are for.
enum class Kind { Content, Font, Image, Structure, Metadata, ColorProfile, Attachment, Page, Reference, Other };
inline constexpr std::size_t kKinds = 10;
std::string_view name_of(Kind kind);

// The share of the file that objects of one kind take. What stands in an object stream takes a part of it by its length before compression.
struct SizeShare {
  Kind kind = Kind::Other;
  std::size_t objects = 0, bytes = 0;
};

// What there is to say of a file.
struct Summary {
  std::size_t bytes = 0;
  bool linearized = false;
  std::optional<Encryption> encryption;
  Report report;
  std::vector<std::string> claims;                              // "PDF/UA-1"
  std::vector<std::pair<std::string, std::string>> xmp;         // property, value
  std::vector<std::pair<std::string, std::string>> preferences;  // of the viewer, PageMode and PageLayout among them
  std::vector<FontSummary> fonts;
  std::vector<ImageSummary> images;
  std::vector<AttachmentSummary> attachments;
  std::vector<std::string> labels;  // of the pages; empty when there are none
  std::vector<SizeShare> sizes;
  std::vector<std::string> texts;   // page by page
  std::vector<std::string> warnings;  // of the reader: what is damaged but could be passed over
  std::vector<std::string> faults;    // of check_tags, or of check_archive when the file is untagged; those of PDF/A only when it claims PDF/A
};
tl::expected<Summary, Unreadable> summarize(std::string_view bytes, const std::string& password);

enum class Part { Overview, Sizes, Text, Tags };
// For people. Nothing in it moves a terminal's cursor, whatever the file says.
std::string describe(const Summary& summary, const std::vector<Part>& parts);
// The same as JSON; the parts Text and Tags only when they are named.
std::string describe_json(const Summary& summary, const std::vector<Part>& parts);

// The overview cut into its sections, as `diff` compares them.
struct Section {
  std::string title;
  std::vector<std::string> lines;
};
std::vector<Section> sections(const Summary& summary);

}  // namespace handout::inspect
