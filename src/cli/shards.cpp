#include "cli/shards.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/numbers.h"

namespace handout::cli {

namespace fs = std::filesystem;

namespace {

std::optional<ledger::Shard> shard_named(std::string_view text, Diagnostics& diags) {
  const std::size_t slash = text.find('/');
  const auto index = parse_digits(text.substr(0, slash)), count = slash == std::string_view::npos ? std::nullopt : parse_digits(text.substr(slash + 1));
  if (!index || !count || *index < 1 || *index > *count) {
    diags.usage_error(fmt::format("'{}' is no shard", text)).hint("give which of how many, such as 2/8");
    return std::nullopt;
  }
  if (*count > kMostShards) {
    diags.usage_error(fmt::format("'{}' is a shard of {}", text, *count)).hint(fmt::format("a job has at most {} shards", kMostShards));
    return std::nullopt;
  }
  return ledger::Shard{static_cast<std::uint32_t>(*index), static_cast<std::uint32_t>(*count)};
}

// An empty variable is none.
const char* variable(const char* name) {
  const char* text = name != nullptr ? std::getenv(name) : nullptr;
  return text != nullptr && *text != '\0' ? text : nullptr;
}

struct ArrayVariables {
  const char* index;
  const char* count;
  unsigned long first;  // number of the first task
  const char* how;
};
// Kubernetes and AWS Batch count from 0, and don't all say how many there are. Slurm's arrays are what they are asked to be, and one task that is run again is an array of one: so --shards says how many there are, the first
// being 1. Without it the array must be 1-N as a whole.
constexpr std::array<ArrayVariables, 3> kSystems{{{"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", 1, "sbatch --array=1-N"}, {"JOB_COMPLETION_INDEX", nullptr, 0, "completions: N"}, {"AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE", 0, "an array of N jobs"}}};

// Nothing where there is no such variable, and where it holds no number, which is told.
std::optional<std::uint64_t> number_in(const char* name, Diagnostics& diags) {
  const char* text = variable(name);
  if (text == nullptr) return std::nullopt;
  const auto number = parse_digits(text);
  if (!number) diags.usage_error(fmt::format("{} is '{}', which is no number", name, text)).hint("the system that runs the job array sets it; else give --shard 2/8");
  return number;
}

std::optional<ledger::Shard> shard_by(const ArrayVariables& system, unsigned long asked, Diagnostics& diags) {
  const bool slurm = system.first == 1;
  const auto index = number_in(system.index, diags), told = number_in(system.count, diags);
  const auto least = slurm ? number_in("SLURM_ARRAY_TASK_MIN", diags) : std::nullopt, most = slurm ? number_in("SLURM_ARRAY_TASK_MAX", diags) : std::nullopt;
  if (!index || diags.has_errors()) return std::nullopt;
  if (asked != 0 && told && !slurm && *told != asked) {
    diags.usage_error(fmt::format("{} is {}, and --shards is {}", system.count, *told, asked)).hint("leave --shards out: the system says how many tasks there are");
    return std::nullopt;
  }
  const auto count = asked != 0 ? std::optional<std::uint64_t>(asked) : told;
  const bool part = asked == 0 && slurm && (count == 1U || least.value_or(1) != 1 || most.value_or(count.value_or(0)) != count);
  if (!count || part) {
    diags.usage_error(fmt::format("{} says which shard this is, and nothing says of how many", system.index)).hint(fmt::format("give --shards N, with {}", system.how));
    return std::nullopt;
  }
  if (*index < system.first || *index - system.first >= *count || *count > kMostShards) {
    diags.usage_error(fmt::format("{} is {}, of {} shards", system.index, *index, *count)).hint(fmt::format("an array has as many tasks as there are shards, at most {}: {}", kMostShards, system.how));
    return std::nullopt;
  }
  return ledger::Shard{static_cast<std::uint32_t>(*index - system.first + 1), static_cast<std::uint32_t>(*count)};
}

std::optional<ledger::Shard> shard_of_environment(unsigned long asked, Diagnostics& diags) {
  std::vector<const ArrayVariables*> running;
  for (const ArrayVariables& system : kSystems) {
    if (variable(system.index) != nullptr) running.push_back(&system);
  }
  // Which of two is meant nobody can know; of the wrong one some recipients would be printed twice, and others never.
  if (running.size() > 1) {
    diags.usage_error(fmt::format("{} is '{}', and {} is '{}': variables of two job arrays", running[0]->index, variable(running[0]->index), running[1]->index, variable(running[1]->index))).hint("unset those of the one that does not run this, or give --shard 2/8");
    return std::nullopt;
  }
  if (running.empty()) {
    diags.usage_error("--array was asked for, and no job array runs this").hint("Slurm, Kubernetes indexed jobs and AWS Batch say which task it is; else give --shard 2/8");
    return std::nullopt;
  }
  return shard_by(*running.front(), asked, diags);
}

}  // namespace

std::optional<ledger::Shard> wanted_shard(const BatchOptions& options, Diagnostics& diags) {
  if (options.array) return shard_of_environment(options.shards, diags);
  return options.shard ? shard_named(*options.shard, diags) : ledger::Shard{};
}


}  // namespace handout::cli
