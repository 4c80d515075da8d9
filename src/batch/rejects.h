#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "ledger/ledger.h"
#include "mailings/mailing.h"

namespace handout::batch {

// rejects.csv: row, column and reason of every row that was refused, without any of its values; and rejected-rows.csv (.jsonl of JSON), those rows as they stand in the list, to be mended and sent again. Nothing
// is written when no row was refused. `list` is read once more for the rows. The names of the files written, which the ledger is to be told. OriginalRows::Leave: without the second file.
inline constexpr std::string_view kRejects = "rejects.csv";
inline constexpr std::string_view kRejectedRows[] = {"rejected-rows.csv", "rejected-rows.jsonl"};
enum class OriginalRows : std::uint8_t { Copy, Leave };
struct OtherFile { std::string name; ledger::Personal personal = ledger::Personal::No; };
Result<std::vector<OtherFile>> write_rejects(const ledger::Ledger& ledger, const std::filesystem::path& folder, const std::filesystem::path& list, const mailings::Mailing& mailing, OriginalRows rows, Diagnostics& diags);

}  // namespace handout::batch
