#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "compose/compose.h"
#include "postal/format_address.h"
#include "request/request.h"

// Beside the pipeline: the address lines of recipients whose address is given in parts, or in lines without its country.
namespace handout {

class Addresses {
 public:
  // content/postal/countries.xml; read when the first address needs it.
  explicit Addresses(std::filesystem::path countries) : countries_(std::make_shared<File>(std::move(countries))) {}
  // Another's, for another thread: the countries are read once for both.
  [[nodiscard]] Addresses beside() const { return Addresses(countries_); }

  // Sets recipient.address from recipient.postal, by the rules of its country, as mail from the clinic's region, else the request's, else US. Plain lines stay as they are; where the recipient's country is another one it
  // follows below them, unless they say it. What posts don't like is a warning, what cannot be written at all an error, and so is a missing part or a wrong postcode where the request has it refused; all without a word of the
  // address and at `request.at`. Of `sources` it takes the clinic and the layout.
  Result<std::monostate> write(request::Request& request, const compose::Sources& sources, Diagnostics& diags);

  // Reads the countries before the first address needs them. What is wrong with them is told when one does.
  void read_ahead();

  void forget();

 private:
  Result<const postal::Sender*> sender(const request::Request& request, const request::Clinic* clinic, Diagnostics& diags);

  [[nodiscard]] postal::FormattedAddress in_parts(const request::Recipient& recipient, const postal::Sender& from, postal::OnFinding faulty) const;

  struct File {
    explicit File(std::filesystem::path file) : path(std::move(file)) {}
    std::filesystem::path path;
    std::mutex mutex;                                  // while it is read
    std::shared_ptr<const postal::Countries> read{};
  };
  explicit Addresses(std::shared_ptr<File> countries) : countries_(std::move(countries)) {}
  [[nodiscard]] bool open(Diagnostics& diags);

  std::shared_ptr<File> countries_;
  std::shared_ptr<const postal::Countries> open_;      // the file's, once it is needed here
  std::map<std::string, postal::Sender> senders_;  // by region and language
  unicode::CountryNames names_;
};

}  // namespace handout
