#include "batch/batch_testing.h"

#include <stdlib.h>

#include <fstream>
#include <iterator>

#include "recipients/sample.h"

namespace handout::batch {

Installation shipped() {
  Diagnostics diags;
  auto installation = find_installation(HANDOUT_SOURCE_DIR, diags);
  EXPECT_TRUE(installation) << to_text(diags);
  return *std::move(installation);
}

std::string read_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write_text(const fs::path& file, std::string_view text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

std::string sample(std::uint64_t count, std::uint64_t seed) {
  StringSink sink;
  EXPECT_TRUE(recipients::write_sample({count, seed, {}}, sink));
  return sink.take();
}

void Batch::SetUp() {
  // In memory where that is: a hundred jobs wait for a disk again and again.
  std::string pattern = ((fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path()) / "handout-batch-XXXXXX").string();
  ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
  folder_ = pattern;
  const std::string body = "<title id=\"t\">Knee</title>\n<p id=\"p\">For <field name=\"patient.name\"/>: rest.</p>\n</article>\n";
  write("texts/knee/en.xml", "<article id=\"knee\" xml:lang=\"en\" version=\"1\" status=\"draft\">\n" + body);
  write("texts/knee/ar.xml", "<article id=\"knee\" xml:lang=\"ar\" version=\"1\" status=\"draft\">\n" + body);
  write("layout.xml", "<layout id=\"layout\" title=\"Small\">\n<body><slot select=\"*\"/></body>\n</layout>\n");
  write_mailing("<locale choose=\"recipient\" fallback=\"en\"/>");
  write("people.csv", sample(100));
}

void Batch::write_mailing(std::string_view more, std::string_view layout) const { write("small.xml", "<mailing id=\"small\" title=\"Small\">\n<article ref=\"texts/knee\"/>\n" + std::string(layout) + "\n" + std::string(more) + "\n</mailing>\n"); }

Order Batch::order(const std::string& out) const {
  Order made;
  made.mailing = folder_ / "small.xml";
  made.recipients = folder_ / "people.csv";
  made.folder = folder_ / out;
  made.threads = 2;
  return made;
}

Result<Outcome> Batch::run(const Order& order, std::uint64_t stop_after) {
  std::atomic<bool> stop = false;
  StopAfter watcher(stop_after, stop);
  diags_ = Diagnostics();
  return batch::run(order, shipped(), watcher, stop, diags_);
}

Outcome Batch::run_whole(const Order& order) {
  auto outcome = run(order);
  EXPECT_TRUE(outcome) << said();
  if (!outcome) return {};
  EXPECT_THAT(outcome->ended, testing::AnyOf(Ended::Done, Ended::DoneBefore));
  return *std::move(outcome);
}

std::map<std::string, std::string> Batch::outputs(const std::string& out) const {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / out)) {
    const std::string name = fs::relative(entry.path(), folder_ / out).generic_string();
    // How fast it went is never the same, and reports have tests of their own.
    const bool is_report = name.starts_with("speed.") || name.starts_with("report.") || name.ends_with(".json");
    if (entry.is_regular_file() && !name.starts_with("job/") && !name.starts_with("ledger.sqlite") && !is_report) files[name] = read_text(entry.path());
  }
  return files;
}

ledger::Ledger Batch::open(const std::string& out) {
  auto ledger = ledger::Ledger::open_read_only(folder_ / out, "", diags_);
  EXPECT_TRUE(ledger) << said();
  return *std::move(ledger);
}

std::vector<std::string> Batch::findings(const std::string& out) {
  std::vector<std::string> lines;
  const auto found = open(out).verify({}, diags_);
  EXPECT_TRUE(found) << said();
  for (const ledger::Finding& each : *found) lines.push_back(each.file + ": " + each.detail);
  return lines;
}

}  // namespace handout::batch
