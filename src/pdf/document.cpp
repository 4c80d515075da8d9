#include "pdf/document.h"

#include <span>
#include <vector>

#include "pdf/content_stream.h"
#include "pdf/embed_font.h"
#include "pdf/embed_picture.h"
#include "pdf/font_table.h"
#include "pdf/metadata.h"
#include "pdf/navigation.h"
#include "pdf/paint_page.h"
#include "pdf/saver.h"
#include "pdf/structure_tree.h"
#include "pdf/text_string.h"

namespace handout::pdf {

namespace {

// Beyond this the page tree gets a second level: libharu's arrays hold 32,767 kids.
constexpr std::size_t kPagesInOneNode = 256;

std::vector<HPDF_Page> add_pages(Haru& haru, const display::DisplayDocument& document) {
  if (document.pages.size() > kPagesInOneNode) haru.record(HPDF_SetPagesConfiguration(haru.document(), kPagesInOneNode));
  std::vector<HPDF_Page> pages;
  for (const display::Page& page : document.pages) {
    if (haru.status() != HPDF_OK) break;
    HPDF_Page added = HPDF_AddPage(haru.document());
    HPDF_Array box = haru.array();
    for (const double side : {0.0, 0.0, page.size.width.points(), page.size.height.points()}) haru.push_real(box, side);
    haru.put(added, "MediaBox", box);
    pages.push_back(added);
  }
  return pages;
}

std::vector<PaintedPage> paint_pages(const PaintInput& input, StructureTree& structure) {
  std::vector<PaintedPage> painted;
  for (std::size_t i = 0; i < input.document.pages.size(); ++i) painted.push_back(paint_page(input, display::PageIndex(i), structure));
  return painted;
}

HPDF_Dict resources_of(Haru& haru, const PaintedPage& painted, std::span<const HPDF_Dict> fonts) {
  HPDF_Dict resources = haru.dict();
  if (!painted.fonts.empty()) {
    HPDF_Dict names = haru.dict();
    for (const FontIndex font : painted.fonts) haru.put(names, ("F" + std::to_string(font.value() + 1)).c_str(), fonts[font.value()]);
    haru.put(resources, "Font", names);
  }
  if (!painted.objects.empty()) {
    HPDF_Dict names = haru.dict();
    for (const auto& [name, object] : painted.objects) haru.put(names, name.c_str(), object);
    haru.put(resources, "XObject", names);
  }
  return resources;
}

void fill_page(Haru& haru, HPDF_Page page, const PaintedPage& painted, std::span<const HPDF_Dict> fonts) {
  if (haru.status() != HPDF_OK) return;
  const auto* attributes = static_cast<const HPDF_PageAttr_Rec*>(page->attr);
  attributes->contents->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
  if (!painted.content.empty()) {
    haru.record(HPDF_Stream_Write(attributes->stream, reinterpret_cast<const HPDF_BYTE*>(painted.content.data()), narrow<HPDF_UINT>(painted.content.size())));
  }
  haru.put(page, "Resources", resources_of(haru, painted, fonts));
  // ISO 14289-1, 7.18.3.
  haru.put_name(page, "Tabs", "S");
  if (painted.transparent) {
    // ISO 19005-2, 6.2.10: where transparency is blended, the page says in which space.
    HPDF_Dict group = haru.dict();
    haru.put_name(group, "S", "Transparency");
    haru.put_name(group, "CS", "DeviceRGB");
    haru.put(page, "Group", group);
  }
}

}  // namespace

Diagnostics::Added report_failure(const Haru& haru, Diagnostics& diags) {
  const HPDF_STATUS status = haru.status();
  if (status == HPDF_FAILD_TO_ALLOC_MEM) return diags.machine_error({}, "out of memory while writing the PDF");
  return diags.machine_error({}, "libharu could not write the PDF (code 0x" + hex16(static_cast<unsigned>(status)) + ")");
}

Result<std::monostate> build_document(Haru& haru, const display::DisplayDocument& document, const Resources& resources, Diagnostics& diags) {
  if (haru.status() != HPDF_OK) return report_failure(haru, diags);
  const Result<FontTable> fonts = FontTable::build(document, resources.fonts, diags);
  const Result<PictureTable> pictures = PictureTable::build(haru, document, diags);
  const bool described = write_metadata(haru, document, resources.srgb_profile, diags);
  if (!fonts || !pictures || !described) return tl::unexpected<Failure>(Failure{});

  StructureTree structure(document);
  const std::vector<HPDF_Page> pages = add_pages(haru, document);
  const std::vector<HPDF_Dict> font_dicts = embed_fonts(haru, *fonts, resources.fonts);
  if (haru.status() != HPDF_OK) return report_failure(haru, diags);
  const std::vector<PaintedPage> painted = paint_pages({document, *fonts, *pictures}, structure);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    fill_page(haru, pages[i], painted[i], font_dicts);
    if (structure.has_content(display::PageIndex(i))) haru.put_number(pages[i], "StructParents", narrow<std::int64_t>(i));
  }
  if (!write_links(haru, painted, pages, structure, diags)) return tl::unexpected<Failure>(Failure{});
  const std::vector<HPDF_Dict> elements = structure.write(haru, pages);
  write_destinations(haru, painted, pages);
  write_outline(haru, document, pages, elements);
  write_page_labels(haru, document);
  if (haru.status() != HPDF_OK) return report_failure(haru, diags);
  return std::monostate{};
}

Result<std::string> write_pdf(const display::DisplayDocument& document, const Resources& resources, Diagnostics& diags) {
  Haru haru;
  if (!build_document(haru, document, resources, diags)) return tl::unexpected<Failure>(Failure{});
  std::string bytes = save(haru);
  if (bytes.empty()) return report_failure(haru, diags);
  return bytes;
}

}  // namespace handout::pdf
