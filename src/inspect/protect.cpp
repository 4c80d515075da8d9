#include "inspect/protect.h"

#include <fmt/format.h>
#include <sys/random.h>

#include <array>
#include <exception>

#include "inspect/document.h"
#include "inspect/xmp.h"

namespace handout::inspect {

namespace {

// ISO 32000-2, 7.6.4.3.3: of a password the first 127 bytes count; one that is cut would open the file without its end.
constexpr std::size_t kLongestPassword = 127;

std::string password_fault(std::string_view which, std::string_view password) {
  if (password.size() > kLongestPassword) return fmt::format("the {} password has {} bytes, at most {} count", which, password.size(), kLongestPassword);
  for (const char c : password) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return fmt::format("the {} password holds a control character", which);
  }
  return {};
}

// With an empty owner password anybody would be the owner.
std::string chance_password() {
  std::array<unsigned char, 32> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return {};
  std::string text;
  for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

void drop_archive_claim(QPDF& pdf) {
  QPDFObjectHandle metadata = pdf.getRoot().getKey("/Metadata");
  if (!metadata.isStream()) return;
  const QPDFObjectHandle none = QPDFObjectHandle::newNull();
  metadata.replaceStreamData(without_archive_claim(stream_text(metadata)), none, none);
}

// As it is but for the encryption.
void copy_streams(QPDFWriter& writer) {
  writer.setOutputMemory();
  writer.setObjectStreamMode(qpdf_o_preserve);
  writer.setStreamDataMode(qpdf_s_preserve);
}

std::string written(QPDFWriter& writer) {
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

std::string encrypt(QPDF& pdf, const Protection& protection) {
  const auto allowed = [](Permission permission) { return permission == Permission::Allowed; };
  QPDFWriter writer(pdf);
  copy_streams(writer);
  writer.setR6EncryptionParameters(protection.user_password.c_str(), protection.owner_password.c_str(), true, allowed(protection.copy), allowed(protection.modify),
                                   allowed(protection.annotate), allowed(protection.annotate), allowed(protection.modify), allowed(protection.print) ? qpdf_r3p_full : qpdf_r3p_none, true);
  return written(writer);
}

}  // namespace

tl::expected<std::string, std::string> protect(std::string_view pdf, const Protection& protection) {
  for (const auto& [which, password] : {std::pair{"user", &protection.user_password}, std::pair{"owner", &protection.owner_password}}) {
    if (std::string fault = password_fault(which, *password); !fault.empty()) return tl::unexpected(std::move(fault));
  }
  Protection complete = protection;
  if (complete.owner_password.empty()) complete.owner_password = chance_password();
  if (complete.owner_password.empty()) return tl::unexpected<std::string>("the system gives no random bytes");
  if (complete.owner_password == complete.user_password) return tl::unexpected<std::string>("user and owner password are the same, so that everybody who opens the file would be its owner");
  try {
    const std::unique_ptr<QPDF> opened = load_pdf(pdf, {});
    if (opened->isEncrypted()) return tl::unexpected<std::string>("the file is protected already");
    drop_archive_claim(*opened);
    return encrypt(*opened, complete);
  } catch (const std::exception& error) {
    return tl::unexpected<std::string>(error.what());
  }
}

tl::expected<std::string, std::string> unprotected(std::string_view pdf, const std::string& password) {
  try {
    const std::unique_ptr<QPDF> opened = load_pdf(pdf, password);
    if (!opened->isEncrypted()) return std::string(pdf);
    QPDFWriter writer(*opened);
    copy_streams(writer);
    writer.setPreserveEncryption(false);
    return written(writer);
  } catch (const std::exception& error) {
    return tl::unexpected<std::string>(error.what());
  }
}

}  // namespace handout::inspect
