#include "request/request.h"

#include <fmt/format.h>

#include <algorithm>

#include "request/json_node.h"
#include "request/regions.h"

namespace handout::request {
namespace {

constexpr const char* kLanguageHint = "use a BCP 47 tag such as en, es-US or zh-Hans";
constexpr const char* kDateHint = "write it as 2026-11-22";
constexpr const char* kRegionHint = "use two capital letters of ISO 3166, such as US";

bool is_word(std::string_view text, std::string_view marks) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !text.empty() && is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || marks.find(c) != std::string_view::npos; });
}

// Sets `to` when the key is there and its value right.
void read_text(const JsonNode& object, std::string_view key, std::string& to) {
  if (const auto node = object.member(key)) to = node->text().value_or(to);
}

void read_words(const JsonNode& object, std::string_view key, std::string& to) {
  if (const auto node = object.member(key)) to = node->words().value_or(to);
}

std::optional<Locale> locale_of(const JsonNode& node) {
  const auto text = node.text();
  if (!text) return std::nullopt;
  auto locale = Locale::parse(*text);
  if (!locale) node.refuse("no language tag", kLanguageHint);
  return locale;
}

std::optional<Date> read_date(const JsonNode& object, std::string_view key) {
  const auto node = object.member(key);
  const auto text = node ? node->text() : std::nullopt;
  if (!text) return std::nullopt;
  const auto date = unicode::parse_date(*text);
  if (!date) node->refuse("no day of the calendar", kDateHint);
  return date;
}

void read_region(const JsonNode& object, std::string_view key, std::string& to) {
  const auto node = object.member(key);
  const auto text = node ? node->text() : std::nullopt;
  if (!text || text->empty()) return;
  if (is_region(*text)) to = *text;
  else node->refuse("no code of a country", kRegionHint);
}

std::vector<std::string> read_ids(const JsonNode& object, std::string_view key) {
  std::vector<std::string> ids;
  const auto node = object.member(key);
  const auto items = node ? node->items() : std::nullopt;
  if (!items) return ids;
  for (const JsonNode& item : *items) {
    auto id = item.text();
    if (!id) continue;
    if (is_word(*id, "._-")) ids.push_back(*std::move(id));
    else item.refuse("no id", "ids are of letters, digits, '.', '_' and '-', a letter first");
  }
  return ids;
}

// ---- recipient ----

std::optional<PersonName> read_name(const JsonNode& node) {
  PersonName name;
  if (node.holds_text()) {
    name.display = node.words().value_or("");
    return name;
  }
  if (!node.is_object({"given", "family", "prefix", "suffix", "display", "locale"})) return std::nullopt;
  read_text(node, "given", name.given);
  read_text(node, "family", name.family);
  read_text(node, "prefix", name.prefix);
  read_text(node, "suffix", name.suffix);
  read_text(node, "display", name.display);
  if (const auto locale = node.member("locale")) name.locale = locale_of(*locale);
  const auto* members = node.members();
  const bool any = std::any_of(members->begin(), members->end(), [](const JsonMember& each) { return each.key == "given" || each.key == "family" || each.key == "display"; });
  if (!any) node.fault("has no name; expected given, family or display");
  return name;
}

std::vector<std::string> read_lines(const JsonNode& object, std::string_view key) {
  std::vector<std::string> lines;
  if (const auto node = object.member(key)) {
    for (const JsonNode& item : node->items().value_or(std::vector<JsonNode>{})) {
      if (auto line = item.text()) lines.push_back(*std::move(line));
    }
  }
  return lines;
}

PostalAddress read_postal(const JsonNode& node) {
  PostalAddress postal;
  if (!node.is_object({"lines", "city", "district", "state", "postcode", "country"})) return postal;
  postal.lines = read_lines(node, "lines");
  read_text(node, "city", postal.city);
  read_text(node, "district", postal.district);
  read_text(node, "state", postal.state);
  read_text(node, "postcode", postal.postcode);
  read_region(node, "country", postal.country);
  return postal;
}

Recipient read_recipient(const JsonNode& node) {
  Recipient recipient;
  if (!node.is_object({"key", "name", "birth-date", "languages", "address", "postal", "country", "large-print"})) return recipient;
  read_text(node, "key", recipient.key);
  if (const auto name = node.member("name")) recipient.name = read_name(*name).value_or(PersonName{});
  recipient.birth_date = read_date(node, "birth-date");
  if (const auto languages = node.member("languages")) {
    for (const JsonNode& item : languages->items().value_or(std::vector<JsonNode>{})) {
      if (auto locale = locale_of(item)) recipient.languages.push_back(*std::move(locale));
    }
  }
  recipient.address = read_lines(node, "address");
  if (const auto postal = node.member("postal")) {
    recipient.postal = read_postal(*postal);
    if (node.member("address")) postal->fault("stands beside address; expected one of them", "address has the lines as they are printed, postal the parts that they are made of");
  }
  read_region(node, "country", recipient.country);
  if (const auto large = node.member("large-print")) recipient.large_print = large->flag().value_or(false);
  return recipient;
}

// ---- request ----

Edition read_edition(const JsonNode& node) {
  Edition edition;
  if (!node.is_object({"article", "locale", "level", "include", "exclude", "marked"})) return edition;
  read_words(node, "article", edition.article);
  if (!node.member("article")) node.fault("has no article; expected the name of one");
  if (const auto locale = node.member("locale")) edition.locale = locale_of(*locale).value_or(Locale{});
  else node.fault("has no locale; expected a language tag", kLanguageHint);
  if (const auto level = node.member("level")) {
    const auto text = level->text();
    if (text && *text != "full" && *text != "short") level->refuse("no level; expected full or short", "");
    edition.level = text == "short" ? ArticleLevel::Short : ArticleLevel::Full;
  }
  edition.include = read_ids(node, "include");
  edition.exclude = read_ids(node, "exclude");
  edition.marked = read_ids(node, "marked");
  return edition;
}

void read_editions(const JsonNode& root, Request& request) {
  const auto node = root.member("editions");
  if (!node) return root.fault("editions is missing; expected the articles to print and their languages");
  const auto items = node->items();
  if (!items) return;
  for (const JsonNode& item : *items) request.editions.push_back(read_edition(item));
  if (items->empty()) node->fault("is empty; expected at least one article and its language");
}

// Fields are filled for a recipient: their values are as private.
void read_fields(const JsonNode& root, Request& request) {
  const auto node = root.hidden_member("fields");
  const auto* members = node ? node->members() : nullptr;
  if (members == nullptr) return;
  for (const JsonMember& each : *members) {
    if (!is_word(each.key, "-.")) {
      node->fault_at(each, "the key is not the name of a field", "names of fields are of letters, digits, '-' and '.', a letter first");
      continue;
    }
    if (auto value = node->member(each.key)->text_or_number()) request.fields.insert_or_assign(each.key, *std::move(value));
  }
}

void read_impose(const JsonNode& root, Request& request) {
  const auto node = root.member("impose");
  const auto text = node ? node->text() : std::nullopt;
  if (!text) return;
  if (const auto impose = impose_named(*text)) request.impose = *impose;
  else node->refuse("no way to put pages on sheets", "expected booklet, two-up or none");
}

void read_duplex(const JsonNode& root, Request& request) {
  const auto node = root.member("duplex");
  const auto text = node ? node->text() : std::nullopt;
  if (!text) return;
  if (const auto duplex = duplex_named(*text)) request.duplex = *duplex;
  else node->refuse("neither yes nor no", "yes prints both sides of sheets, no one side; left out, it is as the layout says");
}

void read_fit(const JsonNode& root, Request& request) {
  const auto node = root.member("fit");
  const auto text = node ? node->text() : std::nullopt;
  if (!text) return;
  request.fit = fit_named(*text);
  if (!request.fit) node->refuse("nothing to fit a handout in", "expected pages:2 or sheets:1, or another number up to 1000");
}

Request read_request(const JsonNode& root) {
  Request request;
  if (!root.is_object({"editions", "layout", "profile", "clinic", "region", "impose", "duplex", "fit", "recipient", "fields", "date", "include", "exclude", "marked", "note"})) return request;
  read_editions(root, request);
  read_words(root, "layout", request.layout);
  read_words(root, "profile", request.profile);
  read_text(root, "clinic", request.clinic);
  read_region(root, "region", request.region);
  read_impose(root, request);
  read_duplex(root, request);
  read_fit(root, request);
  if (const auto recipient = root.hidden_member("recipient")) request.recipient = read_recipient(*recipient);
  read_fields(root, request);
  request.date = read_date(root, "date");
  request.include = read_ids(root, "include");
  request.exclude = read_ids(root, "exclude");
  request.marked = read_ids(root, "marked");
  read_text(root, "note", request.note);
  return request;
}

}  // namespace

Result<Request> parse_request(std::string_view json, std::string_view shown, Diagnostics& diags) {
  const std::size_t errors = diags.error_count();
  const auto tree = parse_json(json, shown, diags);
  if (!tree) return tl::unexpected(Failure{});
  Request request = read_request(JsonNode(*tree, "", Values::Shown, diags));
  request.at = Span::of_file(shown);
  if (diags.error_count() > errors) return tl::unexpected(Failure{});
  return request;
}

Result<Recipient> parse_recipient(std::string_view json, std::string_view shown, Diagnostics& diags) {
  const std::size_t errors = diags.error_count();
  const auto tree = parse_json(json, shown, diags);
  if (!tree) return tl::unexpected(Failure{});
  Recipient recipient = read_recipient(JsonNode(*tree, "", Values::Hidden, diags));
  if (diags.error_count() > errors) return tl::unexpected(Failure{});
  return recipient;
}

}  // namespace handout::request
