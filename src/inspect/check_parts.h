#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "inspect/document.h"

namespace handout::inspect {

// A fault's text begins with the numbers of what it breaks, as src/pdf/conformance.md lists them: Matterhorn's ("31-009"), veraPDF's rule for ISO 19005-2 ("A 6.1.3-1") or for ISO 14289-1
// where Matterhorn has none ("UA 7.1-12"), a clause of ISO 32000-1 ("PDF 14.7.4.4"), or our own ("H-01").
using Faults = std::vector<std::string>;
void add_fault(Faults& faults, std::string_view numbers, std::string_view text);

// What a file is checked for: an untagged print file (ISO 19005-2, level B) or a tagged one.
enum class Scope { Archive, Tagged };

// What the walk over all objects meets and other checks look at, each with its place.
struct Found {
  std::vector<std::pair<std::string, QPDFObjectHandle>> spaces, file_specifications, metadata;
  std::set<QPDFObjGen> associated;  // members of an AF array
  std::string transparency;         // where first; "" for none
};

// ---- what every file must hold (ISO 19005-2, level B) ----
void check_file(std::string_view bytes, Document& document, Faults& faults);
Found check_objects(Document& document, Faults& faults);
void check_colours(Document& document, const Found& found, Faults& faults);
// The part of ISO 19005 that the file claims; 0 for none.
int check_xmp(Document& document, const Found& found, Scope scope, Faults& faults);
void check_embedded_files(const Found& found, int part, Faults& faults);
void check_fonts(Document& document, Scope scope, Faults& faults);
void check_annotations(Document& document, Scope scope, Faults& faults);

// ---- what a tagged file must hold as well ----
void check_catalog(Document& document, Faults& faults);
void check_content(Document& document, Faults& faults);
void check_elements(Document& document, Faults& faults);
void check_languages(Document& document, Faults& faults);

// ---- shared by several checks ----
// The limits of ISO 19005-2, 6.1.13 for one number, string or name.
struct OverLimit {
  std::string_view numbers;
  std::string text;
};
std::optional<OverLimit> over_limit(QPDFObjectHandle value);
bool is_operator(std::string_view name);
bool is_rendering_intent(std::string_view name);  // without the slash
// RFC 5646, 2.1: well-formed, not necessarily registered.
bool is_language_tag(std::string_view tag);
bool is_utf8(std::string_view text);
bool is_blank(std::string_view text);  // of a PDF text string: empty or only white space
std::string name_of(QPDFObjectHandle value);  // without the slash; "" when it is no name

// A number tree, read whole, its Limits and its order checked (ISO 32000-1, 7.9.7).
std::map<long long, QPDFObjectHandle> read_number_tree(QPDFObjectHandle root, Faults& faults);

// ISO 15076-1, 7.2: what the header of a profile says; "" when it is no profile.
struct ProfileHeader {
  std::string device_class, space;  // "mntr", "RGB "
  unsigned version = 0;             // major
  bool good = false;                // size and signature are right
};
ProfileHeader read_profile_header(std::string_view profile);

}  // namespace handout::inspect
