#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "base/digest.h"
#include "base/files.h"
#include "base/numbers.h"
#include "mailings/limits.h"
#include "mailings/reader.h"
#include "mailings/vocabulary.h"
#include "request/regions.h"
#include "xml/characters.h"

namespace handout::mailings {

namespace fs = std::filesystem;

namespace {

constexpr std::pair<std::string_view, Duplicates> kDuplicates[] = {{"reject", Duplicates::Reject}, {"keep-first", Duplicates::KeepFirst}, {"keep-all", Duplicates::KeepAll}};
constexpr std::pair<std::string_view, Household> kHouseholds[] = {{"none", Household::None}, {"address", Household::Address}};
constexpr std::pair<std::string_view, FaultyAddresses> kFaultyAddresses[] = {{"", FaultyAddresses::ByLayout}, {"refuse", FaultyAddresses::Refuse}, {"print", FaultyAddresses::Print}};

bool is_name(std::string_view text) { return is_field_name(text) && text.find('.') == std::string_view::npos; }

// One file, and what it extends below it.
struct Source {
  fs::path path, folder;  // no path: a text
  std::string digest;
  xml::Element root;
};

class Sources {
 public:
  explicit Sources(Diagnostics& diags) : diags_(diags) {}

  // Nothing when the file is no mailing at all; what else is wrong with it is told, and the rest read on.
  std::optional<Source> parse(std::string_view xml, std::string_view shown, const fs::path& path, const fs::path& folder) {
    auto root = xml::parse(xml, shown, diags_);
    if (!root) return std::nullopt;
    valid_ = xml::validate(*root, mailing_vocabulary(), diags_) && valid_;
    if (root->name != "mailing") return std::nullopt;
    check_id(*root, path);
    return Source{path, folder, sha256_hex(xml), *std::move(root)};
  }

  std::optional<Source> read(const fs::path& path) {
    const std::string shown = path.generic_string();
    const auto bytes = read_file(path, Span::of_file(shown), kLargestFile, diags_);
    if (!bytes) return std::nullopt;
    return parse(*bytes, shown, path, path.has_parent_path() ? path.parent_path() : fs::path("."));
  }

  // The file and what it extends, itself first; empty when something of it is not there.
  std::vector<Source> chain(Source first) {
    std::vector<Source> chain;
    chain.push_back(std::move(first));
    while (const xml::Attribute* extends = chain.back().root.find("extends")) {
      const auto path = path_of_base(*extends, chain);
      auto base = path ? read(*path) : std::nullopt;
      if (!base) return {};
      chain.push_back(*std::move(base));
    }
    return chain;
  }

  [[nodiscard]] bool valid() const { return valid_; }

 private:
  void check_id(const xml::Element& root, const fs::path& path) {
    const xml::Attribute* id = root.find("id");
    if (id == nullptr) return;
    if (!is_name(id->value)) diags_.error(id->value_at, fmt::format("'{}' cannot be the id of a mailing", xml::excerpt(id->value))).hint("use letters, digits, '-' and '_', with a letter first");
    else if (path.has_filename() && path.stem() != id->value) diags_.error(id->value_at, fmt::format("id is '{}', but the file is named {}", id->value, path.filename().generic_string())).hint("mailings are found by the names of their files").meaning();
  }

  std::optional<fs::path> path_of_base(const xml::Attribute& extends, const std::vector<Source>& chain) {
    if (!is_name(extends.value)) {
      if (!extends.value.empty()) diags_.error(extends.value_at, fmt::format("'{}' is not the name of a mailing", xml::excerpt(extends.value))).hint("write the name of a file beside it, without .xml");
      else diags_.error(extends.value_at, "names no mailing").hint("write the name of a file beside it, without .xml");
      return std::nullopt;
    }
    const fs::path path = chain.back().folder / (extends.value + ".xml");
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) {
      const std::vector<std::string> names = names_in(chain.back().folder);
      diags_.error(extends.value_at, fmt::format("unknown mailing '{}'{}", extends.value, did_you_mean(extends.value, {names.begin(), names.end()}))).hint(fmt::format("no file '{}'", path.generic_string())).meaning();
      return std::nullopt;
    }
    const bool circle = std::any_of(chain.begin(), chain.end(), [&](const Source& each) { return each.path.lexically_normal() == path.lexically_normal(); });
    if (circle) diags_.error(extends.value_at, fmt::format("mailing '{}' extends itself", extends.value)).meaning();
    else if (chain.size() == kDeepest) diags_.error(extends.value_at, fmt::format("more than {} mailings extend one another", kDeepest)).meaning();
    else return path;
    return std::nullopt;
  }

  static std::vector<std::string> names_in(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code failure;
    for (fs::directory_iterator each(folder, failure), end; !failure && each != end; each.increment(failure)) {
      if (each->path().extension() == ".xml") names.push_back(each->path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  Diagnostics& diags_;
  bool valid_ = true;
};

std::string read_region(const xml::Element& root, Diagnostics& diags) {
  const xml::Element* element = child(root, "region");
  const xml::Attribute* code = element != nullptr ? element->find("code") : nullptr;
  if (code == nullptr || request::is_region(code->value)) return code != nullptr ? code->value : "";
  auto fault = diags.error(code->value_at, fmt::format("'{}' is no code of a country", xml::excerpt(code->value)));
  fault.hint("use two capital letters of ISO 3166, such as US");
  if (code->value.size() == 2 && std::all_of(code->value.begin(), code->value.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) fault.meaning();
  return "";
}

std::string read_job_id(const xml::Element& root, Diagnostics& diags) {
  const xml::Element* element = child(root, "marks");
  const xml::Attribute* id = element != nullptr ? element->find("job-id") : nullptr;
  if (id == nullptr) return "";
  const bool right = !id->value.empty() && id->value.size() <= 8 && id->value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string::npos;
  if (!right) diags.error(id->value_at, fmt::format("'{}' cannot be the id of a job in marks", xml::excerpt(id->value))).hint("use 1 to 8 capital letters and digits");
  if (id->value == kProofId) diags.error(id->value_at, fmt::format("'{}' is what marks of proofs say, which are not to be sent", kProofId)).hint("take another id, or leave it out: it is made from the job then").meaning();
  return id->value;
}

std::optional<std::uint32_t> read_days(const xml::Element& root) {
  const xml::Element* element = child(root, "keep");
  const auto days = element != nullptr ? parse_integer(element->value("days")) : std::nullopt;
  return days && *days >= 0 && *days <= kMostDays ? std::optional(static_cast<std::uint32_t>(*days)) : std::nullopt;
}

Mailing read_root(const xml::Element& root, Scope& scope) {
  Mailing mailing;
  mailing.at = root.at;
  mailing.id = root.value("id");
  mailing.title = root.value("title");
  mailing.fields = read_fields(root, scope);
  mailing.articles = read_articles(root, scope);
  mailing.layout = read_layout(root, scope);
  if (const xml::Element* clinic = child(root, "clinic"); clinic != nullptr && given(*clinic, "ref") != nullptr) mailing.clinic = read_file_ref(*clinic->find("ref"), scope);
  mailing.day = read_day(root, scope);
  if (const Field* const day = find_field(mailing, "date"); day != nullptr && child(root, "date") != nullptr) {
    scope.diags.error(day->at, "field 'date' is given twice: as a field and by <date> or --date").hint("leave the <field> out: <date> takes a day for everybody, or a field of each recipient's").meaning();
  }
  mailing.region = read_region(root, scope.diags);
  mailing.locale = read_locales(root, scope);
  mailing.list = read_list(root, scope);
  mailing.filter = read_filter(root, mailing.fields, scope);
  mailing.sorting = read_sorting(root, scope);
  mailing.duplicates = read_token(child(root, "duplicates"), "key", kDuplicates);
  mailing.household = read_token(child(root, "household"), "by", kHouseholds);
  mailing.suppressions = read_suppressions(root, scope);
  mailing.output = read_output(root, scope);
  mailing.limit = read_limit(root, scope);
  mailing.addresses = read_token(child(root, "limits"), "addresses", kFaultyAddresses);
  mailing.keep_days = read_days(root);
  mailing.ledger = read_ledger(root, mailing.output, scope);
  if (const xml::Element* envelope = child(root, "envelope")) {
    mailing.envelope = envelope->value("name");
    mailing.envelope_at = value_at(*envelope, "name");
  }
  mailing.job_id = read_job_id(root, scope.diags);
  return mailing;
}

Result<Mailing> read_whole(Sources& sources, std::optional<Source> first, const Overrides& overrides, Diagnostics& diags) {
  if (!first) return tl::unexpected(Failure{});
  const std::vector<Source> chain = sources.chain(*std::move(first));
  if (chain.empty()) return tl::unexpected(Failure{});
  Scope scope{diags, {}};
  std::string digests;
  std::vector<fs::path> files;
  xml::Element root = chain.back().root;
  for (auto each = std::next(chain.rbegin()); each != chain.rend(); ++each) root = overlay(root, each->root);
  if (!overrides.empty()) {
    const auto over = override_element(overrides, root, diags);
    if (over) root = overlay(root, *over);
  }
  for (const Source& each : chain) {
    if (each.root.at.file) scope.folders.emplace(*each.root.at.file, each.folder);
    digests += each.digest;
    if (!each.path.empty()) files.push_back(each.path);
  }
  Mailing mailing = read_root(root, scope);
  if (!sources.valid() || diags.has_errors()) return tl::unexpected(Failure{});
  mailing.digest = chain.size() == 1 ? digests : sha256_hex(digests);
  mailing.files = std::move(files);
  return mailing;
}

}  // namespace

Result<Mailing> parse_mailing(std::string_view xml, std::string_view shown, const fs::path& folder, const Overrides& overrides, Diagnostics& diags) {
  Diagnostics own;
  Sources sources(own);
  auto mailing = read_whole(sources, sources.parse(xml, shown, {}, folder), overrides, own);
  diags.append(own);
  return mailing;
}

Result<Mailing> read_mailing(const fs::path& path, const Overrides& overrides, Diagnostics& diags) {
  Diagnostics own;
  Sources sources(own);
  auto mailing = read_whole(sources, sources.read(path), overrides, own);
  diags.append(own);
  return mailing;
}

Result<Mailing> parse_mailing(std::string_view xml, std::string_view shown, const fs::path& folder, Diagnostics& diags) { return parse_mailing(xml, shown, folder, {}, diags); }
Result<Mailing> read_mailing(const fs::path& path, Diagnostics& diags) { return read_mailing(path, {}, diags); }

}  // namespace handout::mailings
