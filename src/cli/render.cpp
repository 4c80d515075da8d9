#include <fmt/format.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdio>
#include <optional>
#include <set>

#include "base/files.h"
#include "cli/protect.h"
#include "cli/read_protection.h"
#include "cli/requests.h"
#include "cli/unused.h"

namespace handout::cli {

namespace fs = std::filesystem;

namespace {

std::string size_text(std::size_t bytes) { return fmt::format("{:.1f} KB", static_cast<double>(bytes) / 1000.0); }

// Who reads what is told.
enum class Reader : std::uint8_t { Clinic, LayoutAuthor };

std::string places_of(const std::vector<Span>& spans) {
  std::string text;
  for (const Span& at : spans) text += fmt::format("{}{}:{}", text.empty() ? "" : ", ", at.line, at.column);
  return text;
}

class Renderer {
 public:
  Renderer(const RenderOptions& options, Reader reader, Pipeline& pipeline) : options_(options), reader_(reader), pipeline_(pipeline) {}

  int run() {
    Requests requests = make_requests(options_, pipeline_, diags_);
    const bool nothing = !read_output() || requests.requests.empty() || (diags_.has_errors() && requests.refused == 0) || !can_be_written(requests);
    if (nothing) {
      print(diags_);
      return diags_.exit_code();
    }
    std::size_t done = 0;
    int worst = 0;
    for (const request::Request& request : requests.requests) {
      Diagnostics own;
      if (render(request, own)) ++done;
      else worst = std::max(worst, own.exit_code());
      std::fflush(stdout);
      if (done == 0 || requests.requests.size() == 1) print(diags_);
      else if (&request == &requests.requests.back()) print(diags_);
      print(own);
    }
    if (worst == 0 && requests.refused == 0) return 0;
    return worst == 3 ? 3 : done > 0 ? 4 : std::max(worst, 1);
  }

 private:
  bool read_output() {
    output_.purpose = options_.purpose == "print" ? pdf::Purpose::Print : pdf::Purpose::Screen;
    output_.attach_source = options_.attach_source;
    if (options_.debug_boxes) output_.overlay = paginate::Overlay::Boxes;
    if (options_.compression != 0) output_.compression = options_.compression;
    if (options_.password_file.empty()) return true;
    const auto protection = read_protection(options_, diags_);
    if (!protection) return false;
    protection_ = *protection;
    diags_.note({}, "an encrypted file cannot be PDF/A: the claim is left out");
    return true;
  }

  // One file for several handouts, or a folder that is not there: said before any work is done.
  bool can_be_written(const Requests& requests) {
    if (!options_.output.empty() && requests.requests.size() > 1) {
      diags_.usage_error(fmt::format("-o names one file, {} handouts were asked for", requests.requests.size())).hint("use -d FOLDER");
      return false;
    }
    std::error_code ignored;
    if (!options_.folder.empty() && !fs::is_directory(options_.folder, ignored)) {
      diags_.machine_error(Span::of_file(options_.folder), "is no folder").hint("create it first");
      return false;
    }
    return true;
  }

  [[nodiscard]] fs::path output_of(const request::Request& request, const Rendered& rendered) const {
    if (!options_.output.empty()) return options_.output;
    // The edition begins with article, version and locale.
    const std::size_t article_end = rendered.edition.find(' '), version_end = rendered.edition.find(' ', article_end + 1), locale_end = rendered.edition.find(' ', version_end + 1);
    std::string name = rendered.edition.substr(0, article_end) + '-' + rendered.edition.substr(version_end + 1, locale_end - version_end - 1);
    if (request.layout != "standard") name += '-' + fs::path(request.layout).stem().string();
    if (request.profile != "standard") name += '-' + request.profile;
    if (request.impose != request::Impose::AsLaidOut) name += '-' + std::string(request::name(request.impose));
    if (options_.debug_boxes) name += "-debug";
    return fs::path(options_.folder) / (name + ".pdf");
  }

  bool render(const request::Request& request, Diagnostics& diags) {
    const auto start = std::chrono::steady_clock::now();
    compose::Usage usage;
    if (reader_ == Reader::LayoutAuthor) output_.usage = &usage;
    auto rendered = pipeline_.render(request, diags, output_);
    if (!rendered) return false;
    if (reader_ == Reader::LayoutAuthor) tell_unused(usage, *rendered->layout, diags);
    if (protection_) {
      auto encrypted = protect_pdf(rendered->bytes, *protection_, diags);
      if (!encrypted) return false;
      rendered->bytes = std::move(*encrypted);
    }
    // A patient's handout is its owner's alone.
    if (request.recipient || !request.fields.empty() || !request.note.empty()) ::umask(S_IRWXG | S_IRWXO);
    const fs::path path = output_of(request, *rendered);
    const bool to_standard_output = path == "-";
    const auto written = to_standard_output ? write_standard_output(rendered->bytes, diags) : write_file(path, rendered->bytes, diags);
    if (!written) return false;
    const auto taken = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
    const std::string line = fmt::format("{}: {} {}, {}, {} ms\n", to_standard_output ? "standard output" : path.string(), rendered->pages, rendered->pages == 1 ? "page" : "pages", size_text(rendered->bytes.size()), taken.count());
    std::fputs(line.c_str(), to_standard_output ? stderr : stdout);
    return true;
  }

  // In one line: one handout is no proof that nothing needs them.
  static void tell_unused(const compose::Usage& usage, const layouts::LayoutDefinition& layout, Diagnostics& diags) {
    std::set<std::string> used;
    add_used(usage, layout, used);
    const Unused unused = find_unused(layout, used);
    const auto told = [&](const std::vector<Span>& places, std::string_view what) {
      if (!places.empty()) diags.note(Span::of_file(*layout.at.file), fmt::format("{} (line:column {})", what, places_of(places))).hint(fmt::format("handout check {} looks for them in all articles, languages and profiles", layout.id));
    };
    told(unused.styles, "styles that nothing in this handout takes");
    told(unused.slots, "slots that took nothing in this handout");
  }

  const RenderOptions& options_;
  Reader reader_;
  Pipeline& pipeline_;
  Output output_;
  std::optional<Protection> protection_;
  Diagnostics diags_;
};

}  // namespace

int run_render(const Options& options, Pipeline& pipeline) { return Renderer(options.render, options.command == Options::Command::Watch ? Reader::LayoutAuthor : Reader::Clinic, pipeline).run(); }

}  // namespace handout::cli
