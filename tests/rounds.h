#pragma once

#include <cstdint>
#include <cstdlib>

namespace handout::test {

// How often something is tried at random moments or on invented people: as often as the environment says, else `usual`; fewer where sanitizers make each round slow.
inline std::uint64_t rounds(const char* variable, std::uint64_t usual, std::uint64_t under_sanitizers) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  usual = under_sanitizers;
#endif
  const char* given = std::getenv(variable);
  return given != nullptr ? std::strtoull(given, nullptr, 10) : usual;
}

}  // namespace handout::test
