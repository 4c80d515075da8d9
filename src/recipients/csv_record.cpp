#include "recipients/csv_record.h"

namespace handout::recipients {
namespace {

constexpr char kQuote = '"';

// The place of the quote that ends the field, or npos.
struct Closing {
  std::size_t at = std::string_view::npos;
  bool doubled = false;
};

Closing find_closing(std::string_view held, std::size_t from, Rest rest) {
  Closing closing;
  for (;;) {
    const std::size_t quote = held.find(kQuote, from);
    if (quote == std::string_view::npos) return closing;
    if (quote + 1 == held.size()) {
      // The next byte may be its double.
      if (rest == Rest::None) closing.at = quote;
      return closing;
    }
    if (held[quote + 1] != kQuote) {
      closing.at = quote;
      return closing;
    }
    closing.doubled = true;
    from = quote + 2;
  }
}

// Where an unquoted field stops: at a separator, a line's end, a quote, or the end of what is held.
std::size_t find_stop(std::string_view held, std::size_t from, char separator) {
  std::size_t i = from;
  while (i < held.size()) {
    const char c = held[i];
    if (c == separator || c == '\n' || c == '\r' || c == kQuote) break;
    ++i;
  }
  return i;
}

}  // namespace

CsvScan scan_record(std::string_view held, Rest rest, char separator, std::vector<CsvField>& fields) {
  fields.clear();
  CsvScan scan;
  std::size_t at = 0;
  for (;;) {
    if (at < held.size() && held[at] == kQuote) {
      const Closing closing = find_closing(held, at + 1, rest);
      if (closing.at == std::string_view::npos) {
        scan.at = at;
        scan.end = rest == Rest::None ? CsvScan::End::OpenQuote : CsvScan::End::NeedMore;
        return scan;
      }
      fields.push_back({at + 1, closing.at, closing.doubled});
      at = closing.at + 1;
    } else {
      const std::size_t stop = find_stop(held, at, separator);
      if (stop < held.size() && held[stop] == kQuote) {
        scan.at = stop;
        scan.end = CsvScan::End::BareQuote;
        return scan;
      }
      fields.push_back({at, stop, false});
      at = stop;
    }
    if (at == held.size() || (held[at] == '\r' && at + 1 == held.size())) {
      if (rest == Rest::Follows) {
        scan.end = CsvScan::End::NeedMore;
        return scan;
      }
      scan.content = at;
      scan.length = held.size();
      return scan;
    }
    if (held[at] == separator) {
      ++at;
      continue;
    }
    scan.content = at;
    if (held[at] == '\n' || held[at] == '\r') {
      scan.length = at + (held.substr(at).starts_with("\r\n") ? 2 : 1);
      return scan;
    }
    scan.at = at;
    scan.end = CsvScan::End::AfterQuote;
    return scan;
  }
}

void take_field(std::string_view held, const CsvField& field, std::string& to) {
  std::string_view text = held.substr(field.begin, field.end - field.begin);
  if (!field.doubled) {
    to.assign(text);
    return;
  }
  to.clear();
  for (std::size_t quote = text.find(kQuote); quote != std::string_view::npos; quote = text.find(kQuote)) {
    to.append(text.substr(0, quote + 1));
    text.remove_prefix(quote + 2);
  }
  to.append(text);
}

std::size_t first_line(std::string_view held) { return held.find_first_of("\r\n"); }

}  // namespace handout::recipients
