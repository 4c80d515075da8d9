#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "make_pictures.h"

namespace handout::images::test {
namespace {

using testing::HasSubstr;

// `body` from line 2 on, in a picture of 100 x 50.
Decoded draw(std::string_view body) {
  return decode(fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 50\">\n{}\n</svg>", body), "k.svg");
}

DrawnPath only_path(std::string_view body) {
  const Decoded decoded = draw(body);
  EXPECT_TRUE(decoded.picture) << decoded.text();
  if (!decoded.picture || decoded.drawing().paths.size() != 1) {
    ADD_FAILURE() << body << " does not give one path";
    return {};
  }
  return decoded.drawing().paths.front();
}

TEST(Svg, its_units_are_points_at_the_natural_size) {
  const Decoded decoded = decode("<svg viewBox=\"10 20 300 150.5\"><rect x=\"10\" y=\"20\" width=\"1\" height=\"1\"/></svg>", "k.svg");
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.picture->file, "k.svg");
  EXPECT_EQ(decoded.picture->natural_size, (Size{300_pt, 150.5_pt}));
  EXPECT_EQ(decoded.drawing().width, 300);
  EXPECT_EQ(decoded.drawing().height, 150.5);
  EXPECT_EQ(decoded.drawing().paths[0].segments[0].x, 0) << "the corner of the viewBox is (0, 0)";
  EXPECT_EQ(decoded.drawing().paths[0].segments[0].y, 0);
}

TEST(Svg, width_and_height_serve_without_a_viewbox_and_must_fit_one) {
  EXPECT_EQ(decode("<svg width=\"30\" height=\"20px\"/>").picture->natural_size, (Size{30_pt, 20_pt}));
  EXPECT_EQ(decode("<svg width=\"60mm\" height=\"3cm\" viewBox=\"0 0 200 100\"/>").picture->natural_size, (Size{200_pt, 100_pt}));
  EXPECT_THAT(decode("<svg width=\"60mm\" height=\"60mm\" viewBox=\"0 0 200 100\"/>").text(), HasSubstr("p.bin:1:6: error: width and height have another shape than the viewBox"));
  EXPECT_THAT(decode("<svg width=\"60mm\" height=\"60mm\"/>").text(), HasSubstr("<svg> has no viewBox"));
  EXPECT_THAT(decode("<svg width=\"100%\" viewBox=\"0 0 200 100\"/>").text(), HasSubstr("attribute 'width': expected a length above zero, found '100%'"));
  EXPECT_THAT(decode("<svg/>").text(), HasSubstr("hint: write viewBox=\"0 0 width height\""));
  EXPECT_THAT(decode("<svg viewBox=\"0 0 200\"/>").text(), HasSubstr("expected four numbers, found '0 0 200'"));
  EXPECT_THAT(decode("<svg viewBox=\"0 0 0 1\"/>").text(), HasSubstr("the picture is 0 x 1 units"));
  EXPECT_THAT(decode("<svg viewBox=\"0 0 1 99999\"/>").text(), HasSubstr("sides from 0.01 to 14400 were expected"));
}

TEST(Svg, the_fill_is_black_and_the_stroke_none_unless_said) {
  const DrawnPath path = only_path("<rect width=\"4\" height=\"4\"/>");
  EXPECT_EQ(path.fill, Fill(Color{}));
  EXPECT_EQ(path.fill_rule, FillRule::NonZero);
  EXPECT_FALSE(path.stroke);
}

TEST(Svg, every_shape_becomes_a_path) {
  const Decoded decoded = draw(
      "<path d='M0 0H1V1Z'/><rect x='1' y='2' width='3' height='4' rx='1'/><circle cx='5' cy='5' r='2'/><ellipse cx='5' cy='5' rx='2' ry='1'/>"
      "<g stroke='red'><line x1='1' y1='2' x2='3' y2='4'/><polyline points='0 0 1 0 1 1'/></g><polygon points='0 0 1 0 1 1'/>");
  ASSERT_TRUE(decoded.picture) << decoded.text();
  std::vector<std::size_t> sizes;
  for (const DrawnPath& path : decoded.drawing().paths) sizes.push_back(path.segments.size());
  EXPECT_EQ(sizes, (std::vector<std::size_t>{4, 10, 6, 6, 2, 3, 4}));
  EXPECT_FALSE(decoded.drawing().paths[4].fill) << "a line has no inside";
  EXPECT_EQ(decoded.drawing().paths[4].segments[1].y, 4);
  EXPECT_TRUE(decoded.drawing().paths[5].fill) << "a polyline has";
}

TEST(Svg, style_attributes) {
  const DrawnPath path = only_path(
      "<path d='M0 0H9V9' fill='#1a2B3c' fill-rule='evenodd' stroke='#f80' stroke-width='2.5' stroke-linecap='round' stroke-linejoin='bevel' "
      "stroke-miterlimit='7' stroke-dasharray='3 1.5, 2' stroke-dashoffset='-1px'/>");
  EXPECT_EQ(path.fill, Fill(Color{0x1a, 0x2b, 0x3c}));
  EXPECT_EQ(path.fill_rule, FillRule::EvenOdd);
  ASSERT_TRUE(path.stroke);
  EXPECT_EQ(path.stroke->color, (Color{0xff, 0x88, 0}));
  EXPECT_EQ(path.stroke->width, 2.5);
  EXPECT_EQ(path.stroke->cap, LineCap::Round);
  EXPECT_EQ(path.stroke->join, LineJoin::Bevel);
  EXPECT_EQ(path.stroke->miter_limit, 7);
  EXPECT_EQ(path.stroke->dashes, (std::vector<double>{3, 1.5, 2, 3, 1.5, 2})) << "an odd list is said twice";
  EXPECT_EQ(path.stroke->dash_offset, -1);
}

TEST(Svg, the_sixteen_names) {
  EXPECT_EQ(only_path("<rect width='1' height='1' fill='teal'/>").fill, Fill(Color{0, 128, 128}));
  EXPECT_EQ(only_path("<rect width='1' height='1' fill=' fuchsia '/>").fill, Fill(Color{255, 0, 255}));
  EXPECT_THAT(draw("<rect width='1' height='1' fill='tea'/>").text(), HasSubstr("k.svg:2:34: error: attribute 'fill': expected a colour, found 'tea'; did you mean 'teal'?"));
}

TEST(Svg, g_hands_down_what_shapes_do_not_say) {
  const Decoded decoded = draw(
      "<g fill='red' stroke='blue' stroke-width='3'><rect width='1' height='1'/><g fill='none'><rect width='1' height='1' stroke-width='4'/></g>"
      "<rect width='1' height='1' fill='inherit'/></g><rect width='1' height='1'/>");
  ASSERT_TRUE(decoded.picture) << decoded.text();
  const auto& paths = decoded.drawing().paths;
  ASSERT_EQ(paths.size(), 4u);
  EXPECT_EQ(paths[0].fill, Fill(Color{255, 0, 0}));
  EXPECT_EQ(paths[0].stroke->width, 3);
  EXPECT_FALSE(paths[1].fill);
  EXPECT_EQ(paths[1].stroke->width, 4);
  EXPECT_EQ(paths[2].fill, Fill(Color{255, 0, 0}));
  EXPECT_EQ(paths[3].fill, Fill(Color{}));
  EXPECT_FALSE(paths[3].stroke) << "the group has ended";
}

TEST(Svg, transforms_nest_and_scale_strokes) {
  const DrawnPath path = only_path(
      "<g transform='translate(10 20)'><path d='M0 0H1V1' transform='scale(2) rotate(90)' stroke='red' stroke-width='3' stroke-dasharray='1 2' stroke-dashoffset='5'/></g>");
  ASSERT_EQ(path.segments.size(), 3u);
  EXPECT_DOUBLE_EQ(path.segments[1].x, 10);
  EXPECT_DOUBLE_EQ(path.segments[1].y, 22);
  EXPECT_DOUBLE_EQ(path.segments[2].x, 8);
  EXPECT_DOUBLE_EQ(path.stroke->width, 6);
  EXPECT_EQ(path.stroke->dashes, (std::vector<double>{2, 4}));
  EXPECT_DOUBLE_EQ(path.stroke->dash_offset, 10);
}

TEST(Svg, a_stretched_stroke_is_a_fault_a_stretched_fill_is_not) {
  EXPECT_EQ(only_path("<rect width='1' height='1' transform='scale(2 3)'/>").segments[2].y, 3);
  EXPECT_THAT(draw("<rect width='1' height='1' transform='scale(2 3)' stroke='red'/>").text(),
              HasSubstr("k.svg:2:1: error: the stroke of <rect> is stretched by a transform that scales unequally or skews\n  hint: apply the transform"));
}

TEST(Svg, what_paints_nothing_is_left_out) {
  const Decoded decoded = draw(
      "<rect width='0' height='5'/><circle r='0'/><path d=''/><rect width='1' height='1' fill='none'/><path d='M0 0L9 9'/>"
      "<path d='M0 0L9 9' stroke='red' stroke-width='0'/><polyline points=''/>");
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.drawing().paths.size(), 0u);
}

TEST(Svg, dashes_of_nothing_are_a_solid_line) {
  EXPECT_TRUE(only_path("<path d='M0 0H9' stroke='red' stroke-dasharray='0 0'/>").stroke->dashes.empty());
  EXPECT_TRUE(only_path("<g stroke-dasharray='1'><path d='M0 0H9' stroke='red' stroke-dasharray='none'/></g>").stroke->dashes.empty());
}

TEST(Svg, text_with_an_id_is_a_place_for_a_label) {
  const Decoded decoded = draw(
      "<g transform='translate(10 5) scale(2)' font-size='6' text-anchor='middle' fill='navy'>\n"
      "  <text id='bone' x='7' y='8' font-weight='bold' data-width='20'>thigh bone</text></g><text id='skin'/>");
  ASSERT_TRUE(decoded.picture) << decoded.text();
  ASSERT_EQ(decoded.drawing().places.size(), 2u);
  const TextPlace& bone = decoded.drawing().places[0];
  EXPECT_EQ(bone.id, "bone");
  EXPECT_DOUBLE_EQ(bone.x, 24);
  EXPECT_DOUBLE_EQ(bone.y, 21);
  EXPECT_EQ(bone.anchor, Anchor::Middle);
  EXPECT_DOUBLE_EQ(bone.font_size, 12);
  EXPECT_EQ(bone.width, 40);
  EXPECT_EQ(bone.weight, 700);
  EXPECT_EQ(bone.color, (Color{0, 0, 128}));
  EXPECT_EQ(to_text(bone.at), "k.svg:3:3");
  const TextPlace& skin = decoded.drawing().places[1];
  EXPECT_EQ(skin.font_size, 16);
  EXPECT_EQ(skin.weight, 400);
  EXPECT_EQ(skin.anchor, Anchor::Start);
  EXPECT_FALSE(skin.width);
}

TEST(Svg, titles_descriptions_and_empty_defs_are_no_shapes) {
  const Decoded decoded = draw("<title>A knee</title><desc>of <b>some</b>one</desc><defs/><defs id='d'><title>t</title></defs><g role='img' aria-label='x' xml:lang='en'><rect width='1' height='1'><title>t</title></rect></g>");
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.drawing().paths.size(), 1u);
  EXPECT_EQ(decoded.text(), "");
}

struct Wrong {
  std::string body;     // on line 2
  std::string message;  // all that is said
};

class SvgFault : public testing::TestWithParam<Wrong> {};

TEST_P(SvgFault, is_named_with_its_place) {
  const Decoded decoded = draw(GetParam().body);
  EXPECT_FALSE(decoded.picture);
  EXPECT_EQ(decoded.diags.error_count(), 1u) << decoded.text();
  EXPECT_THAT(decoded.text(), HasSubstr(GetParam().message));
}

std::vector<Wrong> refused_elements() {
  std::vector<Wrong> all;
  for (const char* const name : {"use", "symbol", "marker", "pattern", "filter", "clipPath", "mask", "image", "style", "script", "animate",
                                 "textPath", "foreignObject", "a", "svg", "switch", "metadata"}) {
    all.push_back({fmt::format(" <{}/>", name), fmt::format("k.svg:2:2: error: <{}> is outside the SVG subset\n  hint: ", name)});
  }
  return all;
}

std::vector<Wrong> refused_attributes() {
  std::vector<Wrong> all;
  for (const char* const name : {"style", "class", "opacity", "fill-opacity", "stroke-opacity", "filter", "clip-path", "mask", "marker-end", "display", "visibility", "color",
                                 "font-family", "font-style"}) {
    all.push_back({fmt::format("<path d='M0 0' {}='1'/>", name), fmt::format("k.svg:2:16: error: attribute '{}' is outside the SVG subset\n  hint: ", name)});
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Element, SvgFault, testing::ValuesIn(refused_elements()));
INSTANTIATE_TEST_SUITE_P(Attribute, SvgFault, testing::ValuesIn(refused_attributes()));
INSTANTIATE_TEST_SUITE_P(
    Value, SvgFault,
    testing::Values(
        Wrong{"<rekt/>", "k.svg:2:1: error: unknown element <rekt>; did you mean 'rect'?\n  hint: remove it"},
        Wrong{"<rect width='1' height='1' hight='2'/>", "k.svg:2:28: error: unknown attribute 'hight' on <rect>; did you mean 'height'?"},
        Wrong{"<path d='M0 0' rx='2'/>", "unknown attribute 'rx' on <path>"},
        Wrong{"<g onclick='x'/>", "unknown attribute 'onclick' on <g>"},
        Wrong{"<g data-width='3'/>", "unknown attribute 'data-width' on <g>"},
        Wrong{"<defs><path d='M0 0'/></defs>", "k.svg:2:1: error: <defs> is outside the SVG subset\n  hint: <defs> may hold only gradients, title and desc"},
        Wrong{"<path/>", "k.svg:2:1: error: <path> has no 'd'"},
        Wrong{"<rect width='1'/>", "<rect> has no 'height'"},
        Wrong{"<circle/>", "<circle> has no 'r'"},
        Wrong{"<ellipse rx='1'/>", "<ellipse> has no 'ry'"},
        Wrong{"<polygon/>", "<polygon> has no 'points'"},
        Wrong{"<path d='M0 0L1'/>", "k.svg:2:10: error: attribute 'd': expected a number, found its end (character 7)"},
        Wrong{"<polygon points='1 2 3'/>", "attribute 'points': expected y of the last point, found its end (character 6)"},
        Wrong{"<g transform='turn(1)'/>", "k.svg:2:15: error: attribute 'transform': expected matrix, translate"},
        Wrong{"<rect width='-1' height='1'/>", "attribute 'width': expected 0 or more, found -1"},
        Wrong{"<rect width='50%' height='1'/>", "attribute 'width': expected a number, found '50%'\n  hint: write it in the units of the viewBox"},
        Wrong{"<rect width='5mm' height='1'/>", "expected a number, found '5mm'"},
        Wrong{"<rect width='' height='1'/>", "expected a number, found ''"},
        Wrong{"<g fill='currentColor'/>", "currentColor has no meaning in print\n  hint: write the colour itself"},
        Wrong{"<g stroke='url(#a)'/>", "attribute 'stroke': gradients can only fill\n  hint: use a plain colour"},
        Wrong{"<g fill='rgb(1,2,3)'/>", "expected a colour, found 'rgb(1,2,3)'"},
        Wrong{"<g fill='#12345'/>", "expected a colour, found '#12345'"},
        Wrong{"<g stroke-width='-1'/>", "attribute 'stroke-width': expected at least 0, found -1"},
        Wrong{"<g stroke-miterlimit='0.5'/>", "expected at least 1, found 0.5"},
        Wrong{"<g stroke-linecap='flat'/>", "expected one of butt, round, square, found 'flat'"},
        Wrong{"<g stroke-linejoin='arcs'/>", "expected one of miter, round, bevel, found 'arcs'"},
        Wrong{"<g fill-rule='odd'/>", "expected one of nonzero, evenodd, found 'odd'"},
        Wrong{"<g stroke-dasharray='1 -2'/>", "a dash cannot be negative"},
        Wrong{"<g stroke-dasharray='1 2%'/>", "expected a number, or none, found '%' (character 4)"},
        Wrong{"<g stroke-dasharray='1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1'/>", "more than 32 numbers (character 66)"},
        Wrong{"<g stroke-dasharray=''/>", "expected a number, or none, found its end"},
        Wrong{"<g font-size='0'/>", "attribute 'font-size': expected at least 0.1, found 0"},
        Wrong{"<g font-weight='bolder'/>", "expected normal, bold or a number from 1 to 1000, found 'bolder'"},
        Wrong{"<g text-anchor='left'/>", "expected one of start, middle, end, found 'left'"},
        Wrong{"<path d='M0 0H900000000V1'/>", "k.svg:2:1: error: <path> reaches beyond 1000000 units"},
        Wrong{"words", "text stands bare in <svg>"},
        Wrong{"<rect width='1' height='1'>words</rect>", "text stands bare in <rect>"},
        Wrong{"<rect width='1' height='1'><circle r='1'/></rect>", "k.svg:2:28: error: <circle> cannot stand in <rect>"}));
INSTANTIATE_TEST_SUITE_P(
    Text, SvgFault,
    testing::Values(Wrong{"<text>hip</text>", "k.svg:2:1: error: <text> has no id, so that it could not be translated\n  hint: "},
                    Wrong{"<text id='1a'/>", "k.svg:2:11: error: '1a' cannot be the id of a label"},
                    Wrong{"<text id='a'/><text id='a'/>", "two labels have the id 'a'"},
                    Wrong{"<text id='a'><tspan>b</tspan></text>", "k.svg:2:14: error: <tspan> is outside the SVG subset\n  hint: write one <text> with an id for each line"},
                    Wrong{"<text id='a' x='1 2 3'/>", "attribute 'x': expected a number, found '1 2 3'"},
                    Wrong{"<text id='a' dy='1'/>", "attribute 'dy' is outside the SVG subset"},
                    Wrong{"<text id='a' transform='rotate(90)'/>", "<text> is turned, mirrored or stretched by a transform"},
                    Wrong{"<text id='a' transform='scale(-1 1)'/>", "<text> is turned, mirrored or stretched by a transform"},
                    Wrong{"<text id='a' transform='scale(1 2)'/>", "<text> is turned, mirrored or stretched by a transform"},
                    Wrong{"<text id='a' fill='none'/>", "<text> has no fill"},
                    Wrong{"<g stroke='red'><text id='a'/></g>", "<text> is stroked, which labels cannot be"},
                    Wrong{"<text id='a' data-width='0'/>", "attribute 'data-width': expected more than 0"}));

TEST(Svg, all_faults_are_told_at_once) {
  const Decoded decoded = draw("<use/>\n<rect style='x' width='a' height='1'/>\n<g class='x'><image/></g>");
  EXPECT_FALSE(decoded.picture);
  EXPECT_EQ(decoded.diags.error_count(), 5u) << decoded.text();
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(Svg, a_large_file_is_refused) {
  const Decoded decoded = draw(std::string(8u << 20, ' '));
  EXPECT_FALSE(decoded.picture);
  EXPECT_EQ(decoded.text(), "a.xml:3:7: error: picture 'k.svg' has more than 8 MB, the most that is read of a drawing\n"
                            "  hint: simplify it in the drawing program, or place it as PNG\n");
}

TEST(Svg, more_than_500000_segments_are_refused) {
  EXPECT_TRUE(draw("<path d='M0 0" + repeated("h1", 249'999) + repeated("h-1", 250'000) + "'/>").picture);
  EXPECT_THAT(draw("<path d='M0 0" + repeated("h1", 600'000) + "'/>").text(), HasSubstr("attribute 'd': the path has more than 500000 segments (character 1000005)"));
  const Decoded many = draw(repeated("<rect width='1' height='1'/>\n", 130'000));
  EXPECT_FALSE(many.picture);
  EXPECT_EQ(many.diags.error_count(), 1u);
  EXPECT_THAT(many.text(), HasSubstr("k.svg:100002:1: error: the picture has more than 500000 path segments\n  hint: simplify it"));
}

TEST(Svg, after_200_faults_nobody_reads_on) {
  EXPECT_EQ(draw(repeated("<use/>", 1000)).diags.error_count(), 200u);
  EXPECT_EQ(draw("<rect width='1' height='1'>" + repeated("<g/>", 1000) + "</rect>").diags.error_count(), 200u);
}

TEST(Svg, ten_thousand_labels_take_no_time) {
  std::string labels;
  for (int i = 0; i < 10'000; ++i) labels += fmt::format("<text id='a{}'/>", i);
  const Decoded decoded = draw(labels);
  ASSERT_TRUE(decoded.picture) << decoded.text();
  EXPECT_EQ(decoded.drawing().places.size(), 10'000u);
}

TEST(Svg, the_xml_itself_must_be_sound) {
  EXPECT_THAT(decode("<svg viewBox='0 0 1 1'>", "k.svg").text(), HasSubstr("k.svg:"));
  EXPECT_FALSE(decode("<svg viewBox='0 0 1 1'>").picture);
  EXPECT_FALSE(decode("<svg xmlns='http://example.org' viewBox='0 0 1 1'/>").picture);
  EXPECT_FALSE(decode("<svg viewBox='0 0 1 1'/><svg/>").picture);
}

TEST(Svg, an_earlier_fault_of_others_does_not_count) {
  Diagnostics diags;
  diags.error({}, "something before");
  EXPECT_TRUE(decode_picture("<svg viewBox='0 0 1 1'/>", "k.svg", {}, diags));
}

}  // namespace
}  // namespace handout::images::test
