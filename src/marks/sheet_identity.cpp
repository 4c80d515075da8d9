#include "marks/sheet_identity.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/expects.h"

namespace handout::marks {

using styled::OmrMeaning;

namespace {

constexpr int kLetters = 36;
constexpr std::uint64_t kSequence = 1000;

int value_of(char c) {
  EXPECTS((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'));
  return c <= '9' ? c - '0' : c - 'A' + 10;
}

bool bit_of(std::uint64_t number, int bit) { return ((number >> bit) & 1u) != 0; }

// From 1.
std::uint64_t number_in_job(const SheetPlace& place) { return place.identity.sheets_before + place.index + 1; }

bool is_parity(OmrMeaning meaning) { return meaning == OmrMeaning::EvenParity || meaning == OmrMeaning::OddParity; }

bool is_there(const styled::OmrMark& mark, const SheetPlace& place) {
  const bool first = place.index == 0, last = place.index + 1 == place.sheets;
  switch (mark.meaning) {
    case OmrMeaning::Benchmark:
    case OmrMeaning::Safety:
    case OmrMeaning::Retiming: return true;
    case OmrMeaning::Begin: return first;
    case OmrMeaning::NotBegin: return !first;
    case OmrMeaning::End: return last;
    case OmrMeaning::NotEnd: return !last;
    case OmrMeaning::Sequence: return bit_of(number_in_job(place), mark.bit);
    case OmrMeaning::PieceSequence: return bit_of(place.identity.number + 1, mark.bit);
    case OmrMeaning::EvenParity:
    case OmrMeaning::OddParity: break;  // when the others are known
  }
  return false;
}

}  // namespace

char check_character(std::string_view text) {
  int p = kLetters;
  for (const char c : text) {
    const int sum = (p + value_of(c)) % kLetters;
    p = (sum == 0 ? kLetters : sum) * 2 % (kLetters + 1);
  }
  const int check = (kLetters + 1 - p) % kLetters;
  return static_cast<char>(check < 10 ? '0' + check : 'A' + check - 10);
}

std::vector<bool> bars_of(const std::vector<styled::OmrMark>& marks, const SheetPlace& place) {
  std::vector<bool> bars;
  for (const styled::OmrMark& mark : marks) bars.push_back(is_there(mark, place));
  const bool odd = std::count(bars.begin(), bars.end(), true) % 2 == 1;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (is_parity(marks[i].meaning)) bars[i] = (marks[i].meaning == OmrMeaning::EvenParity) == odd;
  }
  return bars;
}

std::string code_text(const SheetPlace& place) {
  const std::string text =
      fmt::format("H1{:0>{}}{:0>{}}{:03}{:03}{:03}", place.identity.job, kJobLetters, place.identity.piece, kPieceLetters, place.index + 1, place.sheets, number_in_job(place) % kSequence);
  return text + check_character(text);
}

std::string sheet_text(std::string_view pattern, const SheetPlace& place) {
  const std::pair<std::string_view, std::string> values[] = {
      {"{job}", place.identity.job}, {"{piece}", place.identity.piece}, {"{number}", std::to_string(place.identity.number + 1)}, {"{sheets}", std::to_string(place.sheets)}, {"{sheet}", std::to_string(place.index + 1)}};
  std::string text;
  for (std::size_t i = 0; i < pattern.size();) {
    const auto named = std::find_if(std::begin(values), std::end(values), [&](const auto& each) { return pattern.substr(i).starts_with(each.first); });
    if (named == std::end(values)) {
      text += pattern[i++];
    } else {
      text += named->second;
      i += named->first.size();
    }
  }
  return text;
}

}  // namespace handout::marks
