// What the pipeline promises beside pages: sources, locales, notices, excluded sections.
#include "rendering.h"

namespace handout {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Sources, FindArticleByNameFolderAndFile) {
  Pipeline pipeline = shipped();
  Diagnostics diags;
  const std::filesystem::path folder = kSource / "content" / kArticle;
  const auto by_name = pipeline.find_article(kArticle, diags), by_folder = pipeline.find_article(folder.string(), diags), by_file = pipeline.find_article((folder / "es.xml").string(), diags);
  ASSERT_TRUE(by_name && by_folder && by_file) << to_text(diags);
  EXPECT_EQ(by_name->files.size(), 6u);
  EXPECT_EQ(by_folder->files.size(), 6u);
  ASSERT_EQ(by_file->files.size(), 1u);
  EXPECT_EQ(by_file->files.front().locale.tag(), "es");
}

TEST(Sources, NearestLocale) {
  Pipeline pipeline = shipped();
  Diagnostics diags;
  const auto entry = pipeline.find_article(kArticle, diags);
  ASSERT_TRUE(entry);
  const auto taken = [&](const char* tag) {
    const auto choice = pipeline.choose_locale(*entry, *unicode::Locale::parse(tag), diags);
    return choice ? choice->taken.tag() : "none";
  };
  EXPECT_EQ(taken("es-MX"), "es");
  EXPECT_EQ(taken("zh-SG"), "zh-Hans");
  EXPECT_EQ(taken("ar-EG"), "ar");
  EXPECT_EQ(taken("zh-TW"), "none");
  EXPECT_EQ(taken("fr"), "none");
  EXPECT_THAT(to_text(diags), HasSubstr("there are: ar, en, es, hi, vi, zh-Hans"));
}

TEST(Sources, FaultsOfAllSourcesAreToldAtOnce) {
  Pipeline pipeline = shipped();
  Diagnostics diags;
  request::Request request = knee("en");
  request.editions.front().article = "none";
  request.layout = "nolayout";
  request.clinic = "noclinic.xml";
  EXPECT_FALSE(pipeline.render(request, diags));
  EXPECT_THAT(to_text(diags), AllOf(HasSubstr("no article 'none'"), HasSubstr("nolayout"), HasSubstr("noclinic.xml")));
}

TEST(Sources, BrokenFileIsToldEachTimeItIsAskedFor) {
  Pipeline pipeline = shipped();
  request::Request request = knee("en");
  request.layout = "nolayout";
  for (int i = 0; i < 2; ++i) {
    Diagnostics diags;
    EXPECT_FALSE(pipeline.render(request, diags));
    EXPECT_TRUE(diags.has_errors()) << i;
  }
}

class Small : public Rendering {
 protected:
  std::string text_of(const request::Request& request) {
    Pipeline pipeline = shipped();
    const auto rendered = pipeline.render(request, diags_);
    EXPECT_TRUE(rendered) << to_text(diags_);
    if (!rendered) return "";
    EXPECT_THAT(inspect::check_tags(rendered->bytes), IsEmpty());
    const auto report = inspect::read_pdf(rendered->bytes);
    return report ? inspect::structure_text(report->tree) : report.error();
  }
};

constexpr const char* kPlain = R"(<layout id="layout" title="L"><body><slot select="*"/></body></layout>)";

TEST_F(Small, BrokenPhrasesAndNoticesAreToldForEveryRequest) {
  const std::filesystem::path data = folder_ / "data";
  std::filesystem::create_directories(data / "content/phrases");
  std::filesystem::create_directories(data / "layouts");
  std::filesystem::create_directory_symlink(kSource / "fonts", data / "fonts");
  write("data/content/phrases/en.xml", "<phrases");
  write("article.xml", R"(<article id="a" xml:lang="en" version="1" status="draft"><title id="t">T</title></article>)");
  write("layout.xml", kPlain);
  const auto installation = find_installation(data, diags_);
  ASSERT_TRUE(installation) << to_text(diags_);
  Pipeline pipeline(*installation);
  request::Request wanted = request("en");
  wanted.profile = "";
  for (int i = 0; i < 2; ++i) {
    Diagnostics diags;
    EXPECT_FALSE(pipeline.render(wanted, diags));
    EXPECT_THAT(to_text(diags), HasSubstr("en.xml")) << i;
  }
}

// The second handout with a broken picture is refused like the first, not printed without it.
TEST_F(Small, BrokenPictureIsToldForEveryRequest) {
  write("article.xml", R"(<article id="a" xml:lang="en" version="1" status="draft"><title id="t">T</title><section id="s"><title id="s-t">S</title><figure id="f" src="f.svg" alt="F"/></section></article>)");
  write("f.svg", "<svg");
  write("layout.xml", kPlain);
  Pipeline pipeline = shipped();
  for (int i = 0; i < 2; ++i) {
    Diagnostics diags;
    EXPECT_FALSE(pipeline.render(request("en"), diags)) << i;
    EXPECT_THAT(to_text(diags), HasSubstr("f.svg")) << i;
  }
}

// A figure anywhere in an article is printed.
TEST_F(Small, FigureOutsideSections) {
  write("article.xml", R"(<article id="a" xml:lang="en" version="1" status="draft"><title id="t">T</title><figure id="f" src="f.svg" alt="F"><figcaption id="c">Caption</figcaption></figure><ul id="u"><li id="i"><figure id="g" src="f.svg" alt="G"/></li></ul></article>)");
  write("f.svg", R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect x="0" y="0" width="90" height="30" fill="#eeeeee"/></svg>)");
  write("layout.xml", kPlain);
  Pipeline pipeline = shipped();
  const auto stations = pipeline.prepare(request("en"), diags_);
  ASSERT_TRUE(stations) << to_text(diags_);
  std::size_t figures = 0;
  for (const auto& element : stations->display.structure) figures += element.info.role == display::Role::Figure ? 1 : 0;
  EXPECT_EQ(figures, 2u);
  EXPECT_THAT(text_of(request("en")), HasSubstr("Caption"));
}

// References to what is left out are words only; the rest is printed.
TEST_F(Small, LinkIntoAnExcludedSection) {
  write("article.xml", R"(<article id="a" xml:lang="en" version="1" status="draft"><title id="t">T</title><p id="p">See <a href="#s-p">there</a>.</p><section id="s"><title id="s-t">S</title><p id="s-p">Left out.</p></section></article>)");
  write("layout.xml", kPlain);
  request::Request wanted = request("en");
  wanted.exclude = {"s"};
  EXPECT_EQ(text_of(wanted), "T\nSee there.");
}

// An id of the request is of any of the articles, one of an edition of its own; in both cases of all languages of the article.
TEST_F(Small, SectionsOfSeveralArticles) {
  const auto article = [](std::string_view id, std::string_view language, std::string_view sections) {
    std::string text = "<article id=\"" + std::string(id) + "\" xml:lang=\"" + std::string(language) + "\" version=\"1\" status=\"draft\"><title id=\"t\">" + std::string(id) + "</title>";
    for (const char section : sections) text += std::string("<section id=\"") + section + "\"><title id=\"" + section + "-t\">" + std::string(id) + ' ' + section + "</title><p id=\"" + section + "-p\">" + section + ".</p></section>";
    return text + "</article>";
  };
  std::filesystem::create_directories(folder_ / "knee");
  write("knee/en.xml", article("knee", "en", "abc"));
  write("knee/es.xml", article("knee", "es", "ab"));
  write("hip.xml", article("hip", "en", "ad"));
  write("layout.xml", kPlain);
  const auto edition = [&](const std::string& name, const char* locale) { return request::Edition{(folder_ / name).string(), *unicode::Locale::parse(locale), {}}; };
  request::Request wanted = request("en");
  wanted.editions = {edition("knee", "en"), edition("hip.xml", "en")};
  wanted.exclude = {"c", "a"};
  EXPECT_EQ(text_of(wanted), "knee\nknee b\nb.\nhip\nhip d\nd.");
  wanted.exclude = {"c"};
  wanted.editions[1].exclude = {"a"};
  EXPECT_EQ(text_of(wanted), "knee\nknee a\na.\nknee b\nb.\nhip\nhip d\nd.");
  wanted.exclude.clear();
  wanted.include = {"d"};
  EXPECT_EQ(text_of(wanted), "knee\nhip\nhip d\nd.");
  const auto told = [&] {
    Diagnostics diags;
    EXPECT_FALSE(shipped().render(wanted, diags));
    return to_text(diags);
  };
  wanted.include = {"dd"};
  EXPECT_THAT(told(), testing::AllOf(testing::ContainsRegex("no section 'dd' in .*knee/en.xml or .*hip.xml"), testing::Not(testing::ContainsRegex("'dd'.*\n.*\n.*'dd'"))));
  wanted.include.clear();
  wanted.editions[1].exclude = {"c"};
  EXPECT_THAT(told(), testing::ContainsRegex("no section 'c' in [^ ]*hip.xml"));
  // The reader of Spanish would get less than was asked for.
  wanted.editions = {edition("knee", "en"), edition("knee", "es")};
  wanted.include = {"c"};
  EXPECT_THAT(told(), testing::ContainsRegex("no section 'c' in [^ ]*knee/es.xml"));
}

TEST_F(Small, CitationWhenTheLayoutPrintsNoReferences) {
  write("article.xml", R"(<article id="a" xml:lang="en" version="1" status="draft"><title id="t">T</title><p id="p">Said.<cite ref="r"/></p><references><reference id="r">Source.</reference></references></article>)");
  write("layout.xml", R"(<layout id="layout" title="L"><body><slot select="title p"/></body></layout>)");
  EXPECT_THAT(text_of(request("en")), testing::StartsWith("T\nSaid."));
}

TEST_F(Small, LinkToASectionAndAFigure) {
  write("article.xml", R"(<article id="a" xml:lang="en" version="1" status="draft"><title id="t">T</title><p id="p">See <a href="#s">this</a> and <a href="#f">that</a>.</p><section id="s"><title id="s-t">S</title><figure id="f" src="f.svg" alt="F"/></section></article>)");
  write("f.svg", R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect x="0" y="0" width="90" height="30" fill="#eeeeee"/></svg>)");
  write("layout.xml", kPlain);
  EXPECT_THAT(text_of(request("en")), HasSubstr("See this and that."));
}

// Two languages in one file: each its own part.
TEST_F(Small, TwoEditionsInOneFile) {
  write("article.xml", R"(<article id="a" xml:lang="en" version="1" status="draft"><title id="t">Knee</title></article>)");
  write("ar.xml", R"(<article id="a" xml:lang="ar" version="1" status="draft"><title id="t">ركبة</title></article>)");
  write("layout.xml", kPlain);
  request::Request wanted = request("en");
  wanted.editions.push_back({(folder_ / "ar.xml").string(), *unicode::Locale::parse("ar"), request::ArticleLevel::Full});
  EXPECT_EQ(text_of(wanted), "Knee\nركبة");
}

// A language whose phrases are missing is printed with English ones, and that is said.
TEST_F(Small, LanguageWithoutPhrases) {
  write("article.xml", R"(<article id="a" xml:lang="fr" version="1" status="draft" review-by="2027-01-02"><title id="t">Genou</title><callout id="c" kind="tip"><p id="c-p">Mots.</p></callout></article>)");
  request::Request wanted = request("fr");
  wanted.layout = "standard";
  const std::string text = text_of(wanted);
  EXPECT_THAT(text, AllOf(HasSubstr("Genou"), HasSubstr("Good to know"), HasSubstr("Mots.")));
  EXPECT_THAT(to_text(diags_), HasSubstr("warning: there are no phrases in 'fr'"));
}

// Every shipped handout as a booklet: it conforms and is read in the order of its pages.
TEST(Sheets, BookletsOfEveryLocale) {
  Pipeline pipeline = shipped();
  for (const char* locale : {"ar", "en", "es", "hi", "vi", "zh-Hans"}) {
    Diagnostics diags;
    request::Request request = knee(locale);
    request.impose = request::Impose::Booklet;
    const auto stations = pipeline.prepare(request, diags);
    ASSERT_TRUE(stations) << locale << to_text(diags);
    EXPECT_EQ(stations->display.pages.size() % 2, 0u);
    EXPECT_EQ(stations->display.duplex, display::Duplex::ShortEdge);
    for (const display::Page& page : stations->display.pages) EXPECT_EQ(page.size, (Size{11_in, 8.5_in}));
    const auto rendered = pipeline.render(request, diags);
    ASSERT_TRUE(rendered) << locale << to_text(diags);
    EXPECT_THAT(inspect::check_tags(rendered->bytes), IsEmpty()) << locale;
    const auto report = inspect::read_pdf(rendered->bytes);
    ASSERT_TRUE(report) << locale;
    EXPECT_EQ(comparable(inspect::structure_text(report->tree)), expected_text(stations->styled)) << locale;
  }
}

}  // namespace
}  // namespace handout
