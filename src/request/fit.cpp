#include <fmt/format.h>

#include "base/numbers.h"
#include "request/request.h"

namespace handout::request {

namespace {

constexpr int kMostPages = 1000;

}  // namespace

std::optional<Fit> fit_named(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view what = text.substr(0, colon);
  const auto count = parse_integer(text.substr(colon + 1));
  if (!count || *count < 1 || *count > kMostPages || (what != "pages" && what != "sheets")) return std::nullopt;
  return Fit{what == "pages" ? Fit::In::Pages : Fit::In::Sheets, static_cast<int>(*count)};
}

std::string to_text(const Fit& fit) { return fmt::format("{}:{}", fit.in == Fit::In::Pages ? "pages" : "sheets", fit.count); }

}  // namespace handout::request
