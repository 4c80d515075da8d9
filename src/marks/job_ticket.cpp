#include "marks/job_ticket.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace handout::marks {

using Json = nlohmann::ordered_json;
using styled::OmrMeaning;

namespace {

Json millimetres(Length length) { return std::round(length.points() * 25.4 / 72 * 1000) / 1000; }

void put(Json& json, const char* key, const std::string& text) {
  if (!text.empty()) json[key] = text;
}

std::string_view sides(display::Duplex duplex) {
  switch (duplex) {
    case display::Duplex::No: return "one";
    case display::Duplex::LongEdge: return "two, turned about the long edge";
    case display::Duplex::ShortEdge: return "two, turned about the short edge";
  }
  return "one";
}

std::string name_of(const styled::OmrMark& mark) {
  constexpr std::string_view kNames[] = {"benchmark", "safety", "retiming", "begin", "not-begin", "end", "not-end", "parity", "odd-parity", "sequence", "piece-sequence"};
  std::string name(kNames[static_cast<std::size_t>(mark.meaning)]);
  // The weight of its bit: "sequence 4" is the third lowest.
  if (mark.meaning == OmrMeaning::Sequence || mark.meaning == OmrMeaning::PieceSequence) name += " " + std::to_string(1 << mark.bit);
  return name;
}

Json place(const styled::MarkPlace& of) {
  Json json = Json::object();
  json[of.across == styled::PaperEdge::Left ? "left" : "right"] = millimetres(of.x);
  json[of.down == styled::PaperEdge::Top ? "top" : "bottom"] = millimetres(of.y);
  return json;
}

Json marks_json(const styled::Marks& marks) {
  Json json = Json::object();
  if (marks.omr) {
    Json omr = place(marks.omr->place);
    omr["pitch"] = millimetres(marks.omr->pitch);
    omr["length"] = millimetres(marks.omr->length);
    omr["width"] = millimetres(marks.omr->width);
    omr["bars"] = Json::array();
    for (const styled::OmrMark& mark : marks.omr->marks) omr["bars"].push_back(name_of(mark));
    json["omr"] = std::move(omr);
  }
  if (marks.code) {
    Json code = place(marks.code->place);
    code["kind"] = marks.code->kind;
    code["module"] = millimetres(marks.code->module);
    code["form"] = "H1, job 8, piece 9, sheet 3, sheets 3, sequence 3, check 1 (ISO/IEC 7064 MOD 37,36)";
    json["code"] = std::move(code);
  }
  if (marks.text) {
    Json text = place(marks.text->place);
    text["text"] = marks.text->text;
    json["text"] = std::move(text);
  }
  return json;
}

}  // namespace

std::string to_json(const JobTicket& ticket) {
  Json json = Json::object();
  json["version"] = 1;
  put(json, "job", ticket.job);
  put(json, "file", ticket.file);
  if (ticket.use == JobTicket::For::Proof) json["use"] = "proof: not to be sent";
  if (ticket.use == JobTicket::For::Reprint) json["use"] = "reprint";
  if (ticket.reason) json["reason"] = *ticket.reason;
  put(json, "layout", ticket.layout);
  put(json, "profile", ticket.profile);
  put(json, "locale", ticket.locale);
  Json& paper = json["paper"] = Json::object();
  paper["width"] = millimetres(ticket.paper.width);
  paper["height"] = millimetres(ticket.paper.height);
  if (ticket.paper_weight) paper["weight"] = *ticket.paper_weight;
  json["sides"] = sides(ticket.duplex);
  json["pieces"] = ticket.pieces;
  if (ticket.envelopes != 0) json["envelopes"] = ticket.envelopes;
  json["pages"] = ticket.pages;
  json["sheets"] = ticket.sheets;
  json[ticket.envelopes != 0 ? "sheets-of-an-envelope" : "sheets-of-a-piece"] = {ticket.least_sheets, ticket.most_sheets};
  put(json, "first-piece", ticket.first_piece);
  put(json, "last-piece", ticket.last_piece);
  for (const styled::TrayHint& hint : ticket.trays) json["trays"].push_back({{"pages", hint.pages}, {"tray", hint.tray}});
  if (!ticket.marks.empty()) json["marks"] = marks_json(ticket.marks);
  put(json, "envelope", ticket.envelope);
  put(json, "fold", ticket.fold);
  // What is no UTF-8 in a name becomes U+FFFD.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace handout::marks
