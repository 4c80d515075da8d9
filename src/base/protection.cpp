#include "base/protection.h"

#include <fmt/format.h>

#include <charconv>

namespace handout {
namespace {

constexpr std::string_view kMagic = "handout-protect-1 ";

char letter(Permission permission) { return permission == Permission::Allowed ? '+' : '-'; }

// The decimal number before `end`, which is taken off with it.
std::optional<std::size_t> take_number(std::string_view& bytes, char end) {
  std::size_t value = 0;
  const auto [stop, failed] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), value);
  if (failed != std::errc() || stop == bytes.data() + bytes.size() || *stop != end) return std::nullopt;
  bytes.remove_prefix(static_cast<std::size_t>(stop - bytes.data()) + 1);
  return value;
}

std::optional<Permission> take_permission(std::string_view& bytes) {
  if (bytes.empty() || (bytes.front() != '+' && bytes.front() != '-')) return std::nullopt;
  const Permission permission = bytes.front() == '+' ? Permission::Allowed : Permission::Denied;
  bytes.remove_prefix(1);
  return permission;
}

}  // namespace

std::string to_bytes(const Protection& protection, std::string_view pdf) {
  const Protection& p = protection;
  std::string bytes = fmt::format("{}{}{}{}{}{} {}\n{}{}", kMagic, letter(p.print), letter(p.copy), letter(p.modify), letter(p.annotate), p.user_password.size(), p.owner_password.size(),
                                  p.user_password, p.owner_password);
  bytes += pdf;
  return bytes;
}

std::optional<ProtectionRequest> protection_request(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) return std::nullopt;
  bytes.remove_prefix(kMagic.size());
  ProtectionRequest request;
  for (Permission* permission : {&request.protection.print, &request.protection.copy, &request.protection.modify, &request.protection.annotate}) {
    const auto taken = take_permission(bytes);
    if (!taken) return std::nullopt;
    *permission = *taken;
  }
  const auto user = take_number(bytes, ' ');
  const auto owner = user ? take_number(bytes, '\n') : std::nullopt;
  if (!owner || *user > bytes.size() || *owner > bytes.size() - *user) return std::nullopt;
  request.protection.user_password = bytes.substr(0, *user);
  request.protection.owner_password = bytes.substr(*user, *owner);
  request.pdf = bytes.substr(*user + *owner);
  return request;
}

}  // namespace handout
