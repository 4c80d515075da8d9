#include "mailings/mailing.h"

#include "base/expects.h"

namespace handout::mailings {

const std::vector<std::string_view>& recipient_names() {
  static const std::vector<std::string_view> names = {"key",           "name.given",    "name.family",   "name.prefix",   "name.suffix",   "name.display",  "name.locale", "birth-date", "language", "address",  "address.line1",
                                                      "address.line2", "address.line3", "address.line4", "address.line5", "address.line6", "city",          "district",    "state",      "postcode", "country",  "large-print"};
  return names;
}

const std::vector<std::string_view>& file_name_fields() {
  static const std::vector<std::string_view> names = {"mailing", "locale", "layout", "profile", "number"};
  return names;
}

const std::vector<std::string_view>& stream_name_fields() {
  static const std::vector<std::string_view> names = {"mailing", "class", "number", "layout", "paper", "locale", "sheets", "weight"};
  return names;
}

std::string_view name(SplitBy by) {
  switch (by) {
    case SplitBy::Layout: return "layout";
    case SplitBy::Paper: return "paper";
    case SplitBy::Locale: return "locale";
    case SplitBy::Sheets: return "sheets";
    case SplitBy::Weight: break;
  }
  return "weight";
}

std::filesystem::path resolve(const FileRef& file, const std::filesystem::path& root) {
  EXPECTS(!file.written.empty());
  const std::filesystem::path path(file.written);
  if (path.is_absolute()) return path;
  std::error_code ignored;
  const std::filesystem::path beside = (file.folder / path).lexically_normal();
  return std::filesystem::exists(beside, ignored) || root.empty() ? beside : (root / path).lexically_normal();
}

}  // namespace handout::mailings
