#include "addresses.h"

#include <fmt/format.h>

namespace handout {
namespace {

// As columns of lists are called.
std::string part_of(const postal::Finding& finding) {
  switch (finding.rule) {
    case postal::Finding::Rule::UnknownCountry: return "country";
    case postal::Finding::Rule::Postcode: return "postcode";
    default: return "address";
  }
}

}  // namespace

void Addresses::forget() {
  senders_.clear();
  open_.reset();
  const std::lock_guard lock(countries_->mutex);
  countries_->read.reset();
}

void Addresses::read_ahead() {
  Diagnostics ignored;
  static_cast<void>(open(ignored));
}

bool Addresses::open(Diagnostics& diags) {
  if (open_) return true;
  const std::lock_guard lock(countries_->mutex);
  if (!countries_->read) {
    auto read = postal::read_countries(countries_->path, diags);
    if (!read) return false;
    countries_->read = std::make_shared<const postal::Countries>(std::move(*read));
  }
  open_ = countries_->read;
  return true;
}

Result<const postal::Sender*> Addresses::sender(const request::Request& request, const request::Clinic* clinic, Diagnostics& diags) {
  if (!open(diags)) return tl::unexpected(Failure{});
  std::string region = clinic != nullptr && !clinic->region.empty() ? clinic->region : !request.region.empty() ? request.region : "US";
  if (open_->find(region) == nullptr) return diags.error(clinic != nullptr ? clinic->at : request.at, fmt::format("region {} has no addresses in {}", region, countries_->path.generic_string()));
  // "fr-CH" says which of a country's languages it is; "es" of a clinic in the US says nothing about its post.
  const bool own_language = clinic != nullptr && clinic->language && clinic->language->region() == region;
  const auto language = own_language ? clinic->language : std::nullopt;
  const auto [found, added] = senders_.try_emplace(region + (language ? language->tag() : ""), *open_, region, language);
  return &found->second;
}

Result<std::monostate> Addresses::write(request::Request& request, const request::Clinic* clinic, Diagnostics& diags) {
  if (!request.recipient || !request.recipient->postal) return std::monostate{};
  const auto from = sender(request, clinic, diags);
  if (!from) return tl::unexpected(Failure{});
  request::PostalAddress address = *request.recipient->postal;
  if (address.country.empty()) address.country = request.recipient->country;
  auto made = postal::format_address(address, {}, **from, *open_);
  for (const postal::Finding& finding : made.findings) {
    const std::string message = fmt::format("the recipient's postal address: {}", describe(finding));
    if (made.refused()) diags.error(request.at, message).about(part_of(finding));
    else diags.warning(request.at, message);
  }
  if (made.refused()) return tl::unexpected(Failure{});
  request.recipient->address = std::move(made.lines);
  return std::monostate{};
}

}  // namespace handout
