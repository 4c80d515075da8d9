#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/diagnostics.h"

namespace handout {

using Sha256Digest = std::array<std::uint8_t, 32>;

// SHA-256 (FIPS 180-4) of bytes that come one after another; then of others, without a set-up for each.
class Sha256 {
 public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();
  void add(std::string_view bytes);
  // Of all that was added since it began; it begins anew.
  [[nodiscard]] Sha256Digest digest();
  [[nodiscard]] Sha256Digest of(std::string_view bytes);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// HMAC-SHA-256 (RFC 2104) under one secret.
class KeyedHash {
 public:
  explicit KeyedHash(std::string_view secret);
  KeyedHash(KeyedHash&&) noexcept;
  KeyedHash& operator=(KeyedHash&&) noexcept;
  ~KeyedHash();
  [[nodiscard]] Sha256Digest of(std::string_view bytes);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

struct FileDigest {
  Sha256Digest digest{};
  std::uint64_t size = 0;  // bytes
};
// Of a file of any size, read in pieces. A missing one, a folder, a link and a device are the input's fault; one that cannot be read the machine's.
Result<FileDigest> digest_of_file(const std::filesystem::path& path, const Span& shown, Diagnostics& diags);

// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string to_hex(const Sha256Digest& digest);
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace handout
