#pragma once

#include <optional>
#include <string>
#include <vector>

#include "display/display.h"
#include "fonts/fonts.h"

// Inside marks/ only: whether a mark has the room that it needs.
namespace handout::marks {

// A mark on a sheet's front side.
struct Zone {
  std::string name;  // "<omr-marks>", for messages
  Rect ink;          // all that it may draw
  Rect clear;        // where nothing else may stand
  Span at;
};

bool meet(const Rect& a, const Rect& b);

// Turned over about its upright edge, or about its upper one (ShortEdge of an upright sheet): where on the back side lies what is behind the rectangle.
Rect behind(const Rect& rect, Size paper, display::Duplex duplex);

// What of the page stands in the rectangle: "text", "a picture", "a line", "a box" and where it begins; nothing when it is empty. White boxes count: printers draw them over what is below.
struct Intruder {
  std::string what;
  Point at;
};
std::optional<Intruder> find_in(const display::Page& page, const Rect& rect, const fonts::Fonts& fonts);

}  // namespace handout::marks
