#include "base/digest.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <system_error>
#include <vector>

#include "base/descriptor.h"
#include "base/handle.h"

namespace handout {
namespace {

using EvpContext = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;
using EvpDigest = Handle<EVP_MD, EVP_MD_free>;

// OpenSSL has no other reason to fail here than memory that it didn't get.
void check(int result) {
  if (result != 1) throw std::bad_alloc();
}

EvpContext new_context() {
  EvpContext context{EVP_MD_CTX_new()};
  if (!context) throw std::bad_alloc();
  return context;
}

// Fetched once: EVP_sha256() looks the algorithm up at every start.
const EVP_MD* algorithm() {
  static const EvpDigest digest{EVP_MD_fetch(nullptr, "SHA2-256", nullptr)};
  if (!digest) throw std::bad_alloc();
  return digest.get();
}

void begin(EVP_MD_CTX* context) { check(EVP_DigestInit_ex2(context, algorithm(), nullptr)); }

void add(EVP_MD_CTX* context, std::string_view bytes) { check(EVP_DigestUpdate(context, bytes.data(), bytes.size())); }

Sha256Digest end(EVP_MD_CTX* context) {
  Sha256Digest digest{};
  unsigned int size = 0;
  check(EVP_DigestFinal_ex(context, digest.data(), &size));
  return digest;
}

std::string_view bytes_of(const Sha256Digest& digest) { return {reinterpret_cast<const char*>(digest.data()), digest.size()}; }  // NOLINT: bytes as bytes

}  // namespace

struct Sha256::Context { EvpContext context = new_context(); };

Sha256::Sha256() : context_(std::make_unique<Context>()) { begin(context_->context.get()); }
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) { handout::add(context_->context.get(), bytes); }

Sha256Digest Sha256::digest() {
  const Sha256Digest made = end(context_->context.get());
  begin(context_->context.get());
  return made;
}

Sha256Digest Sha256::of(std::string_view bytes) {
  add(bytes);
  return digest();
}

// RFC 2104 section 2: H(K xor opad, H(K xor ipad, text)). The state behind each padded key is kept (section 4) and copied for each text.
struct KeyedHash::Context {
  EvpContext inner = new_context(), outer = new_context(), work = new_context();
};

KeyedHash::KeyedHash(std::string_view secret) : context_(std::make_unique<Context>()) {
  constexpr std::size_t kBlock = 64;  // of SHA-256
  std::string key(secret);
  if (key.size() > kBlock) key = bytes_of(Sha256().of(key));
  key.resize(kBlock, '\0');
  for (const auto& [context, pad] : {std::pair{context_->inner.get(), 0x36}, std::pair{context_->outer.get(), 0x5c}}) {
    std::string padded = key;
    for (char& each : padded) each = static_cast<char>(static_cast<unsigned char>(each) ^ pad);
    begin(context);
    add(context, padded);
  }
}

KeyedHash::KeyedHash(KeyedHash&&) noexcept = default;
KeyedHash& KeyedHash::operator=(KeyedHash&&) noexcept = default;
KeyedHash::~KeyedHash() = default;

Sha256Digest KeyedHash::of(std::string_view bytes) {
  EVP_MD_CTX* const work = context_->work.get();
  check(EVP_MD_CTX_copy_ex(work, context_->inner.get()));
  add(work, bytes);
  const Sha256Digest inner = end(work);
  check(EVP_MD_CTX_copy_ex(work, context_->outer.get()));
  add(work, bytes_of(inner));
  return end(work);
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
