#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/diagnostics.h"
#include "batch/named_file.h"
#include "mailings/mailing.h"
#include "recipients/row.h"
#include "recipients/to_recipient.h"

// Who is to get nothing.
namespace handout::batch {

// The lists of a mailing: values, one a line, or a column of a CSV. Values are compared by what they mean, as in conditions (mailings/mailing.h); in addresses commas at the ends of words say nothing. Of the keys of FHIR patients ("urn:x|17") a value without a system stands for the second part.
class Suppressions {
 public:
  // Faults: those of the files; a value that is no country, language, date or number where such a thing is compared. An empty file holds nobody.
  static Result<Suppressions> read(const mailings::Mailing& mailing, std::span<const NamedFile> files, recipients::Format people, Diagnostics& diags);

  [[nodiscard]] bool is_empty() const { return lists_.empty(); }
  [[nodiscard]] bool has(const mailings::Mailing& mailing, const recipients::Person& person, std::uint64_t row);
  // When all of a list were asked for: how many values were nobody's, and who has a value that differs in capitals only, by rows.
  void tell(Diagnostics& diags) const;

 private:
  struct List {
    Span file;
    std::string by;
    mailings::FieldType type{};
    std::unordered_map<std::string, bool> values;    // and whether somebody has it
    std::unordered_set<std::string> without_case;
    std::vector<std::uint64_t> nearly;               // rows, the first of them
    std::uint64_t near = 0;                          // all of them
    bool has_systems = false;                        // people's keys have
  };
  Result<List> read_list(const NamedFile& file, const std::string& by, mailings::FieldType type, Diagnostics& diags);

  recipients::Format people_{};
  std::vector<List> lists_;
};

}  // namespace handout::batch
