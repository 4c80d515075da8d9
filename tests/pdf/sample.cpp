#include "pdf/sample.h"

namespace handout::test {

using namespace display;

namespace {

ElementInfo info(Role role) {
  ElementInfo result;
  result.role = role;
  return result;
}

void add_list(Maker& maker) {
  ElementInfo list = info(Role::List);
  list.numbering = ListNumbering::Decimal;
  const StructureId items = maker.element(list, maker.root);
  for (const auto& [label, text] : {std::pair{"1.", "Bend the knee."}, std::pair{"2.", "Stretch it."}}) {
    const StructureId item = maker.element(info(Role::ListItem), items);
    maker.block(Role::Label, label, item);
    const StructureId body = maker.element(info(Role::ListBody), item);
    maker.block(Role::P, text, body);
  }
}

void add_table(Maker& maker) {
  const StructureId table = maker.element(info(Role::Table), maker.root);
  const StructureId head = maker.element(info(Role::TableRow), maker.element(info(Role::TableHead), table));
  for (const char* text : {"Day", "Dose"}) {
    ElementInfo cell = info(Role::TableHeader);
    cell.scope = Scope::Column;
    maker.block(cell, text, head);
  }
  const StructureId body = maker.element(info(Role::TableBody), table);
  const StructureId first = maker.element(info(Role::TableRow), body);
  maker.block(Role::TableData, "Monday", first);
  ElementInfo tall = info(Role::TableData);
  tall.row_span = 2;
  maker.block(tall, "1 tablet", first);
  const StructureId second = maker.element(info(Role::TableRow), body);
  maker.element(info(Role::TableData), second);  // an empty cell
}

void add_link(Maker& maker) {
  FragmentElement link{info(Role::Link), LocalElement(0), UriTarget{"https://example.org/knee"}, "Knee exercises on the web"};
  Fragment fragment = one_line({{info(Role::P), {}, {}, {}}, link},
                               {text_command("See ", kLatin, {0_pt, 14_pt}), text_command("our page", kLatin, {30_pt, 14_pt}, 1),
                                {LinkArea{{30_pt, 2_pt, 50_pt, 16_pt}}, LocalElement(1)},
                                {FilledRect{{30_pt, 15_pt, 50_pt, 0.5_pt}, {0, 0, 200}, {}}, std::nullopt},
                                text_command(" for more.", kLatin, {82_pt, 14_pt})});
  maker.place(std::move(fragment), maker.root);
}

void add_figure(Maker& maker) {
  auto picture = std::make_shared<images::Picture>();
  images::DrawnPath path;
  path.segments = {{images::SegmentKind::Move, 0, 0, 0, 0, 1, 1}, {images::SegmentKind::Line, 0, 0, 0, 0, 9, 1}, {images::SegmentKind::Close, 0, 0, 0, 0, 0, 0}};
  path.fill = Color{200, 30, 30};
  picture->file = "knee.svg";
  picture->content = images::Drawing{10, 10, {path}, {}};
  ElementInfo figure = info(Role::Figure);
  figure.alt = "A bent knee";
  const StructureId id = maker.place(one_line({{figure, {}, {}, {}}}, {{PlacedPicture{picture, {0_pt, 0_pt, 50_pt, 20_pt}}, LocalElement(0)}}), maker.root);
  maker.block(Role::Caption, "The knee", id);
}

// Two lines of one paragraph, the second on the next page.
void add_split_paragraph(Maker& maker) {
  Fragment fragment = one_line({{info(Role::P), {}, {}, {}}}, {text_command("The first half ", kLatin, {0_pt, 14_pt}), text_command("and the second.", kLatin, {0_pt, 34_pt})});
  fragment.lines = {{0_pt, 20_pt, 14_pt, 0, 1}, {20_pt, 20_pt, 14_pt, 1, 1}};
  maker.place(fragment, maker.root);
  Placement& first = maker.document.pages.back().placements.back();
  first.line_count = 1;
  Placement second = first;
  maker.add_page();
  second.first_line = 1;
  second.position = {60_pt, 60_pt};
  maker.document.pages.back().placements.push_back(second);
  maker.y = 84_pt;
}

}  // namespace

DisplayDocument sample() {
  Maker maker;
  maker.artifact(ArtifactKind::Header, "City Clinic", {60_pt, 20_pt});
  maker.block(Role::H1, "Knee", maker.root);
  maker.block(Role::P, "Résumé: take 5 µg daily.", maker.root);
  ElementInfo foreign = info(Role::P);
  foreign.language = "ar";
  maker.block(foreign, "مرحبا بكم في العيادة", maker.root, kArabic);
  foreign.language = "hi";
  maker.block(foreign, "किताब और क्षेत्र", maker.root, kDevanagari);
  foreign.language = "zh-Hans";
  maker.block(foreign, "膝关节练习", maker.root, kChinese);
  maker.block(Role::H2, "Exercises", maker.root);
  add_list(maker);
  add_table(maker);
  add_link(maker);
  add_figure(maker);
  add_split_paragraph(maker);
  maker.artifact(ArtifactKind::Footer, "Page 2", {60_pt, 800_pt});
  maker.document.outline = {{1, "Knee", PageIndex(0), {60_pt, 60_pt}, StructureId(1)}, {2, "Exercises — 练习", PageIndex(0), {60_pt, 160_pt}, StructureId(6)}};
  maker.document.pages[0].label = "1";
  maker.document.pages[1].label = "2";
  return maker.document;
}

}  // namespace handout::test
