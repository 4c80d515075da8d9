#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "base/geometry.h"

// Window envelopes, read from content/postal/envelopes.xml. Nothing here changes once it is read.
namespace handout::postal {

// What belongs in a window.
struct Shows { bool address = false, return_address = false; };

struct Window {
  std::string name;
  Shows shows;
  Length left, bottom, width, height;  // from the envelope's left and lower edge, seen from its front
  Length clear;                        // the address keeps so far from its edges
  Length tolerance;                    // its edges may stand so far from where they should
  Span at;
};

struct Envelope {
  std::string id;
  Size room;                           // for the folded sheet
  std::vector<Window> windows;
  Span at;
};

using Envelopes = std::map<std::string, Envelope, std::less<>>;

// Every fault is told; nothing comes back when there was one. At most 1 MB.
Result<Envelopes> read_envelopes(const std::filesystem::path& path, Diagnostics& diags);

}  // namespace handout::postal
