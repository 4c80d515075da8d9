#pragma once

#include "compose/composer.h"
#include "compose/pages.h"

// Inside compose/ only.
namespace handout::compose {

// Everything that one edition of a request is composed with: the chosen part of its article, its fields, styles and paper. The parts refer to one another, so it stays where it is.
struct Edition {
  struct Which { std::size_t index = 0; Scale scale; };  // index: in the request's editions
  Edition(const request::Request& request, const Sources& sources, const Resources& resources, const Which& which, Diagnostics& diags);
  Edition(const Edition&) = delete;
  Edition& operator=(const Edition&) = delete;

  content::Article article;
  Fields fields;
  Cascade cascade;
  Element document;
  Scope root;
  Notes notes;
  // Before anything is asked of the fields.
  struct Noting { Noting(Fields& fields, Dependence* dependence) { fields.note_in(dependence); } } noting;
  Composer composer;
  Composer::Slots slots;
  Paper paper;
};

}  // namespace handout::compose
