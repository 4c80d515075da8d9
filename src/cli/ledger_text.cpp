#include "cli/ledger_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/numbers.h"

namespace handout::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string_view name_of(ledger::PieceState state) { return state == ledger::PieceState::Done ? "done" : state == ledger::PieceState::Damaged ? "damaged" : "reprinted"; }

// Events of one command stand in one line: those of the same kind, day and reason, one behind the other.
struct OneCommand {
  const ledger::Event* first = nullptr;
  std::uint64_t last = 0;  // number
  ledger::RowSet pieces;

  [[nodiscard]] bool takes(const ledger::Event& event) const {
    return event.what == first->what && event.day == first->day && event.reason == first->reason && event.piece && first->piece && *event.piece <= ledger::kMostRows && !pieces.contains(*event.piece);
  }
  [[nodiscard]] std::string text() const {
    const bool several = last > first->number;
    const std::string number = several ? fmt::format("{}-{}", first->number, last) : std::to_string(first->number);
    const std::string what = several ? fmt::format(" of {} pieces, {}", pieces.size(), ledger::to_text(pieces)) : first->piece ? fmt::format(" of piece {}", *first->piece) : "";
    return fmt::format("event {:<4}{}{}{}{}{}{}\n", number, number.size() < 4 ? "" : " ", first->what, what, first->day ? fmt::format(" on {}", ledger::to_text(*first->day)) : "", first->reason.empty() ? "" : ": ", first->reason);
  }
};

std::string text_of_events(const std::vector<ledger::Event>& events) {
  std::string text;
  OneCommand command;
  for (const ledger::Event& each : events) {
    if (command.first == nullptr || !command.takes(each)) {
      if (command.first != nullptr) text += command.text();
      command = {&each, each.number, {}};
    }
    command.last = each.number;
    if (each.piece && *each.piece >= 1 && *each.piece <= ledger::kMostRows) command.pieces.insert(*each.piece);
  }
  return command.first != nullptr ? text + command.text() : text;
}

// Numbers by their value, words by their letters.
std::vector<ledger::Count> in_order(std::vector<ledger::Count> counts) {
  std::stable_sort(counts.begin(), counts.end(), [](const ledger::Count& a, const ledger::Count& b) {
    if (a.name != b.name) return a.name < b.name;
    const auto first = parse_digits(a.detail), second = parse_digits(b.detail);
    return first && second ? *first < *second : first.has_value() != second.has_value() ? first.has_value() : a.detail < b.detail;
  });
  return counts;
}

}  // namespace

std::string text_of(const JobTotals& of, const std::vector<ledger::Event>& events) {
  const auto& [job, totals, settled] = of;
  std::string text = fmt::format("job       {} (mailing {}, {}{})\n", job.id, job.mailing, job.engine, job.day ? fmt::format(", {}", ledger::to_text(*job.day)) : "");
  if (job.shard.count > 1) text += fmt::format("shard     {} of {}\n", job.shard.index, job.shard.count);
  text += totals.finished ? "state     finished\n" : "state     not finished: run the job again, it goes on where it ended, or says what is in its way\n";
  text += fmt::format("rows      {}: {} printed, {} filtered out, {} suppressed, {}, {} rejected\n", !totals.rows_in ? "so far" : job.shard.count > 1 ? fmt::format("{} of the list's {}", settled, *totals.rows_in) : fmt::format("{}", *totals.rows_in), totals.pieces, totals.filtered, totals.suppressed, counted(totals.duplicates, "duplicate"), totals.rejected);
  text += fmt::format("pieces    {}, {}, {}\n", totals.pieces, counted(totals.pages, "page"), counted(totals.sheets, "sheet"));
  if (totals.reprints + totals.damaged > 0) text += fmt::format("reprints  {}; damaged and not yet printed again: {}\n", totals.reprints, totals.damaged);
  text += fmt::format("files     {}, {}{}\n", totals.files, counted(totals.bytes, "byte"), totals.files_purged == 0 ? "" : fmt::format("; a purge removed {}", totals.files_purged == totals.files ? "all of them" : std::to_string(totals.files_purged)));
  for (const ledger::Totals::Locale& each : totals.locales) text += fmt::format("locale    {}: {}, {}\n", each.locale, counted(each.pieces, "piece"), counted(each.pages, "page"));
  for (const ledger::Count& each : in_order(totals.counts)) text += fmt::format("{:<9} {}{}{}\n", each.name, each.detail, each.detail.empty() ? "" : ": ", each.value);
  return text + text_of_events(events);
}

Json json_of(const JobTotals& of, const std::vector<ledger::Event>& events) {
  const auto& [job, totals, settled] = of;
  Json json = {{"job", job.id}, {"mailing", job.mailing}, {"engine", job.engine}, {"day", job.day ? Json(ledger::to_text(*job.day)) : Json()}, {"shard", {{"index", job.shard.index}, {"count", job.shard.count}}}, {"finished", totals.finished},
               {"rows", {{"in", totals.rows_in ? Json(job.shard.count > 1 ? settled : *totals.rows_in) : Json()}, {"list", totals.rows_in ? Json(*totals.rows_in) : Json()}, {"printed", totals.pieces}, {"filtered", totals.filtered}, {"suppressed", totals.suppressed}, {"duplicates", totals.duplicates}, {"rejected", totals.rejected}}},
               {"pieces", totals.pieces}, {"pages", totals.pages}, {"sheets", totals.sheets}, {"reprints", totals.reprints}, {"damaged", totals.damaged}, {"files", totals.files}, {"files-purged", totals.files_purged}, {"bytes", totals.bytes}};
  json["locales"] = Json::array();
  for (const ledger::Totals::Locale& each : totals.locales) json["locales"].push_back({{"locale", each.locale}, {"pieces", each.pieces}, {"pages", each.pages}});
  json["counts"] = Json::array();
  for (const ledger::Count& each : in_order(totals.counts)) json["counts"].push_back({{"name", each.name}, {"detail", each.detail}, {"value", each.value}});
  json["events"] = Json::array();
  for (const ledger::Event& each : events) json["events"].push_back({{"number", each.number}, {"what", each.what}, {"day", each.day ? Json(ledger::to_text(*each.day)) : Json()}, {"reason", each.reason}, {"piece", each.piece ? Json(*each.piece) : Json()}});
  return json;
}

std::string text_of(const ledger::FileEntry& file) {
  return fmt::format("{}  {}, {}, {}, {}{}{}\n", file.file.name, counted(file.file.pieces, "piece"), counted(file.file.pages, "page"), counted(file.file.sheets, "sheet"), counted(file.file.bytes, "byte"), file.file.split_class.empty() ? "" : "  " + file.file.split_class, file.state == ledger::FileState::Purged ? "  (purged)" : "");
}

Json json_of(const ledger::FileEntry& file) {
  return {{"name", file.file.name}, {"class", file.file.split_class}, {"pieces", file.file.pieces}, {"pages", file.file.pages}, {"sheets", file.file.sheets}, {"bytes", file.file.bytes}, {"sha256", to_hex(file.file.digest)}, {"purged", file.state == ledger::FileState::Purged}};
}

std::string text_of(const ledger::PieceEntry& piece) {
  std::string articles;
  for (const ledger::ArticleVersion& each : piece.kind.articles) articles += fmt::format("{}{} {}", articles.empty() ? "" : ", ", each.article, each.version);
  const std::string pages = piece.pages > 1 ? fmt::format("pages {}-{}", piece.first_page, std::uint64_t{piece.first_page} + piece.pages - 1) : fmt::format("page {}", piece.first_page);
  return fmt::format("#{}  row {}  {} {}{}  {}; {}, layout {}, profile {}  {}{}\n", piece.number, piece.row, piece.file_name, pages, piece.own_file_name.empty() ? "" : " and " + piece.own_file_name, articles, piece.kind.locale, piece.kind.layout, piece.kind.profile, name_of(piece.state),
                     piece.reprint_of ? fmt::format(", prints #{} again", *piece.reprint_of) : "");
}

Json json_of(const ledger::PieceEntry& piece) {
  Json articles = Json::array();
  for (const ledger::ArticleVersion& each : piece.kind.articles) articles.push_back({{"article", each.article}, {"version", each.version}});
  return {{"number", piece.number}, {"row", piece.row}, {"key", piece.key.empty() ? Json() : Json(piece.key)}, {"articles", articles}, {"locale", piece.kind.locale}, {"layout", piece.kind.layout}, {"profile", piece.kind.profile}, {"pages", piece.pages}, {"sheets", piece.sheets},
          {"file", piece.file_name}, {"first-page", piece.first_page}, {"own-file", piece.own_file_name.empty() ? Json() : Json(piece.own_file_name)}, {"digest", to_hex(piece.digest)}, {"state", name_of(piece.state)}, {"reprint-of", piece.reprint_of ? Json(*piece.reprint_of) : Json()}};
}

std::string_view name_of(ledger::Finding::What what) {
  using What = ledger::Finding::What;
  switch (what) {
    case What::Missing: return "missing";
    case What::Altered: return "altered";
    case What::Unreadable: return "unreadable";
    case What::Unknown: return "unknown";
    case What::LedgerAltered: return "ledger";
    case What::TwiceInLedger: return "twice";
    case What::CountsDiffer: break;
  }
  return "counts";
}

}  // namespace handout::cli
