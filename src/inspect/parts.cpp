#include "inspect/parts.h"

#include "inspect/font_program.h"

namespace handout::inspect {

namespace {

std::string text_of(QPDFObjectHandle value) {
  if (value.isString()) return value.getUTF8Value();
  if (value.isName()) return value.getName().substr(1);
  return value.isNull() || value.isStream() ? std::string() : value.unparse();
}

long long number_of(QPDFObjectHandle value) { return value.isInteger() ? value.getIntValue() : 0; }

std::size_t raw_size(QPDFObjectHandle stream) { return stream.getRawStreamData()->getSize(); }

std::optional<std::size_t> count_glyphs(QPDFObjectHandle program, const Font& font) {
  const bool truetype = font.type.ends_with("TrueType") || font.type.ends_with("CIDFontType2");
  const std::string bytes = stream_text(program);
  const std::optional<FontProgram> read = truetype ? read_truetype(bytes) : read_cff(bytes);
  return read ? std::optional(read->widths.size()) : std::nullopt;
}

// ISO 32000-1, 9.6.4: six capitals and a plus.
bool has_subset_tag(std::string_view name) {
  return name.size() > 7 && name[6] == '+' && name.substr(0, 6).find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

std::string color_of(QPDFObjectHandle space) {
  if (!space.isArray() || space.getArrayNItems() == 0) return text_of(space);
  std::string text = text_of(space.getArrayItem(0));
  QPDFObjectHandle base = space.getArrayNItems() > 1 ? space.getArrayItem(1) : QPDFObjectHandle::newNull();
  if (text == "ICCBased" && base.isStream()) return text + " of " + std::to_string(number_of(base.getDict().getKey("/N")));
  if (text == "Indexed") text += " of " + (base.isArray() && base.getArrayNItems() > 0 ? text_of(base.getArrayItem(0)) : text_of(base));
  return text;
}

std::string filter_of(QPDFObjectHandle filter) {
  if (!filter.isArray()) return text_of(filter);
  std::string text;
  for (QPDFObjectHandle& each : filter.getArrayAsVector()) text += (text.empty() ? "" : " ") + text_of(each);
  return text;
}

std::string roman(long long number) {
  struct Step {
    long long value;
    const char* text;
  };
  constexpr Step kSteps[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}};
  std::string text;
  for (const Step& step : kSteps) {
    for (; number >= step.value; number -= step.value) text += step.text;
  }
  return text;
}

// ISO 32000-1, 12.4.2: A to Z, AA to ZZ, and so on.
std::string letters(long long number) { return std::string(static_cast<std::size_t>((number - 1) / 26 + 1), static_cast<char>('A' + (number - 1) % 26)); }

std::string label_text(QPDFObjectHandle label) {
  constexpr long long kGreatest = 5000;  // beyond it letters and Roman figures are no numbers that a person reads
  const std::string style = text_of(label.getKeyIfDict("/S"));
  const long long number = label.getKeyIfDict("/St").isInteger() ? number_of(label.getKeyIfDict("/St")) : 1;
  std::string text = text_of(label.getKeyIfDict("/P"));
  const bool small = style == "r" || style == "a";
  if (style.empty()) return text;
  std::string figures = std::to_string(number);
  if (number >= 1 && number <= kGreatest && (style == "R" || style == "r")) figures = roman(number);
  if (number >= 1 && number <= kGreatest && (style == "A" || style == "a")) figures = letters(number);
  for (char& c : figures) {
    if (small && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text + figures;
}

}  // namespace

std::vector<QPDFObjectHandle> all_objects(QPDF& pdf) {
  std::vector<QPDFObjectHandle> objects;
  for (const auto& [id, entry] : pdf.getXRefTable()) objects.push_back(pdf.getObject(id));
  return objects;
}

std::optional<Encryption> read_encryption(QPDF& pdf) {
  int revision = 0, permissions = 0, version = 0;
  QPDF::encryption_method_e streams = QPDF::e_none, strings = QPDF::e_none, files = QPDF::e_none;
  if (!pdf.isEncrypted(revision, permissions, version, streams, strings, files)) return std::nullopt;
  Encryption encryption{streams == QPDF::e_aesv3 ? "AES-256" : streams == QPDF::e_aes ? "AES-128" : streams == QPDF::e_none ? "none" : "RC4", revision, {}};
  const std::pair<bool, const char*> rights[] = {{pdf.allowPrintHighRes(), "print"},           {pdf.allowExtractAll(), "copy"},       {pdf.allowAccessibility(), "read aloud"},
                                                 {pdf.allowModifyOther(), "modify"},           {pdf.allowModifyAssembly(), "assemble"}, {pdf.allowModifyAnnotation(), "annotate"},
                                                 {pdf.allowModifyForm(), "fill in"}};
  for (const auto& [allowed, name] : rights) {
    if (allowed) encryption.allowed.emplace_back(name);
  }
  return encryption;
}

std::vector<FontSummary> read_fonts(Document& document) {
  std::vector<FontSummary> fonts;
  for (Font& font : document.content.fonts) {
    QPDFObjectHandle program = font_program(font);
    FontSummary summary;
    summary.subset = has_subset_tag(font.name);
    summary.name = summary.subset ? font.name.substr(7) : font.name;
    summary.type = font.type;
    summary.embedded = program.isStream();
    summary.to_unicode = font.to_unicode.has_value();
    if (summary.embedded) {
      summary.bytes = raw_size(program);
      summary.glyphs = count_glyphs(program, font);
    }
    fonts.push_back(std::move(summary));
  }
  return fonts;
}

std::vector<ImageSummary> read_images(const std::vector<QPDFObjectHandle>& objects) {
  std::vector<ImageSummary> images;
  for (QPDFObjectHandle object : objects) {
    if (!object.isStream() || !object.getDict().getKey("/Subtype").isNameAndEquals("/Image")) continue;
    QPDFObjectHandle dict = object.getDict();
    images.push_back({number_of(dict.getKey("/Width")), number_of(dict.getKey("/Height")), number_of(dict.getKey("/BitsPerComponent")), color_of(dict.getKey("/ColorSpace")),
                      filter_of(dict.getKey("/Filter")), raw_size(object)});
  }
  return images;
}

std::vector<AttachmentSummary> read_attachments(QPDF& pdf) {
  std::vector<AttachmentSummary> attachments;
  for (const auto& [name, file] : QPDFEmbeddedFileDocumentHelper(pdf).getEmbeddedFiles()) {
    AttachmentSummary summary;
    summary.name = file->getFilename().empty() ? name : file->getFilename();
    summary.description = file->getDescription();
    summary.relationship = text_of(file->getObjectHandle().getKeyIfDict("/AFRelationship"));
    if (QPDFObjectHandle stream = file->getEmbeddedFileStream(); stream.isStream()) {
      summary.type = text_of(stream.getDict().getKey("/Subtype"));
      summary.bytes = raw_size(stream);
    }
    attachments.push_back(std::move(summary));
  }
  return attachments;
}

std::vector<std::string> read_labels(Document& document) {
  QPDFPageLabelDocumentHelper helper(*document.pdf);
  std::vector<std::string> labels;
  if (!helper.hasPageLabels()) return labels;
  for (std::size_t i = 0; i < document.pages.size(); ++i) labels.push_back(label_text(helper.getLabelForPage(static_cast<long long>(i))));
  return labels;
}

std::vector<std::pair<std::string, std::string>> read_preferences(QPDF& pdf) {
  std::vector<std::pair<std::string, std::string>> preferences;
  QPDFObjectHandle catalog = pdf.getRoot();
  for (const char* key : {"/PageMode", "/PageLayout"}) {
    if (catalog.hasKey(key)) preferences.emplace_back(std::string(key).substr(1), text_of(catalog.getKey(key)));
  }
  QPDFObjectHandle viewer = catalog.getKey("/ViewerPreferences");
  if (!viewer.isDictionary()) return preferences;
  for (const auto& [key, value] : viewer.getDictAsMap()) preferences.emplace_back(key.substr(1), text_of(value));
  return preferences;
}

}  // namespace handout::inspect
