#pragma once

#include "xml/vocabulary.h"

namespace handout::request {

// The elements of content/clinics/<id>.xml.
const xml::Vocabulary& clinic_vocabulary();

}  // namespace handout::request
