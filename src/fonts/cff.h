#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace handout::fonts {

enum class Charset : std::uint8_t { Identity, Other };

// What a PDF has to know of a CFF table (Adobe Technical Note 5176).
struct CffSummary {
  bool cid_keyed = false;               // the Top DICT begins with ROS
  Charset charset = Charset::Identity;  // of a CID-keyed program: Identity when every glyph's CID is its glyph id
};

// Nothing when the table is malformed. `glyph_count` as maxp says.
[[nodiscard]] std::optional<CffSummary> summarize_cff(std::string_view table, unsigned glyph_count);

}  // namespace handout::fonts
