#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "base/result.h"

namespace handout::postal {

// How a country's postcodes look, and how they are printed: "#####|#####-####". '#' is a digit, '@' a letter A to Z, '*' either, "[A-CEF]" one of these, a capital letter or digit itself; a space or
// '-' is where one is printed; '|' stands between forms.
class PostcodeForm {
 public:
  // The byte at which it is not written so. Of meaning: a range that falls, such as [C-A].
  struct Fault { std::size_t at = 0; Aspect aspect = Aspect::Form; };

  PostcodeForm() = default;
  [[nodiscard]] static tl::expected<PostcodeForm, Fault> parse(std::string_view text);

  // The code as it is printed: spaces and hyphens as the form has them, letters as capitals. `prefix` may stand before it or not, and comes back with it. Nothing when it has none of the forms.
  // Digits of other scripts count as digits and are printed as 0 to 9; a code that has such digits, all of the country's own script ("Arab"), is given back as it is written.
  [[nodiscard]] std::optional<std::string> print(std::string_view code, std::string_view prefix, const std::string& script) const;

  [[nodiscard]] bool empty() const { return forms_.empty(); }
  [[nodiscard]] const std::string& text() const { return text_; }  // as it was written, for messages

 private:
  // Which of 0-9 (bits 0 to 9) and A-Z (bits 10 to 35) may stand here, and what is printed before it.
  struct Place { std::uint64_t takes = 0; char before = '\0'; };
  using Form = std::vector<Place>;

  std::string text_;
  std::vector<Form> forms_;
};

}  // namespace handout::postal
