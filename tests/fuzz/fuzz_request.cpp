// Any bytes give diagnostics or a request, within a second, without a leak; a request reads back from its own JSON.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/expects.h"
#include "request/request.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace request = handout::request;
  handout::Diagnostics diags, again;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto read = request::parse_request(bytes, "fuzz.json", diags);
  ENSURES(read.has_value() == !diags.has_errors());
  if (read) {
    const std::string json = request::to_json(*read);
    const auto back = request::parse_request(json, "fuzz.json", again);
    ENSURES(json.size() > (1u << 20) || (back && request::to_json(*back) == json));
  }
  handout::Diagnostics own;
  const auto recipient = request::parse_recipient(bytes, "fuzz.json", own);
  ENSURES(recipient.has_value() == !own.has_errors());
  return 0;
}
