#include "cli/ledger_text.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace handout::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string_view name_of(ledger::PieceState state) { return state == ledger::PieceState::Done ? "done" : state == ledger::PieceState::Damaged ? "damaged" : "reprinted"; }

std::string text_of_events(const std::vector<ledger::Event>& events) {
  std::string text;
  for (const ledger::Event& each : events) {
    text += fmt::format("event {:<4}{}{}{}{}{}\n", each.number, each.what, each.piece ? fmt::format(" of piece {}", *each.piece) : "", each.day ? fmt::format(" on {}", ledger::to_text(*each.day)) : "", each.reason.empty() ? "" : ": ", each.reason);
  }
  return text;
}

}  // namespace

std::string text_of(const ledger::Job& job, const ledger::Totals& totals, const std::vector<ledger::Event>& events) {
  std::string text = fmt::format("job       {} (mailing {}, {}{})\n", job.id, job.mailing, job.engine, job.day ? fmt::format(", {}", ledger::to_text(*job.day)) : "");
  if (job.shard.count > 1) text += fmt::format("shard     {} of {}\n", job.shard.index, job.shard.count);
  text += totals.finished ? "state     finished\n" : "state     not finished: run the job again, it goes on where it ended, or says what is in its way\n";
  text += fmt::format("rows      {}: {} printed, {} filtered out, {} suppressed, {} duplicates, {} rejected\n", totals.rows_in ? fmt::format("{}", *totals.rows_in) : "so far", totals.pieces, totals.filtered, totals.suppressed, totals.duplicates, totals.rejected);
  text += fmt::format("pieces    {}, {} pages, {} sheets\n", totals.pieces, totals.pages, totals.sheets);
  if (totals.reprints + totals.damaged > 0) text += fmt::format("reprints  {}; damaged and not yet printed again: {}\n", totals.reprints, totals.damaged);
  text += fmt::format("files     {}, {} bytes\n", totals.files, totals.bytes);
  for (const ledger::Totals::Locale& each : totals.locales) text += fmt::format("locale    {}: {} pieces, {} pages\n", each.locale, each.pieces, each.pages);
  for (const ledger::Count& each : totals.counts) text += fmt::format("{:<9} {}{}{}\n", each.name, each.detail, each.detail.empty() ? "" : ": ", each.value);
  return text + text_of_events(events);
}

Json json_of(const ledger::Job& job, const ledger::Totals& totals, const std::vector<ledger::Event>& events) {
  Json json = {{"job", job.id}, {"mailing", job.mailing}, {"engine", job.engine}, {"day", job.day ? Json(ledger::to_text(*job.day)) : Json()}, {"shard", {{"index", job.shard.index}, {"count", job.shard.count}}}, {"finished", totals.finished},
               {"rows", {{"in", totals.rows_in ? Json(*totals.rows_in) : Json()}, {"printed", totals.pieces}, {"filtered", totals.filtered}, {"suppressed", totals.suppressed}, {"duplicates", totals.duplicates}, {"rejected", totals.rejected}}},
               {"pieces", totals.pieces}, {"pages", totals.pages}, {"sheets", totals.sheets}, {"reprints", totals.reprints}, {"damaged", totals.damaged}, {"files", totals.files}, {"bytes", totals.bytes}};
  json["locales"] = Json::array();
  for (const ledger::Totals::Locale& each : totals.locales) json["locales"].push_back({{"locale", each.locale}, {"pieces", each.pieces}, {"pages", each.pages}});
  json["counts"] = Json::array();
  for (const ledger::Count& each : totals.counts) json["counts"].push_back({{"name", each.name}, {"detail", each.detail}, {"value", each.value}});
  json["events"] = Json::array();
  for (const ledger::Event& each : events) json["events"].push_back({{"number", each.number}, {"what", each.what}, {"day", each.day ? Json(ledger::to_text(*each.day)) : Json()}, {"reason", each.reason}, {"piece", each.piece ? Json(*each.piece) : Json()}});
  return json;
}

std::string text_of(const ledger::FileEntry& file) {
  return fmt::format("{}  {} pieces, {} pages, {} sheets, {} bytes{}{}\n", file.file.name, file.file.pieces, file.file.pages, file.file.sheets, file.file.bytes, file.file.split_class.empty() ? "" : "  " + file.file.split_class, file.state == ledger::FileState::Purged ? "  (purged)" : "");
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
