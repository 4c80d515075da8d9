#pragma once

#include "xml/vocabulary.h"

namespace handout::postal {

// The elements of content/postal/countries.xml.
const xml::Vocabulary& countries_vocabulary();
// Of content/postal/envelopes.xml.
const xml::Vocabulary& envelopes_vocabulary();

}  // namespace handout::postal
