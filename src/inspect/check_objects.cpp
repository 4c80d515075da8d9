// Every object of the file, whatever uses it: limits, filters, resources, actions (ISO 19005-2, 6.1, 6.2, 6.5, 6.10, 6.11).
#include <algorithm>
#include <array>
#include <cmath>

#include "inspect/check_parts.h"

namespace handout::inspect {

namespace {

constexpr int kDeepestValue = 100;

constexpr std::array<std::string_view, 7> kActions{"GoTo", "GoToE", "GoToR", "Named", "SubmitForm", "Thread", "URI"};
constexpr std::array<std::string_view, 14> kForbiddenActions{"GoTo3DView", "Hide",     "ImportData", "JavaScript", "Launch", "Movie",     "NOP",
                                                             "Rendition",  "ResetForm", "SetOCGState", "SetState",   "Sound",  "Trans", "no-op"};
constexpr std::array<std::string_view, 4> kPageActions{"FirstPage", "LastPage", "NextPage", "PrevPage"};
constexpr std::array<std::string_view, 17> kBlendModes{"Color",   "ColorBurn", "ColorDodge", "Compatible", "Darken",   "Difference", "Exclusion", "HardLight", "Hue",
                                                       "Lighten", "Luminosity", "Multiply",   "Normal",     "Overlay",  "Saturation", "Screen",    "SoftLight"};
// Filters of ISO 32000-1, table 6, that ISO 19005-2 allows and that handouts make use of; the others of the table would need checks of their own.
constexpr std::array<std::string_view, 5> kFilters{"ASCII85Decode", "ASCIIHexDecode", "DCTDecode", "FlateDecode", "RunLengthDecode"};
constexpr std::array<std::string_view, 3> kUnusedFilters{"CCITTFaxDecode", "JBIG2Decode", "JPXDecode"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

std::vector<QPDFObjectHandle> items_of(QPDFObjectHandle value) {
  if (value.isArray()) return value.getArrayAsVector();
  return value.isNull() ? std::vector<QPDFObjectHandle>{} : std::vector<QPDFObjectHandle>{value};
}

class ObjectCheck {
 public:
  ObjectCheck(Document& document, Faults& faults) : document_(document), faults_(faults) {}

  Found run() {
    for (QPDFObjectHandle& object : document_.pdf->getAllObjects()) {
      where_ = "object " + object.getObjGen().unparse(' ');
      walk(object, 0);
    }
    where_ = "trailer";
    walk(document_.pdf->getTrailer(), 0);
    check_catalog(document_.pdf->getRoot());
    for (std::size_t i = 0; i < document_.pages.size(); ++i) {
      where_ = "page " + std::to_string(i + 1);
      check_page(document_.pages[i]);
    }
    return std::move(found_);
  }

 private:
  void fault(std::string_view numbers, std::string_view text) { add_fault(faults_, numbers, where_ + ": " + std::string(text)); }

  void walk(QPDFObjectHandle value, int depth) {
    if (depth > kDeepestValue) return fault("PDF 7.3", "values are nested too deeply");
    if (depth > 0 && value.isIndirect()) return;  // has its own turn
    if (value.isArray()) {
      for (QPDFObjectHandle& item : value.getArrayAsVector()) walk(item, depth + 1);
    } else if (value.isStream()) {
      check_stream(value);
      walk_dictionary(value.getDict(), depth);
    } else if (value.isDictionary()) {
      walk_dictionary(value, depth);
    } else if (const auto over = over_limit(value)) {
      fault(over->numbers, over->text);
    }
  }

  void walk_dictionary(QPDFObjectHandle dict, int depth) {
    check_dictionary(dict);
    for (const auto& [key, value] : dict.getDictAsMap()) {
      if (const auto over = over_limit(QPDFObjectHandle::newName(key))) fault(over->numbers, over->text);
      walk(value, depth + 1);
    }
  }

  // ---- streams ----

  void check_stream(QPDFObjectHandle stream) {
    QPDFObjectHandle dict = stream.getDict();
    for (const char* key : {"/F", "/FFilter", "/FDecodeParms"}) {
      if (dict.hasKey(key)) fault("A 6.1.7.1-3", std::string("the stream's dictionary has ") + (key + 1));
    }
    const std::vector<QPDFObjectHandle> parameters = items_of(dict.getKey("/DecodeParms"));
    std::size_t i = 0;
    for (QPDFObjectHandle& filter : items_of(dict.getKey("/Filter"))) {
      const std::string name = name_of(filter);
      const bool identity = name == "Crypt" && i < parameters.size() && QPDFObjectHandle(parameters[i]).getKeyIfDict("/Name").isNameAndEquals("/Identity");
      ++i;
      if (contains(kUnusedFilters, name)) fault("H-06", "filter " + name);
      else if (!identity && !contains(kFilters, name)) fault("A 6.1.7.2-1", "filter " + name);
    }
    if (dict.isDictionaryOfType("/Metadata")) found_.metadata.emplace_back(where_, stream);
    if (dict.getKey("/Subtype").isNameAndEquals("/Image")) check_image(dict);
    else if (dict.getKey("/Subtype").isNameAndEquals("/Form")) check_form(dict);
    else if (dict.getKey("/Subtype").isNameAndEquals("/PS")) fault("A 6.2.9-3", "a PostScript XObject");
  }

  void check_image(QPDFObjectHandle image) {
    if (image.hasKey("/SMask")) note_transparency();
    if (image.hasKey("/Alternates")) fault("A 6.2.8-1", "the image has Alternates");
    if (image.hasKey("/OPI")) fault("A 6.2.8-2", "the image has OPI");
    if (QPDFObjectHandle smooth = image.getKey("/Interpolate"); smooth.isBool() && smooth.getBoolValue()) fault("A 6.2.8-3", "the image says Interpolate true");
    check_intent(image.getKey("/Intent"));
    QPDFObjectHandle bits = image.getKey("/BitsPerComponent"), mask = image.getKey("/ImageMask");
    if (!bits.isInteger()) return;
    const long long count = bits.getIntValue();
    if (mask.isBool() && mask.getBoolValue()) {
      if (count != 1) fault("A 6.2.8-5", "the mask has " + std::to_string(count) + " bits");
    } else if (count != 1 && count != 2 && count != 4 && count != 8 && count != 16) {
      fault("A 6.2.8-4", "the image has " + std::to_string(count) + " bits a component");
    }
  }

  void check_form(QPDFObjectHandle form) {
    if (form.hasKey("/OPI") || form.hasKey("/PS") || form.getKey("/Subtype2").isNameAndEquals("/PS")) fault("A 6.2.9-1", "the form has OPI or PostScript");
    if (form.hasKey("/Ref")) fault("A 6.2.9-2, 30-001", "the form refers to another file");
  }

  void check_intent(QPDFObjectHandle intent) {
    if (intent.isName() && !is_rendering_intent(name_of(intent))) fault("A 6.2.6-1", "rendering intent " + name_of(intent));
  }

  // ---- dictionaries by what they hold ----

  void check_dictionary(QPDFObjectHandle dict) {
    for (const char* key : {"/BaseFont", "/FontName"}) {
      if (QPDFObjectHandle name = dict.getKey(key); name.isName() && !is_utf8(name.getName())) fault("A 6.1.8-1", "a font's name is no UTF-8");
    }
    if (QPDFObjectHandle type = dict.getKey("/S"); type.isName()) {
      if (!is_utf8(type.getName())) fault("A 6.1.8-1", "a structure type is no UTF-8");
      if (contains(kForbiddenActions, name_of(type))) fault("A 6.5.1-1", "an action " + name_of(type));
      if (type.isNameAndEquals("/Named") && !contains(kPageActions, name_of(dict.getKey("/N")))) fault("A 6.5.1-2", "the named action " + name_of(dict.getKey("/N")));
    }
    collect(dict);
    if (QPDFObjectHandle action = dict.getKey("/A"); action.isDictionary() && dict.hasKey("/Subtype")) check_action(action);
    if (QPDFObjectHandle states = dict.getKey("/ExtGState"); states.isDictionary()) {
      for (const auto& [key, state] : states.getDictAsMap()) check_state(state);
    }
    if (QPDFObjectHandle more = dict.getKey("/AA"); !more.isNull()) {
      fault(dict.isDictionaryOfType("/Catalog") ? "A 6.5.2-1" : dict.isDictionaryOfType("/Page") ? "A 6.5.2-2" : "H-01", "additional actions (AA)");
    }
  }

  void collect(QPDFObjectHandle dict) {
    if (QPDFObjectHandle space = dict.getKey("/ColorSpace"); space.isDictionary()) {
      for (const auto& [key, value] : space.getDictAsMap()) found_.spaces.emplace_back(where_, value);
    } else if (!space.isNull()) {
      found_.spaces.emplace_back(where_, space);
    }
    if (dict.getKey("/S").isNameAndEquals("/Transparency")) {
      note_transparency();
      if (dict.hasKey("/CS")) found_.spaces.emplace_back(where_, dict.getKey("/CS"));
    }
    if (dict.hasKey("/EF")) found_.file_specifications.emplace_back(where_, dict);
    for (QPDFObjectHandle& file : items_of(dict.getKey("/AF"))) found_.associated.insert(file.getObjGen());
  }

  void note_transparency() {
    if (found_.transparency.empty()) found_.transparency = where_;
  }

  void check_action(QPDFObjectHandle action) {
    const std::string kind = name_of(action.getKey("/S"));
    if (!contains(kActions, kind) && !contains(kForbiddenActions, kind)) fault("A 6.5.1-1", "an unknown action " + kind);
  }

  void check_state(QPDFObjectHandle state) {
    if (!state.isDictionary()) return;
    if (state.hasKey("/TR")) fault("A 6.2.5-1", "an ExtGState has TR");
    if (QPDFObjectHandle transfer = state.getKey("/TR2"); !transfer.isNull() && !transfer.isNameAndEquals("/Default")) fault("A 6.2.5-2", "an ExtGState has TR2");
    if (state.hasKey("/HTP")) fault("A 6.2.5-3", "an ExtGState has HTP");
    if (QPDFObjectHandle halftone = state.getKey("/HT"); !halftone.isNull() && !halftone.isNameAndEquals("/Default")) fault("H-05", "an ExtGState has a halftone");
    check_intent(state.getKey("/RI"));
    for (const char* key : {"/ca", "/CA"}) {
      if (QPDFObjectHandle alpha = state.getKey(key); alpha.isNumber() && alpha.getNumericValue() < 1) note_transparency();
    }
    if (state.getKey("/SMask").isDictionary()) note_transparency();
    for (QPDFObjectHandle& mode : items_of(state.getKey("/BM"))) {
      if (!mode.isNameAndEquals("/Normal") && !mode.isNameAndEquals("/Compatible")) note_transparency();
      if (!contains(kBlendModes, name_of(mode))) fault("A 6.2.10-1", "blend mode " + name_of(mode));
    }
  }

  // ---- catalog and pages ----

  void check_catalog(QPDFObjectHandle catalog) {
    where_ = "catalog";
    if (catalog.hasKey("/AcroForm")) fault("H-01", "the file has a form");
    if (catalog.hasKey("/Perms")) fault("H-01", "the file has signatures");
    if (catalog.hasKey("/OCProperties")) fault("H-02", "the file has optional content");
    if (catalog.hasKey("/Threads")) fault("H-03", "the file has article threads");
    if (catalog.hasKey("/NeedsRendering")) fault("A 6.4.2-2", "it has NeedsRendering");
    if (catalog.hasKey("/Requirements")) fault("A 6.11-1", "it has Requirements");
    if (catalog.getKeyIfDict("/Names").getKeyIfDict("/AlternatePresentations").isDictionary()) fault("A 6.10-1", "it has AlternatePresentations");
    if (!catalog.getKeyIfDict("/Names").getKeyIfDict("/JavaScript").isNull()) fault("A 6.5.1-1", "it has JavaScript");
    if (QPDFObjectHandle action = catalog.getKey("/OpenAction"); action.isDictionary()) check_action(action);
  }

  void check_page(QPDFObjectHandle page) {
    if (page.hasKey("/PresSteps")) fault("A 6.10-2", "it has PresSteps");
    for (const char* key : {"/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"}) {
      QPDFObjectHandle box = page.getKey(key);
      int level = 0;
      for (QPDFObjectHandle node = page; box.isNull() && node.isDictionary() && level < 50 && (std::string_view(key) == "/MediaBox" || std::string_view(key) == "/CropBox"); ++level) {
        box = node.getKey(key);
        node = node.getKey("/Parent");
      }
      if (box.isNull() && std::string_view(key) != "/MediaBox") continue;
      if (!box.isRectangle()) {
        fault("PDF 7.7.3.3", std::string(key + 1) + " is no rectangle");
        continue;
      }
      const QPDFObjectHandle::Rectangle r = box.getArrayAsRectangle();
      for (const double side : {std::abs(r.urx - r.llx), std::abs(r.ury - r.lly)}) {
        if (side < 3 || side > 14400) fault("A 6.1.13-11", std::string(key + 1) + " is " + std::to_string(std::lround(side)) + " wide or high");
      }
    }
  }

  Document& document_;
  Faults& faults_;
  Found found_;
  std::string where_;
};

}  // namespace

Found check_objects(Document& document, Faults& faults) { return ObjectCheck(document, faults).run(); }

}  // namespace handout::inspect
