// Runs one fuzz target over its seeds, whole and cut short at every sixteenth, and holds each run to the second that the contract gives.
//   replay_seeds READER FOLDER
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#define READER(name) extern "C" int fuzz_##name(const std::uint8_t* data, std::size_t size);
#include "readers.inc"
#undef READER

namespace {

struct Target { std::string_view name; int (*run)(const std::uint8_t*, std::size_t); };
constexpr Target kTargets[] = {
#define READER(name) {#name, fuzz_##name},
#include "readers.inc"
#undef READER
};

// Processor time: other programs on the machine don't count.
double seconds_of(const Target& target, const std::string& bytes) {
  const std::clock_t start = std::clock();
  target.run(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto* const target = std::find_if(std::begin(kTargets), std::end(kTargets), [&](const Target& each) { return each.name == argv[1]; });
  if (target == std::end(kTargets)) return 2;
  std::vector<std::filesystem::path> seeds;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(argv[2], failed)) seeds.push_back(entry.path());
  std::sort(seeds.begin(), seeds.end());
  double slowest = 0;
  for (const auto& seed : seeds) {
    std::ifstream file(seed, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    // The whole seed comes first: it pays for what is read once per process.
    for (std::size_t sixteenths = 16; sixteenths > 0; --sixteenths) {
      const double seconds = seconds_of(*target, bytes.substr(0, bytes.size() * sixteenths / 16));
      slowest = std::max(slowest, seconds);
      if (seconds > 1) std::printf("%s, %zu sixteenths: %.2f s\n", seed.c_str(), sixteenths, seconds);
    }
  }
  std::printf("%zu seeds, slowest %.3f s\n", seeds.size(), slowest);
  return !seeds.empty() && slowest <= 1 ? 0 : 1;
}
