#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "layouts/layout.h"
#include "layouts/properties.h"
#include "layouts/property_notes.h"

namespace handout::layouts {
namespace {

std::string faults_of_style(std::string_view selector, std::string_view name, std::string_view value) {
  Diagnostics diags;
  const std::string style = "<style for=\"" + std::string(selector) + "\" " + std::string(name) + "=\"" + std::string(value) + "\"/>";
  static_cast<void>(parse_layout("<layout id=\"x\" title=\"X\">" + style + "<body><slot select=\"*\"/></body></layout>", "x.xml", {}, diags));
  return to_text(diags);
}

void expect_note(std::string_view name) {
  const PropertyNote* note = find_note(name);
  ASSERT_NE(note, nullptr) << name << " has no row in property_notes.cpp";
  EXPECT_NE(note->applies, "") << name;
  EXPECT_EQ(faults_of_style(note->selector, name, note->value), "") << "the example of " << name;
  if (note->initial.starts_with('(')) return;
  // What is the default may be no value that one writes, such as a border of none for a width.
  EXPECT_EQ(faults_of_style(note->selector, name, note->initial), "") << "the initial value of " << name;
}

// Every property is explained, by a value that the reader takes.
TEST(PropertyNotes, AreWholeAndRight) {
  for (const PropertyForm& form : property_forms()) expect_note(form.rule.name);
  for (const Shorthand& shorthand : shorthands()) expect_note(shorthand.name);
  EXPECT_EQ(find_note("margin"), nullptr);
}

}  // namespace
}  // namespace handout::layouts
