#include "stress/generated_article.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace handout::stress {
namespace {

// As many in each language, so that translations take the same draws.
constexpr std::size_t kWords = 24;
struct Language {
  std::string_view tag, space, stop;
  std::string_view words[kWords];
};
constexpr Language kVocabularies[] = {
    {"en", " ", ".", {"knee", "pain", "a", "swelling", "rest", "the", "doctor’s", "2.5 mg", "physiotherapy", "and", "electroencephalographically", "ice-pack",
                      "(see below)", "walk", "every", "8–12", "hours", "if", "redness", "pneumonoultramicroscopicsilicovolcanoconiosis", "call", "+1 555 0100", "we", "treatment"}},
    {"ar", " ", ".", {"الركبة", "ألم", "و", "تورّم", "راحة", "في", "الطبيب", "2.5 mg", "العلاج", "من", "فسيستخدمونها", "الثلج",
                      "(انظر أدناه)", "امشِ", "كل", "8–12", "ساعة", "إذا", "احمرار", "أفاستسقيناكموها", "اتصل", "+1 555 0100", "نحن", "مُعالَجَة"}},
    {"hi", " ", "।", {"घुटना", "दर्द", "और", "सूजन", "आराम", "में", "चिकित्सक", "2.5 mg", "फिजियोथेरेपी", "के", "प्रत्यारोपणीयता", "बर्फ़",
                      "(नीचे देखें)", "चलिए", "हर", "8–12", "घंटे", "यदि", "लालिमा", "किंकर्तव्यविमूढ़ताओं", "बुलाएँ", "+1 555 0100", "हम", "उपचार"}},
    {"zh-Hans", "", "。", {"膝关节", "疼痛，", "和", "肿胀", "休息", "的", "医生", "2.5 mg", "物理治疗", "在", "脑电图检查", "冰袋、",
                           "（见下文）", "走路", "每", "8–12", "小时", "如果", "发红；", "超微硅火山尘肺病", "致电", "+1 555 0100", "我们", "治疗"}},
};

const Language& vocabulary(std::string_view tag) {
  return *std::find_if(std::begin(kVocabularies), std::end(kVocabularies) - 1, [&](const Language& each) { return each.tag == tag; });
}

constexpr int kDeepestSection = 3, kDeepestList = 3, kMostSpan = 40;

class Maker {
 public:
  Maker(Draws& draws, const Shape& shape) : draws_(draws), shape_(shape), language_(vocabulary(shape.language)), left_(shape.blocks) {}

  std::string make() {
    references_ = draws_.below(6);
    std::string body = fmt::format("<title id=\"b0\">b0:{}</title>\n", words(1 + draws_.below(9)));
    if (draws_.one_in(2)) body += text("summary");
    if (draws_.one_in(2)) body += list_of("points", "point", "", 1 + draws_.below(6));
    while (left_ > 0) body += body_block(0);
    if (references_ > 0) body += references();
    constexpr auto kFields = R"(<field-def name="visit" type="date"/><field-def name="times" type="number"/><field-def name="side" type="choice" choices="left|right"/>)";
    const std::string status = draws_.one_in(2) ? R"(status="reviewed" reviewed="2026-10-01" reviewer="A. Reviewer, nurse" review-by="2027-10-01")" : R"(status="draft")";
    return fmt::format("<article id=\"generated\" xml:lang=\"{}\" version=\"1\" {}>\n{}\n{}</article>\n", shape_.language, status, kFields, body);
  }

 private:
  // ---- words ----

  std::string words(std::size_t count) {
    std::string made;
    for (std::size_t i = 0; i < count; ++i) made += std::string(i > 0 ? language_.space : "") + std::string(language_.words[draws_.below(kWords)]);
    return made + std::string(draws_.one_in(3) ? language_.stop : "");
  }

  // Mostly a line or two; now and then a word, or half a page.
  std::size_t length() { return draws_.one_in(25) ? 60 + draws_.below(160) : draws_.one_in(5) ? 1 : 2 + draws_.below(24); }

  std::string inlines(std::size_t count) {
    std::string made;
    while (count > 0) {
      const std::size_t now = std::min(count, 1 + draws_.below(12));
      made += std::string(language_.space) + (draws_.one_in(3) ? words(now) + inline_of(1) : words(now));
      count -= now;
    }
    return made;
  }

  std::string inline_of(int depth) {
    const auto inner = [&] { return words(1 + draws_.below(4)) + (depth < 3 && draws_.one_in(5) ? inline_of(depth + 1) : ""); };
    constexpr std::string_view kSimple[] = {"strong", "em", "sup", "sub", "term", "q"};
    const std::size_t kind = draws_.below(16);
    if (kind < std::size(kSimple)) return fmt::format("<{0}>{1}</{0}>", kSimple[kind], inner());
    switch (kind) {
      case 6: return fmt::format("<a href=\"https://example.org/{}\">{}</a>", draws_.below(1000), words(1 + draws_.below(4)));
      case 7: return fmt::format("<a href=\"#b0\">{}</a>", words(1 + draws_.below(4)));
      case 8: return references_ > 0 ? fmt::format("<cite ref=\"r{}\"/>", draws_.below(references_)) : "";
      case 9: return R"(<field name="patient.name"/>)";
      case 10: return draws_.one_in(2) ? R"(<field name="visit" format="long-date"/>)" : R"(<field name="times"/>)";
      case 11: return fmt::format(R"(<choose><when field="side" is="left">{}</when><otherwise>{}</otherwise></choose>)", words(2), words(1 + draws_.below(3)));
      case 12: return fmt::format(R"(<plural field="times"><case of="one">{0}</case><case of="other"><field name="times"/> {0}</case></plural>)", words(1));
      case 13: return R"(<measure value="2.5" unit="kilogram" us-value="5.5" us-unit="pound"/>)";
      case 14: {
        const Language& other = kVocabularies[draws_.below(std::size(kVocabularies))];
        return fmt::format("<span xml:lang=\"{}\">{}</span>", other.tag, other.words[draws_.below(kWords)]);
      }
      default: return "<br/>";
    }
  }

  // <name id="b7" …>b7: words</name>
  std::string text(std::string_view name, std::string_view attributes = {}) {
    const std::size_t number = next_++;
    return fmt::format("<{0} id=\"b{1}\"{2}>b{1}:{3}</{0}>\n", name, number, attributes, inlines(length()));
  }

  // ---- blocks ----

  std::string id() { return fmt::format(" id=\"b{}\"", next_++); }

  std::string list_of(std::string_view name, std::string_view child, std::string_view attributes, std::size_t count) {
    std::string made = fmt::format("<{}{}>\n", name, attributes);
    for (std::size_t i = 0; i < count; ++i) made += text(child);
    return made + fmt::format("</{}>\n", name);
  }

  std::string references() {
    std::string made = "<references>\n";
    for (std::size_t i = 0; i < references_; ++i) {
      const std::string_view address = draws_.one_in(2) ? R"( href="https://example.org/a/long/address/of/a/source.html" accessed="2026-11-01")" : "";
      made += fmt::format("<reference id=\"r{0}\"{1}>r{0}:{2}</reference>\n", i, address, words(1 + draws_.below(20)));
    }
    return made + "</references>\n";
  }

  void take() { left_ -= std::min<std::size_t>(left_, 1); }

  std::string body_block(int depth) {
    const std::size_t kind = draws_.below(12);
    if (kind >= 8 && depth < kDeepestSection) return section(depth);
    if (kind == 7) return callout();
    return flow_block(0);
  }

  std::string section(int depth) {
    take();
    std::string made = fmt::format("<section{}>\n{}", id(), text("title"));
    const std::size_t count = 1 + draws_.below(6);
    for (std::size_t i = 0; i == 0 || (i < count && left_ > 0); ++i) made += body_block(depth + 1);
    return made + "</section>\n";
  }

  std::string callout() {
    take();
    constexpr std::string_view kKinds[] = {"urgent", "warning", "tip", "note"};
    std::string made = fmt::format("<callout{} kind=\"{}\">\n", id(), kKinds[draws_.below(4)]);
    if (draws_.one_in(2)) made += text("title");
    const std::size_t count = 1 + draws_.below(3);
    for (std::size_t i = 0; i < count; ++i) made += flow_block(1);
    return made + "</callout>\n";
  }

  std::string flow_block(int depth) {
    take();
    switch (draws_.below(11)) {
      case 5: return depth < 2 ? table() : text("p");
      case 6: return shape_.pictures ? figure() : text("p");
      case 7: return text("question", fmt::format(" lines=\"{}\"", draws_.below(4)));
      case 8: return definitions();
      case 9:
      case 10: return depth < kDeepestList ? list(depth) : text("p");
      default: return text("p");
    }
  }

  std::string definitions() {
    std::string made = fmt::format("<dl{}>\n", id());
    const std::size_t count = 1 + draws_.below(4);
    for (std::size_t i = 0; i < count; ++i) made += text("dt") + text("dd") + (draws_.one_in(3) ? text("dd") : "");
    return made + "</dl>\n";
  }

  std::string list(int depth) {
    constexpr std::pair<std::string_view, std::string_view> kKinds[] = {{"ul", ""}, {"ul", " kind=\"check\""}, {"ol", ""}, {"ol", " kind=\"steps\""}, {"ol", " start=\"98\""}};
    const auto& [name, kind] = kKinds[draws_.below(std::size(kKinds))];
    std::string made = fmt::format("<{}{}{}>\n", name, id(), kind);
    const std::size_t count = 1 + draws_.below(7);
    for (std::size_t i = 0; i < count; ++i) made += draws_.one_in(4) ? item(depth) : text("li");
    return made + fmt::format("</{}>\n", name);
  }

  std::string item(int depth) {
    std::string made = fmt::format("<li{}>\n", id());
    const std::size_t count = 1 + draws_.below(3);
    for (std::size_t i = 0; i < count; ++i) made += flow_block(depth + 1);
    return made + "</li>\n";
  }

  // Labels are short: one that doesn't fit its place is a fault.
  std::string figure() {
    constexpr std::string_view kPlaces[2][9] = {{"thigh-bone", "kneecap", "cartilage", "meniscus", "tendon", "bursa", "mcl", "acl", "shin-bone"},
                                                {"step-1", "step-2", "step-3", "step-1-detail", "step-2-detail", "step-3-detail"}};
    constexpr std::string_view kFiles[] = {"knee-joint.svg", "three-steps.svg"};
    const std::size_t which = draws_.below(2);
    std::string made = fmt::format("<figure{} src=\"{}\" alt=\"{}\">\n", id(), kFiles[which], words(3));
    if (draws_.one_in(2)) made += text("figcaption");
    for (const std::string_view place : kPlaces[which]) {
      if (!place.empty()) made += fmt::format("<label id=\"b{0}\" for=\"{1}\">b{0}:</label>\n", next_, place), ++next_;
    }
    return made + "</figure>\n";
  }

  // ---- tables ----

  std::string table() {
    const std::size_t columns = 1 + draws_.below(5);
    std::string made = fmt::format("<table{}>\n{}", id(), draws_.one_in(3) ? text("caption") : "");
    if (!draws_.one_in(4)) made += rows("thead", "th", columns, 1 + (draws_.one_in(4) ? draws_.below(2) : 0));
    return made + rows("tbody", "td", columns, 1 + (draws_.one_in(8) ? draws_.below(60) : draws_.below(6))) + "</table>\n";
  }

  // One column has no cell that spans rows, so that every row has a cell of its own.
  std::string rows(std::string_view part, std::string_view name, std::size_t columns, std::size_t count) {
    const std::size_t plain = draws_.below(columns);
    const std::size_t spans = draws_.one_in(3) ? 6 : 1000;  // one cell in so many
    std::vector<std::size_t> busy(columns, 0);
    std::string made = fmt::format("<{}>\n", part);
    for (std::size_t row = 0; row < count; ++row) {
      made += "<tr>\n";
      for (std::size_t column = 0; column < columns;) {
        if (busy[column] > row) {
          ++column;
          continue;
        }
        std::size_t wide = 1;
        while (column + wide < columns && busy[column + wide] <= row && draws_.one_in(spans)) ++wide;
        const bool holds_plain = plain >= column && plain < column + wide;
        const std::size_t most = std::min<std::size_t>(count - row, kMostSpan);
        const std::size_t high = !holds_plain && draws_.one_in(spans) ? 1 + draws_.below(most) : 1;
        made += cell(column == 0 ? "th" : name, wide, high);
        std::fill_n(busy.begin() + static_cast<std::ptrdiff_t>(column), wide, row + high);
        column += wide;
      }
      made += "</tr>\n";
    }
    return made + fmt::format("</{}>\n", part);
  }

  std::string cell(std::string_view name, std::size_t wide, std::size_t high) {
    const std::string spans = (wide > 1 ? fmt::format(" colspan=\"{}\"", wide) : "") + (high > 1 ? fmt::format(" rowspan=\"{}\"", high) : "");
    if (draws_.one_in(15)) return fmt::format("<{}{}{}/>\n", name, id(), spans);
    const std::size_t number = next_++;
    return fmt::format("<{0} id=\"b{1}\"{2}>b{1}:{3}</{0}>\n", name, number, spans, inlines(draws_.below(8)));
  }

  Draws& draws_;
  const Shape& shape_;
  const Language& language_;
  std::size_t left_;        // blocks to make
  std::size_t next_ = 1;    // number of the next id
  std::size_t references_ = 0;
};

}  // namespace

std::string generated_article(Draws& draws, const Shape& shape) { return Maker(draws, shape).make(); }

}  // namespace handout::stress
