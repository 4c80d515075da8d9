#include "recipients/reader.h"

#include <fmt/format.h>

#include <array>
#include <variant>

#include "base/numbers.h"
#include "recipients/csv_reader.h"
#include "recipients/detect.h"
#include "recipients/fhir_reader.h"
#include "recipients/json_lines_reader.h"

namespace handout::recipients {

using AnyReader = std::variant<CsvReader, JsonLinesReader, FhirReader>;

struct Reader::State {
  AnyReader reader;
  Span file;
  std::uint64_t rows = 0, rejected = 0;
};

Reader::Reader(std::unique_ptr<State> state) : state_(std::move(state)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader::~Reader() = default;

Result<Reader> Reader::open(const std::string& path, const ReaderOptions& options, Diagnostics& diags) {
  auto window = Window::open(path, options, diags);
  if (!window) return tl::unexpected(Failure{});
  const Span file = window->file();
  const auto detected = detect(*window, path, options, diags);
  if (!detected) return tl::unexpected(Failure{});
  if (detected->format == Format::Fhir) return Reader(std::make_unique<State>(State{FhirReader(*std::move(window), detected->shape, options), file}));
  if (detected->format == Format::JsonLines) return Reader(std::make_unique<State>(State{JsonLinesReader(*std::move(window), options), file}));
  auto csv = CsvReader::open(*std::move(window), options, diags);
  if (!csv) return tl::unexpected(Failure{});
  return Reader(std::make_unique<State>(State{*std::move(csv), file}));
}

Next Reader::next(Diagnostics& diags) {
  const Next next = std::visit([&](auto& reader) { return reader.next(diags); }, state_->reader);
  if (next == Next::Row) ++state_->rows;
  if (next == Next::Rejected) ++state_->rejected;
  return next;
}

const Row& Reader::row() const {
  return std::visit([](const auto& reader) -> const Row& { return reader.row(); }, state_->reader);
}

const Rejected& Reader::rejected() const {
  return std::visit([](const auto& reader) -> const Rejected& { return reader.rejected(); }, state_->reader);
}

const std::vector<std::string>& Reader::columns() const {
  return std::visit([](const auto& reader) -> const std::vector<std::string>& { return reader.columns(); }, state_->reader);
}

Format Reader::format() const {
  constexpr std::array<Format, 3> kFormats{Format::Csv, Format::JsonLines, Format::Fhir};
  return kFormats.at(state_->reader.index());
}

char Reader::separator() const {
  const auto* csv = std::get_if<CsvReader>(&state_->reader);
  return csv != nullptr ? csv->separator() : '\0';
}

ReadCounts Reader::counts() const {
  ReadCounts counts;
  counts.rows = state_->rows;
  counts.rejected = state_->rejected;
  if (const auto* fhir = std::get_if<FhirReader>(&state_->reader)) fhir->add_counts(counts);
  return counts;
}

const Span& Reader::file() const { return state_->file; }

void tell_failed_outcomes(const ReadCounts& counts, const Span& file, Diagnostics& diags) {
  if (counts.failed_outcomes == 0) return;
  diags.warning(file, fmt::format("has {} of severity error or fatal: what it was exported from may hold more patients", counted(counts.failed_outcomes, "OperationOutcome"))).hint("see what the server says in it, and export again");
}

std::string_view name(Format format) {
  switch (format) {
    case Format::Csv: return "csv";
    case Format::JsonLines: return "jsonl";
    case Format::Fhir: return "fhir";
  }
  return "";
}

std::optional<Format> format_named(std::string_view named) {
  for (const Format format : {Format::Csv, Format::JsonLines, Format::Fhir}) {
    if (name(format) == named) return format;
  }
  return std::nullopt;
}

}  // namespace handout::recipients
