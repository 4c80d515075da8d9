#include <algorithm>
#include <initializer_list>

#include "inspect/document.h"

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

// One content stream, a page's or a form's, under the marks that are open where it is painted.
class StreamReader : public QPDFObjectHandle::ParserCallbacks {
 public:
  struct Mark {
    bool artifact = false;
    std::optional<MarkedKey> key;
  };

  StreamReader(Content& content, QPDFObjectHandle resources, QPDFObjGen counter, std::string where, int depth)
      : content_(content), resources_(resources), counter_(counter), where_(std::move(where)), depth_(depth) {}

  void inherit(const std::vector<Mark>& marks, std::optional<std::size_t> font) {
    marks_ = marks;
    inherited_ = marks.size();
    font_ = font;
  }
  [[nodiscard]] bool saw_mcid() const { return saw_mcid_; }

  void handleObject(QPDFObjectHandle object) override {
    if (object.isInlineImage()) return painting("an inline image");
    if (!object.isOperator()) {
      operands_.push_back(object);
      return;
    }
    run(object.getOperatorValue());
    operands_.clear();
  }

  void handleEOF() override {
    if (marks_.size() != inherited_) fault("01-005", "a marked-content sequence has no end");
  }

 private:
  void fault(std::string_view checkpoint, std::string_view text) {
    content_.faults.push_back(std::string(checkpoint) + ": " + where_ + ": " + std::string(text));
  }

  void run(const std::string& op) {
    if (op == "BDC" || op == "BMC") begin_mark(op == "BDC");
    else if (op == "EMC") end_mark();
    else if (op == "q") saved_.push_back(font_);
    else if (op == "Q") restore();
    else if (op == "Tf") select_font();
    else if (is_one_of(op, {"Tj", "TJ", "'", "\""})) show();
    else if (op == "Do") paint_object();
    else if (is_one_of(op, {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*"})) painting("a path");
    else if (op == "sh") painting("a shading");
  }

  void begin_mark(bool with_properties) {
    Mark mark;
    const std::string tag = !operands_.empty() && operands_.front().isName() ? operands_.front().getName().substr(1) : "";
    mark.artifact = tag == "Artifact";
    if (with_properties && operands_.size() == 2) {
      QPDFObjectHandle properties = operands_.back();
      if (properties.isName()) properties = resources_.getKeyIfDict("/Properties").getKeyIfDict(properties.getName());
      if (QPDFObjectHandle mcid = properties.getKeyIfDict("/MCID"); mcid.isInteger()) mark.key = MarkedKey{counter_, mcid.getIntValue()};
    }
    const bool in_artifact = std::ranges::any_of(marks_, [](const Mark& m) { return m.artifact; });
    const bool in_tagged = std::ranges::any_of(marks_, [](const Mark& m) { return m.key.has_value(); });
    if (mark.artifact && in_tagged) fault("01-003", "an artifact inside tagged content");
    if (mark.key && in_artifact) fault("01-004", "tagged content inside an artifact");
    if (mark.key) {
      saw_mcid_ = true;
      Marked& marked = content_.marked[*mark.key];
      marked.tag = tag;
      ++marked.times;
    }
    marks_.push_back(mark);
  }

  void end_mark() {
    if (marks_.size() <= inherited_) return fault("01-005", "EMC without a beginning");
    marks_.pop_back();
  }

  void restore() {
    if (saved_.empty()) return;
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
    if (operands_.size() != 2 || !operands_.front().isName()) return;
    const std::string name = operands_.front().getName();
    QPDFObjectHandle dict = resources_.getKeyIfDict("/Font").getKeyIfDict(name);
    font_.reset();
    if (!dict.isDictionary()) return fault("31-009", "font " + name + " is not in the resources");
    const std::string key = dict.isIndirect() ? dict.getObjGen().unparse(' ') : where_ + name;
    auto [found, added] = content_.font_index.try_emplace(key, content_.fonts.size());
    if (added) content_.fonts.push_back(read_font(dict));
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
    if (!font_) return fault("31-009", "text without a font");
    Font& font = content_.fonts[*font_];
    if (codes.size() % font.code_size != 0) fault("31-006", "a string ends inside a code");
    std::string text;
    for (std::size_t i = 0; i + font.code_size <= codes.size(); i += font.code_size) {
      std::uint32_t code = 0;
      for (std::size_t k = 0; k < font.code_size; ++k) code = (code << 8) | static_cast<unsigned char>(codes[i + k]);
      font.used.insert(code);
      text += character(font, code);
    }
    for (auto mark = marks_.rbegin(); mark != marks_.rend(); ++mark) {
      if (!mark->key) continue;
      content_.marked[*mark->key].text += text;
      break;
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
    if (operands_.size() != 1 || !operands_.front().isName()) return;
    QPDFObjectHandle object = resources_.getKeyIfDict("/XObject").getKeyIfDict(operands_.front().getName());
    if (!object.isStream()) return fault("01-005", "an XObject that is not in the resources");
    if (!object.isFormXObject()) return painting("an image");
    if (depth_ >= kDeepestForm) return fault("30-002", "forms are nested too deeply");
    QPDFObjectHandle dict = object.getDict();
    const bool counts = dict.hasKey("/StructParents");
    StreamReader reader(content_, dict.hasKey("/Resources") ? dict.getKey("/Resources") : resources_, counts ? object.getObjGen() : counter_,
                        where_ + ", form " + object.getObjGen().unparse(' '), depth_ + 1);
    reader.inherit(marks_, font_);
    object.parseAsContents(&reader);
    if (reader.saw_mcid()) ++content_.tagged_forms[object.getObjGen()];
  }

  Content& content_;
  QPDFObjectHandle resources_;
  QPDFObjGen counter_;
  std::string where_;
  int depth_;
  std::size_t inherited_ = 0;
  std::vector<QPDFObjectHandle> operands_;
  std::vector<Mark> marks_;
  std::vector<std::optional<std::size_t>> saved_;
  std::optional<std::size_t> font_;
  bool saw_mcid_ = false;
};

QPDFObjectHandle inherited_resources(QPDFObjectHandle page) {
  // Resources may stand at a node above (ISO 32000-1, 7.7.3.4).
  for (int level = 0; page.isDictionary() && level < 50; ++level) {
    if (page.hasKey("/Resources")) return page.getKey("/Resources");
    page = page.getKey("/Parent");
  }
  return QPDFObjectHandle::newDictionary();
}

}  // namespace

Content read_content(const std::vector<QPDFObjectHandle>& pages) {
  Content content;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    QPDFObjectHandle page = pages[i];
    StreamReader reader(content, inherited_resources(page), page.getObjGen(), "page " + std::to_string(i + 1), 0);
    page.parsePageContents(&reader);
  }
  return content;
}

}  // namespace handout::inspect
