#pragma once

namespace handout::compose {

// How much of what a layout says is left, for a handout that must fit: shares from 0 to 1. Each length is made smaller by one of them.
struct Scale {
  double type = 1;    // font sizes, heights of lines, and what is written in em, rem and u but for the next two
  double space = 1;   // room before, after and inside blocks, gaps between columns, cells and bands
  double margin = 1;  // the page's margins
  friend bool operator==(const Scale&, const Scale&) = default;
};

}  // namespace handout::compose
