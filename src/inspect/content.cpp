#include <algorithm>
#include <initializer_list>
#include <stdexcept>

#include "inspect/check_parts.h"

namespace handout::inspect {

namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  for (const std::string_view candidate : words) {
    if (candidate == word) return true;
  }
  return false;
}

// Forms inside forms: more is a loop or an attack.
constexpr int kDeepestForm = 20;
// Each mark is looked at for each that is opened inside it.
constexpr std::size_t kDeepestMark = 200;

// Of one kind for the whole file: a stream can break a rule at every operator.
constexpr std::size_t kMostFaults = 200;

// ISO 19005-2, 6.1.13.
constexpr std::size_t kDeepestSave = 28;

// Private use: U+E000..U+F8FF and planes 15 and 16, as UTF-8.
bool has_private_use(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[i + k]); };
    if (byte(0) == 0xEE || (byte(0) == 0xEF && byte(1) < 0xA4)) return true;
    if ((byte(0) == 0xF3 && byte(1) >= 0xB0) || byte(0) == 0xF4) return true;
  }
  return false;
}

// Where a stream looks names up: what stands there of its own, and what a node above would lend.
struct Resources {
  QPDFObjectHandle own, inherited;
};

// One content stream, a page's or a form's, under the marks that are open where it is painted.
class StreamReader : public QPDFObjectHandle::ParserCallbacks {
 public:
  struct Mark {
    bool artifact = false, replaced = false;  // replaced: by ActualText
    std::optional<MarkedKey> key;
  };

  StreamReader(Content& content, Resources resources, QPDFObjGen counter, std::string where, int depth)
      : content_(content), resources_(std::move(resources)), counter_(counter), where_(std::move(where)), depth_(depth) {}

  void inherit(const StreamReader& outer) {
    marks_ = outer.marks_;
    inherited_ = marks_.size();
    font_ = outer.font_;
    saved_above_ = outer.saved_above_ + outer.saved_.size();
  }
  [[nodiscard]] bool saw_mcid() const { return saw_mcid_; }

  void handleObject(QPDFObjectHandle object) override {
    if (object.isInlineImage()) {
      archive_fault("H-06", "an inline image");
      return painting("an inline image");
    }
    if (!object.isOperator()) {
      if (const auto over = over_limit(object)) archive_fault(over->numbers, over->text);
      operands_.push_back(object);
      return;
    }
    run(object.getOperatorValue());
    operands_.clear();
  }

  void handleEOF() override {
    if (marks_.size() != inherited_) fault("PDF 14.6.1", "a marked-content sequence has no end");
    if (!saved_.empty()) archive_fault("PDF 8.4.2", "q without Q");
  }

 private:
  void fault(std::string_view numbers, std::string_view text) { add(content_.faults, numbers, text); }
  void archive_fault(std::string_view numbers, std::string_view text) { add(content_.archive_faults, numbers, text); }

  void add(std::vector<std::string>& faults, std::string_view numbers, std::string_view text) {
    if (faults.size() < kMostFaults) add_fault(faults, numbers, where_ + ": " + std::string(text));
  }

  void run(const std::string& op) {
    if (op == "BDC" || op == "BMC") begin_mark(op == "BDC");
    else if (op == "EMC") end_mark();
    else if (op == "q") save();
    else if (op == "Q") restore();
    else if (op == "Tf") select_font();
    else if (is_one_of(op, {"Tj", "TJ", "'", "\""})) show();
    else if (op == "Do") paint_object();
    else if (is_one_of(op, {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*"})) painting("a path");
    else if (op == "sh") painting("a shading");
    else if (!is_operator(op)) archive_fault("A 6.2.2-1", "unknown operator " + op);
    else graphics_state(op);
  }

  // Operators that only set what is used later.
  void graphics_state(const std::string& op) {
    if (is_one_of(op, {"Td", "TD", "T*", "Tm", "ET"})) part_text();
    else if (op == "rg" || op == "RG") use_space("DeviceRGB");
    else if (op == "g" || op == "G") use_space("DeviceGray");
    else if (op == "k" || op == "K") use_space("DeviceCMYK");
    else if (op == "cs" || op == "CS") select_space();
    else if (op == "gs") find("/ExtGState", operand_name());
    else if (op == "ri" && !is_rendering_intent(operand_name())) archive_fault("A 6.2.6-1", "rendering intent " + operand_name());
  }

  // Text that is moved to another place is another word, as far as it has no structure that says so.
  void part_text() {
    std::string& text = content_.outside.back();
    if (!text.empty() && text.back() != ' ') text += ' ';
  }

  std::string operand_name() const { return operands_.empty() ? std::string() : name_of(operands_.front()); }

  void use_space(const std::string& space) { content_.spaces.try_emplace(space, where_); }

  void select_space() {
    const std::string name = operand_name();
    if (name.starts_with("Device")) use_space(name);
    else if (name != "Pattern") find("/ColorSpace", name);
  }

  // A named resource; one that a node above lends is a fault of its own (ISO 19005-2, 6.2.2).
  QPDFObjectHandle find(const char* category, const std::string& name) {
    QPDFObjectHandle found = resources_.own.getKeyIfDict(category).getKeyIfDict("/" + name);
    if (!found.isNull()) return found;
    found = resources_.inherited.getKeyIfDict(category).getKeyIfDict("/" + name);
    if (found.isNull()) archive_fault("PDF 7.8.3", std::string(category).substr(1) + " " + name + " is not in the resources");
    else archive_fault("A 6.2.2-2", std::string(category).substr(1) + " " + name + " is in the resources of a node above only");
    return found;
  }

  void begin_mark(bool with_properties) {
    if (marks_.size() > kDeepestMark) throw std::runtime_error(where_ + ": marked content is nested deeper than " + std::to_string(kDeepestMark));
    Mark mark;
    const std::string tag = operand_name();
    mark.artifact = tag == "Artifact";
    bool language = false;
    if (with_properties && operands_.size() == 2) {
      QPDFObjectHandle properties = operands_.back();
      if (properties.isName()) properties = find("/Properties", name_of(properties));
      if (QPDFObjectHandle mcid = properties.getKeyIfDict("/MCID"); mcid.isInteger()) mark.key = MarkedKey{counter_, mcid.getIntValue()};
      mark.replaced = properties.getKeyIfDict("/ActualText").isString();
      if (QPDFObjectHandle lang = properties.getKeyIfDict("/Lang"); lang.isString()) {
        language = true;
        content_.languages.try_emplace(lang.getUTF8Value(), where_);
      }
    }
    const bool in_artifact = std::ranges::any_of(marks_, [](const Mark& m) { return m.artifact; });
    const bool in_tagged = std::ranges::any_of(marks_, [](const Mark& m) { return m.key.has_value(); });
    if (mark.artifact && in_tagged) fault("01-003", "an artifact inside tagged content");
    if (mark.key && in_artifact) fault("01-004", "tagged content inside an artifact");
    if (mark.key && in_tagged) fault("PDF 14.7.4.2", "tagged content inside tagged content");
    if (mark.key) {
      saw_mcid_ = true;
      Marked& marked = content_.marked[*mark.key];
      marked.tag = tag;
      marked.language = marked.language || language;
      ++marked.times;
    }
    marks_.push_back(mark);
  }

  void end_mark() {
    if (marks_.size() <= inherited_) return fault("PDF 14.6.1", "EMC without a beginning");
    marks_.pop_back();
  }

  void save() {
    saved_.push_back(font_);
    if (saved_above_ + saved_.size() == kDeepestSave + 1) archive_fault("A 6.1.13-8", "q is nested deeper than 28");
  }

  void restore() {
    if (saved_.empty()) return archive_fault("PDF 8.4.2", "Q without q");
    font_ = saved_.back();
    saved_.pop_back();
  }

  void painting(std::string_view what) {
    for (const Mark& mark : marks_) {
      if (mark.artifact || mark.key) return;
    }
    fault("01-005", std::string(what) + " is neither tagged nor an artifact");
  }

  void select_font() {
    font_.reset();
    const std::string name = operand_name();
    QPDFObjectHandle dict = find("/Font", name);
    if (!dict.isDictionary()) return;
    const std::string key = dict.isIndirect() ? dict.getObjGen().unparse(' ') : where_ + name;
    auto [found, added] = content_.font_index.try_emplace(key, content_.fonts.size());
    if (added) {
      content_.budget.spend_font(dict);
      content_.fonts.push_back(read_font(dict));
    }
    font_ = found->second;
  }

  void show() {
    painting("text");
    for (QPDFObjectHandle& operand : operands_) {
      if (operand.isString()) show_string(operand.getStringValue());
      if (!operand.isArray()) continue;
      for (QPDFObjectHandle& item : operand.getArrayAsVector()) {
        if (item.isString()) show_string(item.getStringValue());
      }
    }
  }

  void show_string(const std::string& codes) {
    if (!font_) return archive_fault("PDF 9.3.1", "text without a font");
    Font& font = content_.fonts[*font_];
    if (codes.size() % font.code_size != 0) archive_fault("PDF 9.4.3", "a string ends inside a code");
    std::string text;
    for (std::size_t i = 0; i + font.code_size <= codes.size(); i += font.code_size) {
      std::uint32_t code = 0;
      for (std::size_t k = 0; k < font.code_size; ++k) code = (code << 8) | static_cast<unsigned char>(codes[i + k]);
      font.used.insert(code);
      text += character(font, code);
    }
    content_.budget.spend(text.size());
    const bool replaced = std::ranges::any_of(marks_, [](const Mark& m) { return m.replaced; });
    const auto mark = std::find_if(marks_.rbegin(), marks_.rend(), [](const Mark& m) { return m.key.has_value(); });
    if (mark != marks_.rend()) {
      Marked& marked = content_.marked[*mark->key];
      marked.text += text;
      marked.private_use = marked.private_use || (!replaced && has_private_use(text));
    } else {
      content_.outside.back() += text;
      if (!replaced && has_private_use(text)) fault("A 6.2.11.7.3-1", "a private use character outside tagged content without ActualText");
    }
  }

  static std::string character(const Font& font, std::uint32_t code) {
    constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
    if (!font.to_unicode) return std::string(kReplacement);
    const auto found = font.to_unicode->text.find(code);
    if (found == font.to_unicode->text.end()) return std::string(kReplacement);
    // A code that is U+2060 alone is a glyph whose cluster's text stands at another glyph.
    constexpr std::string_view kNoText = "\xE2\x81\xA0";
    return found->second == kNoText ? std::string() : found->second;
  }

  void paint_object() {
    QPDFObjectHandle object = find("/XObject", operand_name());
    if (!object.isStream()) return;
    if (!object.isFormXObject()) return painting("an image");
    if (depth_ >= kDeepestForm) return archive_fault("PDF 8.10.1", "forms are nested too deeply");
    QPDFObjectHandle dict = object.getDict();
    const bool counts = dict.hasKey("/StructParents");
    // A form without resources borrows those of the page (ISO 32000-1, 7.8.3), which ISO 19005-2 does not allow.
    const QPDFObjectHandle none = QPDFObjectHandle::newNull();
    const Resources resources = dict.hasKey("/Resources") ? Resources{dict.getKey("/Resources"), none} : Resources{none, resources_.own};
    StreamReader reader(content_, resources, counts ? object.getObjGen() : counter_, where_ + ", form " + object.getObjGen().unparse(' '), depth_ + 1);
    reader.inherit(*this);
    content_.budget.spend(object);
    object.parseAsContents(&reader);
    if (reader.saw_mcid()) ++content_.tagged_forms[object.getObjGen()];
  }

  Content& content_;
  Resources resources_;
  QPDFObjGen counter_;
  std::string where_;
  int depth_;
  std::size_t inherited_ = 0, saved_above_ = 0;
  std::vector<QPDFObjectHandle> operands_;
  std::vector<Mark> marks_;
  std::vector<std::optional<std::size_t>> saved_;
  std::optional<std::size_t> font_;
  bool saw_mcid_ = false;
};

Resources resources_of(QPDFObjectHandle page) {
  const QPDFObjectHandle none = QPDFObjectHandle::newNull();
  if (page.hasKey("/Resources")) return {page.getKey("/Resources"), none};
  // They may stand at a node above (ISO 32000-1, 7.7.3.4).
  for (int level = 0; page.isDictionary() && level < 50; ++level) {
    if (page.hasKey("/Resources")) return {none, page.getKey("/Resources")};
    page = page.getKey("/Parent");
  }
  return {none, none};
}

}  // namespace

Content read_content(const std::vector<QPDFObjectHandle>& pages, Budget budget) {
  Content content;
  content.budget = std::move(budget);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    QPDFObjectHandle page = pages[i];
    StreamReader reader(content, resources_of(page), page.getObjGen(), "page " + std::to_string(i + 1), 0);
    content.outside.emplace_back();
    content.budget.spend(page.getKey("/Contents"));
    page.parsePageContents(&reader);
  }
  return content;
}

}  // namespace handout::inspect
