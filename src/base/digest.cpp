#include "base/digest.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <nettle/hmac.h>
#include <nettle/sha2.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

#include "base/descriptor.h"

namespace handout {
namespace {

const std::uint8_t* octets(std::string_view bytes) { return reinterpret_cast<const std::uint8_t*>(bytes.data()); }  // NOLINT: bytes as bytes

}  // namespace

struct Sha256::Context { sha256_ctx state{}; };

Sha256::Sha256() : context_(std::make_unique<Context>()) { sha256_init(&context_->state); }
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) { sha256_update(&context_->state, bytes.size(), octets(bytes)); }

Sha256Digest Sha256::digest() {
  Sha256Digest made{};
  sha256_digest(&context_->state, made.size(), made.data());  // which begins anew
  return made;
}

Sha256Digest Sha256::of(std::string_view bytes) {
  add(bytes);
  return digest();
}

// The states behind the padded key are kept (RFC 2104 section 4).
struct KeyedHash::Context { hmac_sha256_ctx state{}; };

KeyedHash::KeyedHash(std::string_view secret) : context_(std::make_unique<Context>()) { hmac_sha256_set_key(&context_->state, secret.size(), octets(secret)); }
KeyedHash::KeyedHash(KeyedHash&&) noexcept = default;
KeyedHash& KeyedHash::operator=(KeyedHash&&) noexcept = default;
KeyedHash::~KeyedHash() = default;

Sha256Digest KeyedHash::of(std::string_view bytes) {
  Sha256Digest made{};
  hmac_sha256_update(&context_->state, bytes.size(), octets(bytes));
  hmac_sha256_digest(&context_->state, made.size(), made.data());
  return made;
}

namespace {

// A pipe in the file's place must not hold us up, and a link must not lead elsewhere.
int open_to_read(const std::filesystem::path& path) { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW); }

}  // namespace

Result<FileDigest> digest_of_file(const std::filesystem::path& path, const Span& shown, Diagnostics& diags) {
  const auto unreadable = [&](int code) { return diags.machine_error(shown, fmt::format("cannot be read: {}", std::generic_category().message(code))); };
  const Descriptor opened(open_to_read(path));
  if (opened.get() < 0) {
    const int code = errno;
    if (code == ENOENT || code == ENOTDIR || code == ENAMETOOLONG) return diags.error(shown, "no such file");
    if (code == ELOOP) return diags.error(shown, "is a link, a file was expected");
    return unreadable(code);
  }
  struct stat info {};
  if (::fstat(opened.get(), &info) != 0) return unreadable(errno);
  if (!S_ISREG(info.st_mode)) return diags.error(shown, S_ISDIR(info.st_mode) ? "is a folder, a file was expected" : "is no file");
  constexpr std::size_t kBuffer = 256u << 10;
  // Most files are small; one more byte tells that nothing follows.
  std::vector<char> buffer(std::min(static_cast<std::size_t>(info.st_size) + 1, kBuffer));
  Sha256 hash;
  FileDigest result;
  for (;;) {
    const ssize_t got = ::read(opened.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unreadable(errno);
    if (got == 0) break;
    hash.add({buffer.data(), static_cast<std::size_t>(got)});
    result.size += static_cast<std::uint64_t>(got);
  }
  result.digest = hash.digest();
  return result;
}

std::string to_hex(const Sha256Digest& digest) {
  std::string text;
  for (const std::uint8_t byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

std::string sha256_hex(std::string_view bytes) { return to_hex(Sha256().of(bytes)); }

}  // namespace handout
