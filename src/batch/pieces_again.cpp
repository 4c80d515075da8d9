#include "batch/pieces_again.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/digest.h"
#include "base/files.h"
#include "batch/people.h"
#include "batch/print_file.h"

namespace handout::batch {

namespace {

constexpr std::uintmax_t kProfileLimit = 4u << 20;

}  // namespace

mailings::OutputAs written_as(const ledger::Job& job) {
  const auto as = std::find_if(job.inputs.begin(), job.inputs.end(), [](const ledger::Input& input) { return input.kind == "option" && input.name == "as"; });
  if (as != job.inputs.end() && as->digest == Sha256().of("files")) return mailings::OutputAs::Files;
  return as != job.inputs.end() && as->digest == Sha256().of("both") ? mailings::OutputAs::Both : mailings::OutputAs::Stream;
}

bool is_proof(const ledger::Job& job) {
  return std::any_of(job.inputs.begin(), job.inputs.end(), [](const ledger::Input& input) { return input.kind == "proof"; });
}

Result<std::unique_ptr<PiecesAgain>> PiecesAgain::make(const JobAgain& job, const Installation& own, Diagnostics& diags) {
  const tl::unexpected<Failure> failed{Failure{}};
  std::unique_ptr<PiecesAgain> again(new PiecesAgain(job, job.snapshot->installation(own)));
  const Installation& copies = again->pipeline_.installation();
  auto maker = RequestMaker::make(job.mailing, *job.snapshot, copies.layouts.parent_path(), job.list.string(), again->pipeline_, diags);
  if (!maker) return failed;
  again->maker_.emplace(std::move(*maker));
  auto profile = read_file(copies.srgb_profile, Span::of_file(copies.srgb_profile.string()), kProfileLimit, diags);
  if (!profile) return failed;
  again->profile_ = std::move(*profile);
  return again;
}

Result<std::monostate> PiecesAgain::put(Press& press, std::span<const ledger::PieceEntry> entries, const std::map<std::uint64_t, Somebody>& people, Diagnostics& diags) {
  std::vector<Task> tasks;
  for (const ledger::PieceEntry& each : entries) {
    const auto found = people.find(each.row);
    if (found == people.end()) return diags.error(Span::of_file(job_.list.string()), fmt::format("row {} is no recipient any more", each.row));
    auto wanted = maker_->request_for(found->second);
    if (const auto* no = std::get_if<Refused>(&wanted)) return diags.error(Span::of_file(job_.list.string()), fmt::format("row {}: {}", each.row, no->reason));
    const request::Recipient& recipient = found->second.person.recipient;
    const Household household = job_.mailing.household == mailings::Household::Address ? household_of(recipient) : Household{};
    tasks.push_back({each.row, recipient.key, std::move(std::get<Wanted>(wanted)), household});
  }
  press.put(std::move(tasks));
  return std::monostate{};
}

Result<std::map<std::uint64_t, Somebody>> PiecesAgain::people_of(std::span<const ledger::PieceEntry> entries, Diagnostics& diags) const {
  std::map<std::optional<ledger::Day>, std::set<std::uint64_t>> rows;
  for (const ledger::PieceEntry& entry : entries) {
    const auto other = std::find_if(job_.other_days.begin(), job_.other_days.end(), [&](const ledger::RowsOfDay& each) { return each.rows.contains(entry.row); });
    rows[other != job_.other_days.end() ? other->day : job_.job.day].insert(entry.row);
  }
  std::map<std::uint64_t, Somebody> people;
  for (const auto& [day, of_day] : rows) {
    auto read = read_rows(job_.mailing, {job_.list, job_.list.string()}, day, of_day, diags);
    if (!read) return tl::unexpected<Failure>(Failure{});
    people.merge(*read);
  }
  return people;
}

Result<std::monostate> PiecesAgain::each(std::span<const ledger::PieceEntry> entries, OwnFiles own_files, const Take& take, Diagnostics& diags) {
  const tl::unexpected<Failure> failed{Failure{}};
  const auto people = people_of(entries, diags);
  if (!people) return failed;
  PressOptions options;
  options.fill_sheets = written_as(job_.job) != mailings::OutputAs::Files;
  options.own_files = own_files == OwnFiles::Yes;
  options.file.purpose = print_options(job_.mailing.output).purpose;
  Anybody anybody(maker_->declared(), job_.mailing.at);
  Press press(merger_, pipeline_, anybody, options, profile_);
  for (std::size_t put_in = 0, taken = 0; taken < entries.size();) {
    while (put_in < entries.size() && !press.is_full()) {
      const std::size_t count = std::min(Press::kTasksAtOnce, entries.size() - put_in);
      if (!put(press, entries.subspan(put_in, count), *people, diags)) return failed;
      put_in += count;
    }
    for (Made& made : press.take()) {
      if (job_.stop != nullptr && *job_.stop) return failed;
      if (const auto* no = std::get_if<Refused>(&made)) return diags.error(Span::of_file(job_.list.string()), fmt::format("row {}: {}", no->row, no->reason));
      if (const auto* none = std::get_if<Failed>(&made)) return diags.append(none->why), failed;
      if (!take(std::move(std::get<Piece>(made)), entries[taken++])) return failed;
    }
  }
  return std::monostate{};
}

}  // namespace handout::batch
