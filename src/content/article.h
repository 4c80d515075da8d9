#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/diagnostics.h"
#include "unicode/formats.h"
#include "unicode/locale.h"

// What a handout says: an article in one language, valid, every node with its Span. Names come from HTML where HTML has the thing.
namespace handout::content {

using unicode::Date;
using unicode::Direction;
using unicode::Locale;

// ---- inline ----

struct Inline;
using Inlines = std::vector<Inline>;

struct Text { std::string text; };                         // white space collapsed over the whole block as in HTML
enum class Emphasis : std::uint8_t { Strong, Em, Sup, Sub, Term };
struct Emphasized { Emphasis kind = Emphasis::Strong; Inlines content; };
struct Link { std::string href; Inlines content; };        // https:, mailto:, tel: or "#id" of a block of this article
struct Cite { std::string reference; };                    // id of a <reference>; shown as its number
enum class FieldFormat : std::uint8_t { Plain, LongDate, ShortDate, Number };
struct FieldRef { std::string name; FieldFormat format = FieldFormat::Plain; };
// field: has a value; is: equals (after the field's type); is_not.
struct Condition { std::string field; std::optional<std::string> is, is_not; };
struct When { Condition condition; Inlines content; };
struct Choose { std::vector<When> branches; Inlines otherwise; };
struct Plural { std::string field; std::map<std::string, Inlines> cases; };  // CLDR category -> words; "other" always there; <field name=…/> inside shows the number
struct Measure { std::string value, unit, us_value, us_unit; };  // plain decimals, ICU unit names; the us_ pair (or empty) for regions that use US units
struct Foreign { Locale language; std::optional<Direction> direction; Inlines content; };  // <span xml:lang dir>
struct Quote { unicode::QuotationMarks marks; Inlines content; };  // <q>: with the marks of the language around it, outer and inner in turn
struct LineBreak {};

struct Inline {
  Span at;
  std::variant<Text, Emphasized, Link, Cite, FieldRef, Choose, Plural, Measure, Foreign, Quote, LineBreak> what;
};

// ---- blocks ----

// A block that is translated as one unit.
struct TextBlock {
  std::string id;
  Inlines content;
  std::string source;       // in a translation: digest of the source block that it translates
  Span at;
  std::vector<std::string> classes = {};
};

struct Block;
using Blocks = std::vector<Block>;

struct Paragraph { TextBlock text; };
// An item is one text or a list of blocks, never both.
struct Item { std::optional<TextBlock> text; Blocks blocks; std::string id; Span at; };
enum class ListKind : std::uint8_t { Bullet, Number, Steps, Check };  // <ul>, <ol>, <ol kind="steps">, <ul kind="check">
struct List { ListKind kind = ListKind::Bullet; int start = 1; std::vector<Item> items; };
struct Cell { bool header = false; bool row_scope = false; int column_span = 1, row_span = 1; TextBlock text; };
struct TableRow { std::vector<Cell> cells; Span at; };
struct RowGroup { std::vector<TableRow> rows; std::vector<std::string> classes; Span at; };
struct Table { std::optional<TextBlock> caption; std::vector<TableRow> head; std::vector<RowGroup> bodies; };  // geometry checked: every row fills the same number of columns
struct Label { std::string place; TextBlock text; };
struct Figure { std::string source; std::string alt; std::optional<TextBlock> caption; std::vector<Label> labels; Span source_at; };
enum class CalloutKind : std::uint8_t { Urgent, Warning, Tip, Note };
struct Callout { CalloutKind kind = CalloutKind::Note; std::optional<TextBlock> title; Blocks blocks; };
struct Question { int lines = 0; TextBlock text; };
struct Definition { std::vector<TextBlock> terms; std::vector<TextBlock> descriptions; };
struct DefinitionList { std::vector<Definition> entries; };
enum class Level : std::uint8_t { Short, Full };  // short: also in a shortened handout
struct Section { TextBlock title; Level level = Level::Full; Blocks blocks; };

struct Block {
  std::string id;                       // of the block, or of its text
  std::vector<std::string> classes;
  Span at;
  std::variant<Paragraph, List, Table, Figure, Callout, Question, DefinitionList, Section> what;
};

// ---- the article ----

enum class ReferenceStatus : std::uint8_t { Checked, Unverified };
struct Reference { TextBlock text; std::string href; std::optional<Date> accessed; ReferenceStatus status = ReferenceStatus::Unverified; };

struct Code { std::string system, value; };
enum class FieldType : std::uint8_t { Text, Date, Number, Choice };
struct FieldDef {
  std::string name;
  FieldType type = FieldType::Text;
  bool required = false;
  std::string fallback;                 // default value, or ""
  std::vector<std::string> choices;
  Span at;
};

enum class Status : std::uint8_t { Draft, Reviewed };

struct Article {
  std::string id;
  Locale locale;
  std::string version;
  Status status = Status::Draft;
  std::optional<Date> reviewed, review_by;
  std::string reviewer, audience;
  std::vector<std::string> keywords;
  std::vector<Code> codes;
  std::vector<FieldDef> fields;
  TextBlock title;
  std::optional<TextBlock> summary;
  std::vector<TextBlock> points;
  Blocks body;
  std::vector<Reference> references;
  std::filesystem::path folder;         // pictures are beside the article
  std::string digest;                   // SHA-256 of the file
  Span at;
};

// Fields that every handout knows, with their types: patient.*, clinic.*, date, ... (fields.cpp).
struct BuiltInField { std::string_view name; FieldType type; std::string_view doc; };
const std::vector<BuiltInField>& built_in_fields();

// Reads, validates and resolves one file; every fault is told. `shown` is its name in messages. Without a folder nobody looks whether the
// pictures are there.
Result<Article> read_article(const std::filesystem::path& path, Diagnostics& diags);
Result<Article> parse_article(std::string_view xml, std::string_view shown, const std::filesystem::path& folder, Diagnostics& diags);

// Eight hexadecimal digits over a block's words and markup: what `source` names.
std::string block_digest(const TextBlock& block);
// The ids that a request may choose by: of blocks, those inside sections too; of points.
struct Ids {
  std::vector<std::string_view> sections, points;
};
Ids ids_of(const Article& article);
// Every block that is translated as one unit, in document order.
std::vector<const TextBlock*> text_blocks(const Article& article);
// Warns of each block of `translation` that is missing, not in `source`, or translates other words than the source has now.
void compare_translation(const Article& source, const Article& translation, Diagnostics& diags);

// The words alone, in reading order, one block a line: what the round trip compares with the PDF. Fields are written {name}.
// What is only known later is in braces too: {cite:id}, {4.5 kilogram}, {field=value: words | words}, {field, one: words | other: words}.
std::string plain_text(const Inlines& content);
// The same in the words and markup of the source, white space collapsed, without positions: what the digest and the dump are made of.
std::string markup(const Inlines& content);
std::string dump(const Article& article);

// ---- phrases and notices ----

// The program's own words in one language (content/phrases/<locale>.xml): ICU MessageFormat patterns by id.
struct Phrases {
  Locale locale;
  Status status = Status::Draft;
  std::map<std::string, std::string, std::less<>> patterns;
  Span at;
};
Result<Phrases> read_phrases(const std::filesystem::path& path, Diagnostics& diags);

// The same notice in several languages, each printed in its own script (content/notices/<id>.xml).
struct NoticeText { Locale language; Inlines content; Span at; };
struct Notice { std::string id; std::vector<NoticeText> texts; };
Result<Notice> read_notice(const std::filesystem::path& path, Diagnostics& diags);

// ---- what there is ----

struct ArticleFile { Locale locale; std::filesystem::path path; };
struct ArticleEntry { std::string id; std::vector<ArticleFile> files; };  // sorted by id and tag
// Folders of `content` that hold <locale>.xml files of articles (phrases, notices, clinics and mailings apart).
std::vector<ArticleEntry> list_articles(const std::filesystem::path& content, Diagnostics& diags);

}  // namespace handout::content
