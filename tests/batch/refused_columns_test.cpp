// The column that a refusal names: that of the list, whoever found the fault.
#include "batch/batch_testing.h"

namespace handout::batch {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class RefusedColumns : public Batch {
 protected:
  // What rejects.csv says of the rows behind the header.
  std::string rejects(const std::string& out, std::string_view list, mailings::OutputAs as = mailings::OutputAs::Stream) {
    write("people.csv", list);
    Order wanted = order(out);
    wanted.as = as;
    run_whole(wanted);
    return read(out + "/rejects.csv");
  }
};

constexpr const char* kNoFont = "\xF4\x82\x88\xA2";  // U+102222, for private use

TEST_F(RefusedColumns, OfWhatTheLayoutSets) {
  write("small.xml", R"(<mailing id="small"><article ref="texts/knee"/><layout name="mailing-letter"/><clinic ref="content/clinics/example.xml"/><locale fallback="en"/>
<recipients><column name="Mail Code" to="postal.imb"/></recipients><field name="postal.imb"/></mailing>)");
  const std::string code = "0123456709498765432120016";
  const std::string told = rejects("job", "key,name,Anschrift,Mail Code\nk1,Ann,\"1 Way\nTown\"," + code + "\nk2,SECRET,\"SECRET\nTown\",01234567094987654321200\nk3,SECRET,\"SECRET\nA\nB\nC\nD\nE\nF\nG\nH\nTown\"," + code + "\nk4,SECRET" + kNoFont + ",\"1 Way\nTown\"," + code +
                                              "\nk5,SECRET,\"1 Way\nTo" + kNoFont + "wn\"," + code + "\n");
  EXPECT_THAT(told, AllOf(HasSubstr("\r\n2,Mail Code,\"an Intelligent Mail code was given 23 digits, of which 3 are the routing code; expected 5, 9 or 11 digits of the ZIP code"), HasSubstr("\r\n3,Anschrift,\"region 'address' is "), HasSubstr("\r\n4,name,no font has U+102222"),
                          HasSubstr("\r\n5,Anschrift,no font has U+102222"), Not(HasSubstr("SECRET"))));
}

TEST_F(RefusedColumns, OfNamesOfFiles) {
  write_mailing("<locale choose=\"fixed\" fixed=\"en\"/>\n<output as=\"files\" file-name=\"{key}.pdf\" keys-in-file-names=\"yes\"/>");
  std::string long_key;
  for (int i = 0; i < 60; ++i) long_key += "\xC3\xA9";
  const std::string told = rejects("job", "ID,name\nk1,Ann\nK1,Bob\n" + long_key + ",Cid\n", mailings::OutputAs::Files);
  EXPECT_THAT(told, AllOf(HasSubstr("\r\n2,ID,\"makes the file's name that an earlier row's file has"), HasSubstr("\r\n3,ID,makes a file's name that is longer than 200 bytes")));
  write_mailing("<locale choose=\"fixed\" fixed=\"en\"/>\n<output as=\"files\" file-name=\"{city}-{number}.pdf\" names-in-file-names=\"yes\"/>");
  EXPECT_THAT(rejects("cities", "key,name,Ort\nk1,Ann,Wien\nk2,Bob,\n", mailings::OutputAs::Files), HasSubstr("\r\n2,Ort,\"is empty, and the names of files are made with it"));
}

}  // namespace
}  // namespace handout::batch
