// Any bytes give rows, rejects and perhaps a fault, the same ones however few bytes are read at once; every row is a person or a reject; within a second, without a leak.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/expects.h"
#include "memory_file.h"
#include "recipients/reader.h"
#include "recipients/to_recipient.h"

namespace {

namespace recipients = handout::recipients;
using recipients::Next;

// All that a reader gave, as one text.
std::string read_all(const MemoryFile& file, std::size_t chunk) {
  handout::Diagnostics diags, told;
  recipients::ReaderOptions options;
  options.chunk = chunk;
  options.most_field = 1000;
  options.most_record = 5000;
  options.most_columns = 100;
  std::string all;
  auto reader = recipients::Reader::open(file.path().string(), options, diags);
  ENSURES(reader.has_value() == !diags.has_errors());
  if (!reader) return all;
  auto map = *recipients::ColumnMap::make({}, diags);
  recipients::Lookups lookups;
  for (;;) {
    const Next next = reader->next(diags);
    ENSURES((next == Next::Failed) == diags.has_errors());
    if (next == Next::Failed || next == Next::End) return all;
    if (next == Next::Rejected) {
      ENSURES(!reader->rejected().reason.empty() && !reader->rejected().raw.empty());
      all += "reject " + std::to_string(reader->rejected().line) + reader->rejected().reason + std::string(reader->rejected().raw) + "\n";
      continue;
    }
    for (const std::string& value : reader->row().values) all += value + "|";
    // A column may be told to be two things: rows are read all the same.
    static_cast<void>(map.bind(reader->columns(), recipients::Columns::SoFar, reader->file(), told));
    const auto person = recipients::to_recipient(reader->row(), map, lookups);
    all += person ? person->recipient.key : person.error().reason;
    all += "\n";
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const MemoryFile file(data, size);
  ENSURES(read_all(file, 64 * 1024) == read_all(file, 7));
  return 0;
}
