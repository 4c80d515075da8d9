#pragma once

#include <string>
#include <vector>

#include "styled/styled.h"
#include "typeset/typeset.h"

namespace handout::typeset {

// A paragraph's text with the page fields' words in it. Runs are in order and cover the text; blanks and leaders stay U+FFFC, in order.
struct CollectedText {
  std::string text;
  std::vector<styled::TextRun> runs;
  std::vector<styled::Blank> blanks;
  std::vector<styled::Leader> leaders;
};

// `fields` is needed when the paragraph has page fields.
CollectedText collect(const styled::Paragraph& paragraph, const PageFieldValues* fields);

}  // namespace handout::typeset
