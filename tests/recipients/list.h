#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "fuzz/memory_file.h"
#include "recipients/reader.h"

// Reads a list given as text and keeps all that a reader says of it.
namespace handout::recipients::test {

struct Read {
  bool opened = false;
  Next ended = Next::Failed;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> raws;      // of rows and rejects, in order
  std::vector<std::string> rejects;   // "2 line 3: reason", "2 line 3 byte 4 [column]: reason"
  std::vector<std::string> order;     // "row 1 line 2", "reject 2 line 3"
  std::string told;                   // diagnostics
  ReadCounts counts;
  Format format = Format::Csv;
};

inline std::string text_of(const Rejected& rejected) {
  std::string text = std::to_string(rejected.number) + " line " + std::to_string(rejected.line);
  if (rejected.byte > 0) text += " byte " + std::to_string(rejected.byte);
  if (!rejected.column.empty()) text += " [" + rejected.column + "]";
  return text + ": " + rejected.reason + (rejected.extent == RawBytes::Cut ? " (cut)" : "");
}

inline Read read_list(std::string_view bytes, const ReaderOptions& options = {}) {
  const MemoryFile file(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  Read read;
  Diagnostics diags;
  auto reader = Reader::open(file.path().string(), options, diags);
  read.opened = reader.has_value();
  if (reader) {
    read.format = reader->format();
    while ((read.ended = reader->next(diags)) == Next::Row || read.ended == Next::Rejected) {
      const bool is_row = read.ended == Next::Row;
      if (is_row) read.rows.push_back(reader->row().values);
      else read.rejects.push_back(text_of(reader->rejected()));
      read.raws.emplace_back(is_row ? reader->row().raw : reader->rejected().raw);
      read.order.push_back((is_row ? "row " : "reject ") + std::to_string(is_row ? reader->row().number : reader->rejected().number) + " line " + std::to_string(is_row ? reader->row().line : reader->rejected().line));
    }
    read.columns = reader->columns();
    read.counts = reader->counts();
  }
  read.told = to_text(diags);
  // The name of the file in memory is of no matter.
  for (std::size_t at = read.told.find(file.path().string()); at != std::string::npos; at = read.told.find(file.path().string())) read.told.replace(at, file.path().string().size(), "list");
  return read;
}

}  // namespace handout::recipients::test
