#include "unicode/yes_no.h"

#include <fmt/format.h>

#include "unicode/matching.h"

namespace handout::unicode {

namespace {

bool is_listed(std::string_view word, std::string_view list) { return fmt::format(" {} ", list).find(fmt::format(" {} ", word)) != std::string::npos; }

}  // namespace

std::optional<bool> yes_or_no(std::string_view text) {
  constexpr std::string_view kYes = "yes y true 1 x oui ja si sim да نعم हाँ हां co 是 はい 예 네", kNo = "no n false 0 non nein nao нет لا नहीं khong 否 いいえ 아니요 아니오";
  const std::string answer = fold_for_matching(text);
  if (answer.empty()) return std::nullopt;
  if (is_listed(answer, kYes)) return true;
  if (is_listed(answer, kNo)) return false;
  return std::nullopt;
}

}  // namespace handout::unicode
