#pragma once

#include "xml/vocabulary.h"

// The one table of what an article, a phrase file and a notice may hold: reader, schema and `explain` come from it.
namespace handout::content {

const xml::Vocabulary& article_vocabulary();
const xml::Vocabulary& phrases_vocabulary();
const xml::Vocabulary& notice_vocabulary();

}  // namespace handout::content
