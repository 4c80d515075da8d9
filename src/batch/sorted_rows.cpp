#include "batch/sorted_rows.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>

#include <fmt/format.h>

namespace handout::batch {

namespace {

Diagnostics::Added failed(Diagnostics& diags, std::string_view what) { return diags.machine_error({}, fmt::format("the file that rows wait in while they are sorted could not be {}: {}", what, std::strerror(errno))).hint("see that there is room in the folder for temporary files (TMPDIR)"); }

}  // namespace

bool SortedRows::write(const void* bytes, std::size_t size) {
  written_ += size;
  return std::fwrite(bytes, 1, size, file_.get()) == size;
}

bool SortedRows::add(Place place, const recipients::Row& row, Diagnostics& diags) {
  if (!file_) file_ = nameless_file();
  if (!file_) {
    failed(diags, "made");
    return false;
  }
  entries_.push_back({std::move(place), written_});
  bool good = write_number(row.values.size());
  for (const std::string& value : row.values) good = good && write_number(value.size()) && write(value.data(), value.size());
  good = good && write_number(row.keys ? row.keys->size() + 1 : 0);
  for (std::size_t i = 0; row.keys && i < row.keys->size(); ++i) good = good && write_number((*row.keys)[i]);
  if (!good) failed(diags, "written");
  return good;
}

void SortedRows::sort() {
  std::sort(entries_.begin(), entries_.end(), [&](const Entry& a, const Entry& b) {
    if (a.place.key != b.place.key) return order_ == Order::Ascending ? a.place.key < b.place.key : b.place.key < a.place.key;
    return a.place.number < b.place.number;
  });
  if (std::any_of(entries_.begin(), entries_.end(), [](const Entry& each) { return each.place.household != Household{}; })) gather_households();
}

void SortedRows::gather_households() {
  // The rank of each household's first entry; entries keep their order within it.
  std::map<Household, std::size_t> first;
  std::vector<std::pair<std::size_t, std::size_t>> order;
  order.reserve(entries_.size());
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Household& household = entries_[i].place.household;
    order.emplace_back(household == Household{} ? i : first.try_emplace(household, i).first->second, i);
  }
  std::sort(order.begin(), order.end());
  std::vector<Entry> gathered;
  gathered.reserve(entries_.size());
  for (const auto& [rank, index] : order) gathered.push_back(std::move(entries_[index]));
  entries_ = std::move(gathered);
}

Result<std::optional<SortedRows::Row>> SortedRows::next(Diagnostics& diags) {
  if (given_ == entries_.size()) return std::nullopt;
  Entry& entry = entries_[given_++];
  entry.place.key = std::string();
  const auto read = [&](void* bytes, std::size_t size) { return std::fread(bytes, 1, size, file_.get()) == size; };
  Row found{{}, entry.place.household};
  recipients::Row& row = found.row;
  row.number = entry.place.number;
  std::uint64_t count = 0, keys = 0;
  bool good = ::fseeko(file_.get(), static_cast<off_t>(entry.offset), SEEK_SET) == 0 && read(&count, sizeof count);
  for (std::uint64_t i = 0; good && i < count; ++i) {
    std::uint64_t size = 0;
    good = read(&size, sizeof size);
    if (!good) break;
    row.values.emplace_back(size, '\0');
    good = read(row.values.back().data(), size);
  }
  good = good && read(&keys, sizeof keys);
  if (keys > 0) row.keys.emplace();
  for (std::uint64_t i = 1; good && i < keys; ++i) {
    std::uint64_t column = 0;
    good = read(&column, sizeof column);
    row.keys->push_back(column);
  }
  if (!good) return failed(diags, "read");
  return found;
}

}  // namespace handout::batch
