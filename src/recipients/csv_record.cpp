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
  const auto stopped = [](CsvScan::End end, std::size_t at) {
    CsvScan scan;
    scan.end = end;
    scan.at = at;
    return scan;
  };
  for (std::size_t at = 0;; ++at) {
    if (at < held.size() && held[at] == kQuote) {
      const Closing closing = find_closing(held, at + 1, rest);
      if (closing.at == std::string_view::npos) return stopped(rest == Rest::None ? CsvScan::End::OpenQuote : CsvScan::End::NeedMore, at);
      fields.push_back({at + 1, closing.at, closing.doubled});
      at = closing.at + 1;
    } else {
      const std::size_t stop = find_stop(held, at, separator);
      if (stop < held.size() && held[stop] == kQuote) return stopped(CsvScan::End::BareQuote, stop);
      fields.push_back({at, stop, false});
      at = stop;
    }
    if (at < held.size() && held[at] == separator) continue;
    const std::size_t line_end = held.substr(at).starts_with("\r\n") ? 2 : at < held.size() ? 1 : 0;
    // A CR may be half of a CRLF.
    const bool is_last = at + line_end == held.size() && (line_end == 0 || held[at] == '\r');
    if (is_last && line_end < 2 && rest == Rest::Follows) return stopped(CsvScan::End::NeedMore, at);
    if (line_end > 0 && held[at] != '\n' && held[at] != '\r') return stopped(CsvScan::End::AfterQuote, at);
    return {CsvScan::End::Record, at, at + line_end, 0};
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
