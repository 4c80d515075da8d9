// What files say of themselves: a piece of its own person, a print file of nobody.
#include <fmt/format.h>

#include "batch/batch_testing.h"
#include "batch/joined_report.h"
#include "batch/reprint.h"
#include "inspect/inspect.h"

namespace handout::batch {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using namespace std::chrono_literals;

class Said : public Batch {
 protected:
  void SetUp() override {
    Batch::SetUp();
    write_articles("");
    write("people.csv", "key,name,side,language,birth-date\nk1,Ann,left,en,1930-01-02\nk2,Bob,right,en,1940-01-02\nk3,Cy,left,es,1950-01-02\nk4,Di,left,en,1930-01-02\n");
  }
  // `more`: in the title of the section.
  void write_articles(const std::string& more) const {
    for (const std::string language : {"en", "es"}) {
      write("texts/knee/" + language + ".xml", "<article id=\"knee\" xml:lang=\"" + language + "\" version=\"1\" status=\"draft\">\n<field-def name=\"side\" type=\"choice\" choices=\"left|right\"/>"
                                               "<title id=\"t\">Visit of <field name=\"patient.name\"/>: <choose><when field=\"side\" is=\"left\">left</when><otherwise>other</otherwise></choose> knee<cite ref=\"r\"/></title>\n"
                                               "<summary id=\"s\">For <field name=\"patient.name\"/>.</summary>\n<section id=\"a\"><title id=\"at\">The <choose><when field=\"side\" is=\"left\">left</when><otherwise>other</otherwise></choose>" + more + "</title><p id=\"p\">Rest.</p></section>\n"
                                               "<references><reference id=\"r\">Source.</reference></references></article>\n");
    }
  }
  void write_for(std::string_view date, std::string_view locale, std::string_view output) const {
    write("small.xml", fmt::format("<mailing id=\"small\" title=\"All of them\">\n<article ref=\"texts/knee\"/><layout name=\"layout.xml\"/>{}{}<field name=\"side\" type=\"choice\" choices=\"left|right\"/>{}</mailing>", date, locale, output));
  }
  // XMP, which no file packs.
  [[nodiscard]] std::string packet(const std::string& name) const {
    const std::string bytes = read(name);
    const std::size_t begin = bytes.find("<x:xmpmeta"), end = bytes.find("</x:xmpmeta>");
    EXPECT_NE(end, std::string::npos) << name;
    return end == std::string::npos ? "" : bytes.substr(begin, end - begin);
  }
  [[nodiscard]] Order order_on(const std::string& out, ledger::Day day) const {
    Order made = order(out);
    made.day = day;
    return made;
  }
  static std::string item(std::string_view text) { return fmt::format("<rdf:li xml:lang=\"x-default\">{}</rdf:li>", text); }
};

constexpr const char* kOwn = "<locale choose=\"recipient\" fallback=\"en\"/>";

TEST_F(Said, PiecesHaveTheirPrintedTitles) {
  write_for("", kOwn, "<output as=\"files\" purpose=\"screen\"/>");
  const auto check = [&](const std::string& out, std::string_view more) {
    EXPECT_EQ(run_whole(order(out)).tally.pieces, 4u);
    for (const auto& [name, side, person] : {std::tuple("1-en", "left", "Ann"), std::tuple("2-en", "other", "Bob"), std::tuple("3-es", "left", "Cy"), std::tuple("4-en", "left", "Di")}) {
      const std::string title = fmt::format("Visit of {}: {} knee", person, side);
      const std::string file = fmt::format("{}/pieces/{}.pdf", out, name);
      EXPECT_THAT(packet(file), AllOf(HasSubstr(item(title)), HasSubstr(item(fmt::format("For {}.", person))), Not(HasSubstr("{")))) << name;
      const auto report = inspect::read_pdf(read(file));
      ASSERT_TRUE(report) << report.error();
      EXPECT_EQ(report->title, title);
      EXPECT_THAT(report->outline, Contains(HasSubstr(fmt::format("The {}{}", side, more.empty() ? "" : fmt::format("{}{}", more, person))))) << name;
    }
  };
  check("job", "");
  Order one = order("one");
  one.threads = 1;
  run_whole(one);
  EXPECT_EQ(outputs("one"), outputs("job"));
  write_articles(" of <field name=\"patient.name\"/>");
  check("named", " of ");
}

TEST_F(Said, APrintFileSaysNothingOfOne) {
  for (const char* const purpose : {"print", "screen"}) {
    write_for("<date from=\"birth-date\"/>", kOwn, fmt::format("<output as=\"stream\" purpose=\"{}\"/>", purpose));
    run_whole(order_on(purpose, 2026y / 11 / 30));
    const std::string said = packet(std::string(purpose) + "/small-Letter-0001.pdf");
    EXPECT_THAT(said, AllOf(HasSubstr(item("All of them")), HasSubstr("<xmp:CreateDate>2026-11-30T00:00:00Z<"), HasSubstr("<dc:language><rdf:Bag><rdf:li>en</rdf:li>")));
    EXPECT_THAT(inspect::check_archive(read(std::string(purpose) + "/small-Letter-0001.pdf")), IsEmpty());
    EXPECT_THAT(said, AllOf(Not(HasSubstr("1930")), Not(HasSubstr("Ann")), Not(HasSubstr("handout:edition>")), Not(HasSubstr("dc:description"))));
  }
}

TEST_F(Said, APrintFileSaysWhatAllOfItsPiecesDo) {
  const auto language = [&](const std::string& out) {
    const std::string said = packet(out + "/small-Letter-0001.pdf");
    const std::size_t at = said.find("<dc:language><rdf:Bag><rdf:li>") + 30;
    return said.substr(at, said.find('<', at) - at);
  };
  write_for("", "<locale choose=\"fixed\" fixed=\"es\"/>", "<output as=\"stream\" purpose=\"screen\"/>");
  run_whole(order("fixed"));
  EXPECT_EQ(language("fixed"), "es");
  EXPECT_THAT(packet("fixed/small-Letter-0001.pdf"), HasSubstr("<handout:edition>knee 1 es "));
  write_for("", "<locale choose=\"recipient\"/>", "<output as=\"stream\" purpose=\"screen\"/>");
  run_whole(order("own"));
  EXPECT_EQ(language("own"), "mul");
  EXPECT_THAT(inspect::check_tags(read("own/small-Letter-0001.pdf")), IsEmpty());
  write("people.csv", "key,name,side,language\nk3,Cy,left,es\nk4,Di,left,es\n");
  run_whole(order("spanish"));
  EXPECT_EQ(language("spanish"), "es");
}

// Also that of a shard which was begun on another day than the first.
TEST_F(Said, AFileComesBackWithItsDay) {
  write_for("<date from=\"birth-date\"/>", kOwn, "<output as=\"stream\" purpose=\"screen\"/>");
  std::vector<fs::path> shards;
  std::vector<std::string> files;
  for (std::uint32_t shard = 1; shard <= 2; ++shard) {
    const std::string name = fmt::format("shard-{}-of-2", shard);
    Order part = order_on("job/" + name, 2026y / 11 / (shard + 10));
    part.shard = {shard, 2};
    if (run_whole(part).tally.pieces > 0) files.push_back(fmt::format("{0}/{0}-small-Letter-0001.pdf", name));
    shards.push_back(part.folder);
  }
  ASSERT_FALSE(files.empty());
  EXPECT_THAT(packet("job/" + files.back()), HasSubstr("<xmp:CreateDate>2026-11-1"));
  ASSERT_TRUE(join(folder_ / "job", shards, {}, shipped(), diags_)) << said();
  ReprintOrder lost;
  lost.folder = folder_ / "job";
  lost.reason = "lost";
  lost.restored = files;
  std::vector<std::string> before;
  for (const std::string& each : files) {
    before.push_back(read("job/" + each));
    fs::remove(folder_ / "job" / each);
  }
  ASSERT_TRUE(reprint(lost, shipped(), diags_)) << said();
  for (std::size_t i = 0; i < files.size(); ++i) EXPECT_EQ(read("job/" + files[i]), before[i]);
}

}  // namespace
}  // namespace handout::batch
