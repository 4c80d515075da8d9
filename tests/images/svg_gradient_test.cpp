#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <cmath>

#include "make_pictures.h"

namespace handout::images::test {
namespace {

using testing::HasSubstr;

// `body` from line 2 on, in a picture of 100 x 50.
Decoded draw(std::string_view body) {
  return decode(fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 50\">\n{}\n</svg>", body), "k.svg");
}

std::optional<Fill> only_fill(const Decoded& decoded) {
  if (!decoded.picture || decoded.drawing().paths.size() != 1) {
    ADD_FAILURE() << "not one path; " << decoded.text();
    return {};
  }
  return decoded.drawing().paths.front().fill;
}

// The gradient of the only path of `body`; an empty one, and a failure, when there is none.
Gradient only_gradient(std::string_view body) {
  const std::optional<Fill> fill = only_fill(draw(body));
  if (fill && std::holds_alternative<std::shared_ptr<const Gradient>>(*fill)) return *std::get<std::shared_ptr<const Gradient>>(*fill);
  ADD_FAILURE() << body << " has no gradient";
  return {};
}

constexpr std::string_view kStops = "<stop offset='0' stop-color='red'/><stop offset='1' stop-color='blue'/>";
constexpr Color kRed{255, 0, 0}, kBlue{0, 0, 255};

// One gradient 'a' with two stops and these attributes, and a shape that is filled with it.
std::string with(std::string_view kind, std::string_view attributes, std::string_view shape = "<rect x='10' y='20' width='40' height='10' fill='url(#a)'/>") {
  return fmt::format("<defs><{0} id='a' {1}>{2}</{0}></defs>{3}", kind, attributes, kStops, shape);
}

LinearGradient linear(std::string_view attributes) { return std::get<LinearGradient>(only_gradient(with("linearGradient", attributes)).shape); }
RadialGradient radial(std::string_view attributes) { return std::get<RadialGradient>(only_gradient(with("radialGradient", attributes)).shape); }

Transform place(std::string_view attributes, std::string_view shape) { return only_gradient(with("linearGradient", attributes, shape)).to_drawing; }

void expect_near(const Transform& found, const Transform& wanted) {
  EXPECT_NEAR(found.a, wanted.a, 1e-9);
  EXPECT_NEAR(found.b, wanted.b, 1e-9);
  EXPECT_NEAR(found.c, wanted.c, 1e-9);
  EXPECT_NEAR(found.d, wanted.d, 1e-9);
  EXPECT_NEAR(found.e, wanted.e, 1e-9);
  EXPECT_NEAR(found.f, wanted.f, 1e-9);
}

TEST(SvgGradient, says_what_svg_says_when_it_says_nothing) {
  const Gradient line = only_gradient(with("linearGradient", ""));
  const LinearGradient across = std::get<LinearGradient>(line.shape);
  EXPECT_EQ((std::array{across.x1, across.y1, across.x2, across.y2}), (std::array{0.0, 0.0, 1.0, 0.0}));
  EXPECT_EQ(line.to_drawing, (Transform{40, 0, 0, 10, 10, 20})) << "the shape's bounding box";
  ASSERT_EQ(line.stops.size(), 2u);
  EXPECT_EQ(line.stops[0].color, kRed);
  EXPECT_EQ(line.stops[1].offset, 1);
  EXPECT_EQ(line.stops[1].color, kBlue);
  const RadialGradient round = radial("");
  EXPECT_EQ((std::array{round.cx, round.cy, round.r, round.fx, round.fy}), (std::array{0.5, 0.5, 0.5, 0.5, 0.5}));
  const RadialGradient moved = radial("cx='.25' cy='.75' fy='.5'");
  EXPECT_EQ((std::array{moved.fx, moved.fy}), (std::array{0.25, 0.5})) << "the focus is the centre where nothing else is said";
  EXPECT_EQ(radial("cy='.75' fx='.25'").fy, 0.75);
}

TEST(SvgGradient, percentages_are_of_the_box_or_of_the_viewbox) {
  const LinearGradient box = linear("x1='10%' y1='20%' x2='.3' y2='40%'");
  EXPECT_EQ((std::array{box.x1, box.y1, box.x2, box.y2}), (std::array{0.1, 0.2, 0.3, 0.4}));
  const LinearGradient user = linear("gradientUnits='userSpaceOnUse' x1='10%' y1='20%' x2='30' y2='5px'");
  EXPECT_EQ((std::array{user.x1, user.y1, user.x2, user.y2}), (std::array{10.0, 10.0, 30.0, 5.0}));
  EXPECT_EQ(linear("gradientUnits='userSpaceOnUse'").x2, 100) << "the default is a percentage too";
  EXPECT_DOUBLE_EQ(radial("gradientUnits='userSpaceOnUse' r='10%'").r, 0.1 * std::sqrt((100.0 * 100 + 50 * 50) / 2));
}

TEST(SvgGradient, percentages_know_nothing_of_the_natural_size) {
  const Decoded decoded = decode(fmt::format("<svg width='300' height='150' viewBox='5 5 100 50'>{}</svg>", with("linearGradient", "gradientUnits='userSpaceOnUse'")), "k.svg");
  const auto fill = only_fill(decoded);
  ASSERT_TRUE(fill);
  const Gradient& found = *std::get<std::shared_ptr<const Gradient>>(*fill);
  EXPECT_EQ(std::get<LinearGradient>(found.shape).x2, 100);
  EXPECT_EQ(found.to_drawing, (Transform{3, 0, 0, 3, -15, -15}));
}

TEST(SvgGradient, its_transform_comes_first_then_the_box_then_the_shapes_own) {
  const std::string_view shape = "<g transform='translate(100 0)'><rect x='10' y='20' width='40' height='10' transform='scale(2)' fill='url(#a)'/></g>";
  expect_near(place("", shape), {80, 0, 0, 20, 120, 40});
  expect_near(place("gradientTransform='translate(.5 .5)'", shape), {80, 0, 0, 20, 160, 50});
  expect_near(place("gradientUnits='userSpaceOnUse' gradientTransform='rotate(90)'", shape), {0, 2, -2, 0, 100, 0});
}

TEST(SvgGradient, the_box_is_tight_around_curves) {
  expect_near(place("", "<path d='M0 0C0 4 3 4 3 0Z' fill='url(#a)'/>"), {3, 0, 0, 3, 0, 0});
  expect_near(place("", "<path d='M0 0Q5 10 10 0Z' fill='url(#a)'/>"), {10, 0, 0, 5, 0, 0});
  // x by 0 20 -17 3 turns back where 114 t² - 114 t + 20 = 0: at t = 0.227 it is 6.14, and by symmetry 3 - 6.14 at 1 - t.
  const Transform wide = place("", "<path d='M0 0C20 1 -17 2 3 3L3 9Z' fill='url(#a)'/>");
  EXPECT_NEAR(wide.e * 2 + wide.a, 3, 1e-9);
  EXPECT_NEAR(wide.e, -3.14, 0.01);
  expect_near(place("", "<circle cx='30' cy='20' r='10' fill='url(#a)'/>"), {20, 0, 0, 20, 20, 10});
}

TEST(SvgGradient, each_shape_has_its_own_box_and_user_space_is_shared) {
  const std::string_view shapes = "<g fill='url(#a)'><rect width='4' height='4'/><rect x='9' width='2' height='2'/></g>";
  const auto fills = [&](std::string_view attributes) {
    const Decoded decoded = draw(with("linearGradient", attributes, shapes));
    EXPECT_TRUE(decoded.picture) << decoded.text();
    const auto at = [&](std::size_t i) { return std::get<std::shared_ptr<const Gradient>>(*decoded.drawing().paths.at(i).fill); };
    return std::pair(at(0), at(1));
  };
  const auto boxes = fills("");
  EXPECT_EQ(boxes.first->to_drawing.a, 4);
  EXPECT_EQ(boxes.second->to_drawing.a, 2);
  const auto user = fills("gradientUnits='userSpaceOnUse'");
  EXPECT_EQ(user.first, user.second);
}

TEST(SvgGradient, may_stand_behind_its_shape_in_svg_g_or_defs) {
  for (const std::string_view holder : {"<defs>{}</defs>", "{}", "<g transform='scale(9)'>{}</g>"}) {
    const std::string gradient = fmt::format("<linearGradient id='a'>{}</linearGradient>", kStops);
    const Gradient found = only_gradient("<rect width='2' height='3' fill='url(#a)'/>" + fmt::format(fmt::runtime(holder), gradient));
    EXPECT_EQ(found.to_drawing, (Transform{2, 0, 0, 3, 0, 0})) << holder;
  }
}

TEST(SvgGradient, stops_are_cut_to_the_line_and_never_fall) {
  const Gradient found = only_gradient(
      "<linearGradient id='a'><stop offset='-1' stop-color='white'/><stop offset='60%' stop-color='#0f0'/><stop offset='.2' stop-color='red'/><stop offset='7'/></linearGradient>"
      "<rect width='1' height='1' fill='url(#a)'/>");
  std::vector<double> offsets;
  for (const GradientStop& stop : found.stops) offsets.push_back(stop.offset);
  EXPECT_EQ(offsets, (std::vector<double>{0, 0.6, 0.6, 1}));
  EXPECT_EQ(found.stops[1].color, (Color{0, 255, 0}));
  EXPECT_EQ(found.stops[2].color, kRed);
  EXPECT_EQ(found.stops[3].color, Color{}) << "black at first";
}

TEST(SvgGradient, one_stop_is_a_colour_and_none_is_none) {
  EXPECT_EQ(only_fill(draw("<linearGradient id='a'><stop stop-color='blue' stop-opacity='1'/></linearGradient><rect width='1' height='1' fill='url(#a)'/>")), Fill(kBlue));
  const Decoded none = draw("<linearGradient id='a'/><rect width='1' height='1' fill='url(#a)'/>");
  ASSERT_TRUE(none.picture) << none.text();
  EXPECT_TRUE(none.drawing().paths.empty());
}

TEST(SvgGradient, without_extent_it_is_its_last_colour) {
  EXPECT_EQ(only_fill(draw(with("linearGradient", "x1='.3' y1='.4' x2='.3' y2='40%'"))), Fill(kBlue));
  EXPECT_EQ(only_fill(draw(with("radialGradient", "r='0'"))), Fill(kBlue));
  EXPECT_EQ(only_fill(draw(with("radialGradient", "r='0' fx='.9'"))), Fill(kBlue));
}

TEST(SvgGradient, a_focus_outside_the_circle_is_pulled_in) {
  const RadialGradient far = radial("gradientUnits='userSpaceOnUse' cx='10' cy='10' r='5' fx='40' fy='50'");
  EXPECT_NEAR(far.fx, 10 + 0.99 * 3, 1e-9);
  EXPECT_NEAR(far.fy, 10 + 0.99 * 4, 1e-9);
  EXPECT_EQ(radial("fx='.9'").fx, 0.9) << "inside it stays";
}

TEST(SvgGradient, takes_over_what_it_does_not_say) {
  const Gradient found = only_gradient(
      "<linearGradient id='a' href='#b' x1='.1'/><linearGradient id='b' href='#c' x1='.2' y2='.3' gradientTransform='scale(2)'/>"
      "<radialGradient id='c' gradientUnits='userSpaceOnUse' r='4'><stop stop-color='red'/><stop offset='1'/></radialGradient>"
      "<rect width='1' height='1' fill='url(#a)'/>");
  const LinearGradient shape = std::get<LinearGradient>(found.shape);
  EXPECT_EQ((std::array{shape.x1, shape.y2}), (std::array{0.1, 0.3}));
  EXPECT_EQ(shape.x2, 100) << "a radius is no x2";
  EXPECT_EQ(found.stops.size(), 2u);
  EXPECT_EQ(found.to_drawing, (Transform{2, 0, 0, 2, 0, 0}));
}

TEST(SvgGradient, a_fallback_serves_when_there_is_none) {
  EXPECT_EQ(only_fill(draw("<rect width='1' height='1' fill='url(#a) red'/>")), Fill(kRed));
  EXPECT_EQ(draw("<rect width='1' height='1' fill='url(#a) none'/>").drawing().paths.size(), 0u);
  EXPECT_TRUE(std::holds_alternative<LinearGradient>(only_gradient(with("linearGradient", "", "<rect width='1' height='1' fill='url( \"#a\" ) red'/>")).shape));
}

TEST(SvgGradient, a_shape_without_area_is_not_painted_and_its_stroke_is) {
  const Decoded decoded = draw(with("linearGradient", "", "<path d='M0 0H9' fill='url(#a)' stroke='red'/>"));
  EXPECT_EQ(only_fill(decoded), std::nullopt);
  EXPECT_TRUE(decoded.drawing().paths[0].stroke);
}

TEST(SvgGradient, of_many_shapes_is_counted_by_space) {
  std::string shapes;
  for (int i = 0; i < 4097; ++i) shapes += fmt::format("<rect x='{}' width='1' height='1' fill='url(#a)'/>\n", i);
  const Decoded boxes = draw(with("linearGradient", "", shapes));
  EXPECT_FALSE(boxes.picture);
  EXPECT_EQ(boxes.diags.error_count(), 1u);
  EXPECT_THAT(boxes.text(), HasSubstr("k.svg:4098:1: error: more than 4096 shapes have gradients of their own"));
  EXPECT_TRUE(draw(with("linearGradient", "gradientUnits='userSpaceOnUse'", shapes)).picture);
}

TEST(SvgGradient, bounds_hold_for_definitions_stops_and_chains) {
  std::string many, chain = "<linearGradient id='g0'/>";
  for (int i = 0; i < 5000; ++i) many += fmt::format("<linearGradient id='g{}'/>", i);
  EXPECT_THAT(draw(many).text(), HasSubstr("the picture has more than 4096 gradients"));
  EXPECT_EQ(draw(many).diags.error_count(), 1u);
  for (int i = 1; i <= 33; ++i) chain += fmt::format("<linearGradient id='g{}' href='#g{}'/>", i, i - 1);
  EXPECT_THAT(draw(chain).text(), HasSubstr("attribute 'href': goes through more than 32 gradients"));
  EXPECT_EQ(draw(chain).diags.error_count(), 1u);
  std::string stops;
  for (int i = 0; i < 300; ++i) stops += "<stop/>";
  const Decoded striped = draw(fmt::format("<linearGradient>{}</linearGradient>", stops));
  EXPECT_THAT(striped.text(), HasSubstr("the gradient has more than 256 stops"));
  EXPECT_EQ(striped.diags.error_count(), 1u);
}

struct Wrong {
  std::string body;     // on line 2
  std::string message;  // all that is said
};

class SvgGradientFault : public testing::TestWithParam<Wrong> {};

TEST_P(SvgGradientFault, is_named_with_its_place) {
  const Decoded decoded = draw(GetParam().body);
  EXPECT_FALSE(decoded.picture);
  EXPECT_EQ(decoded.diags.error_count(), 1u) << decoded.text();
  EXPECT_THAT(decoded.text(), HasSubstr(GetParam().message));
}

std::string stop(std::string_view attributes) { return fmt::format("<linearGradient><stop {}/></linearGradient>", attributes); }

INSTANTIATE_TEST_SUITE_P(
    Reference, SvgGradientFault,
    testing::Values(
        Wrong{"<linearGradient id='sky'/><g fill='url(#skye)'/>", "k.svg:2:36: error: attribute 'fill': there is no gradient 'skye'; did you mean 'sky'?\n  hint: name a linearGradient"},
        Wrong{"<g fill='url(a)'/>", "attribute 'fill': expected url(#id), found 'url(a)'\n  hint: name a gradient of the same file"},
        Wrong{"<g fill='url(#)'/>", "expected url(#id), found 'url(#)'"}, Wrong{"<g fill='url(#a'/>", "expected url(#id), found 'url(#a'"},
        Wrong{"<g fill='url(b.svg#a) red'/>", "expected url(#id)"}, Wrong{"<g fill='url(#a) redd'/>", "expected a colour, found 'redd'; did you mean 'red'?"},
        Wrong{with("linearGradient", "", "<rect width='1' height='1' stroke='url(#a)'/>"), "attribute 'stroke': gradients can only fill\n  hint: use a plain colour, #rrggbb, or turn"},
        Wrong{with("linearGradient", "", "<g fill='url(#a)'><text id='t'/></g>"), "<text> is filled with a gradient\n  hint: labels have one colour"},
        Wrong{"<linearGradient id='a' href='#a'/>", "k.svg:2:30: error: attribute 'href': the gradient takes over from itself\n  hint: remove this href"},
        Wrong{"<linearGradient id='a' href='#b'/>", "attribute 'href': expected '#' and the id of a gradient, found '#b'"},
        Wrong{"<linearGradient id='a' href='b'/><linearGradient id='b'/>", "expected '#' and the id of a gradient, found 'b'"},
        Wrong{"<linearGradient id='a'/><radialGradient id='a'/>", "k.svg:2:45: error: two gradients have the id 'a'\n  hint: give each gradient its own id"}));
INSTANTIATE_TEST_SUITE_P(
    Value, SvgGradientFault,
    testing::Values(
        Wrong{with("linearGradient", "x1='1cm'"), "attribute 'x1': expected a number or a percentage, found '1cm'\n  hint: "},
        Wrong{with("linearGradient", "x1='5px%'"), "expected a number or a percentage, found '5px%'"}, Wrong{with("linearGradient", "x1=''"), "found ''"},
        Wrong{with("linearGradient", "cx='1'"), "unknown attribute 'cx' on <linearGradient>"}, Wrong{with("radialGradient", "r='-1'"), "attribute 'r': expected 0 or more, found -1"},
        Wrong{with("radialGradient", "gradientUnits='box'"), "expected one of objectBoundingBox, userSpaceOnUse, found 'box'"},
        Wrong{with("radialGradient", "spreadMethod='reflect'"), "a gradient that goes on with 'reflect' is not drawn\n  hint: write the repeated stops themselves"},
        Wrong{with("radialGradient", "spreadMethod='pads'"), "attribute 'spreadMethod': expected pad, found 'pads'"},
        Wrong{with("radialGradient", "gradientTransform='scale(0)'"), "attribute 'gradientTransform': the transform leaves nothing to see"},
        Wrong{with("radialGradient", "transform='scale(2)'"), "attribute 'transform' is outside the SVG subset\n  hint: put the content into <g transform=\"...\">; a gradient has gradientTransform"},
        Wrong{with("radialGradient", "gradientUnits='userSpaceOnUse' cx='2000000'"), "k.svg:2:169: error: the gradient of <rect> reaches beyond 1000000 units"},
        Wrong{with("linearGradient", "gradientUnits='userSpaceOnUse' gradientTransform='scale(.00001)'",
                   "<g transform='scale(.01)'><rect width='9' height='9' fill='url(#a)'/></g>"),
              "or is squeezed into nothing\n  hint: check its numbers"},
        Wrong{stop("offset='x'"), "attribute 'offset': expected a number or a percentage, found 'x'"}, Wrong{stop("stop-color='none'"), "expected a colour, found 'none'"},
        Wrong{stop("stop-opacity='.5'"), "attribute 'stop-opacity': expected 1, found '.5'\n  hint: mix the colour with the background"},
        Wrong{stop("style='stop-color:red'"), "attribute 'style' is outside the SVG subset\n  hint: write each property as an attribute"},
        Wrong{stop("stop-colour='red'"), "unknown attribute 'stop-colour' on <stop>; did you mean 'stop-color'?"},
        Wrong{"<stop/>", "k.svg:2:1: error: <stop> stands outside a gradient\n  hint: put it into <linearGradient>"},
        Wrong{"<linearGradient><stop><stop/></stop></linearGradient>", "<stop> cannot stand in <stop>"},
        Wrong{"<linearGradient><rect/></linearGradient>", "<rect> cannot stand in <linearGradient>"},
        Wrong{"<linearGradient><animate/></linearGradient>", "<animate> is outside the SVG subset"},
        Wrong{"<linearGradient>red</linearGradient>", "text stands bare in <linearGradient>"},
        Wrong{"<rect width='1' height='1'><linearGradient/></rect>", "<linearGradient> cannot stand in <rect>"}));

TEST(SvgGradient, a_circle_of_references_is_told_where_it_can_be_cut) {
  const Decoded decoded = draw("<linearGradient id='a' href='#b'/><linearGradient id='b' href='#c'/><linearGradient id='c' href='#b'/><g fill='url(#a)'/>");
  EXPECT_FALSE(decoded.picture);
  EXPECT_EQ(decoded.diags.error_count(), 2u) << decoded.text();
  EXPECT_THAT(decoded.text(), HasSubstr("k.svg:2:64: error: attribute 'href': the gradient takes over from itself"));
  EXPECT_THAT(decoded.text(), HasSubstr("k.svg:2:98: error: attribute 'href': the gradient takes over from itself"));
}

}  // namespace
}  // namespace handout::images::test
