#include "pipeline.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/files.h"
#include "check/contrast.h"
#include "check/tap_test.h"
#include "check/type_size.h"
#include "impose/impose.h"
#include "marks/marks.h"
#include "paginate/paginate.h"

namespace handout {

namespace fs = std::filesystem;
using content::Article;
using content::ArticleEntry;
using content::ArticleFile;
using unicode::Locale;

namespace {

constexpr std::uintmax_t kProfileLimit = 4u << 20;
constexpr std::uintmax_t kArticleLimit = 64u << 20;

bool holds_data(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_regular_file(folder / "fonts" / "fonts.xml", ignored) && fs::is_directory(folder / "layouts", ignored) && fs::is_directory(folder / "content", ignored);
}

fs::path program_folder() {
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  return failed ? fs::path() : program.parent_path();
}

// Debian's icc-profiles-free and colord's copy of the same profile.
fs::path find_srgb_profile() {
  for (const char* path : {"/usr/share/color/icc/sRGB.icc", "/usr/share/color/icc/colord/sRGB.icc", "/usr/share/color/icc/ghostscript/srgb.icc"}) {
    std::error_code ignored;
    if (fs::is_regular_file(path, ignored)) return path;
  }
  return {};
}

std::string list_locales(const ArticleEntry& entry) {
  std::string text;
  for (const ArticleFile& file : entry.files) text += (text.empty() ? "" : ", ") + file.locale.tag();
  return text;
}

// Font files that the language needs and the machine lacks are named once; without this each character would be a fault of the article.
bool has_fonts_for(const Locale& locale, const fonts::Fonts& fonts, const fs::path& catalogue, Diagnostics& diags) {
  if (fonts.coverage(locale).missing.empty()) return true;
  fonts::FaceRequest wanted;
  wanted.language = locale.tag();
  const std::vector<std::string> families = fonts.tried_families(locale.script(), wanted);
  bool good = true;
  for (std::size_t i = 0; i < fonts.face_count(); ++i) {
    const fonts::FaceId face{i};
    if (fonts.available(face) || std::find(families.begin(), families.end(), fonts.info(face).family) == families.end()) continue;
    diags.machine_error(Span::of_file(catalogue.string()), fmt::format("{}, but '{}' is written with it", fonts.problem(face), locale.tag())).hint("install Debian's fonts-noto-core, fonts-noto-cjk and fonts-symbola; see handout fonts");
    good = false;
  }
  return good;
}

}  // namespace

Result<Installation> find_installation(const fs::path& data, Diagnostics& diags) {
  std::vector<fs::path> candidates;
  if (!data.empty()) {
    candidates.push_back(data);
  } else if (const fs::path program = program_folder(); !program.empty()) {
    candidates = {program / ".." / "share" / "handout", program / ".." / "..", program};
  }
  for (const fs::path& candidate : candidates) {
    if (!holds_data(candidate)) continue;
    const fs::path root = fs::weakly_canonical(candidate);
    const fs::path profile = find_srgb_profile();
    if (profile.empty()) return diags.machine_error(Span::of_file("sRGB.icc"), "the sRGB colour profile is missing").hint("install Debian's package icc-profiles-free");
    return Installation{root / "content", root / "layouts", root / "fonts", profile};
  }
  if (!data.empty()) return diags.error(Span::of_file(data.string()), "holds no content/, layouts/ and fonts/fonts.xml");
  return diags.machine_error({}, "the program's own files (content/, layouts/, fonts/) were not found beside it").hint("install with cmake --install, or give --data FOLDER");
}

// ---- reading ----

Result<ArticleEntry> Pipeline::find_article(const std::string& article, Diagnostics& diags) {
  if (!is_path(article)) {
    std::vector<ArticleEntry> entries = content::list_articles(installation_.content, diags);
    std::vector<std::string_view> ids;
    for (ArticleEntry& entry : entries) {
      if (entry.id == article) return std::move(entry);
      ids.push_back(entry.id);
    }
    std::string known;
    for (const std::string_view id : ids) known += (known.empty() ? "" : ", ") + std::string(id);
    return diags.error({}, fmt::format("no article '{}'{}", article, did_you_mean(article, ids))).hint(fmt::format("there are: {}; a path to a folder or a file is taken as well", known));
  }
  std::error_code ignored;
  const fs::path path = article;
  if (fs::is_regular_file(path, ignored)) {
    auto read = this->article(path, diags);
    if (!read) return tl::unexpected<Failure>(Failure{});
    return ArticleEntry{(*read)->id, {{(*read)->locale, path}}};
  }
  if (!fs::is_directory(path, ignored)) return diags.error(Span::of_file(article), "no such file or folder");
  const fs::path folder = fs::weakly_canonical(path);
  for (ArticleEntry& entry : content::list_articles(folder.parent_path(), diags)) {
    if (entry.id == folder.filename()) return std::move(entry);
  }
  return diags.error(Span::of_file(article), "holds no article: files named by a locale, such as en.xml, were expected");
}

Result<LocaleChoice> Pipeline::choose_locale(const ArticleEntry& entry, const Locale& wanted, Diagnostics& diags) const {
  std::vector<Locale> have;
  for (const ArticleFile& file : entry.files) have.push_back(file.locale);
  const auto nearest = unicode::nearest_locale(wanted, have);
  if (!nearest) return diags.error({}, fmt::format("article '{}' is not there in '{}' nor in a near language", entry.id, wanted.tag())).hint(fmt::format("there are: {}", list_locales(entry)));
  return LocaleChoice{wanted, have[*nearest], entry.files[*nearest].path};
}

Result<std::shared_ptr<const Article>> Pipeline::article(const fs::path& file, Diagnostics& diags) {
  if (const auto found = articles_.find(file); found != articles_.end()) return found->second;
  auto read = content::read_article(file, diags);
  if (!read) return tl::unexpected<Failure>(Failure{});
  auto shared = std::make_shared<const Article>(std::move(*read));
  articles_.emplace(file, shared);
  return shared;
}

// A translation whose source has changed since says so.
void Pipeline::compare_with_source(const ArticleEntry& entry, const Article& translation, Diagnostics& diags) {
  const auto texts = content::text_blocks(translation);
  if (std::all_of(texts.begin(), texts.end(), [](const content::TextBlock* each) { return each->source.empty(); })) return;
  const auto source = std::find_if(entry.files.begin(), entry.files.end(), [](const ArticleFile& file) { return file.locale.language() == "en"; });
  if (source == entry.files.end()) return;
  if (const auto read = article(source->path, diags)) content::compare_translation(**read, translation, diags);
}

Result<std::shared_ptr<const Article>> Pipeline::read_edition(const request::Edition& edition, Diagnostics& diags) {
  const auto entry = find_article(edition.article, diags);
  if (!entry) return tl::unexpected<Failure>(Failure{});
  const auto choice = choose_locale(*entry, edition.locale, diags);
  if (!choice) return tl::unexpected<Failure>(Failure{});
  auto read = article(choice->file, diags);
  if (read) compare_with_source(*entry, **read, diags);
  return read;
}

// The article's own language first, then English, whose phrases are complete.
Result<std::vector<std::shared_ptr<const content::Phrases>>> Pipeline::read_phrases(const Locale& locale, Diagnostics& diags) {
  std::vector<Locale> have;
  std::error_code failed;
  for (const auto& file : fs::directory_iterator(installation_.content / "phrases", failed)) {
    if (file.path().extension() != ".xml") continue;
    if (const auto tag = Locale::parse(file.path().stem().string())) have.push_back(*tag);
  }
  std::sort(have.begin(), have.end(), [](const Locale& a, const Locale& b) { return a.tag() < b.tag(); });
  std::vector<std::string> wanted;
  if (const auto nearest = unicode::nearest_locale(locale, have)) wanted.push_back(have[*nearest].tag());
  else diags.warning({}, fmt::format("there are no phrases in '{}': the program's own words will be English", locale.tag())).hint("add content/phrases/<locale>.xml");
  if (wanted.empty() || wanted.front() != "en") wanted.push_back("en");
  std::vector<std::shared_ptr<const content::Phrases>> result;
  for (const std::string& tag : wanted) {
    // A file with faults is read again, so that every request that needs it says why it fails.
    auto& entry = phrases_[tag];
    if (!entry) {
      auto read = content::read_phrases(installation_.content / "phrases" / (tag + ".xml"), diags);
      if (!read) return tl::unexpected<Failure>(Failure{});
      entry = std::make_shared<const content::Phrases>(std::move(*read));
    }
    result.push_back(entry);
  }
  return result;
}

// Where a layout sets languages beside one another, and the request names one: the clinic's own language, else English, stands beside it where the article has it. One language stands alone.
void Pipeline::complete_beside(request::Request& request, compose::Sources& sources, Diagnostics& diags) {
  if (request.editions.size() == 1) {
    request::Edition second = request.editions.front();
    second.locale = sources.clinic && sources.clinic->language ? *sources.clinic->language : Locale();
    const auto entry = find_article(second.article, diags);
    std::vector<Locale> have;
    if (entry) std::transform(entry->files.begin(), entry->files.end(), std::back_inserter(have), [](const ArticleFile& file) { return file.locale; });
    if (!unicode::nearest_locale(second.locale, have)) {
      diags.note({}, fmt::format("article '{}' is not there in '{}': nothing stands beside it", sources.articles.front()->id, second.locale.tag()));
      return;
    }
    if (auto read = read_edition(second, diags)) {
      request.editions.push_back(std::move(second));
      sources.articles.push_back(std::move(*read));
    }
  }
  for (std::size_t i = sources.articles.size(); i-- > 1;) {
    const auto begin = sources.articles.begin(), each = begin + static_cast<std::ptrdiff_t>(i);
    if (std::find(begin, each, *each) == each) continue;
    sources.articles.erase(each);
    request.editions.erase(request.editions.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

Result<compose::Sources> Pipeline::read_sources(request::Request& request, Diagnostics& diags) {
  compose::Sources sources;
  bool good = true;
  for (const request::Edition& edition : request.editions) {
    if (auto read = read_edition(edition, diags)) sources.articles.push_back(*read);
    else good = false;
  }
  auto& layout = layouts_[{request.layout, request.profile}];
  if (!layout) {
    if (auto read = layouts::read_layout(installation_.layouts, request.layout, request.profile, diags)) layout = std::make_shared<const layouts::LayoutDefinition>(std::move(*read));
    else good = false;
  }
  sources.layout = layout;
  if (!request.clinic.empty()) {
    if (auto read = request::read_clinic(request.clinic, diags)) sources.clinic = std::make_shared<const request::Clinic>(std::move(*read));
    else good = false;
  }
  if (!good) return tl::unexpected<Failure>(Failure{});
  const auto usual = layout->level == layouts::ContentLevel::Short ? request::ArticleLevel::Short : request::ArticleLevel::Full;
  for (request::Edition& edition : request.editions) edition.level = edition.level.value_or(usual);
  const std::size_t errors = diags.error_count();
  if (compose::sets_beside(*layout)) complete_beside(request, sources, diags);
  if (diags.error_count() > errors) return tl::unexpected<Failure>(Failure{});
  for (const auto& article : sources.articles) {
    auto phrases = read_phrases(article->locale, diags);
    if (!phrases) return tl::unexpected<Failure>(Failure{});
    sources.phrases.push_back(std::move(*phrases));
  }
  for (const std::string& id : compose::notices_of(*sources.layout)) {
    auto& entry = notices_[id];
    if (!entry) {
      auto read = content::read_notice(installation_.content / "notices" / (id + ".xml"), diags);
      if (!read) return tl::unexpected<Failure>(Failure{});
      entry = std::make_shared<const content::Notice>(std::move(*read));
    }
    sources.notices.emplace(id, entry);
  }
  return sources;
}

// Layouts, phrases and notices are read in a millisecond, fonts in many.
void Pipeline::forget(const std::set<fs::path>& files) {
  for (const fs::path& file : files) {
    std::erase_if(articles_, [&file](const auto& each) {
      std::error_code failure;
      return fs::equivalent(each.first, file, failure);
    });
    pictures_.forget(file);
    const std::string suffix = file.extension().string();
    if (suffix == ".ttf" || suffix == ".otf" || suffix == ".ttc" || file.filename() == "fonts.xml") forget_fonts();
    if (suffix != ".xml") continue;
    layouts_.clear();
    phrases_.clear();
    notices_.clear();
    addresses_.forget();
    envelopes_.reset();
  }
}

void Pipeline::forget_all() {
  articles_.clear();
  layouts_.clear();
  phrases_.clear();
  notices_.clear();
  addresses_.forget();
  envelopes_.reset();
  forget_fonts();
  pictures_ = {};
}

void Pipeline::forget_fonts() {
  fonts_.clear();
  words_.forget();
  traced_with_ = nullptr;
}

Result<const fonts::Fonts*> Pipeline::fonts(const request::Clinic* clinic, Diagnostics& diags) {
  auto& entry = fonts_[clinic != nullptr && !clinic->fonts.empty() ? to_text(clinic->at) : std::string()];
  if (!entry) {
    auto opened = fonts::Fonts::open(installation_.fonts / "fonts.xml", clinic != nullptr ? clinic->fonts : std::vector<fs::path>{}, diags, installation_.font_files);
    if (!opened) return tl::unexpected<Failure>(Failure{});
    entry = std::make_unique<fonts::Fonts>(std::move(*opened));
  }
  return entry.get();
}

Result<std::vector<typeset::ExplainedRun>> Pipeline::explain_faces(std::string_view text, const unicode::Locale& language, Diagnostics& diags) {
  const auto fonts = this->fonts(nullptr, diags);
  if (!fonts) return tl::unexpected<Failure>(Failure{});
  return typeset::explain_faces(text, language, typesetting(**fonts));
}

// ---- the stations ----

namespace {

// A trace of the document to be filled: which rows and tables are asked for whole is found by trying.
void trace(const styled::StyledDocument& styled, const typeset::Resources& resources, typeset::Memo& memo, Traced::Layout& layout) {
  constexpr int kMostTries = 4;
  std::unordered_set<const styled::Paragraph*> paragraphs;
  for (const compose::ValueParagraph& each : layout.dependence.paragraphs) paragraphs.insert(each.paragraph.get());
  std::unordered_set<const styled::Block*> wholes;
  for (int i = 0; i < kMostTries; ++i) {
    paginate::Trace tried(paragraphs, wholes);
    Diagnostics ignored;
    if (!paginate::paginate(styled, resources, memo, ignored, {paginate::Overlay::None, &tried})) break;
    if (paginate::add_wholes(styled, tried, wholes) == 0) break;
  }
  memo.forget_told();
  layout.settings = {styled.grid, styled.direction};
  layout.document = styled;
  layout.trace = std::make_unique<paginate::Trace>(std::move(paragraphs), std::move(wholes));
}

}  // namespace

Result<Stations> Pipeline::prepare(const request::Request& asked, Diagnostics& diags, const Watching& watching) {
  request::Request request = asked;
  auto sources = read_sources(request, diags);
  if (!sources) return tl::unexpected<Failure>(Failure{});
  if (!addresses_.write(request, *sources, diags)) return tl::unexpected<Failure>(Failure{});
  const auto fonts = this->fonts(sources->clinic.get(), diags);
  if (!fonts) return tl::unexpected<Failure>(Failure{});
  for (const auto& article : sources->articles) {
    if (!has_fonts_for(article->locale, **fonts, installation_.fonts / "fonts.xml", diags)) return tl::unexpected<Failure>(Failure{});
  }
  auto made = lay_out(request, *sources, **fonts, watching, diags);
  if (!made) return tl::unexpected<Failure>(Failure{});
  check::check_contrast(made->styled, diags);
  check::check_type_size(made->styled, sources->layout->minimum_type, watching.small_type, diags);
  if (made->styled.sheet) {
    auto imposed = impose::impose(std::move(made->display), *made->styled.sheet, sources->layout->at, diags);
    if (!imposed) return tl::unexpected<Failure>(Failure{});
    made->display = std::move(*imposed);
  }
  // Who asks for one handout gets it without marks from here; whoever writes a layout is told what is wrong with them.
  if (watching.usage != nullptr && !made->styled.marks.empty()) marks::Marker(made->styled.marks, **fonts).check(made->display, marks::sample_identity(), diags);
  Stations stations{std::move(request), std::move(*sources), std::move(made->styled), std::move(made->display)};
  // What is drawn for the layout's author is in no envelope.
  if (watching.overlay == paginate::Overlay::None && !test_envelope(stations, stations.display, **fonts, diags)) return tl::unexpected<Failure>(Failure{});
  return stations;
}

bool Pipeline::is_for_envelopes(const layouts::LayoutDefinition& layout, std::string_view named, const Span& at, Diagnostics& diags) {
  if (layout.envelope) return true;
  diags.error(at, fmt::format("layout '{}' is made for no envelope; '{}' was named", layout.id, named)).hint("use a layout whose address stands in a window, such as letter-10-single, or name no envelope");
  return false;
}

const postal::Envelope* Pipeline::find_envelope(std::string_view name, const Span& at, Diagnostics& diags) {
  const fs::path file = installation_.content / "postal" / "envelopes.xml";
  if (!envelopes_) {
    auto read = postal::read_envelopes(file, diags);
    if (!read) return nullptr;
    envelopes_ = std::move(*read);
  }
  const auto envelope = envelopes_->find(name);
  if (envelope != envelopes_->end()) return &envelope->second;
  std::vector<std::string_view> names;
  for (const auto& [each, unused] : *envelopes_) names.push_back(each);
  diags.error(at, fmt::format("no envelope '{}'{}", name, did_you_mean(name, names))).hint(fmt::format("{} has {}", file.generic_string(), fmt::join(names, ", ")));
  return nullptr;
}

Diagnostics::Added Pipeline::tell_of_folded(const layouts::LayoutDefinition& layout, std::string_view fold, const Span& at, Diagnostics& diags) {
  return diags.error(at, fmt::format("layout '{}' is for envelope '{}', and its pages are put on sheets as {}: nobody knows what shows in the window", layout.id, layout.envelope->name, fold));
}

bool Pipeline::test_envelope(const Stations& stations, const display::DisplayDocument& display, const fonts::Fonts& fonts, Diagnostics& diags) {
  const std::string& wanted = stations.request.envelope;
  const Span& wanted_at = stations.request.envelope_at.file ? stations.request.envelope_at : stations.request.at;
  if (!stations.sources.layout->envelope) return wanted.empty() || is_for_envelopes(*stations.sources.layout, wanted, wanted_at, diags);
  const std::size_t errors = diags.error_count();
  layouts::EnvelopeRule rule = *stations.sources.layout->envelope;
  if (stations.styled.sheet) {
    const bool asked = stations.request.impose != request::Impose::AsLaidOut;
    tell_of_folded(*stations.sources.layout, display::name(stations.styled.sheet->fold), asked ? stations.request.at : rule.at, diags)
        .hint(asked ? "leave impose out, or use a layout that is for no envelope" : "leave out <sheet> or <envelope>");
    return false;
  }
  if (!wanted.empty()) {
    rule.name = wanted;
    rule.at = wanted_at;
  }
  const postal::Envelope* const envelope = find_envelope(rule.name, rule.at, diags);
  if (envelope == nullptr) return false;
  const auto folded = rule.folded == layouts::FoldedAs::C ? check::FoldedAs::C : check::FoldedAs::Z;
  check::tap_test(display, {envelope, rule.folds, folded, rule.address, rule.return_address, rule.code, rule.at}, fonts, diags);
  return diags.error_count() == errors;
}

Result<LaidOut> Pipeline::lay_out(const request::Request& request, const compose::Sources& sources, const fonts::Fonts& fonts, const Watching& watching, Diagnostics& diags) {
  typeset::Memo own;
  if (watching.traced != nullptr && std::exchange(traced_with_, &fonts) != &fonts) traced_ = typeset::Memo{typeset::Memo::Bounds{kMostKept}};
  typeset::Memo& memo = watching.traced != nullptr ? traced_ : own;
  const LayOut once = [&](const compose::Scale& scale, Diagnostics& told) -> Result<LaidOut> {
    memo.forget_told();
    Traced::Layout* const layout = watching.traced != nullptr ? &watching.traced->layouts.emplace_back() : nullptr;
    auto styled = compose::compose(request, sources, {pictures_, watching.usage, layout != nullptr ? &layout->dependence : nullptr}, told, scale);
    if (!styled) return tl::unexpected<Failure>(Failure{});
    if (layout != nullptr) trace(*styled, typesetting(fonts), memo, *layout);
    auto display = paginate::paginate(*styled, typesetting(fonts), memo, told, {watching.overlay, layout != nullptr ? layout->trace.get() : nullptr});
    if (!display) return tl::unexpected<Failure>(Failure{});
    return LaidOut{std::move(*styled), std::move(*display), layout != nullptr ? watching.traced->layouts.size() - 1 : 0};
  };
  const auto rule = fit_rule(request, *sources.layout);
  if (!rule) return once({}, diags);
  auto made = search_fit(*rule, request, sources, once, diags);
  if (made && watching.traced != nullptr) watching.traced->taken = made->trial;
  return made;
}

// The articles as they were written.
Result<std::vector<pdf::Attachment>> Pipeline::attachments(const compose::Sources& sources, Diagnostics& diags) {
  std::vector<pdf::Attachment> attachments;
  for (const auto& article : sources.articles) {
    const std::string& file = *article->at.file;
    const auto bytes = read_file(file, Span::of_file(file), kArticleLimit, diags);
    if (!bytes) return tl::unexpected<Failure>(Failure{});
    attachments.push_back({fmt::format("{}.{}.xml", article->id, article->locale.tag()), fmt::format("source of {} {} {}", article->id, article->version, article->locale.tag()), "application/xml", *bytes});
  }
  return attachments;
}

Result<Rendered> Pipeline::render(const request::Request& request, Diagnostics& diags, const Output& output) {
  auto stations = prepare(request, diags, {output.usage, output.overlay});
  if (!stations) return tl::unexpected<Failure>(Failure{});
  // Nobody takes it for a handout.
  if (output.overlay == paginate::Overlay::Boxes) stations->display.metadata.title += " (boxes of the layout)";
  if (srgb_profile_.empty()) {
    auto profile = read_file(installation_.srgb_profile, Span::of_file(installation_.srgb_profile.string()), kProfileLimit, diags);
    if (!profile) return tl::unexpected<Failure>(Failure{});
    srgb_profile_ = std::move(*profile);
  }
  const auto fonts = this->fonts(stations->sources.clinic.get(), diags);
  if (!stations->styled.marks.empty()) {
    auto marked = marks::Marker(stations->styled.marks, **fonts).mark(std::move(stations->display), marks::sample_identity(), diags);
    if (!marked) return tl::unexpected<Failure>(Failure{});
    stations->display = std::move(*marked);
  }
  pdf::Options options;
  options.purpose = output.purpose;
  options.compression = output.compression;
  if (output.attach_source) {
    auto attached = attachments(stations->sources, diags);
    if (!attached) return tl::unexpected<Failure>(Failure{});
    options.attachments = std::move(*attached);
  }
  auto bytes = pdf::write_pdf(stations->display, {**fonts, srgb_profile_}, diags, options);
  if (!bytes) return tl::unexpected<Failure>(Failure{});
  return Rendered{std::move(*bytes), stations->display.pages.size(), stations->display.metadata.edition, stations->sources.layout};
}

}  // namespace handout
