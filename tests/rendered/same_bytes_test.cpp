// One thread or eight: the same bytes, whatever was rendered before.
#include <fstream>
#include <map>
#include <thread>

#include "fonts/damage.h"
#include "rendered/rendering.h"

namespace handout {
namespace {

std::string bytes_of(Pipeline& pipeline, const std::string& locale) {
  Diagnostics diags;
  auto rendered = pipeline.render(knee(locale), diags);
  return rendered ? std::move(rendered->bytes) : to_text(diags);
}

TEST(SameBytes, EightThreadsWithAPipelineEach) {
  const std::vector<std::string> locales = {"en", "ar", "zh-Hans", "hi"};
  std::map<std::string, std::string> alone;
  for (const std::string& locale : locales) {
    Pipeline pipeline = shipped();
    alone[locale] = bytes_of(pipeline, locale);
    ASSERT_TRUE(alone[locale].starts_with("%PDF")) << alone[locale];
  }
  std::vector<int> different(8, -1);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < different.size(); ++i) {
    threads.emplace_back([&, i] {
      Pipeline pipeline = shipped();
      different[i] = 0;
      for (std::size_t k = 0; k < locales.size(); ++k) {
        const std::string& locale = locales[(i + k) % locales.size()];
        if (bytes_of(pipeline, locale) != alone.at(locale)) ++different[i];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(different, testing::Each(0));
}

// ---- fonts of the clinic ----

class BrokenClinicFont : public Rendering {};

// From the clinic's folder to the file's last byte: a PDF, or a message that names the font.
TEST_F(BrokenClinicFont, GivesAPdfOrItsName) {
  write("article.xml", "<article id=\"a\" xml:lang=\"en\" version=\"1\" status=\"draft\"><title id=\"t\">Knee 12</title><p id=\"p\">Words fi ffl <strong>strong</strong> é.</p></article>");
  write("layout.xml", "<layout id=\"layout\" title=\"Small\"><body><slot select=\"*\"/></body></layout>");
  write("clinic.xml", "<clinic id=\"c\" name=\"C\" fonts=\"fonts\"/>");
  std::filesystem::create_directory(folder_ / "fonts");
  std::ifstream file("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(file), {}};
  ASSERT_FALSE(whole.empty());
  request::Request request = this->request("en");
  request.clinic = (folder_ / "clinic.xml").string();
  int written = 0, refused = 0;
  for (std::uint32_t seed = 1000; seed < 1100; ++seed) {
    write("fonts/House.ttf", fonts::Damage(seed)(whole));
    Diagnostics diags;
    const auto rendered = shipped().render(request, diags);
    EXPECT_EQ(rendered.has_value(), !diags.has_errors()) << seed << to_text(diags);
    if (!rendered) EXPECT_THAT(to_text(diags), testing::HasSubstr("House.ttf")) << seed;
    ++(rendered ? written : refused);
  }
  EXPECT_GT(written, 10);
  EXPECT_GT(refused, 10);
}

}  // namespace
}  // namespace handout
