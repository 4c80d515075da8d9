#include "pdf/shading.h"

#include <vector>

namespace handout::pdf {

namespace {

HPDF_Array channels(Haru& haru, Color color) { return haru.numbers({color.red / 255.0, color.green / 255.0, color.blue / 255.0}); }

// 7.10.3: from one colour to the next.
HPDF_Dict between(Haru& haru, Color from, Color to) {
  HPDF_Dict function = haru.dict();
  haru.put_number(function, "FunctionType", 2);
  haru.put(function, "Domain", haru.numbers({0, 1}));
  haru.put(function, "C0", channels(haru, from));
  haru.put(function, "C1", channels(haru, to));
  haru.put_number(function, "N", 1);
  return function;
}

// 7.10.4: the stops stitched together. Before the first and after the last stop its colour stands.
HPDF_Dict color_function(Haru& haru, std::vector<images::GradientStop> stops) {
  if (stops.front().offset > 0) stops.insert(stops.begin(), {0, stops.front().color});
  if (stops.back().offset < 1) stops.push_back({1, stops.back().color});
  HPDF_Array functions = haru.array();
  std::vector<double> bounds, encode;
  for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
    if (stops[i + 1].offset <= stops[i].offset) continue;  // a hard edge
    if (!encode.empty()) bounds.push_back(stops[i].offset);
    encode.insert(encode.end(), {0, 1});
    haru.push(functions, between(haru, stops[i].color, stops[i + 1].color));
  }
  HPDF_Dict function = haru.dict();
  haru.put_number(function, "FunctionType", 3);
  haru.put(function, "Domain", haru.numbers({0, 1}));
  haru.put(function, "Functions", functions);
  haru.put(function, "Bounds", haru.numbers(bounds));
  haru.put(function, "Encode", haru.numbers(encode));
  return function;
}

}  // namespace

HPDF_Dict shading_dict(Haru& haru, const images::Gradient& gradient) {
  HPDF_Dict dict = haru.dict();
  const auto* linear = std::get_if<images::LinearGradient>(&gradient.shape);
  haru.put_number(dict, "ShadingType", linear != nullptr ? 2 : 3);
  haru.put_name(dict, "ColorSpace", "DeviceRGB");
  if (linear != nullptr) {
    haru.put(dict, "Coords", haru.numbers({linear->x1, linear->y1, linear->x2, linear->y2}));
  } else {
    const auto& radial = std::get<images::RadialGradient>(gradient.shape);
    haru.put(dict, "Coords", haru.numbers({radial.fx, radial.fy, 0, radial.cx, radial.cy, radial.r}));
  }
  haru.put(dict, "Function", color_function(haru, gradient.stops));
  HPDF_Array extend = haru.array();
  for (int side = 0; side < 2; ++side) haru.push(extend, HPDF_Boolean_New(haru.document()->mmgr, HPDF_TRUE));
  haru.put(dict, "Extend", extend);
  return dict;
}

}  // namespace handout::pdf
