#pragma once

#include "xml/vocabulary.h"

namespace handout::mailings {

// The elements of content/mailings/<id>.xml.
const xml::Vocabulary& mailing_vocabulary();

}  // namespace handout::mailings
