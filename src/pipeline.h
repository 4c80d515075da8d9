#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "addresses.h"
#include "base/diagnostics.h"
#include "compose/compose.h"
#include "compose/dependence.h"
#include "content/article.h"
#include "display/display.h"
#include "fit.h"
#include "fonts/fonts.h"
#include "layouts/layout.h"
#include "paginate/paginate.h"
#include "paginate/trace.h"
#include "pdf/pdf.h"
#include "postal/envelopes.h"
#include "request/request.h"
#include "styled/styled.h"
#include "typeset/explain_faces.h"
#include "typeset/typeset.h"
#include "unicode/text.h"

// Request -> bytes. Owns what is read once and used by many requests.
namespace handout {

// Where the program's own files are.
struct Installation {
  std::filesystem::path content, layouts, fonts;  // folders
  std::filesystem::path srgb_profile;
  std::filesystem::path font_files{};             // where files beside fonts.xml are, when it is a copy; "": in `fonts`
};
// Looks beside the program (share/handout after an install, the checkout during development), or in `data` when that is not empty.
Result<Installation> find_installation(const std::filesystem::path& data, Diagnostics& diags);

// Every station that one request went through.
struct Stations {
  request::Request request;  // with all the editions that are printed
  compose::Sources sources;
  styled::StyledDocument styled;
  display::DisplayDocument display;
};

// What of a handout depends on the values of its fields.
struct Traced {
  // Of one time that it was laid out: where it had to fit several times, and which setting was taken hangs on all of them.
  struct Layout {
    compose::Dependence dependence;
    std::unique_ptr<paginate::Trace> trace;  // null: it serves for nobody else
    paginate::PageSettings settings;
    styled::StyledDocument document;         // whose blocks the trace names
  };
  std::vector<Layout> layouts;
  std::size_t taken = 0;  // which of them became the handout
  [[nodiscard]] bool is_complete() const {
    return !layouts.empty() && std::all_of(layouts.begin(), layouts.end(), [](const Layout& layout) { return layout.trace != nullptr && layout.trace->is_complete(); });
  }
};

// How a handout is written; what it says doesn't depend on it.
struct Output {
  pdf::Purpose purpose = pdf::Purpose::Screen;
  paginate::Overlay overlay = paginate::Overlay::None;  // drawn for who writes layouts; the title says so
  bool attach_source = false;                    // the article's XML goes into the file, which then is PDF/A-3
  int compression = pdf::kDefaultCompression;    // 1 to 12
  compose::Usage* usage = nullptr;               // for those who write layouts, as in Watching
};

// What is asked for beside the handout by those who write layouts, and by those who make many handouts from one.
struct Watching {
  compose::Usage* usage = nullptr;              // which styles and slots were used
  paginate::Overlay overlay = paginate::Overlay::None;
  Traced* traced = nullptr;                     // what depends on the recipient
  Severity small_type = Severity::Warning;      // what type below the profile's minimum is
};

struct Rendered {
  std::string bytes;
  std::size_t pages = 0;
  std::string edition;
  std::shared_ptr<const layouts::LayoutDefinition> layout;
};

// The locale that is taken for a wanted one.
struct LocaleChoice {
  unicode::Locale wanted, taken;
  std::filesystem::path file;
};

class Pipeline {
 public:
  using Hyphenation = std::shared_ptr<const unicode::Hyphenation>;
  static Hyphenation usual_hyphenation() { return std::make_shared<const unicode::Hyphenation>(unicode::Hyphenation::usual_folders()); }
  // Pipelines may share their hyphenation, whose dictionaries are read when they are first asked for, on whatever thread.
  explicit Pipeline(Installation installation, Hyphenation hyphenation = usual_hyphenation())
      : installation_(std::move(installation)), addresses_(installation_.content / "postal" / "countries.xml"), hyphenation_(std::move(hyphenation)) {}

  // What there is under a name in content/, or in a path (a folder or one file).
  Result<content::ArticleEntry> find_article(const std::string& article, Diagnostics& diags);
  // The nearest locale that exists; none near enough is a fault that lists what there is.
  Result<LocaleChoice> choose_locale(const content::ArticleEntry& entry, const unicode::Locale& wanted, Diagnostics& diags) const;

  Result<Rendered> render(const request::Request& request, Diagnostics& diags, const Output& output = {});
  Result<Stations> prepare(const request::Request& request, Diagnostics& diags, const Watching& watching = {});

  // Whether there is an envelope of that name; else told at its place.
  bool has_envelope(std::string_view name, const Span& at, Diagnostics& diags) { return find_envelope(name, at, diags) != nullptr; }
  // That a layout is made for an envelope, where one was named.
  static bool is_for_envelopes(const layouts::LayoutDefinition& layout, std::string_view named, const Span& at, Diagnostics& diags);
  // A fault: the layout is for an envelope, and its pages go on other sheets.
  static Diagnostics::Added tell_of_folded(const layouts::LayoutDefinition& layout, std::string_view fold, const Span& at, Diagnostics& diags);
  // The folded sheets of pages like these in the envelope that their layout names; true for one that names none. False: a fault is told, that of pages that were put on other sheets too.
  bool test_envelope(const Stations& stations, const display::DisplayDocument& display, const fonts::Fonts& fonts, Diagnostics& diags);

  [[nodiscard]] const Installation& installation() const { return installation_; }
  // The catalogue with the clinic's own fonts.
  Result<const fonts::Fonts*> fonts(const request::Clinic* clinic, Diagnostics& diags);
  // For clinics without fonts of their own: opened from the same list.
  void take(fonts::Fonts fonts) { fonts_[""] = std::make_unique<fonts::Fonts>(std::move(fonts)); }
  // Writes addresses as this pipeline does, with a memory of its own.
  [[nodiscard]] Addresses addresses() const { return addresses_.beside(); }
  // What sets text; not shared between threads.
  [[nodiscard]] typeset::Resources typesetting(const fonts::Fonts& fonts) { return {fonts, breaker_, *hyphenation_, &words_}; }
  // Which face takes each run of a paragraph of plain text, as a handout in this language has it.
  Result<std::vector<typeset::ExplainedRun>> explain_faces(std::string_view text, const unicode::Locale& language, Diagnostics& diags);
  Result<std::shared_ptr<const content::Article>> article(const std::filesystem::path& file, Diagnostics& diags);

  // These files have changed: what was read of them is read again when it is needed next, everything else is kept.
  void forget(const std::set<std::filesystem::path>& files);
  void forget_all();

 private:
  // `request` comes to name all the editions that are printed, and their level.
  Result<compose::Sources> read_sources(request::Request& request, Diagnostics& diags);
  void complete_beside(request::Request& request, compose::Sources& sources, Diagnostics& diags);
  Result<std::shared_ptr<const content::Article>> read_edition(const request::Edition& edition, Diagnostics& diags);
  Result<std::vector<std::shared_ptr<const content::Phrases>>> read_phrases(const unicode::Locale& locale, Diagnostics& diags);
  Result<std::vector<pdf::Attachment>> attachments(const compose::Sources& sources, Diagnostics& diags);
  // Composed and paginated, at the setting at which it fits where that is asked for.
  Result<LaidOut> lay_out(const request::Request& request, const compose::Sources& sources, const fonts::Fonts& fonts, const Watching& watching, Diagnostics& diags);
  void compare_with_source(const content::ArticleEntry& entry, const content::Article& translation, Diagnostics& diags);

  const postal::Envelope* find_envelope(std::string_view name, const Span& at, Diagnostics& diags);
  void forget_fonts();

  Installation installation_;
  Addresses addresses_;
  // Of documents that are traced one after another, of which nothing but warnings and errors is told: what they have in common is set once.
  typeset::Memo traced_{typeset::Memo::Bounds{kMostKept}};
  const fonts::Fonts* traced_with_ = nullptr;
  static constexpr std::size_t kMostKept = 16384;
  unicode::Breaker breaker_;
  fonts::ShapedWords words_;
  Hyphenation hyphenation_;
  compose::Pictures pictures_;
  std::string srgb_profile_;
  std::map<std::filesystem::path, std::shared_ptr<const content::Article>> articles_;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const layouts::LayoutDefinition>> layouts_;
  std::map<std::string, std::shared_ptr<const content::Phrases>> phrases_;
  std::map<std::string, std::shared_ptr<const content::Notice>> notices_;
  std::optional<postal::Envelopes> envelopes_;
  std::map<std::string, std::unique_ptr<fonts::Fonts>> fonts_;              // by clinic
};

}  // namespace handout
