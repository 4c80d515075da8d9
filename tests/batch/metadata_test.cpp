// What files say of themselves.
#include <fmt/format.h>

#include "batch/batch_testing.h"
#include "inspect/inspect.h"

namespace handout::batch {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class Said : public Batch {
 protected:
  void SetUp() override {
    Batch::SetUp();
    for (const std::string language : {"en", "es"}) {
      write("texts/knee/" + language + ".xml", "<article id=\"knee\" xml:lang=\"" + language + "\" version=\"1\" status=\"draft\">\n<field-def name=\"side\" type=\"choice\" choices=\"left|right\"/>"
                                               "<title id=\"t\">Visit of <field name=\"patient.name\"/>: <choose><when field=\"side\" is=\"left\">left</when><otherwise>other</otherwise></choose> knee<cite ref=\"r\"/></title>\n"
                                               "<summary id=\"s\">For <field name=\"patient.name\"/>.</summary>\n<section id=\"a\"><title id=\"at\">The <choose><when field=\"side\" is=\"left\">left</when><otherwise>other</otherwise></choose> of <field name=\"patient.name\"/></title><p id=\"p\">Rest.</p></section>\n"
                                               "<references><reference id=\"r\">Source.</reference></references></article>\n");
    }
    write("people.csv", "key,name,side,language,birth-date\nk1,Ann,left,en,1930-01-02\nk2,Bob,right,en,1940-01-02\nk3,Cy,left,es,1950-01-02\n");
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
  static std::string item(std::string_view text) { return fmt::format("<rdf:li xml:lang=\"x-default\">{}</rdf:li>", text); }
};

constexpr const char* kOwn = "<locale choose=\"recipient\" fallback=\"en\"/>";

TEST_F(Said, PiecesHaveTheirPrintedTitles) {
  write_for("", kOwn, "<output as=\"files\" purpose=\"screen\"/>");
  EXPECT_EQ(run_whole(order("job")).tally.pieces, 3u);
  for (const auto& [name, title, person] : {std::tuple("1-en", "Visit of Ann: left knee", "Ann"), std::tuple("2-en", "Visit of Bob: other knee", "Bob"), std::tuple("3-es", "Visit of Cy: left knee", "Cy")}) {
    const std::string file = fmt::format("job/pieces/{}.pdf", name);
    EXPECT_THAT(packet(file), AllOf(HasSubstr(item(title)), HasSubstr(item(fmt::format("For {}.", person))), Not(HasSubstr("{")))) << name;
    const auto report = inspect::read_pdf(read(file));
    ASSERT_TRUE(report) << report.error();
    EXPECT_EQ(report->title, title);
    EXPECT_THAT(report->outline, Contains(HasSubstr(fmt::format("of {}", person)))) << name;
  }
  Order one = order("one");
  one.threads = 1;
  run_whole(one);
  EXPECT_EQ(outputs("one"), outputs("job"));
}

}  // namespace
}  // namespace handout::batch
