#include "base/digest.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <new>
#include <system_error>
#include <vector>

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
EvpDigest fetch_sha256() {
  EvpDigest digest{EVP_MD_fetch(nullptr, "SHA2-256", nullptr)};
  if (!digest) throw std::bad_alloc();
  return digest;
}

void add(EVP_MD_CTX* context, std::string_view bytes) { check(EVP_DigestUpdate(context, bytes.data(), bytes.size())); }

Sha256Digest end(EVP_MD_CTX* context) {
  Sha256Digest digest{};
  unsigned int size = 0;
  check(EVP_DigestFinal_ex(context, digest.data(), &size));
  return digest;
}

std::string_view bytes_of(const Sha256Digest& digest) { return {reinterpret_cast<const char*>(digest.data()), digest.size()}; }  // NOLINT: bytes as bytes

}  // namespace

struct Sha256Maker::Context {
  EvpDigest sha = fetch_sha256();
  EvpContext context = new_context();
};

Sha256Maker::Sha256Maker() : context_(std::make_unique<Context>()) {}
Sha256Maker::Sha256Maker(Sha256Maker&&) noexcept = default;
Sha256Maker& Sha256Maker::operator=(Sha256Maker&&) noexcept = default;
Sha256Maker::~Sha256Maker() = default;

Sha256Digest Sha256Maker::of(std::string_view bytes) {
  EVP_MD_CTX* const context = context_->context.get();
  check(EVP_DigestInit_ex2(context, context_->sha.get(), nullptr));
  add(context, bytes);
  return end(context);
}

// RFC 2104 section 2: H(K xor opad, H(K xor ipad, text)). The state behind each padded key is kept (section 4) and copied for each text.
struct KeyedHash::Context {
  EvpDigest sha = fetch_sha256();
  EvpContext inner = new_context(), outer = new_context(), work = new_context();
};

KeyedHash::KeyedHash(std::string_view secret) : context_(std::make_unique<Context>()) {
  constexpr std::size_t kBlock = 64;  // of SHA-256
  std::string key(secret);
  if (key.size() > kBlock) key = bytes_of(Sha256Maker().of(key));
  key.resize(kBlock, '\0');
  for (const auto& [context, pad] : {std::pair{context_->inner.get(), 0x36}, std::pair{context_->outer.get(), 0x5c}}) {
    std::string padded = key;
    for (char& each : padded) each = static_cast<char>(static_cast<unsigned char>(each) ^ pad);
    check(EVP_DigestInit_ex2(context, context_->sha.get(), nullptr));
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

class ReadDescriptor {
 public:
  // A pipe in the file's place must not hold us up, and a link must not lead elsewhere.
  explicit ReadDescriptor(const std::filesystem::path& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)) {}
  ReadDescriptor(const ReadDescriptor&) = delete;
  ReadDescriptor& operator=(const ReadDescriptor&) = delete;
  ~ReadDescriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] int get() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace

Result<FileDigest> digest_of_file(const std::filesystem::path& path, const Span& shown, Diagnostics& diags) {
  const auto unreadable = [&](int code) { return diags.machine_error(shown, fmt::format("cannot be read: {}", std::generic_category().message(code))); };
  const ReadDescriptor opened(path);
  if (opened.get() < 0) {
    const int code = errno;
    if (code == ENOENT || code == ENOTDIR || code == ENAMETOOLONG) return diags.error(shown, "no such file");
    if (code == ELOOP) return diags.error(shown, "is a link, a file was expected");
    return unreadable(code);
  }
  struct stat info {};
  if (::fstat(opened.get(), &info) != 0) return unreadable(errno);
  if (!S_ISREG(info.st_mode)) return diags.error(shown, S_ISDIR(info.st_mode) ? "is a folder, a file was expected" : "is no file");
  constexpr std::size_t kBuffer = 256 * 1024;
  std::vector<char> buffer(kBuffer);
  const EvpDigest sha = fetch_sha256();
  const EvpContext context = new_context();
  check(EVP_DigestInit_ex2(context.get(), sha.get(), nullptr));
  FileDigest result;
  for (;;) {
    const ssize_t got = ::read(opened.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unreadable(errno);
    if (got == 0) break;
    add(context.get(), {buffer.data(), static_cast<std::size_t>(got)});
    result.size += static_cast<std::uint64_t>(got);
  }
  result.digest = end(context.get());
  return result;
}

std::string to_hex(const Sha256Digest& digest) {
  std::string text;
  for (const std::uint8_t byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace handout
