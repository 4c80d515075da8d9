#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/files.h"
#include "cli/requests.h"
#include "unicode/text.h"

// `handout fonts --text FILE`: which font takes each run of a text.
namespace handout::cli {
namespace {

constexpr std::uintmax_t kTextLimit = 64U << 20;
constexpr std::size_t kShown = 48;  // characters of a run

// Without what a terminal would obey.
std::string printable(std::string_view text) {
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, at);
    at = c.end;
    const bool control = c.value < 0x20 || (c.value >= 0x7F && c.value <= 0x9F) || unicode::is_bidi_control(c.value) || c.value == 0x2028 || c.value == 0x2029;
    if (control) shown += fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(c.value));
    else shown += text.substr(c.begin, c.end - c.begin);
  }
  return shown;
}

// The run's beginning and end, no cluster parted.
std::string shortened(std::string_view text) {
  std::string_view head = text.substr(0, std::min(text.size(), std::size_t{4096}));
  while (unicode::find_invalid_utf8(head)) head.remove_suffix(1);
  const std::vector<std::size_t> clusters = unicode::grapheme_boundaries(head);
  if (head.size() == text.size() && clusters.size() <= kShown + 1) return printable(text);
  return printable(text.substr(0, clusters[std::min(clusters.size() - 1, kShown - 1)])) + "…";
}

std::string face_name(const fonts::FaceInfo& info) {
  std::string name = info.family;
  if (info.weight != 400) name += fmt::format(" {}", info.weight);
  return info.slant == fonts::Slant::Italic ? name + " italic" : name;
}

class FaceTable {
 public:
  FaceTable(Pipeline& pipeline, const fonts::Fonts& fonts, const unicode::Locale& language, Diagnostics& diags)
      : pipeline_(pipeline), fonts_(fonts), language_(language), diags_(diags) {}

  void add_line(std::string_view line, const Span& file, std::uint32_t number) {
    const auto runs = pipeline_.explain_faces(line, language_, diags_);
    if (!runs) return;
    for (const typeset::ExplainedRun& run : *runs) {
      text_ += fmt::format("{:<5} {:<6}  {:<28}  {}\n", number, run.script, face_name(fonts_.info(run.face)), shortened(line.substr(run.begin, run.end - run.begin)));
      for (const fonts::Uncovered& missing : run.uncovered) report(missing, run.script, line, file.at(number, 0));
    }
  }

  [[nodiscard]] std::string text() const { return fmt::format("{:<5} {:<6}  {:<28}  {}\n", "line", "script", "font", "text") + text_; }

 private:
  // Each character once, where it first stands.
  void report(const fonts::Uncovered& missing, std::string_view script, std::string_view line, const Span& at) {
    if (!told_.insert(missing.character).second) return;
    const std::string name = unicode::describe(missing.character);
    text_ += fmt::format("{:>15}not covered: {}\n", "", name);
    fonts::FaceRequest request;
    request.language = language_.tag();
    std::string tried;
    for (const std::string& family : fonts_.tried_families(script, request)) tried += (tried.empty() ? "" : ", ") + family;
    const std::size_t column = unicode::count_code_points(line.substr(0, missing.offset)) + 1;
    diags_.error(at.at(at.line, static_cast<std::uint32_t>(column)), "no font has " + name).hint("fonts tried: " + tried + ", then all others");
  }

  Pipeline& pipeline_;
  const fonts::Fonts& fonts_;
  const unicode::Locale& language_;
  Diagnostics& diags_;
  std::set<char32_t> told_;
  std::string text_;
};

// Calls `each` for every line with its number; LF, CR and CRLF end one.
template <typename Each>
void for_each_line(std::string_view text, Each each) {
  std::uint32_t number = 1;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\r\n");
    each(text.substr(0, end), number++);
    if (end == std::string_view::npos) return;
    text.remove_prefix(text.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
  }
}

// The place of an offset; what stands before it in its line is valid.
Span place_of(std::string_view text, std::size_t offset, const Span& file) {
  Span at = file.at(1, 1);
  for_each_line(text.substr(0, offset), [&](std::string_view line, std::uint32_t number) {
    at = file.at(number, static_cast<std::uint32_t>(unicode::count_code_points(line) + 1));
  });
  if (offset > 0 && (text[offset - 1] == '\n' || text[offset - 1] == '\r')) at = file.at(at.line + 1, 1);
  return at;
}

std::optional<unicode::Locale> language_of(const Options& options, Diagnostics& diags) {
  if (options.font_locales.size() > 1) {
    diags.usage_error("a text has one language, not " + std::to_string(options.font_locales.size())).hint("give --locale once beside --text");
    return std::nullopt;
  }
  const std::string tag = options.font_locales.empty() ? "en" : options.font_locales.front();
  auto locale = unicode::Locale::parse(tag);
  if (!locale) diags.usage_error(fmt::format("'{}' is no language tag", tag)).hint("BCP 47 tags are such as es, pt-BR or zh-Hans");
  return locale;
}

std::string explain_text(const Options& options, Pipeline& pipeline, Diagnostics& diags) {
  const auto language = language_of(options, diags);
  if (!language) return "";
  const Span file = Span::of_file(options.font_text);
  const auto source = read_file(options.font_text, file, kTextLimit, diags);
  if (!source) return "";
  std::string_view text = *source;
  if (text.starts_with("\uFEFF")) text.remove_prefix(3);
  if (const auto invalid = unicode::find_invalid_utf8(text)) {
    diags.error(place_of(text, *invalid, file), fmt::format("invalid UTF-8: byte 0x{:02X}", static_cast<unsigned char>(text[*invalid]))).hint("save the file as UTF-8");
    return "";
  }
  const auto fonts = pipeline.fonts(nullptr, diags);
  if (!fonts) return "";
  FaceTable table(pipeline, **fonts, *language, diags);
  for_each_line(text, [&](std::string_view line, std::uint32_t number) { table.add_line(line, file, number); });
  return table.text();
}

}  // namespace

int run_font_text(const Options& options, Pipeline& pipeline) {
  Diagnostics diags;
  static_cast<void>(write_standard_output(explain_text(options, pipeline, diags), diags));
  print(diags);
  return diags.exit_code();
}

}  // namespace handout::cli
