#pragma once

#include <string>
#include <vector>

#include "content/article.h"
#include "display/display.h"
#include "fonts/fonts.h"
#include "styled/styled.h"

// What holds for every document that was made of an article, whatever the layout. Nothing here knows how pages are filled.
namespace handout::stress {

// Text without what differs between stations: white space, soft hyphens, isolates and other marks without width, what stands for objects.
std::string squeezed(std::string_view text);

// The words of the document in the order of its structure tree, artifacts apart; squeezed. `without`: elements of this role are left out with all that is in them.
std::string words_of(const display::DisplayDocument& display, display::Role without = display::Role::None);
// The words of each element of this role.
std::vector<std::string> words_of_each(const display::DisplayDocument& display, display::Role role);

// Each function gives one line of text per broken promise.
using Faults = std::vector<std::string>;

// Each block of an article of generated_article() stands in these words (of words_of()) once, with all its own.
Faults lost_words(const content::Article& article, std::string_view words);

// Every line of every fragment is placed once as content; artifacts repeat words that stand on an earlier page as content.
Faults lines_not_once(const display::DisplayDocument& display);

// Lines of text and pictures that lie over one another by more than 0.01 pt, artifacts too. Labels on their picture are part of it.
Faults overlaps(const display::DisplayDocument& display, const fonts::Fonts& fonts);

// Content outside of its page's margins, and anything outside of the paper.
Faults outside(const styled::StyledDocument& styled, const display::DisplayDocument& display, const fonts::Fonts& fonts);

// Pages without content, and more pages than there are lines and pictures to fill them.
Faults pages_without_progress(const display::DisplayDocument& display);

// Headings that end a page, with other content before them.
Faults headings_at_the_foot(const display::DisplayDocument& display);

}  // namespace handout::stress
