#include <array>

#include "request/request.h"
#include "unicode/text.h"

namespace handout::request {
namespace {

bool is_listed(std::string_view word, std::initializer_list<std::string_view> list) {
  for (const std::string_view each : list) {
    if (each == word) return true;
  }
  return false;
}

// The script that a name is written in: of its first letter that has one.
std::string script_of(const PersonName& name) {
  for (const std::string* part : {&name.family, &name.given}) {
    for (const unicode::ScriptRun& run : unicode::script_runs(*part)) {
      if (run.script != "Zyyy" && run.script != "Zinh") return run.script;
    }
  }
  return "Zyyy";
}

bool is_east_asian(std::string_view script) { return is_listed(script, {"Hani", "Hira", "Kana", "Hang"}); }

// Scripts that a locale's own script takes in: Japanese is Jpan, written in Hani, Hira and Kana.
bool writes(const Locale& locale, std::string_view script) {
  if (script == "Hani") return is_listed(locale.script(), {"Hans", "Hant", "Hani", "Jpan", "Kore"});
  if (script == "Hira" || script == "Kana") return locale.script() == "Jpan";
  if (script == "Hang") return is_listed(locale.script(), {"Kore", "Hang"});
  return locale.script() == script;
}

// UTS #35 part 8, "Derive the name locale": a name without one is taken to be of the reader's, if it is in the reader's script, else of
// the script's likely language.
std::string language_of(const PersonName& name, const Locale& reader, std::string_view script) {
  if (name.locale) return name.locale->language();
  if (writes(reader, script)) return reader.language();
  return is_east_asian(script) ? "zh" : "und";
}

enum class NameOrder { GivenFirst, FamilyFirst };

// CLDR's nameOrderLocales surnameFirst. A Chinese, Japanese or Korean name in Latin letters has been turned round by who wrote it so.
NameOrder order_of(const PersonName& name, const Locale& reader, std::string_view script) {
  const std::string language = language_of(name, reader, script);
  if (is_listed(language, {"zh", "yue", "ja", "ko"})) return is_east_asian(script) ? NameOrder::FamilyFirst : NameOrder::GivenFirst;
  return is_listed(language, {"vi", "hu"}) ? NameOrder::FamilyFirst : NameOrder::GivenFirst;
}

}  // namespace

std::string display_name(const PersonName& name, const Locale& reader) {
  if (!name.display.empty()) return name.display;
  const std::string script = script_of(name);
  const bool family_first = order_of(name, reader, script) == NameOrder::FamilyFirst;
  const std::array<const std::string*, 4> parts{&name.prefix, family_first ? &name.family : &name.given, family_first ? &name.given : &name.family, &name.suffix};
  // Names in these scripts are written without spaces.
  const std::string_view space = is_east_asian(script) && family_first ? "" : " ";
  std::string line;
  for (const std::string* part : parts) {
    if (!part->empty()) line.append(line.empty() ? "" : space).append(*part);
  }
  return line;
}

}  // namespace handout::request
