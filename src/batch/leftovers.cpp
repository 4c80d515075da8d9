#include "batch/leftovers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/files.h"
#include "batch/job_tickets.h"
#include "batch/proof.h"
#include "batch/rejects.h"
#include "batch/report.h"
#include "batch/snapshot.h"
#include "batch/write_beside.h"

namespace handout::batch {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t kTicketLimit = 1u << 20;
constexpr std::string_view kTicketEnding = ".json";

// Its job ticket is written before a print file gets its name.
bool is_ticket(const fs::path& ticket, const std::string& print_file, const ledger::Job& job) {
  Diagnostics ignored;
  const auto text = read_file(ticket, Span::of_file(ticket.string()), kTicketLimit, ignored);
  if (!text) return false;
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  const auto says = [&](const char* key, const std::string& value) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() && found->get_ref<const std::string&>() == value;
  };
  return json.is_object() && says("job", job.id) && says("file", print_file);
}

bool is_number(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

// FileGroup's ".17.part", OutputFile's "NAME.PID-0.part", half a ledger.
bool is_half_written(std::string_view file) {
  constexpr std::string_view kEnding = ".part";
  if (!file.ends_with(kEnding)) return false;
  file.remove_suffix(kEnding.size());
  if (file == ledger::kFileName) return true;
  const std::size_t dot = file.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view last = file.substr(dot + 1);
  const std::size_t dash = last.find('-');
  return dash == std::string_view::npos ? dot == 0 && is_number(last) : dot > 0 && is_number(last.substr(0, dash)) && is_number(last.substr(dash + 1));
}

}  // namespace

bool is_left(const ledger::UnknownIn& in, std::string_view name) {
  const fs::path path(name);
  const std::string above = path.parent_path().generic_string(), file = path.filename().string();
  const bool of_job = above.empty() || above == ledger::kOwnFileClass || above == ledger::kReprints || name.starts_with(fmt::format("{}/", kJobFolder));
  if (of_job && is_half_written(file)) return true;
  // One that has ended knows all of its pieces.
  if (above == ledger::kOwnFileClass) return !in.finished && file.ends_with(".pdf");
  if (above == fmt::format("{}/{}", kJobFolder, kAgain) || above.starts_with(fmt::format("{}/{}/", kJobFolder, kAgain))) return true;
  if (above == fmt::format("{}/report", kJobFolder) || above == fmt::format("{}/speed", kJobFolder)) return std::find(kSourcesOfReports.begin(), kSourcesOfReports.end(), file) != kSourcesOfReports.end();
  constexpr std::array<std::string_view, 6> kBeside{"report.json", "report.pdf", "speed.json", "speed.pdf", kProofFile, kRejects};
  if (above.empty() && (std::find(kBeside.begin(), kBeside.end(), file) != kBeside.end() || std::find(std::begin(kRejectedRows), std::end(kRejectedRows), file) != std::end(kRejectedRows))) return true;
  if (!above.empty() && above != ledger::kReprints) return false;
  const std::string print_file = file.ends_with(kTicketEnding) ? fmt::format("{}.pdf", path.stem().string()) : file;
  return (file.ends_with(kTicketEnding) || file.ends_with(".pdf")) && is_ticket(in.folder / above / ticket_name(print_file), print_file, in.job);
}

bool remove_left_reprints(const ledger::Ledger& ledger, const fs::path& folder, Diagnostics& diags) {
  auto unknown = ledger.unknown_files(ledger::kReprints, diags);
  if (!unknown) return false;
  std::erase_if(*unknown, [&](const std::string& name) { return !is_left({folder, ledger.job()}, name); });
  // By its ticket a print file is known.
  std::stable_partition(unknown->begin(), unknown->end(), [](const std::string& name) { return !name.ends_with(kTicketEnding); });
  for (const std::string& name : *unknown) {
    std::error_code failure;
    fs::remove(folder / name, failure);
    if (failure) return diags.machine_error(Span::of_file((folder / name).string()), fmt::format("was left by a reprint that did not end, and cannot be removed: {}", failure.message())), false;
  }
  return true;
}

}  // namespace handout::batch
