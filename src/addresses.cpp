#include "addresses.h"

#include <fmt/format.h>

namespace handout {
namespace {

// As columns of lists are called.
std::string part_of(const postal::Finding& finding) {
  switch (finding.rule) {
    case postal::Finding::Rule::UnknownCountry: return "country";
    case postal::Finding::Rule::Postcode: return "postcode";
    case postal::Finding::Rule::MissingPart: return finding.part == postal::Part::Street ? "address" : std::string(name(finding.part));
    default: return "address";
  }
}

postal::OnFinding refuses(const request::Request& request, const compose::Sources& sources) {
  const bool refused = request.faulty_address == request::FaultyAddress::Refuse || (request.faulty_address == request::FaultyAddress::RefuseInWindow && sources.layout->envelope);
  return refused ? postal::OnFinding::Refuse : postal::OnFinding::Tell;
}

// Of an address that is refused: whether it is for this finding. Others of it are of no use to who mends it.
bool refuses_for(const postal::Finding& finding, postal::OnFinding faulty) {
  switch (finding.rule) {
    case postal::Finding::Rule::UnknownCountry:
    case postal::Finding::Rule::Empty: return true;
    case postal::Finding::Rule::MissingPart:
    case postal::Finding::Rule::Postcode: return faulty == postal::OnFinding::Refuse;
    default: return false;
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

Result<std::monostate> Addresses::write(request::Request& request, const compose::Sources& sources, Diagnostics& diags) {
  if (!request.recipient) return std::monostate{};
  request::Recipient& recipient = *request.recipient;
  if (!recipient.postal && (recipient.address.empty() || recipient.country.empty())) return std::monostate{};
  const auto from = sender(request, sources.clinic.get(), diags);
  if (!from) return tl::unexpected(Failure{});
  auto made = recipient.postal ? in_parts(recipient, **from, refuses(request, sources)) : postal::complete_lines(recipient.address, recipient.country, **from, *open_, names_);
  for (const postal::Finding& finding : made.findings) {
    const std::string message = fmt::format("the recipient's postal address: {}", describe(finding));
    if (!made.refused()) diags.warning(request.at, message);
    else if (refuses_for(finding, refuses(request, sources))) diags.error(request.at, message).about(part_of(finding));
  }
  if (made.refused()) return tl::unexpected(Failure{});
  recipient.address = std::move(made.lines);
  return std::monostate{};
}

postal::FormattedAddress Addresses::in_parts(const request::Recipient& recipient, const postal::Sender& from, postal::OnFinding faulty) const {
  request::PostalAddress address = *recipient.postal;
  if (address.country.empty()) address.country = recipient.country;
  postal::AddressOptions options;
  options.missing_part = options.postcode = faulty;
  return postal::format_address(address, {}, from, *open_, options);
}

}  // namespace handout
