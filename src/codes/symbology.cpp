#include "codes/symbology.h"

#include <algorithm>

#include "base/expects.h"

namespace handout::codes {

namespace {

constexpr Length kFinest = 0.25_mm;
// USPS-B-3200: 20 to 24 bars an inch, here as wide as the gaps between them; the quiet zone is 1/8 inch beside and 0.028 inch above and below, which the finest bars have as well.
constexpr Length kMailModule = 1_in / 44, kFinestMailModule = 1_in / 48, kWidestMailModule = 1_in / 40;
constexpr QuietZone kMailQuiet{0.125 * 48, 0.125 * 48, 0.028 * 48, 0.028 * 48};

// White of 2 mm around, and 6 mm beside Australia's, at the finest module, which the others have as well.
constexpr QuietZone around(double beside_mm, double above_mm, double finest_mm) { return {beside_mm / finest_mm, beside_mm / finest_mm, above_mm / finest_mm, above_mm / finest_mm}; }
constexpr double kFinestMail = 25.4 / 48;
// 22 to 25 bars an inch, of 0.4 to 0.6 mm with gaps of 0.4 to 0.7 mm.
constexpr Length kAustralianModule = 0.54_mm, kFinestAustralian = 0.51_mm, kWidestAustralian = 0.577_mm;
// For letters of 10 pt; from 8 to 11.5 pt all sizes grow alike, here down to the bars' least width.
constexpr Length kJapaneseModule = 0.6_mm, kFinestJapanese = 0.5_mm, kWidestJapanese = 0.69_mm;

constexpr std::string_view kText = "it takes text in UTF-8";

// Quiet zones as in each kind's standard (codes.h names them); Data Matrix asks for 1, and 2 help where there is print around.
constexpr std::array<Symbology, 13> kSymbologies{{
    {Kind::Qr, "qr", "a QR code", kFinest, kFinest, std::nullopt, {4, 4, 4, 4}, kText},
    {Kind::DataMatrix, "data-matrix", "a Data Matrix", kFinest, kFinest, std::nullopt, {2, 2, 2, 2}, kText},
    {Kind::Aztec, "aztec", "an Aztec code", kFinest, kFinest, std::nullopt, {0, 0, 0, 0}, kText},
    {Kind::Pdf417, "pdf417", "a PDF417", kFinest, kFinest, std::nullopt, {2, 2, 2, 2}, kText},
    {Kind::Code128, "code-128", "a Code 128", kFinest, kFinest, std::nullopt, {10, 10, 0, 0}, "it takes letters, digits and signs of ASCII; use qr or data-matrix for other text"},
    {Kind::Gs1_128, "gs1-128", "a GS1-128", kFinest, kFinest, std::nullopt, {10, 10, 0, 0}, "write application identifiers in parentheses, each with data of its form, such as (01)09501101530003"},
    {Kind::Ean13, "ean-13", "an EAN-13", 0.33_mm, 0.264_mm, 0.66_mm, {11, 7, 0, 0}, "give 12 digits, or 13 with the right check digit"},
    {Kind::IntelligentMail, "intelligent-mail", "an Intelligent Mail code", kMailModule, kFinestMailModule, kWidestMailModule, kMailQuiet,
     "give the 20 digits of the tracking code, of which the second is 0 to 4, then none, 5, 9 or 11 of the ZIP code"},
    {Kind::RoyalMail, "royal-mail", "a Royal Mail code", kMailModule, kFinestMailModule, kWidestMailModule, around(2, 2, kFinestMail), "give postcode and delivery point without spaces, capital letters and digits, such as W1J0TR01"},
    {Kind::Mailmark, "mailmark", "a Mailmark", kMailModule, kFinestMailModule, kWidestMailModule, around(2, 2, kFinestMail), "give the 17 to 26 characters that Royal Mail's rules make, capital letters, digits and spaces, such as 21B2254800659JW5O9QA6Y"},
    {Kind::Kix, "kix", "a KIX code", kMailModule, kFinestMailModule, kWidestMailModule, around(2, 2, kFinestMail), "give postcode, house number and addition without spaces, capital letters and digits, 11 at most, such as 2500GG30250"},
    {Kind::AustraliaPost, "australia-post", "an Australia Post code", kAustralianModule, kFinestAustralian, kWidestAustralian, around(6, 2, 0.51), "give the 8 digits of the delivery point, then none, 5 or 10 letters and digits, or 8 or 15 digits"},
    {Kind::JapanPost, "japan-post", "a Japan Post code", kJapaneseModule, kFinestJapanese, kWidestJapanese, around(2, 2, 0.5), "give the 7 digits of the postcode, then the address's numbers, such as 15400233-16-4-205"},
}};

constexpr std::array<Kind, 13> kKinds{Kind::Qr,    Kind::DataMatrix,      Kind::Aztec,     Kind::Pdf417, Kind::Code128,       Kind::Gs1_128,
                                      Kind::Ean13, Kind::IntelligentMail, Kind::RoyalMail, Kind::Mailmark, Kind::Kix,    Kind::AustraliaPost, Kind::JapanPost};
constexpr std::array<std::string_view, 4> kLevels{"L", "M", "Q", "H"};

}  // namespace

const Symbology& symbology_of(Kind kind) {
  const auto found = std::ranges::find(kSymbologies, kind, &Symbology::kind);
  ENSURES(found != kSymbologies.end());
  return *found;
}

Length default_module(Kind kind) { return symbology_of(kind).default_module; }
Length least_module(Kind kind) { return symbology_of(kind).least_module; }
std::string_view name(Kind kind) { return symbology_of(kind).name; }
std::span<const Kind> all_kinds() { return kKinds; }

std::optional<Kind> kind_named(std::string_view name) {
  const auto found = std::ranges::find(kSymbologies, name, &Symbology::name);
  return found == kSymbologies.end() ? std::nullopt : std::optional(found->kind);
}

std::string_view name(ErrorLevel level) { return kLevels.at(static_cast<std::size_t>(level)); }

std::optional<ErrorLevel> error_level_named(std::string_view name) {
  const auto found = std::ranges::find(kLevels, name);
  return found == kLevels.end() ? std::nullopt : std::optional(static_cast<ErrorLevel>(found - kLevels.begin()));
}

}  // namespace handout::codes
