#include "batch/reprint.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>

#include "base/files.h"
#include "base/numbers.h"
#include "cli/cli.h"
#include "cli/job_folder.h"
#include "cli/requests.h"
#include "cli/stop.h"
#include "cli/text_option.h"
#include "cli/today.h"

// `handout reprint`.
namespace handout::cli {

namespace {

std::optional<std::uint64_t> count_of(std::string_view text) {
  const auto number = parse_digits(text);
  return number && *number >= 1 && *number <= ledger::kMostRows ? number : std::nullopt;
}

bool read_range(const std::string& text, batch::ReprintOrder& order, Diagnostics& diags) {
  const std::size_t dash = text.find('-');
  const auto from = count_of(text.substr(0, dash)), to = dash == std::string::npos ? std::nullopt : count_of(std::string_view(text).substr(dash + 1));
  if (!from || !to || *from > *to) return diags.usage_error(fmt::format("'{}' is no range of rows", text)).hint("give the first and the last, such as 1200-1210"), false;
  order.range = {*from, *to};
  return true;
}

// Also as a shell completes it: with the job's folder in front.
std::string name_in(const std::filesystem::path& folder, const std::filesystem::path& file) {
  const std::filesystem::path inside = file.lexically_relative(folder);
  return (inside.empty() || *inside.begin() == ".." ? file : inside).generic_string();
}

bool read_sheet(const std::string& text, batch::ReprintOrder& order, Diagnostics& diags) {
  const std::size_t colon = text.rfind(':');
  const auto page = colon == std::string::npos ? std::nullopt : count_of(std::string_view(text).substr(colon + 1));
  if (!page || colon == 0) return diags.usage_error(fmt::format("'{}' is no page of a file", text)).hint("give FILE:PAGE, such as knee-Letter-0001.pdf:17"), false;
  order.damaged.push_back({name_in(order.folder, text.substr(0, colon)), *page});
  return true;
}

void tell_how_many(const batch::ReprintOrder::Beginning& beginning) {
  const std::uint64_t pieces = beginning.pieces, all = beginning.of_job;
  std::fputs((pieces < all ? fmt::format("note: {} of the job's {} {} printed again\n", pieces, counted(all, "piece"), pieces == 1 ? "is" : "are") : fmt::format("note: all of the job's {} printed again; who has had theirs gets it twice\n", all == 1 ? "1 piece is" : fmt::format("{} pieces are", all))).c_str(), stderr);
}

void tell_copies(const batch::ReprintOrder::Beginning& beginning) {
  const auto& [pieces, of_job, before, events] = beginning;
  if (before == 0) return;
  const std::string which = pieces == 1 ? "the piece was" : fmt::format("{} of these {} pieces {}", before, pieces, before == 1 ? "was" : "were");
  std::fputs(fmt::format("note: {} printed again before, see {} {} of the ledger; who has had theirs gets it twice\n", which, events.size() == 1 ? "event" : "events", ledger::to_text(events)).c_str(), stderr);
}

std::optional<batch::ReprintOrder> order_of(const ReprintOptions& options, Diagnostics& diags) {
  batch::ReprintOrder order;
  order.folder = options.folder;
  order.pieces = options.pieces;
  order.reason = options.reason;
  if (options.key_file) {
    if (options.key_file->empty()) return diags.usage_error("--key-file is empty").hint("name the file with the secret that hashed the keys"), std::nullopt;
    order.key_file = *options.key_file;
  }
  if (options.despite_changes) order.changes = batch::ReprintOrder::Changes::Accept;
  const bool good = (!options.range || read_range(*options.range, order, diags)) && std::all_of(options.damaged.begin(), options.damaged.end(), [&](const std::string& each) { return read_sheet(each, order, diags); });
  if (!good) return std::nullopt;
  for (const std::string& file : options.files) order.files.push_back(name_in(order.folder, file));
  for (const std::string& file : options.restored) order.restored.push_back(name_in(order.folder, file));
  if (order.pieces.empty() && !order.range && order.damaged.empty() && order.files.empty() && order.restored.empty()) return diags.usage_error("no piece was named").hint("give --piece N, --range A-B, --sheet-damaged FILE:PAGE, --file FILE or --restore FILE"), std::nullopt;
  if (!is_text(order.reason, "--reason", "set the terminal to UTF-8", diags)) return std::nullopt;
  const bool printable = std::none_of(order.reason.begin(), order.reason.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (order.reason.find_first_not_of(' ') == std::string::npos || !printable) return diags.usage_error("the reason is empty or holds control characters").hint("give a few words: --reason \"torn by the printer\""), std::nullopt;
  order.day = options.day ? day_named(*options.day, diags) : today();
  if (!order.day || !is_folder_of_job(options.folder, diags)) return std::nullopt;
  // A range or a file may name more than was thought; whoever is startled can stop it.
  const bool several = order.range || !order.files.empty();
  order.beginning = [several](const batch::ReprintOrder::Beginning& beginning) {
    if (several) tell_how_many(beginning);
    tell_copies(beginning);
  };
  return order;
}

}  // namespace

int run_reprint(const ReprintOptions& options, const Installation& installation) {
  Diagnostics diags;
  auto order = order_of(options, diags);
  // Its owner's alone, temporary files too.
  ::umask(S_IRWXG | S_IRWXO);
  if (order) order->stop = &stop_on_signals();
  const auto done = order ? batch::reprint(*order, installation, diags) : tl::unexpected<Failure>(Failure{});
  if (done) {
    std::string text;
    const auto tell = [&](const batch::Reprinted::File& file, std::string_view how) { text += fmt::format("{}: {}, {}, {}{}\n", (order->folder / file.name).string(), counted(file.pieces, "piece"), counted(file.pages, "page"), counted(file.sheets, "sheet"), how); };
    for (const batch::Reprinted::File& file : done->in_place) {
      if (file.pieces > 0) tell(file, "; written again, as it was");
      else text += fmt::format("{}: written again, as it was\n", (order->folder / file.name).string());
    }
    for (const batch::Reprinted::File& file : done->files) tell(file, "");
    if (done->differing > 0) text += fmt::format("not as they were printed: {}\n", done->differing);
    static_cast<void>(write_standard_output(text, diags));
  }
  print(diags);
  if (!done || !done->stopped || diags.has_errors()) return diags.exit_code();
  std::fputs("stopped: nothing was printed again, and nothing of it is left; the same command begins anew\n", stderr);
  return 3;
}

}  // namespace handout::cli
