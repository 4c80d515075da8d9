// `handout batch --proof`, and what a job leaves in its folder beside the print files.
#include <nlohmann/json.hpp>

#include "program.h"

namespace handout::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

class BatchProof : public Program {
 protected:
  void SetUp() override {
    Program::SetUp();
    write("own.xml", R"(<mailing id="own" title="Own"><article ref="knee-stem-cell-treatment" level="short"/><layout name="compact" large-print="large"/><locale choose="recipient" fallback="en"/><limits rejects="50%"/></mailing>)");
    std::string list = "key,name.given,name.family,language,line1,city,state,postcode,country,large-print\n";
    for (int i = 1; i <= 30; ++i) list += "K" + std::to_string(i) + ",Quentin,Zebedee," + (i == 9 ? "es" : "en") + ",1 Road,Boston,MA,02118,US," + (i == 12 ? "yes" : "no") + "\n";
    write("people.csv", list);
  }
};

TEST_F(BatchProof, Tells_rows_and_what_they_show) {
  const Outcome outcome = run({"batch", "own.xml", "--recipients", "people.csv", "--out", "proof", "--proof", "5"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("proof of row 9: "), HasSubstr("language es"), HasSubstr("proof of row 12: "), HasSubstr("profile large"), Not(HasSubstr("not covered"))));
  EXPECT_THAT(outcome.out + outcome.err, AllOf(Not(HasSubstr("Quentin")), Not(HasSubstr("K9"))));
  EXPECT_EQ(Json::parse(read("proof/proof.json"))["not-covered"], Json::array());
  EXPECT_EQ(run({"ledger", "proof", "--verify"}).code, 0);
  const Outcome small = run({"batch", "own.xml", "--recipients", "people.csv", "--out", "small", "--proof", "1"});
  EXPECT_EQ(small.code, 0);
  EXPECT_THAT(small.out, HasSubstr("not covered: language "));
}

TEST_F(BatchProof, Is_refused_with_shards_and_as_the_mailing) {
  EXPECT_EQ(run({"batch", "own.xml", "--recipients", "people.csv", "--out", "proof", "--proof", "5", "--shard", "1/2"}).code, 2);
  EXPECT_EQ(run({"batch", "own.xml", "--recipients", "people.csv", "--out", "proof", "--proof", "0"}).code, 2);
  ASSERT_EQ(run({"batch", "own.xml", "--recipients", "people.csv", "--out", "proof", "--proof", "5"}).code, 0);
  const Outcome mailing = run({"batch", "own.xml", "--recipients", "people.csv", "--out", "proof"});
  EXPECT_EQ(mailing.code, 1);
  EXPECT_THAT(mailing.err, HasSubstr("(proof)"));
}

TEST_F(BatchProof, A_job_leaves_its_report) {
  const Outcome outcome = run({"batch", "own.xml", "--recipients", "people.csv", "--out", "job"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const Json report = Json::parse(read("job/report.json"));
  EXPECT_EQ(report["rows"]["in"], 30);
  EXPECT_EQ(report["rows"]["pieces"], 30);
  EXPECT_EQ(Json::parse(read("job/speed.json"))["pieces"], 30);
  const Outcome inspected = run({"inspect", "job/report.pdf"});
  EXPECT_EQ(inspected.code, 0) << inspected.err;
  EXPECT_EQ(run({"ledger", "job", "--verify"}).code, 0);
}

}  // namespace
}  // namespace handout::test
