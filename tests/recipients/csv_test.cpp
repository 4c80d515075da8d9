#include "recipients/column_map.h"
#include "recipients/list.h"

namespace handout::recipients::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using Strings = std::vector<std::string>;

ReaderOptions with_chunk(std::size_t chunk) {
  ReaderOptions options;
  options.chunk = chunk;
  return options;
}

// ---- what is read ----

struct Good {
  const char* name;
  std::string bytes;
  std::vector<Strings> rows;  // the header is a,b
};

class CsvRows : public testing::TestWithParam<Good> {};

TEST_P(CsvRows, AreReadInChunksOfAnySize) {
  for (const std::size_t chunk : {1, 2, 3, 5, 7, 64, 4096}) {
    const Read read = read_list(GetParam().bytes, with_chunk(chunk));
    EXPECT_EQ(read.told, "") << chunk;
    EXPECT_THAT(read.columns, ElementsAre("a", "b")) << chunk;
    EXPECT_EQ(read.rows, GetParam().rows) << chunk;
    EXPECT_THAT(read.rejects, IsEmpty()) << chunk;
    EXPECT_EQ(read.ended, Next::End) << chunk;
  }
}

INSTANTIATE_TEST_SUITE_P(Csv, CsvRows,
                         testing::Values(Good{"crlf", "a,b\r\n1,2\r\n3,4\r\n", {{"1", "2"}, {"3", "4"}}}, Good{"lf", "a,b\n1,2\n3,4\n", {{"1", "2"}, {"3", "4"}}}, Good{"cr", "a,b\r1,2\r3,4\r", {{"1", "2"}, {"3", "4"}}},
                                         Good{"mixed_ends", "a,b\n1,2\r3,4\r\n5,6", {{"1", "2"}, {"3", "4"}, {"5", "6"}}}, Good{"no_last_line_end", "a,b\n1,2", {{"1", "2"}}}, Good{"header_only", "a,b\n", {}}, Good{"header_only_no_end", "a,b", {}},
                                         Good{"bom", "\xEF\xBB\xBF" "a,b\n1,2\n", {{"1", "2"}}}, Good{"bom_and_quotes", "\xEF\xBB\xBF\"a\",\"b\"\n1,2\n", {{"1", "2"}}}, Good{"semicolons", "a;b\n1;2,5\n", {{"1", "2,5"}}}, Good{"tabs", "a\tb\n1\t2;,3\n", {{"1", "2;,3"}}},
                                         Good{"quotes", "a,b\n\"1\",\"2\"\n", {{"1", "2"}}}, Good{"doubled_quotes", "a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", {{"say \"hi\"", "\""}}}, Good{"separator_in_quotes", "a,b\n\"1,2\",3\n", {{"1,2", "3"}}},
                                         Good{"line_breaks_in_fields", "a,b\n\"1\r\n2\n3\r4\",5\n6,7\n", {{"1\r\n2\n3\r4", "5"}, {"6", "7"}}}, Good{"empty_fields", "a,b\n,\n\"\",\"\"\n", {{"", ""}, {"", ""}}}, Good{"empty_lines", "a,b\n\n1,2\n\r\n\n3,4\n\n", {{"1", "2"}, {"3", "4"}}},
                                         Good{"empty_lines_first", "\n\na,b\n1,2\n", {{"1", "2"}}}, Good{"formulas_are_text", "a,b\n=1+1,@x\n+1,-2\n", {{"=1+1", "@x"}, {"+1", "-2"}}}, Good{"spaces_are_kept", "a,b\n 1 , 2\n", {{" 1 ", " 2"}}}, Good{"names_are_trimmed", " a ,b\t\n1,2\n", {{"1", "2"}}},
                                         Good{"excel_says_its_separator", "sep=;\r\na;b\r\n1,x;2\r\n", {{"1,x", "2"}}}, Good{"scripts", "a,b\nأحمد,李\n", {{"أحمد", "李"}}}, Good{"closing_quote_at_the_end", "a,b\n1,\"2\"", {{"1", "2"}}}, Good{"cr_at_the_end_of_all", "a,b\r1,\"2\"\r", {{"1", "2"}}}),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(Csv, PlacesAndBytesOfRecords) {
  for (const std::size_t chunk : {1, 2, 3, 4096}) {
    const Read read = read_list("a,b\r\n\"x\r\ny\",1\r\n\r\n2,3\r\n\"4\",5\r\n6,7\r\n", with_chunk(chunk));
    EXPECT_THAT(read.order, ElementsAre("row 1 line 2", "row 2 line 5", "row 3 line 6", "row 4 line 7"));
    EXPECT_THAT(read.raws, ElementsAre("\"x\r\ny\",1", "2,3", "\"4\",5", "6,7"));
    EXPECT_EQ(read.counts.rows, 4u);
  }
}

TEST(Csv, ASeparatorIsFoundOutsideQuotesOnly) {
  EXPECT_THAT(read_list("\"a,b,c\";d\n1;2\n").columns, ElementsAre("a,b,c", "d"));
  // Of as many ',' as ';' in each line the ';' counts; else what all lines have as often.
  EXPECT_THAT(read_list("Name, Vorname;Adresse;Ort, PLZ\nLi, Bo;Weg 1;Bonn, 53111\n").columns, ElementsAre("Name, Vorname", "Adresse", "Ort, PLZ"));
  EXPECT_THAT(read_list("Name, a, b, c;Ort\nLi;Bonn\nWu, x;Bern\n").columns, ElementsAre("Name, a, b, c", "Ort"));
  EXPECT_THAT(read_list("a,b,c;d\n1,2,3\n1,2\n").columns, ElementsAre("a", "b", "c;d"));
  for (const std::size_t chunk : {1, 7, 4096}) EXPECT_THAT(read_list("a, b;c, d\n1, 2;3\n\n4;5", with_chunk(chunk)).columns, ElementsAre("a, b", "c, d")) << chunk;
  EXPECT_THAT(read_list("one column\nx y\n").rows, ElementsAre(ElementsAre("x y")));
  ReaderOptions options;
  options.separator = ';';
  EXPECT_THAT(read_list("a,b,c;d\n1;2\n", options).columns, ElementsAre("a,b,c", "d"));
}

TEST(Csv, FiveThousandColumns) {
  std::string header, row;
  for (int i = 0; i < 5000; ++i) {
    header += (i == 0 ? "c" : ",c") + std::to_string(i);
    row += (i == 0 ? "" : ",") + std::to_string(i);
  }
  const Read read = read_list(header + "\n" + row + "\n" + row + ",x\n", with_chunk(100));
  ASSERT_THAT(read.rows, SizeIs(1));
  EXPECT_EQ(read.rows[0][4999], "4999");
  EXPECT_THAT(read.rejects, ElementsAre("2 line 3: has 5001 fields; the header has 5000"));
  ReaderOptions few;
  few.most_columns = 4999;
  EXPECT_THAT(read_list(header + "\n", few).told, HasSubstr("list:1:1: error: has 5000 columns; the most is 4999"));
}

// ---- rejects ----

struct Bad {
  const char* name;
  std::string bytes;
  Strings rejects;
  std::vector<Strings> rows;
};

class CsvRejects : public testing::TestWithParam<Bad> {};

TEST_P(CsvRejects, AreValuesAndTheRestIsRead) {
  for (const std::size_t chunk : {1, 3, 4096}) {
    const Read read = read_list(GetParam().bytes, with_chunk(chunk));
    EXPECT_EQ(read.rejects, GetParam().rejects) << chunk;
    EXPECT_EQ(read.rows, GetParam().rows) << chunk;
    EXPECT_EQ(read.ended, Next::End) << chunk;
    EXPECT_EQ(read.told, "") << chunk;
  }
}

using namespace std::string_literals;
INSTANTIATE_TEST_SUITE_P(
    Csv, CsvRejects,
    testing::Values(Bad{"few_fields", "a,b\n1\n3,4\n", {"1 line 2: has 1 field; the header has 2"}, {{"3", "4"}}}, Bad{"many_fields", "a,b\n1,2,3\n3,4\n", {"1 line 2: has 3 fields; the header has 2"}, {{"3", "4"}}},
                    Bad{"bare_quote", "a,b\n1,x\"y\n3,4\n", {"1 line 2 byte 4 [b]: a quote stands inside a field that does not begin with one"}, {{"3", "4"}}},
                    Bad{"space_before_quote", "a,b\n1, \"y\"\n3,4\n", {"1 line 2 byte 4 [b]: a quote stands inside a field that does not begin with one"}, {{"3", "4"}}},
                    Bad{"after_quote", "a,b\n\"x\"y,2\n3,4\n", {"1 line 2 byte 4 [a]: something stands between a closing quote and the next separator"}, {{"3", "4"}}},
                    Bad{"nul", "a,b\n1,x\0y\n3,4\n"s, {"1 line 2 byte 4 [b]: holds the character U+0000"}, {{"3", "4"}}},
                    Bad{"latin1", "a,b\n1,Fran\xE7ois\n3,4\n", {"1 line 2 byte 7 [b]: is not UTF-8: Latin-1 or Windows-1252, as it seems"}, {{"3", "4"}}},
                    Bad{"surrogate", "a,b\n\xC3\xA9\xC3\xA9,\xED\xA0\x80\n3,4\n", {"1 line 2 byte 6 [b]: is not UTF-8"}, {{"3", "4"}}}, Bad{"overlong", "a,b\n\xC3\xA9\xC3\xA9,\xC0\xAF\n3,4\n", {"1 line 2 byte 6 [b]: is not UTF-8"}, {{"3", "4"}}},
                    Bad{"wrong_byte_on_a_later_line", "a,b\n\"1\n2\xFF\",3\n", {"1 line 3 byte 2 [a]: is not UTF-8: Latin-1 or Windows-1252, as it seems"}, {}}),
    [](const auto& each) { return std::string(each.param.name); });

// A quote too many opens a field that takes in the lines below, until the next quote. Only its own line is lost.
TEST(Csv, AStrayQuoteRejectsItsLineAlone) {
  const Read read = read_list("a,b\n1,\"x\n2,y\n3,\"z\"\n4,w\n");
  EXPECT_THAT(read.rows, ElementsAre(ElementsAre("2", "y"), ElementsAre("3", "z"), ElementsAre("4", "w")));
  EXPECT_THAT(read.rejects, ElementsAre("1 line 2 [b]: something stands between a closing quote and the next separator"));
  EXPECT_THAT(read.raws[0], "1,\"x");
  // The same where what was swallowed looks well-formed but for its number of fields.
  const Read counted = read_list("a,b\n\"1,x\n2,y\n3\",z,w\n4,v\n");
  EXPECT_THAT(counted.rows, ElementsAre(ElementsAre("2", "y"), ElementsAre("4", "v")));
  EXPECT_THAT(counted.rejects, ElementsAre("1 line 2: has 3 fields; the header has 2 (is a quote missing on this line?)", HasSubstr("3 line 4 byte 2 [a]: a quote stands inside")));
}

TEST(Csv, FieldsAndRecordsHaveLimits) {
  const std::string ten_mb(10u << 20, 'x');
  for (const char* quote : {"", "\""}) {
    const Read read = read_list(std::string("a,b\n1,") + quote + ten_mb + quote + "\n3,4\n");
    EXPECT_THAT(read.rejects, ElementsAre("1 line 2 [b]: has 10485760 bytes; the most is 1048576"));
    EXPECT_THAT(read.rows, ElementsAre(ElementsAre("3", "4")));
    EXPECT_EQ(read.raws[0].size(), ten_mb.size() + 2 + 2 * std::string(quote).size());
  }
  // Beyond what is held.
  ReaderOptions options;
  options.most_record = 1000;
  options.chunk = 100;
  const std::string lines = "\"" + std::string(700, 'x') + "\n" + std::string(700, '\n') + "\"\"y\"";
  const Read read = read_list("a,b\n1," + lines + "\r\n3,4\n", options);
  EXPECT_THAT(read.rejects, ElementsAre("1 line 2: is longer than 1000 bytes, the most that a record may have (cut)"));
  EXPECT_THAT(read.order, ElementsAre("reject 1 line 2", "row 2 line 704"));
  EXPECT_EQ(read.raws[0].size(), 1000u);
}

// ---- the file as a whole ----

struct Whole {
  const char* name;
  std::string bytes;
  std::string told;
};

class CsvFaults : public testing::TestWithParam<Whole> {};

TEST_P(CsvFaults, AreTold) {
  for (const std::size_t chunk : {1, 4096}) {
    const Read read = read_list(GetParam().bytes, with_chunk(chunk));
    EXPECT_THAT(read.told, HasSubstr(GetParam().told)) << chunk;
    EXPECT_EQ(read.ended, Next::Failed);
  }
}

INSTANTIATE_TEST_SUITE_P(Csv, CsvFaults,
                         testing::Values(Whole{"empty", "", "list: error: is empty; expected a header with the names of the columns"}, Whole{"bom_only", "\xEF\xBB\xBF", "list: error: is empty"}, Whole{"empty_lines_only", "\n\r\n", "list: error: is empty"},
                                         Whole{"duplicate", "a,b,a\n1,2,3\n", "list:1:1: error: columns 1 and 3 have the same name\n"}, Whole{"duplicate_after_trimming", "a,\"a \"\n", "columns 1 and 2 have the same name\n"},
                                         Whole{"no_name", "a,,b\n1,2,3\n", "list:1:1: error: column 2 of the header has no name"}, Whole{"separator_at_the_end", "a,b,\n", "column 3 of the header has no name"},
                                         Whole{"cut_in_a_quote", "a,b\n1,2\n3,\"x\ny\n", "list:3:1: error: row 2: a quote is opened and never closed; the file ends inside the field\n  hint: was the file cut?"},
                                         Whole{"header_quote", "a,\"b\n1,2\n", "list:1:1: error: the header is damaged: a quote is opened and never closed"}, Whole{"header_bare_quote", "a,b\"\n1,2\n", "the header is damaged: a quote stands inside a field"},
                                         Whole{"utf16le", "\xFF\xFE" "a\0,\0b\0"s, "list: error: is UTF-16LE, not UTF-8\n  hint: convert the file, for example: iconv -f UTF-16 -t UTF-8"}, Whole{"utf16be", "\xFE\xFF\0a\0,\0b"s, "is UTF-16BE, not UTF-8"},
                                         Whole{"utf16_without_mark", "a\0,\0b\0\n\0"s, "is UTF-16LE, not UTF-8"}, Whole{"utf16be_without_mark", "\0a\0,\0b"s, "is UTF-16BE, not UTF-8"}, Whole{"utf32", "\xFF\xFE\0\0a\0\0\0"s, "is UTF-32, not UTF-8"},
                                         Whole{"latin1_header", "Pr\xE9nom,b\n1,2\n", "list:1:1: error: the header is not UTF-8: Latin-1 or Windows-1252, as it seems\n  hint: convert the file, for example: iconv -f WINDOWS-1252"},
                                         Whole{"nul_header", "abc\0,b\n"s, "list:1:1: error: the header holds the character U+0000"}),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(Csv, ALongRecordThatNeverEndsIsAFault) {
  ReaderOptions options;
  options.most_record = 1000;
  options.chunk = 100;
  const Read read = read_list("a,b\n1,2\n1,\"" + std::string(5000, 'x'), options);
  EXPECT_EQ(read.ended, Next::Failed);
  EXPECT_THAT(read.told, HasSubstr("list:3:1: error: row 2: a quote is opened and never closed"));
  EXPECT_THAT(read_list(std::string(5000, 'x'), options).told, HasSubstr("the header has more than 1000 bytes"));
}

TEST(Csv, FilesThatAreNotThere) {
  Diagnostics diags;
  EXPECT_FALSE(Reader::open("/no/such/list.csv", {}, diags));
  EXPECT_EQ(to_text(diags), "/no/such/list.csv: error: no such file\n");
  EXPECT_EQ(diags.exit_code(), 1);
  Diagnostics folder;
  EXPECT_FALSE(Reader::open("/tmp", {}, folder));
  EXPECT_EQ(to_text(folder), "/tmp: error: is a folder, a file was expected\n");
}

// The first person stands where the header should be: nothing of them is told.
TEST(Csv, AListWithoutAHeader) {
  Diagnostics none;
  const ColumnMap map = *ColumnMap::make({}, none);
  ReaderOptions options;
  options.check_header = [&](const auto& columns, const Span& at, Diagnostics& diags) { return map.check_header(columns, at, diags); };
  for (const char* const row : {"7,Secretann,Dover,Dover,1950-01-02\n", "Secretann,,Dover\n", "Ho,Secretann,1950-01-02\n", "Secretann,First\n"}) {
    const Read read = read_list(row, options);
    EXPECT_FALSE(read.opened) << row;
    EXPECT_THAT(read.told, testing::StartsWith("list:1:1: error: the first line holds too little that names a column: is it a header?\n  hint: the first line of a CSV names its columns"));
    EXPECT_THAT(read.told, Not(testing::AnyOf(HasSubstr("Secretann"), HasSubstr("Dover"), HasSubstr("1950")))) << row;
  }
  EXPECT_THAT(read_list("\n\nx,y\n", options).told, HasSubstr("list:3:1: error: the first line holds too little that names a column"));
  // Two words that columns are called by, and more that they are not.
  EXPECT_THAT(read_list("Born,Secretann,Secretann,City,Dover\n", options).told, AllOf(HasSubstr("columns 2 and 3 have the same name\n"), Not(HasSubstr("Secretann"))));
  // Only of a header are names told.
  EXPECT_THAT(read_list("key,name,name\n", options).told, HasSubstr("columns 2 and 3 have the same name 'name'"));
}

TEST(Csv, WhatIsPackedIsSaidToBe) {
  EXPECT_EQ(read_list("\x1F\x8B\x08\x08\xFF\xFF").told, "list: error: is compressed (gzip): unpack it first\n  hint: a list is plain text: CSV, JSON Lines or FHIR\n");
  EXPECT_THAT(read_list("PK\x03\x04\xFF\xFF").told, HasSubstr("list: error: is compressed (ZIP): unpack it first\n  hint: a spreadsheet"));
  EXPECT_THAT(read_list("BZh91AY&SY").told, HasSubstr("(bzip2)"));
  EXPECT_THAT(read_list("\x28\xB5\x2F\xFD\x04").told, HasSubstr("(Zstandard)"));
  EXPECT_EQ(read_list("BZhalt,PK\n1,2\n").told, "");
}

TEST(Csv, NoMessageHasAValueInIt) {
  const Read read = read_list("a,b\nSECRET\nSECRET,\"SECRET\"SECRET\nSECRET,SEC\"RET\nSECRET,SECRET,SECRET\nSECRET,\xFFSECRET\n\"SECRET");
  EXPECT_THAT(read.rejects, SizeIs(5));
  for (const std::string& reject : read.rejects) EXPECT_THAT(reject, Not(HasSubstr("SECRET")));
  EXPECT_THAT(read.told, AllOf(HasSubstr("row 6"), Not(HasSubstr("SECRET"))));
}

}  // namespace
}  // namespace handout::recipients::test
