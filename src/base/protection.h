#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace handout {

enum class Permission { Denied, Allowed };

// How a file is protected. Reading it aloud is always allowed (ISO 14289-1, 7.16).
struct Protection {
  std::string user_password;   // opens the file; "" opens it without asking
  std::string owner_password;  // lifts the limits; "": one by chance that nobody knows
  Permission print = Permission::Allowed, copy = Permission::Allowed, modify = Permission::Denied, annotate = Permission::Denied;
};

// How `handout` hands a file to be protected to the program that does it: passwords must not be seen in its arguments or environment, so they stand before the
// file in its standard input, each with its length.
struct ProtectionRequest {
  Protection protection;
  std::string_view pdf;  // points into the bytes
};
std::string to_bytes(const Protection& protection, std::string_view pdf);
// Nothing when the bytes are none of to_bytes.
std::optional<ProtectionRequest> protection_request(std::string_view bytes);

}  // namespace handout
