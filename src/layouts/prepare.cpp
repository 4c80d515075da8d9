#include "layouts/prepare.h"

#include <algorithm>
#include <utility>

#include "layouts/vocabulary.h"

namespace handout::layouts {

std::vector<const xml::Element*> children(const xml::Element& parent, std::string_view name) {
  std::vector<const xml::Element*> found;
  for (const xml::Node& node : parent.children) {
    if (const xml::Element* element = node.element(); element != nullptr && element->name == name) found.push_back(element);
  }
  return found;
}

Prepared prepare(const std::vector<const SourceFile*>& chain, const SourceFile* profile, SourceFiles& files, Diagnostics& diags) {
  Prepared prepared;
  std::vector<const SourceFile*> all = chain;
  if (profile != nullptr) all.push_back(profile);
  for (const SourceFile* file : all) {
    if (file->root.at.file) prepared.folders.emplace(*file->root.at.file, file->folder);
    prepared.digests += file->digest;
    prepared.roots.push_back(file->root);
    expand_includes(prepared.roots.back(), prepared, files, diags);
  }
  put_in_variables(prepared, diags);
  make_changes(prepared.roots, chain.size(), diags);
  for (const xml::Element& root : prepared.roots) (void)xml::validate(root, layout_vocabulary(), diags);
  return prepared;
}

void hand_over(const Diagnostic& from, Diagnostics& to) {
  auto added = from.severity == Severity::Warning ? to.warning(from.at, from.message)
               : from.severity == Severity::Note  ? to.note(from.at, from.message)
               : from.cause == Cause::Machine     ? to.machine_error(from.at, from.message)
               : from.cause == Cause::Usage       ? to.usage_error(from.message)
                                                  : to.error(from.at, from.message);
  added.hint(from.hint);
  if (from.aspect == Aspect::Meaning) added.meaning();
}

void hand_over(const Diagnostics& from, const std::vector<Substitution>& substitutions, Diagnostics& to) {
  std::map<std::pair<std::string_view, std::uint32_t>, std::vector<const Substitution*>> lines;
  for (const Substitution& each : substitutions) {
    if (each.value_at.file) lines[{*each.value_at.file, each.value_at.line}].push_back(&each);
  }
  for (Diagnostic each : from.all()) {
    const auto line = each.at.file ? lines.find({*each.at.file, each.at.line}) : lines.end();
    if (line != lines.end()) {
      const auto around = std::find_if(line->second.begin(), line->second.end(), [&](const Substitution* value) { return each.at.column >= value->value_at.column && each.at.column <= value->end; });
      if (around != line->second.end()) {
        if (!(*around)->note.empty()) each.hint += (each.hint.empty() ? "" : "; ") + (*around)->note;
        each.aspect = Aspect::Meaning;  // what a variable stands for is nothing that a schema can know
      }
    }
    hand_over(each, to);
  }
}

}  // namespace handout::layouts
