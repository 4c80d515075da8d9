#include "addresses.h"

#include <fmt/format.h>

namespace handout {

void Addresses::forget() {
  senders_.clear();
  countries_.reset();
}

Result<const postal::Sender*> Addresses::sender(const request::Request& request, const request::Clinic* clinic, Diagnostics& diags) {
  if (!countries_) {
    auto read = postal::read_countries(path_, diags);
    if (!read) return tl::unexpected(Failure{});
    countries_ = std::make_unique<const postal::Countries>(std::move(*read));
  }
  std::string region = clinic != nullptr && !clinic->region.empty() ? clinic->region : !request.region.empty() ? request.region : "US";
  if (countries_->find(region) == nullptr) return diags.error(clinic != nullptr ? clinic->at : request.at, fmt::format("region {} has no addresses in {}", region, path_.generic_string()));
  // "fr-CH" says which of a country's languages it is; "es" of a clinic in the US says nothing about its post.
  const bool own_language = clinic != nullptr && clinic->language && clinic->language->region() == region;
  const auto language = own_language ? clinic->language : std::nullopt;
  const auto [found, added] = senders_.try_emplace(region + (language ? language->tag() : ""), *countries_, region, language);
  return &found->second;
}

Result<std::monostate> Addresses::write(request::Request& request, const request::Clinic* clinic, Diagnostics& diags) {
  if (!request.recipient || !request.recipient->postal) return std::monostate{};
  const auto from = sender(request, clinic, diags);
  if (!from) return tl::unexpected(Failure{});
  request::PostalAddress address = *request.recipient->postal;
  if (address.country.empty()) address.country = request.recipient->country;
  auto made = postal::format_address(address, {}, **from, *countries_);
  for (const postal::Finding& finding : made.findings) {
    const std::string message = fmt::format("the recipient's postal address: {}", describe(finding));
    if (made.refused()) diags.error(request.at, message);
    else diags.warning(request.at, message);
  }
  if (made.refused()) return tl::unexpected(Failure{});
  request.recipient->address = std::move(made.lines);
  return std::monostate{};
}

}  // namespace handout
