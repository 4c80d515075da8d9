#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostics.h"
#include "base/length.h"
#include "images/picture.h"

// Door to zint: what machines read, as a drawing of black rectangles. No raster: printers place each bar themselves.
namespace handout::codes {

// Qr: ISO/IEC 18004. DataMatrix: ISO/IEC 16022, ECC 200. Aztec: ISO/IEC 24778. Pdf417: ISO/IEC 15438. Code128: ISO/IEC 15417. Gs1_128: Code 128 by the GS1 General
// Specifications. Ean13: ISO/IEC 15420. The others are 4-state codes, for letters: IntelligentMail of USPS-B-3200; RoyalMail (RM4SCC) and its successor Mailmark; Kix of PostNL; AustraliaPost and JapanPost, their posts'
// customer codes.
enum class Kind : std::uint8_t { Qr, DataMatrix, Aztec, Pdf417, Code128, Gs1_128, Ean13, IntelligentMail, RoyalMail, Mailmark, Kix, AustraliaPost, JapanPost };

// How much of a QR code may be lost or dirty: about 7, 15, 25 and 30 % of its codewords.
enum class ErrorLevel : std::uint8_t { Low, Medium, Quartile, High };

// What to encode. Data is UTF-8 and may be anything that the kind takes:
// - Qr, DataMatrix, Aztec, Pdf417: any text; when it is not ASCII it is marked as UTF-8 (ECI 26).
// - Code128: ASCII without control characters.
// - Gs1_128: application identifiers in parentheses, "(01)09501101530003(17)271231".
// - Ean13: 12 digits, or 13 with the check digit, which then must be right.
// - IntelligentMail: the 20 digits of the tracking code, then 0, 5, 9 or 11 of the ZIP code, with or without "-" between.
// - RoyalMail: postcode and delivery point, capital letters and digits, "W1J0TR01". The check character is added.
// - Mailmark: 17 to 22 characters of barcode C or 23 to 26 of barcode L as Royal Mail gives them, capital letters, digits and spaces, "21B2254800659JW5O9QA6Y".
// - Kix: postcode, house number and what is added to it, capital letters and digits, 11 at most, "2500GG30250".
// - AustraliaPost: the 8 digits of the delivery point, then 0, 5 or 10 characters or 8 or 15 digits of one's own.
// - JapanPost: the 7 digits of the postcode, then the address's numbers, digits, capital letters and "-", "15400233-16-4-205".
struct Code {
  Kind kind = Kind::Qr;
  std::string data;
  ErrorLevel level = ErrorLevel::Medium;  // Qr only
  std::optional<Length> module;           // width of the narrowest bar or cell; nothing: default_module(kind)
  std::optional<Length> bar_height;       // Code128, Gs1_128, Ean13; nothing: what the standard asks for
  std::optional<int> side{};               // DataMatrix, Qr: a square of so many modules, so that codes of one form are of one size; nothing: the smallest
};

// What `module` is when it is left out: 0.25 mm, which office printers (300 dpi and more) and readers in the hand still resolve; Ean13 0.33 mm; codes for letters 1/44 inch (22 bars an inch), AustraliaPost 0.54 mm, JapanPost 0.6 mm. A telephone reads
// a QR code from the distance of a lap when its modules are 0.4 mm and more.
Length default_module(Kind kind);
// Finer ones are refused: 0.25 mm (the practice for quality grades of ISO/IEC 15415 and 15416 on office printers); Ean13 0.264 mm (80 %); IntelligentMail, RoyalMail, Mailmark and Kix 1/48 inch; AustraliaPost 0.51 mm; JapanPost 0.5 mm.
Length least_module(Kind kind);

// "qr", "data-matrix", "aztec", "pdf417", "code-128", "gs1-128", "ean-13", "intelligent-mail", "royal-mail", "mailmark", "kix", "australia-post", "japan-post", as layouts name them.
std::string_view name(Kind kind);
std::optional<Kind> kind_named(std::string_view name);
std::span<const Kind> all_kinds();
// "L", "M", "Q", "H".
std::string_view name(ErrorLevel level);
std::optional<ErrorLevel> error_level_named(std::string_view name);

// The code with its quiet zone around it: Qr 4 modules; DataMatrix and Pdf417 2; Aztec none (it needs none); Code128 and Gs1_128 10 on the left and right; Ean13 11 on the left, 7 on the right;
// IntelligentMail 1/8 inch beside, 0.028 inch above and below; RoyalMail, Mailmark, Kix and JapanPost 2 mm around; AustraliaPost 6 mm beside, 2 mm above and below. The picture's drawing is one filled path in modules, black on nothing; its natural size is that of `module`. It must stand on
// white, unmirrored, and is scaled evenly (never below least_module: the caller that scales checks). There is no text in it: what is printed beside a code, and the alternative text that says what
// it leads to, are the caller's.
// Faults at `at`, with a hint and never with the data, which may be a patient's: data that the kind does not take or that is too long (for its `side`), a module too fine, bars that are too low. zint's errors and warnings all
// become faults. The same code gives the same drawing.
Result<std::shared_ptr<const images::Picture>> encode(const Code& code, const Span& at, Diagnostics& diags);

}  // namespace handout::codes
