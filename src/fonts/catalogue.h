#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "base/index.h"
#include "fonts/fonts.h"
#include "fonts/variations.h"
#include "unicode/locale.h"

namespace handout::fonts {

using FamilyId = Index<struct FamilyTag>;  // in the order of fonts.xml, the clinic's own families after it

struct DeclaredFace {
  std::string file;
  unsigned index = 0;  // in a collection
  FamilyId family;
  int weight = 400;
  Slant slant = Slant::Upright;
  Variations variations;  // of a variable font
  Span at;
};

struct Family {
  std::string name;
  std::string license;
  std::vector<std::string> scripts;
  std::vector<FaceId> faces;  // of two that are equally near to what is asked for the first is taken
};

struct Fallback {
  std::string script;
  std::optional<unicode::Locale> language;
  std::vector<FamilyId> families;
};

// fonts.xml as read: every family that is named exists, no two faces of a family are alike.
struct Catalogue {
  std::vector<std::filesystem::path> search;
  std::vector<DeclaredFace> faces;
  std::vector<Family> families;
  std::vector<Fallback> fallbacks;
  FamilyId default_family;

  [[nodiscard]] std::optional<FamilyId> find(std::string_view family) const;
};

// `file` is the name that messages use.
[[nodiscard]] Result<Catalogue> read_catalogue(std::string_view source, std::string_view file, Diagnostics& diags);

// "Latn": four letters, the first a capital (ISO 15924).
[[nodiscard]] bool is_script_code(std::string_view text);

}  // namespace handout::fonts
