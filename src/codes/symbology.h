#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/length.h"
#include "codes/codes.h"

namespace handout::codes {

// White that the standard asks for around a code, in modules.
struct QuietZone {
  double left = 0, right = 0, top = 0, bottom = 0;
};

// What is the same for every code of a kind.
struct Symbology {
  Kind kind = Kind::Qr;
  std::string_view name;   // in layouts
  std::string_view shown;  // in messages, "a QR code"
  Length default_module, least_module;
  std::optional<Length> most_module;
  QuietZone quiet;
  std::string_view takes;  // hint for data that it does not take
};

const Symbology& symbology_of(Kind kind);

}  // namespace handout::codes
