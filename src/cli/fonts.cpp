#include <fmt/format.h>

#include "base/files.h"
#include "cli/requests.h"
#include "unicode/available_locales.h"

namespace handout::cli {
namespace {

std::string characters(const std::vector<char32_t>& missing) {
  std::string text;
  for (std::size_t i = 0; i < missing.size() && i < 8; ++i) text += fmt::format("{}U+{:04X}", i > 0 ? " " : "", static_cast<std::uint32_t>(missing[i]));
  if (missing.size() > 8) text += fmt::format(" and {} more", missing.size() - 8);
  return text;
}

void print_families(const fonts::Fonts& fonts, std::string& text) {
  std::string family;
  std::size_t missing = 0;
  for (std::size_t i = 0; i < fonts.face_count(); ++i) {
    const fonts::FaceId face{i};
    const fonts::FaceInfo& info = fonts.info(face);
    if (info.family != family) text += fmt::format("{} ({})\n", info.family, info.license);
    family = info.family;
    text += fmt::format("  {:<4}{:<8} {}\n", info.weight, info.slant == fonts::Slant::Italic ? "italic" : "", fonts.available(face) ? info.file : "MISSING: " + info.file);
    if (!fonts.available(face)) ++missing;
  }
  if (missing > 0) text += fmt::format("{} {} missing: install Debian's fonts-noto-core, fonts-noto-cjk and fonts-symbola\n", missing, missing == 1 ? "face is" : "faces are");
}

std::string coverage_line(const fonts::Fonts& fonts, const unicode::Locale& locale) {
  const fonts::LocaleCoverage coverage = fonts.coverage(locale);
  std::string line = fmt::format("  {:<10} {:<4}  {}", locale.tag(), locale.script(), coverage.covered ? "covered" : "missing " + characters(coverage.missing));
  if (unicode::inherits_root_data(locale)) line += "; only inherits its ICU data: dates and digits are the root locale's";
  return line + '\n';
}

}  // namespace

int run_fonts(const Options& options, Pipeline& pipeline) {
  if (!options.font_text.empty()) return run_font_text(options, pipeline);
  Diagnostics diags;
  std::string text;
  if (const auto fonts = pipeline.fonts(nullptr, diags)) {
    if (options.font_locales.empty()) {
      print_families(**fonts, text);
      text += "fallback scripts\n ";
      for (const std::string& script : (*fonts)->scripts()) text += ' ' + script;
      text += "\nlocales\n";
      for (const unicode::Locale& locale : unicode::available_locales()) text += coverage_line(**fonts, locale);
    }
    for (const std::string& tag : options.font_locales) {
      if (const auto locale = unicode::Locale::parse(tag)) text += coverage_line(**fonts, *locale);
      else diags.usage_error(fmt::format("'{}' is no language tag", tag)).hint("BCP 47 tags are such as es, pt-BR or zh-Hans");
    }
  }
  static_cast<void>(write_standard_output(text, diags));
  print(diags);
  return diags.exit_code();
}

}  // namespace handout::cli
