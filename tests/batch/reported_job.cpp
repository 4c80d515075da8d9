#include "reported_job.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

namespace handout::batch {

namespace fs = std::filesystem;

namespace {

class StopAtFirst final : public Watcher {
 public:
  StopAtFirst(std::atomic<bool>& stop, bool wanted) : stop_(stop), wanted_(wanted) {}
  void see(const Tally& tally) override {
    if (wanted_ && tally.pieces > tally.kept) stop_ = true;
  }

 private:
  std::atomic<bool>& stop_;
  bool wanted_;
};

std::string article(std::string_view locale, std::string_view title, std::string_view left, std::string_view other) {
  return fmt::format(
      "<article id=\"tiny\" xml:lang=\"{}\" version=\"1\" status=\"draft\"><field-def name=\"side\" type=\"choice\" choices=\"left|right|both\" required=\"no\"/><title id=\"title\">{}</title>"
      "<section id=\"s\"><title id=\"st\">{}</title><p id=\"p\"><choose><when field=\"side\" is=\"left\">{}</when><otherwise>{}</otherwise></choose></p></section></article>",
      locale, title, title, left, other);
}

}  // namespace

void ReportedJob::SetUp() {
  static int number = 0;
  folder_ = fs::temp_directory_path() / fmt::format("handout-batch-{}-{}", ::getpid(), ++number);
  fs::create_directories(folder_ / "tiny");
  write("tiny/en.xml", article("en", "Your knee", "The left one.", "The other one."));
  write("tiny/es.xml", article("es", "Su rodilla", "La izquierda.", "La otra."));
}

void ReportedJob::write(const std::string& name, std::string_view text) const { std::ofstream(folder_ / name, std::ios::binary) << text; }

std::string ReportedJob::read(const fs::path& name) const {
  std::stringstream text;
  text << std::ifstream(folder_ / name, std::ios::binary).rdbuf();
  return text.str();
}

void ReportedJob::write_mailing(std::string_view more, std::string_view layout) const {
  write("mailing.xml", fmt::format("<mailing id=\"mailing\" title=\"Knees\"><article ref=\"./tiny\"/><layout name=\"{}\" large-print=\"large\"/><date value=\"2026-11-22\"/><locale choose=\"recipient\" fallback=\"en\"/>"
                                   "<field name=\"side\" type=\"choice\" choices=\"left|right|both\"/>{}</mailing>",
                                   layout, more));
}

Order ReportedJob::order(const std::string& out) const {
  Order order;
  order.mailing = folder_ / "mailing.xml";
  order.recipients = folder_ / "people.csv";
  order.folder = folder_ / out;
  order.threads = 2;
  return order;
}

Result<Outcome> ReportedJob::make(const Order& order, Stop stop) {
  const auto installation = find_installation(HANDOUT_SOURCE_DIR, diags_);
  if (!installation) return tl::unexpected<Failure>(Failure{});
  std::atomic<bool> wanted = stop == Stop::Before;
  StopAtFirst watcher(wanted, stop == Stop::AtFirst);
  return run(order, *installation, watcher, wanted, diags_);
}

Outcome ReportedJob::done(const std::string& out) {
  const auto outcome = make(order(out));
  EXPECT_TRUE(outcome) << to_text(diags_);
  return outcome.value_or(Outcome{});
}

std::map<std::string, std::string> ReportedJob::files(const std::string& out) const {
  std::map<std::string, std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / out)) {
    const std::string name = entry.path().lexically_relative(folder_ / out).generic_string();
    if (!entry.is_regular_file() || name.starts_with("speed.") || name.starts_with("job/speed/") || name.starts_with("ledger.sqlite")) continue;
    found[name] = read(entry.path().lexically_relative(folder_));
  }
  return found;
}

}  // namespace handout::batch
