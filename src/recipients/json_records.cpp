#include "recipients/json_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/numbers.h"
#include "recipients/bytes.h"

namespace handout::recipients {
namespace {

constexpr std::size_t kMostAround = 1u << 20;
constexpr const char* kWholeHint = "get all its pages, and give the patients one a line, or all entries in one Bundle";

// Whether a Bundle says that it is a page of a longer list, or none of patients as they are (R4, BundleType); told then.
bool is_no_list(const nlohmann::json& bundle, const Span& file, Diagnostics& diags) {
  for (const char* const type : {"history", "transaction", "batch"}) {
    if (const auto found = bundle.find("type"); found == bundle.end() || *found != type) continue;
    diags.error(file, fmt::format("the Bundle is of type {}: it may hold former versions and records that were deleted", type)).hint(kListHint);
    return true;
  }
  const auto links = bundle.find("link");
  if (links == bundle.end() || !links->is_array()) return false;
  const auto is_next = [](const nlohmann::json& link) {
    const auto relation = link.find("relation");
    return relation != link.end() && *relation == "next";
  };
  const bool more = std::any_of(links->begin(), links->end(), is_next);
  if (more) diags.error(file, "the Bundle has a link to a next page: the list is not whole").hint(kWholeHint);
  return more;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

// ---- lines ----

Got LineRecords::next(Diagnostics& diags) {
  if (done_ > 0) {
    window_.drop(std::exchange(done_, 0));
    ++line_;
  }
  for (;;) {
    std::size_t end = window_.held().find('\n');
    while (end == std::string_view::npos && window_.held().size() <= most_ && window_.more()) end = window_.held().find('\n');
    // However much has been read: the limit is the line's.
    if (end != std::string_view::npos && end > most_) return skip_long(diags);
    if (window_.failed()) {
      window_.report(diags);
      return Got::Failed;
    }
    const std::string_view held = window_.held();
    if (held.empty()) return Got::End;
    if (end == std::string_view::npos && held.size() > most_) return skip_long(diags);
    std::string_view raw = held.substr(0, end);
    const std::size_t length = end == std::string_view::npos ? held.size() : end + 1;
    if (raw.ends_with('\r')) raw.remove_suffix(1);
    if (std::all_of(raw.begin(), raw.end(), is_space)) {
      window_.drop(length);
      ++line_;
      continue;
    }
    done_ = length;
    record_ = {raw, record_.number + 1, line_, 1};
    return Got::Record;
  }
}

Got LineRecords::skip_long(Diagnostics& diags) {
  cut_.assign(window_.held().substr(0, most_));
  std::size_t end = std::string_view::npos;
  while (end == std::string_view::npos) {
    end = window_.held().find('\n');
    window_.drop(end == std::string_view::npos ? window_.held().size() : end + 1);
    if (end == std::string_view::npos && !window_.more()) break;
  }
  if (window_.failed()) {
    window_.report(diags);
    return Got::Failed;
  }
  record_ = {cut_, record_.number + 1, line_++, 1};
  return Got::TooLong;
}

// ---- a Bundle ----

BundleRecords::Scan BundleRecords::Depth::add(char c) {
  if (in_string) {
    if (escaped) escaped = false;
    else if (c == '\\') escaped = true;
    else if (c == '"') in_string = false;
    return Scan::Open;
  }
  if (c == '"') in_string = true;
  if (c == '{' || c == '[') ++levels;
  if ((c == '}' || c == ']') && --levels == 0) return Scan::Closed;
  return Scan::Open;
}

bool BundleRecords::peek(char& c) {
  if (window_.held().empty() && !window_.more()) return false;
  c = window_.held().front();
  return true;
}

void BundleRecords::take(std::size_t bytes) {
  const std::string_view taken = window_.held().substr(0, bytes);
  const std::size_t last = taken.rfind('\n');
  if (last != std::string_view::npos) line_ += static_cast<std::uint64_t>(std::count(taken.begin(), taken.end(), '\n'));
  column_ = last != std::string_view::npos ? bytes - last : column_ + bytes;
  window_.drop(bytes);
}

bool BundleRecords::skip_space(char& c) {
  while (peek(c)) {
    if (!is_space(c)) return true;
    take(1);
  }
  return false;
}

Got BundleRecords::fail(std::string_view what, Diagnostics& diags) const {
  if (window_.failed()) window_.report(diags);
  else diags.error(line_of(window_.file(), line_), fmt::format("the Bundle is damaged at byte {} of this line: {}", column_, what)).hint("was the file cut? entries after this place were not read");
  return Got::Failed;
}

Got BundleRecords::next(Diagnostics& diags) {
  take(std::exchange(done_, 0));
  for (;;) {
    switch (state_) {
      case State::Around: {
        const Got got = around(diags);
        if (got != Got::Record) return got;
        break;
      }
      case State::FirstEntry:
      case State::BetweenEntries: {
        char c = '\0';
        if (!skip_space(c)) return fail("it ends inside its entries", diags);
        if (c == ']') {
          take(1);
          state_ = State::Around;
          break;
        }
        if (state_ == State::BetweenEntries) {
          if (c != ',') return fail("expected ',' or ']' after an entry", diags);
          take(1);
          if (!skip_space(c)) return fail("it ends inside its entries", diags);
        }
        if (c != '{') return fail("expected an entry, which is an object", diags);
        state_ = State::BetweenEntries;
        return entry(diags);
      }
      case State::Ended: return Got::End;
    }
  }
}

bool BundleRecords::keep(char c) {
  around_ += c;
  return around_.size() <= kMostAround;
}

// Reads what stands around the entries, up to the first of them or the end of the file.
Got BundleRecords::around(Diagnostics& diags) {
  char c = '\0';
  while (peek(c)) {
    const bool was_string = depth_.in_string;
    const bool own_level = depth_.levels == 1;
    if (own_level && !was_string && c == '[' && key_ == "entry") {
      if (std::exchange(had_entries_, true)) return fail("the key 'entry' stands twice", diags);
      take(1);
      around_ += "[]";
      key_.clear();
      state_ = State::FirstEntry;
      // Known before anything is made of its entries, where it stands before them.
      if (is_no_list(nlohmann::json::parse(around_ + "}", nullptr, false), window_.file(), diags)) return Got::Failed;
      return Got::Record;
    }
    if (closed_ && !is_space(c)) {
      diags.error(line_of(window_.file(), line_), fmt::format("something stands behind the Bundle, at byte {} of this line; expected one Bundle alone", column_)).hint("of several, give the entries one a line: jq -c '.entry[]?' OLD > NEW.ndjson");
      return Got::Failed;
    }
    closed_ = depth_.add(c) == Scan::Closed || closed_;
    if (own_level && was_string && depth_.in_string) text_ += c;
    if (own_level && was_string && !depth_.in_string) key_ = std::exchange(text_, "");
    if (own_level && !was_string && c == ',') key_.clear();
    if (!keep(c)) return fail(fmt::format("more than {} MB stand outside its entries", kMostAround >> 20), diags);
    take(1);
  }
  return end(diags);
}

Got BundleRecords::end(Diagnostics& diags) {
  if (window_.failed()) return fail("", diags);
  state_ = State::Ended;
  const nlohmann::json bundle = nlohmann::json::parse(around_, nullptr, false);
  if (!bundle.is_object()) return fail("what stands around its entries is not well-formed JSON", diags);
  const auto type = bundle.find("resourceType");
  if (type == bundle.end() || *type != "Bundle") return fail("its resourceType is not Bundle", diags);
  if (const auto entries = bundle.find("entry"); entries != bundle.end() && !entries->is_array()) return fail("'entry' is no list", diags);
  if (is_no_list(bundle, window_.file(), diags)) return Got::Failed;
  // R4: the number of matches, whatever the page; entries are matches and what goes with them.
  const auto total = bundle.find("total");
  if (total != bundle.end() && total->is_number_unsigned() && total->get<std::uint64_t>() > matches_) {
    diags.error(window_.file(), fmt::format("the Bundle says that it has {}, and holds {}: the list is not whole", counted(total->get<std::uint64_t>(), "match", "matches"), matches_ == number_ ? counted(number_, "entry", "entries") : fmt::format("{} of them", matches_))).hint(kWholeHint);
    return Got::Failed;
  }
  return Got::End;
}

Got BundleRecords::entry(Diagnostics& diags) {
  ++number_;
  ++matches_;
  Depth depth;
  std::size_t at = 0;
  for (;;) {
    // However much has been read: the limit is the entry's.
    const std::string_view held = window_.held().substr(0, most_);
    for (; at < held.size(); ++at) {
      if (depth.add(held[at]) != Scan::Closed) continue;
      done_ = at + 1;
      record_ = {held.substr(0, done_), number_, line_, column_};
      return Got::Record;
    }
    if (held.size() == most_) return skip_long(depth, diags);
    if (!window_.more()) return fail("it ends inside an entry", diags);
  }
}

Got BundleRecords::skip_long(Depth depth, Diagnostics& diags) {
  cut_.assign(window_.held().substr(0, most_));
  record_ = {cut_, number_, line_, column_};
  take(most_);
  for (;;) {
    if (window_.held().empty() && !window_.more()) return fail("it ends inside an entry", diags);
    const std::string_view held = window_.held();
    for (std::size_t at = 0; at < held.size(); ++at) {
      if (depth.add(held[at]) != Scan::Closed) continue;
      take(at + 1);
      return Got::TooLong;
    }
    take(held.size());
  }
}

}  // namespace handout::recipients
