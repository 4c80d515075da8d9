#include <nlohmann/json.hpp>

#include "request/request.h"

namespace handout::request {
namespace {

using nlohmann::json;  // its objects are sorted by key

void put(json& object, const char* key, const std::string& text) {
  if (!text.empty()) object[key] = text;
}
void put(json& object, const char* key, const std::vector<std::string>& list) {
  if (!list.empty()) object[key] = list;
}
void put(json& object, const char* key, const std::optional<Date>& date) {
  if (date) object[key] = unicode::to_text(*date);
}

json to_value(const PersonName& name) {
  json value = json::object();
  put(value, "given", name.given);
  put(value, "family", name.family);
  put(value, "prefix", name.prefix);
  put(value, "suffix", name.suffix);
  put(value, "display", name.display);
  if (!value.empty() && name.locale) value["locale"] = name.locale->tag();
  return value;
}

json to_value(const PostalAddress& postal) {
  json value = json::object();
  put(value, "lines", postal.lines);
  put(value, "city", postal.city);
  put(value, "district", postal.district);
  put(value, "state", postal.state);
  put(value, "postcode", postal.postcode);
  put(value, "country", postal.country);
  return value;
}

json to_value(const Recipient& recipient) {
  json value = json::object();
  put(value, "key", recipient.key);
  if (json name = to_value(recipient.name); !name.empty()) value["name"] = std::move(name);
  put(value, "birth-date", recipient.birth_date);
  for (const Locale& each : recipient.languages) value["languages"].push_back(each.tag());
  put(value, "address", recipient.address);
  if (recipient.postal) value["postal"] = to_value(*recipient.postal);
  put(value, "country", recipient.country);
  if (recipient.large_print) value["large-print"] = true;
  return value;
}

json to_value(const Edition& edition) {
  json value = {{"article", edition.article}, {"locale", edition.locale.tag()}};
  if (edition.level) value["level"] = *edition.level == ArticleLevel::Short ? "short" : "full";
  put(value, "include", edition.include);
  put(value, "exclude", edition.exclude);
  put(value, "marked", edition.marked);
  return value;
}

json to_value(const Request& request) {
  json value = json::object();
  value["editions"] = json::array();
  for (const Edition& each : request.editions) value["editions"].push_back(to_value(each));
  put(value, "layout", request.layout);
  put(value, "profile", request.profile);
  put(value, "clinic", request.clinic);
  put(value, "region", request.region);
  put(value, "impose", std::string(name(request.impose)));
  put(value, "duplex", std::string(name(request.duplex)));
  if (request.fit) put(value, "fit", to_text(*request.fit));
  if (request.recipient) value["recipient"] = to_value(*request.recipient);
  for (const auto& [name, text] : request.fields) value["fields"][name] = text;
  put(value, "date", request.date);
  put(value, "include", request.include);
  put(value, "exclude", request.exclude);
  put(value, "marked", request.marked);
  put(value, "note", request.note);
  return value;
}

// Bytes that are not UTF-8, from a command line, become U+FFFD rather than an exception.
std::string written(const json& value, int indent) { return value.dump(indent, ' ', false, json::error_handler_t::replace); }

}  // namespace

std::string to_json(const Request& request) { return written(to_value(request), -1); }

std::string dump(const Request& request) { return written(to_value(request), 2) + "\n"; }

}  // namespace handout::request
