#include "batch/seen_keys.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>

namespace handout::batch {

KeyHash key_hash(Sha256& maker, std::string_view text) {
  const Sha256Digest digest = maker.of(text);
  KeyHash hash;
  std::memcpy(hash.data(), digest.data(), sizeof hash);
  return hash;
}

namespace {

constexpr KeyHash kNothing{};
constexpr std::size_t kBitsPerKey = 8, kProbes = 6;  // one new key in 46 is looked for in vain

// Bits of the filter by two hashes (Kirsch, Mitzenmacher 2006).
template <typename Visit>
bool all_bits(std::size_t words, const KeyHash& hash, const Visit& visit) {
  const std::uint64_t bits = words * 64;
  for (std::size_t i = 0; i < kProbes; ++i) {
    const std::uint64_t bit = (hash[0] + i * (hash[1] | 1U)) % bits;
    if (!visit(bit / 64, std::uint64_t{1} << (bit % 64))) return false;
  }
  return true;
}

}  // namespace

// Keys in their order.
class SeenKeys::RunReader {
 public:
  explicit RunReader(const Run& run) : run_(run) { std::rewind(run.file.get()); }
  // Nothing at the end.
  std::optional<KeyHash> next() {
    KeyHash hash;
    if (read_ == run_.count || std::fread(&hash, sizeof hash, 1, run_.file.get()) != 1) return std::nullopt;
    ++read_;
    return hash;
  }
  [[nodiscard]] bool is_whole() const { return read_ == run_.count; }

 private:
  const Run& run_;
  std::size_t read_ = 0;
};

class SeenKeys::RunWriter {
 public:
  explicit RunWriter(std::size_t count) : run_{nameless_file(), 0, std::vector<std::uint64_t>(count * kBitsPerKey / 64 + 1)} {}
  void add(const KeyHash& hash) {
    good_ = good_ && run_.file != nullptr && std::fwrite(&hash, sizeof hash, 1, run_.file.get()) == 1;
    all_bits(run_.filter.size(), hash, [&](std::size_t word, std::uint64_t bit) {
      run_.filter[word] |= bit;
      return true;
    });
    ++run_.count;
  }
  std::optional<Run> end() {
    if (!good_ || std::fflush(run_.file.get()) != 0) return std::nullopt;
    return std::move(run_);
  }

 private:
  Run run_;
  bool good_ = true;
};

std::size_t SeenKeys::slot_of(const KeyHash& hash) const {
  std::size_t slot = static_cast<std::size_t>(hash[0]) & (table_.size() - 1);
  while (table_[slot] != kNothing && table_[slot] != hash) slot = (slot + 1) & (table_.size() - 1);
  return slot;
}

void SeenKeys::grow() {
  constexpr std::size_t kLeast = 1024;
  std::vector<KeyHash> old = std::exchange(table_, {});
  table_.resize(std::max(kLeast, old.size() * 2));
  for (const KeyHash& hash : old) {
    if (hash != kNothing) table_[slot_of(hash)] = hash;
  }
}

std::optional<bool> SeenKeys::holds(const Run& run, const KeyHash& hash) {
  if (!all_bits(run.filter.size(), hash, [&](std::size_t word, std::uint64_t bit) { return (run.filter[word] & bit) != 0; })) return false;
  std::size_t begin = 0, end = run.count;
  while (begin < end) {
    const std::size_t middle = begin + (end - begin) / 2;
    KeyHash found;
    if (::pread(::fileno(run.file.get()), &found, sizeof found, static_cast<off_t>(middle * sizeof found)) != static_cast<ssize_t>(sizeof found)) return std::nullopt;
    if (found == hash) return true;
    if (found < hash) begin = middle + 1;
    else end = middle;
  }
  return false;
}

// Of what was put away, each run is then less than half as long as the one before: few files, and each key is written few times.
bool SeenKeys::put_away() {
  std::vector<KeyHash> sorted;
  sorted.reserve(count_);
  std::copy_if(table_.begin(), table_.end(), std::back_inserter(sorted), [](const KeyHash& hash) { return hash != kNothing; });
  std::sort(sorted.begin(), sorted.end());
  RunWriter writer(sorted.size());
  for (const KeyHash& hash : sorted) writer.add(hash);
  auto run = writer.end();
  if (!run) return false;
  runs_.push_back(std::move(*run));
  std::fill(table_.begin(), table_.end(), kNothing);
  count_ = 0;
  while (runs_.size() >= 2 && runs_[runs_.size() - 2].count < 2 * runs_.back().count) {
    if (!join_last_two()) return false;
  }
  return true;
}

bool SeenKeys::join_last_two() {
  const Run &first = runs_[runs_.size() - 2], &second = runs_.back();
  RunReader from_first(first), from_second(second);
  RunWriter writer(first.count + second.count);
  auto a = from_first.next(), b = from_second.next();
  while (a || b) {
    auto& next = !b || (a && *a < *b) ? a : b;
    writer.add(*next);
    next = &next == &a ? from_first.next() : from_second.next();
  }
  auto joined = writer.end();
  if (!joined || !from_first.is_whole() || !from_second.is_whole()) return false;
  runs_.pop_back();
  runs_.back() = std::move(*joined);
  return true;
}

Result<bool> SeenKeys::add(const KeyHash& hash, Diagnostics& diags) {
  const auto failed = [&] { return diags.machine_error({}, fmt::format("the file that keys wait in could not be made, written or read: {}", std::strerror(errno))).hint("see that there is room in the folder for temporary files (TMPDIR)"); };
  if (table_.size() < 2 * (count_ + 1)) grow();
  const std::size_t slot = slot_of(hash);
  if (table_[slot] == hash) return false;
  for (const Run& run : runs_) {
    const auto known = holds(run, hash);
    if (!known) return failed();
    if (*known) return false;
  }
  table_[slot] = hash;
  if (++count_ == most_ && !put_away()) return failed();
  return true;
}

}  // namespace handout::batch
