#include "codes/codes.h"

#include <fmt/format.h>
#include <zint.h>

#include <algorithm>

#include "base/handle.h"
#include "base/narrow.h"
#include "codes/modules.h"
#include "codes/symbology.h"
#include "unicode/text.h"

namespace handout::codes {

namespace {

using ZintSymbol = Handle<zint_symbol, ZBarcode_Delete>;

constexpr int kUtf8 = 26;                      // AIM ECI 000026
constexpr Length kLowestBars = 5_mm;           // ISO/IEC 15417 leaves it open; below that a hand misses the bars
constexpr Length kHealthcareBars = 12.7_mm;    // GS1 General Specifications, codes of regulated healthcare
constexpr double kEanBars = 22.85 / 0.33;      // ISO/IEC 15420: of the nominal size, in modules
constexpr double kPdf417Rows = 3;              // ISO/IEC 15438: at least
// Bars of 4 states in mm, in the middle of what is allowed: trackers and full bars.
struct StateBars { double tracker, full; };
constexpr StateBars kMailBars{0.048 * 25.4, 0.145 * 25.4};  // USPS-B-3200
constexpr StateBars kRoyalMailBars{1.27, 5.03};              // RM4SCC, Mailmark and KIX: 1.02 to 1.52, and 1.88 (1.60 to 2.16) more above and below
constexpr StateBars kAustralianBars{1.3, 5.0};               // Customer Barcoding Technical Specifications: 1.0 to 1.6, 4.2 to 5.8
constexpr StateBars kJapaneseBars{1.2, 3.6};                 // of modules of 0.6 mm
constexpr int kMostKix = 11;

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
// Takes a side of one's own; zint's numbers of its squares.
bool has_side(Kind kind) { return kind == Kind::Qr || kind == Kind::DataMatrix; }
std::optional<int> zint_version(Kind kind, int side) {
  // ISO/IEC 18004: versions 1 to 40 have 21 to 177 modules.
  if (kind == Kind::Qr) return side >= 21 && side <= 177 && (side - 21) % 4 == 0 ? std::optional((side - 21) / 4 + 1) : std::nullopt;
  // ISO/IEC 16022, table 7.
  constexpr int kSquares[] = {10, 12, 14, 16, 18, 20, 22, 24, 26, 32, 36, 40, 44, 48, 52, 64, 72, 80, 88, 96, 104, 120, 132, 144};
  const auto found = std::ranges::find(kSquares, side);
  return found == std::end(kSquares) ? std::nullopt : std::optional(static_cast<int>(found - std::begin(kSquares)) + 1);
}
bool has_bars(Kind kind) { return kind == Kind::Code128 || kind == Kind::Gs1_128 || kind == Kind::Ean13; }

int zint_number(Kind kind) {
  switch (kind) {
    case Kind::Qr: return BARCODE_QRCODE;
    case Kind::DataMatrix: return BARCODE_DATAMATRIX;
    case Kind::Aztec: return BARCODE_AZTEC;
    case Kind::Pdf417: return BARCODE_PDF417;
    case Kind::Code128: return BARCODE_CODE128;
    case Kind::Gs1_128: return BARCODE_GS1_128;
    case Kind::Ean13: return BARCODE_EANX;
    case Kind::IntelligentMail: return BARCODE_USPS_IMAIL;
    case Kind::RoyalMail: return BARCODE_RM4SCC;
    case Kind::Mailmark: return BARCODE_MAILMARK;
    case Kind::Kix: return BARCODE_KIX;
    case Kind::AustraliaPost: return BARCODE_AUSPOST;
    case Kind::JapanPost: return BARCODE_JAPANPOST;
  }
  return 0;
}

class Encoder {
 public:
  Encoder(const Code& code, const Span& at, Diagnostics& diags) : code_(code), kind_(symbology_of(code.kind)), module_(code.module.value_or(kind_.default_module)), at_(at), diags_(diags) {}

  Result<std::shared_ptr<const images::Picture>> run() {
    const std::size_t before = diags_.error_count();
    check_sizes();
    if (const auto data = data_for_zint(); diags_.error_count() == before) {
      const ZintSymbol symbol(ZBarcode_Create());
      if (!symbol) return out_of_memory();
      set_options(*symbol);
      const int told = ZBarcode_Encode(symbol.get(), reinterpret_cast<const unsigned char*>(data.data()), narrow<int>(data.size()));
      if (told == 0) return picture(*symbol);
      report(told);
    }
    return tl::unexpected<Failure>(Failure{});
  }

 private:
  Diagnostics::Added fault(std::string_view what, std::string hint) { return diags_.error(at_, fmt::format("{} {}", kind_.shown, what)).hint(std::move(hint)); }
  Diagnostics::Added out_of_memory() { return diags_.machine_error(at_, fmt::format("{} cannot be made: out of memory", kind_.shown)); }

  void check_sizes() {
    const auto mm = [](Length length) { return fmt::format("{:.3g} mm", length.points() * 25.4 / 72.0); };
    const std::string least = mm(kind_.least_module);
    if (module_ < kind_.least_module) fault(fmt::format("has modules of {}, finer than {}", mm(module_), least), "make it larger, or shorten what it holds: finer ones don't print cleanly");
    if (kind_.most_module && module_ > *kind_.most_module) fault(fmt::format("has modules of {}, wider than {}", mm(module_), mm(*kind_.most_module)), "make it smaller: its standard bounds its size");
    if (code_.side && (!has_side(code_.kind) || !zint_version(code_.kind, *code_.side))) fault(fmt::format("has no size of {} modules", *code_.side), "Data Matrix: 10, 12, ... 26, 32, ... 144; QR: 21, 25, ... 177");
    if (!code_.bar_height) return;
    if (!has_bars(code_.kind)) fault("has no height of bars", "leave it out: only code-128, gs1-128 and ean-13 have one");
    else if (*code_.bar_height < kLowestBars) fault(fmt::format("has bars of {}, lower than {}", mm(*code_.bar_height), mm(kLowestBars)), "make the bars higher");
  }

  // The data as zint takes it. What the kind does not take is a fault; zint's own words may quote the data and are never shown.
  std::string data_for_zint() {
    const std::string& data = code_.data;
    if (data.empty()) {
      fault("has nothing to hold", "give it an address or a text");
    } else if (const auto wrong = unicode::find_invalid_utf8(data)) {
      fault(fmt::format("was given bytes that are not UTF-8, the first is number {}", *wrong + 1), "give it text");
    } else if (data.size() > ZINT_MAX_DATA_LEN) {
      too_long();
    } else if (code_.kind == Kind::Ean13 || code_.kind == Kind::IntelligentMail) {
      return digits();
    } else if (code_.kind == Kind::RoyalMail || code_.kind == Kind::Mailmark || code_.kind == Kind::Kix || code_.kind == Kind::JapanPost || code_.kind == Kind::AustraliaPost) {
      check_characters();
    } else if (has_bars(code_.kind)) {
      const auto other = std::ranges::find_if(data, [](char c) { return c < ' ' || c > '~'; });
      if (other != data.end()) fault(fmt::format("does not take the character at byte {} of its data", other - data.begin() + 1), std::string(kind_.takes));
    }
    return data;
  }

  // zint makes capitals of small letters and fills up without a word; a post's code that was guessed at leads nowhere.
  void check_characters() {
    const bool dash = code_.kind == Kind::JapanPost, australian = code_.kind == Kind::AustraliaPost, space = code_.kind == Kind::Mailmark || australian;
    // Small letters, spaces and '#' are among Australia's characters for what customers add (its table C).
    const auto other = std::ranges::find_if_not(code_.data, [&](char c) { return is_digit(c) || is_capital(c) || (dash && c == '-') || (space && c == ' ') || (australian && ((c >= 'a' && c <= 'z') || c == '#')); });
    if (other != code_.data.end()) fault(fmt::format("does not take the character at byte {} of its data", other - code_.data.begin() + 1), std::string(kind_.takes));
    else if (code_.kind == Kind::Kix && code_.data.size() > kMostKix) too_long();
    else if (dash && (code_.data.size() < 7 || !std::ranges::all_of(code_.data.substr(0, 7), is_digit))) fault("has no postcode of 7 digits", std::string(kind_.takes));
  }

  std::string digits() {
    std::string data = code_.data;
    const bool mail = code_.kind == Kind::IntelligentMail;
    constexpr std::size_t kTracking = 20;
    if (mail && data.size() > kTracking && data[kTracking] == '-') data.erase(kTracking, 1);
    const auto other = std::ranges::find_if_not(data, is_digit);
    const std::size_t n = data.size();
    const bool counts = mail ? n == kTracking || n == kTracking + 5 || n == kTracking + 9 || n == kTracking + 11 : n == 12 || n == 13;
    if (other != data.end()) fault(fmt::format("was given a character that is no digit, at byte {}", other - data.begin() + 1), std::string(kind_.takes));
    else if (!counts && mail && n > kTracking) fault(fmt::format("was given {} digits, of which {} are the routing code; expected 5, 9 or 11 digits of the ZIP code behind the {} of the tracking code", n, n - kTracking, kTracking), std::string(kind_.takes));
    else if (!counts) fault(fmt::format("was given {} digits; expected {}", n, mail ? "20 of the tracking code, then none, 5, 9 or 11 of the ZIP code" : "12, or 13 with the check digit"), std::string(kind_.takes));
    // Its second digit is a barcode identifier's (USPS-B-3200): never a higher one.
    else if (mail && data[1] > '4') fault("was given a tracking code whose second digit is none of 0 to 4", std::string(kind_.takes));
    if (mail && n > kTracking) data.insert(kTracking, 1, '-');
    return data;
  }

  void set_options(zint_symbol& symbol) const {
    symbol.symbology = zint_number(code_.kind);
    symbol.input_mode = code_.kind == Kind::Gs1_128 ? GS1_MODE | GS1PARENS_MODE : UNICODE_MODE;
    symbol.warn_level = WARN_FAIL_ALL;
    // Without a mark a reader guesses: old standards say Latin-1 or JIS, telephones UTF-8.
    if (!is_ascii(code_.data)) symbol.eci = kUtf8;
    if (code_.kind == Kind::Qr) symbol.option_1 = static_cast<int>(code_.level) + 1;
    if (code_.side) symbol.option_2 = *zint_version(code_.kind, *code_.side);
  }

  void too_long() {
    std::string hint = "shorten it";
    if (code_.kind == Kind::Qr && code_.level != ErrorLevel::Low) hint += ", or choose error level L";
    else if (has_bars(code_.kind)) hint += ", or choose qr or data-matrix, which hold more";
    fault(fmt::format("cannot hold {} bytes", code_.data.size()), std::move(hint));
  }

  void report(int told) {
    switch (told) {
      case ZINT_ERROR_TOO_LONG: return too_long();
      case ZINT_ERROR_MEMORY: out_of_memory(); return;
      case ZINT_ERROR_INVALID_CHECK: fault("was given a wrong check digit", std::string(kind_.takes)); return;
      case ZINT_ERROR_INVALID_DATA: fault("does not take its data", std::string(kind_.takes)); return;
      case ZINT_ERROR_NONCOMPLIANT: fault("was given data against its standard", std::string(kind_.takes)); return;
      default: diags_.machine_error(at_, fmt::format("{} cannot be made: zint gave error {}", kind_.shown, told)); return;
    }
  }

  // Ascenders, trackers and descenders are rows; in modules.
  [[nodiscard]] double state_height(const StateBars& bars, int row) const { return (row == 1 ? bars.tracker : (bars.full - bars.tracker) / 2) * 72.0 / 25.4 / module_.points(); }

  // In modules.
  [[nodiscard]] double row_height(const zint_symbol& symbol, int row) const {
    const double module = module_.points();
    switch (code_.kind) {
      case Kind::Qr:
      case Kind::DataMatrix:
      case Kind::Aztec: return 1;
      case Kind::Pdf417: return kPdf417Rows;
      case Kind::IntelligentMail: return state_height(kMailBars, row);
      case Kind::RoyalMail:
      case Kind::Mailmark:
      case Kind::Kix: return state_height(kRoyalMailBars, row);
      case Kind::AustraliaPost: return state_height(kAustralianBars, row);
      case Kind::JapanPost: return (row == 1 ? kJapaneseBars.tracker : (kJapaneseBars.full - kJapaneseBars.tracker) / 2) / 0.6;  // grows with the module
      case Kind::Code128:
      case Kind::Gs1_128:
      case Kind::Ean13: break;
    }
    if (code_.bar_height) return code_.bar_height->points() / module;
    if (code_.kind == Kind::Ean13) return kEanBars;
    if (code_.kind == Kind::Gs1_128) return kHealthcareBars.points() / module;
    // The higher a wide code, the easier it is to sweep over it: 15 % of its width at least.
    return std::max(kLowestBars.points() / module, 0.15 * static_cast<double>(symbol.width));
  }

  [[nodiscard]] std::shared_ptr<const images::Picture> picture(const zint_symbol& symbol) const {
    Modules modules;
    for (int y = 0; y < symbol.rows; ++y) {
      std::vector<bool>& row = modules.rows.emplace_back();
      for (int x = 0; x < symbol.width; ++x) row.push_back(((symbol.encoded_data[y][x / 8] >> (x % 8)) & 1) != 0);
      modules.heights.push_back(row_height(symbol, y));
    }
    images::Drawing drawing = draw(modules, kind_.quiet);
    const Size size{module_.scaled(drawing.width), module_.scaled(drawing.height)};
    return std::make_shared<const images::Picture>(images::Picture{std::string(kind_.name), std::move(drawing), size});
  }

  const Code& code_;
  const Symbology& kind_;
  Length module_;
  const Span& at_;
  Diagnostics& diags_;
};

}  // namespace

Result<std::shared_ptr<const images::Picture>> encode(const Code& code, const Span& at, Diagnostics& diags) { return Encoder(code, at, diags).run(); }

}  // namespace handout::codes
