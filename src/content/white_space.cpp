#include "content/reader.h"

#include <algorithm>

#include "unicode/text.h"

// White space is collapsed over the whole block (CSS Text 3 section 4.1.1, white-space: normal): one space where any stood, none at the edges of
// the block nor beside <br/>. Words that depend on a field make the text branch, so that what stands before a space can end in several ways.
namespace handout::content {
namespace {

enum class After : std::uint8_t { Edge, Word, Space };
enum class LineFeed : std::uint8_t { No, Yes };

// One way in which the text so far can end.
struct End {
  After after = After::Edge;
  std::string* space = nullptr;   // whose last byte is the pending space, when it may still be taken back
  Inlines* branch = nullptr;      // where a space can be added without touching the other branches
  Span at;
  char32_t last = 0;
  bool broken = false;            // the pending space had a line feed
};
using Ends = std::vector<End>;

constexpr std::pair<char32_t, char32_t> kWide[] = {{0x2E80, 0x303E}, {0x3041, 0x312F}, {0x31A0, 0x31EF}, {0x31F0, 0x4DBF}, {0x4E00, 0x9FFF},
                                                   {0xF900, 0xFAFF}, {0xFE30, 0xFE4F}, {0xFF01, 0xFFEE}, {0x20000, 0x3FFFD}};

// East Asian Wide, Fullwidth or Halfwidth, Hangul apart: a line feed between two of these is no space (CSS Text 3 section 4.1.3).
bool is_wide(char32_t c) {
  return std::any_of(std::begin(kWide), std::end(kWide), [c](const auto& range) { return c >= range.first && c <= range.second; }) && !(c >= 0xFFA0 && c <= 0xFFDC);
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The first and the last character of a text that is not empty.
char32_t first_of(std::string_view text) { return unicode::decode(text, 0).value; }
char32_t last_of(std::string_view text) {
  std::size_t last = text.size() - 1;
  while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
  return unicode::decode(text, last).value;
}

class Collapser {
 public:
  void content(Inlines& inlines) {
    for (Inline& each : inlines) std::visit([&](auto& what) { one(what, each.at); }, each.what);
  }
  // The edge of the block, or a line break: a space before it goes.
  void edge() {
    for (End& end : ends_) {
      if (end.after == After::Space && end.space) end.space->pop_back();
    }
    ends_ = {End{}};
  }

 private:
  void one(Text& text, const Span&) { collapse(text.text); }
  void one(Emphasized& what, const Span&) { content(what.content); }
  void one(Link& what, const Span&) { content(what.content); }
  void one(Foreign& what, const Span&) { content(what.content); }
  // Its marks are words; inside them white space is as at the edges of a block.
  void one(Quote& what, const Span&) {
    join_wide(first_of(what.marks.open));
    ends_ = {End{}};
    content(what.content);
    edge();
    word(last_of(what.marks.close));
  }
  void one(Cite&, const Span&) { word(0); }
  void one(FieldRef&, const Span&) { word(0); }
  void one(Measure&, const Span&) { word(0); }
  void one(LineBreak&, const Span&) { edge(); }
  void one(Choose& what, const Span& at) {
    std::vector<Inlines*> branches;
    for (When& when : what.branches) branches.push_back(&when.content);
    branches.push_back(&what.otherwise);
    fork(branches, at);
  }
  void one(Plural& what, const Span& at) {
    std::vector<Inlines*> branches;
    for (auto& [category, words] : what.cases) branches.push_back(&words);
    if (!branches.empty()) fork(branches, at);
  }

  void word(char32_t last) {
    End end;
    end.after = After::Word;
    end.last = last;
    ends_.assign(1, end);
  }

  void collapse(std::string& text) {
    // Spaces go straight into `text`, so that an End may point at it; `text` is rebuilt in place.
    const std::string source = std::exchange(text, {});
    for (std::size_t i = 0; i < source.size();) {
      const std::size_t begin = i;
      const bool white = is_space(source[i]);
      while (i < source.size() && is_space(source[i]) == white) ++i;
      const std::string_view run = std::string_view(source).substr(begin, i - begin);
      if (white) {
        space(text, run.find('\n') != std::string_view::npos ? LineFeed::Yes : LineFeed::No);
        continue;
      }
      join_wide(first_of(run));
      text += run;
      word(last_of(run));
    }
  }

  void space(std::string& text, LineFeed line_feed) {
    const bool any_word = std::any_of(ends_.begin(), ends_.end(), [](const End& end) { return end.after == After::Word; });
    if (!any_word) {
      for (End& end : ends_) end.broken = end.broken || line_feed == LineFeed::Yes;
      return;
    }
    const bool settle = std::any_of(ends_.begin(), ends_.end(), [](const End& end) { return end.after != After::Word; }) &&
                        std::all_of(ends_.begin(), ends_.end(), [](const End& end) { return end.after != After::Word || end.branch; });
    if (!settle) {
      End end;
      end.after = After::Space;
      end.last = std::all_of(ends_.begin(), ends_.end(), [](const End& each) { return is_wide(each.last); }) ? ends_.front().last : 0;
      end.broken = line_feed == LineFeed::Yes;
      text += ' ';
      end.space = &text;
      ends_.assign(1, end);
      return;
    }
    // Some ways end in a space and some do not: the space moves into the branches that lack it.
    for (End& end : ends_) {
      if (end.after != After::Word) continue;
      if (end.branch->empty() || !std::holds_alternative<Text>(end.branch->back().what)) end.branch->push_back({end.at, Text{}});
      std::string& last = std::get<Text>(end.branch->back().what).text;
      last += ' ';
      end.after = After::Space;
      end.space = &last;
      end.broken = line_feed == LineFeed::Yes;
    }
  }

  void join_wide(char32_t next) {
    if (!is_wide(next)) return;
    const bool all = std::all_of(ends_.begin(), ends_.end(), [](const End& end) { return end.after == After::Space && end.broken && end.space && is_wide(end.last); });
    if (!all) return;
    for (End& end : ends_) end.space->pop_back();
  }

  // What stands before the branches is common to them: no branch may change it.
  [[nodiscard]] End common_end() const {
    End common = ends_.front();
    const bool same = std::all_of(ends_.begin(), ends_.end(), [&](const End& end) { return (end.after == After::Word) == (common.after == After::Word); });
    if (!same) common.after = After::Word;
    common.space = nullptr;
    common.branch = nullptr;
    return common;
  }

  void fork(const std::vector<Inlines*>& branches, const Span& at) {
    const End common = common_end();
    Ends all;
    for (Inlines* branch : branches) {
      ends_.assign(1, common);
      content(*branch);
      for (End& end : ends_) {
        if (!end.branch) {
          end.branch = branch;
          end.at = at;
        }
        all.push_back(end);
      }
    }
    ends_ = std::move(all);
  }

  Ends ends_{End{}};
};

bool is_empty_text(const Inline& each) {
  const Text* text = std::get_if<Text>(&each.what);
  return text && text->text.empty();
}

// Texts that comments parted become one, and those that lost everything go.
void tidy(Inlines& content) {
  Inlines kept;
  for (Inline& each : content) {
    if (is_empty_text(each)) continue;
    const Text* text = std::get_if<Text>(&each.what);
    Text* before = kept.empty() ? nullptr : std::get_if<Text>(&kept.back().what);
    if (text && before) {
      before->text += text->text;
      continue;
    }
    if (auto* emphasized = std::get_if<Emphasized>(&each.what)) tidy(emphasized->content);
    if (auto* link = std::get_if<Link>(&each.what)) tidy(link->content);
    if (auto* foreign = std::get_if<Foreign>(&each.what)) tidy(foreign->content);
    if (auto* quote = std::get_if<Quote>(&each.what)) tidy(quote->content);
    if (auto* choose = std::get_if<Choose>(&each.what)) {
      for (When& when : choose->branches) tidy(when.content);
      tidy(choose->otherwise);
    }
    if (auto* plural = std::get_if<Plural>(&each.what)) {
      for (auto& [category, words] : plural->cases) tidy(words);
    }
    kept.push_back(std::move(each));
  }
  content = std::move(kept);
}

}  // namespace

void collapse_white_space(Inlines& content) {
  Collapser collapser;
  collapser.content(content);
  collapser.edge();
  tidy(content);
}

bool is_blank(const Inlines& content) {
  return std::all_of(content.begin(), content.end(), [](const Inline& each) {
    if (const auto* text = std::get_if<Text>(&each.what)) return is_blank(std::string_view(text->text));
    if (const auto* emphasized = std::get_if<Emphasized>(&each.what)) return is_blank(emphasized->content);
    if (const auto* link = std::get_if<Link>(&each.what)) return is_blank(link->content);
    if (const auto* foreign = std::get_if<Foreign>(&each.what)) return is_blank(foreign->content);
    if (const auto* quote = std::get_if<Quote>(&each.what)) return is_blank(quote->content);
    return std::holds_alternative<LineBreak>(each.what);
  });
}

}  // namespace handout::content
