// What a print room reads of a file.
#include "marks/job_ticket.h"

#include <nlohmann/json.hpp>

#include "marking.h"

namespace handout::marks {
namespace {

JobTicket full() {
  JobTicket ticket;
  ticket.job = "JOB7";
  ticket.file = "letter-en-0001.pdf";
  ticket.layout = "mailing-letter";
  ticket.profile = "standard";
  ticket.locale = "en";
  ticket.paper = {8.5_in, 11_in};
  ticket.duplex = display::Duplex::LongEdge;
  ticket.paper_weight = 90;
  ticket.envelope = "us-10-double";
  ticket.fold = "c";
  ticket.pieces = 1000;
  ticket.pages = 6000;
  ticket.sheets = 3000;
  ticket.least_sheets = 3;
  ticket.most_sheets = 3;
  ticket.first_piece = "A1";
  ticket.last_piece = "A1000";
  ticket.trays = {{"all", "plain"}, {"first", "letterhead"}};
  ticket.marks.omr = test::omr_of({{styled::OmrMeaning::Benchmark, 0}, {styled::OmrMeaning::Sequence, 2}});
  ticket.marks.code = styled::SheetCode{test::left_top(5_mm, 100_mm, 1_mm), "data-matrix", 0.4_mm, {}};
  ticket.marks.text = styled::SheetText{test::left_top(5_mm, 120_mm, 0_mm), "{piece}", 6_pt, {}};
  return ticket;
}

constexpr const char* kFull = R"json({
  "version": 1,
  "job": "JOB7",
  "file": "letter-en-0001.pdf",
  "layout": "mailing-letter",
  "profile": "standard",
  "locale": "en",
  "paper": {
    "width": 215.9,
    "height": 279.4,
    "weight": 90
  },
  "sides": "two, turned about the long edge",
  "pieces": 1000,
  "pages": 6000,
  "sheets": 3000,
  "sheets-of-a-piece": [
    3,
    3
  ],
  "first-piece": "A1",
  "last-piece": "A1000",
  "trays": [
    {
      "pages": "all",
      "tray": "plain"
    },
    {
      "pages": "first",
      "tray": "letterhead"
    }
  ],
  "marks": {
    "omr": {
      "left": 5.0,
      "top": 60.0,
      "pitch": 3.175,
      "length": 10.5,
      "width": 0.5,
      "bars": [
        "benchmark",
        "sequence 4"
      ]
    },
    "code": {
      "left": 5.0,
      "top": 100.0,
      "kind": "data-matrix",
      "module": 0.4,
      "form": "H1, job 8, piece 9, sheet 3, sheets 3, sequence 3, check 1 (ISO/IEC 7064 MOD 37,36)"
    },
    "text": {
      "left": 5.0,
      "top": 120.0,
      "text": "{piece}"
    }
  },
  "envelope": "us-10-double",
  "fold": "c"
}
)json";

TEST(JobTicket, SaysEverythingInOneOrder) { EXPECT_EQ(to_json(full()), kFull); }

TEST(JobTicket, WhatIsNotSaidHasNoKey) {
  const auto json = nlohmann::json::parse(to_json({}));
  for (const char* key : {"job", "layout", "trays", "marks", "envelope", "fold", "first-piece"}) EXPECT_FALSE(json.contains(key)) << key;
  EXPECT_EQ(json["sides"], "one");
  EXPECT_FALSE(json["paper"].contains("weight"));
}

TEST(JobTicket, NamesOfAnyBytesStayJson) {
  JobTicket ticket = full();
  ticket.envelope = "a\"b\xFF\n";
  EXPECT_EQ(nlohmann::json::parse(to_json(ticket))["envelope"], "a\"b\uFFFD\n");
}

TEST(JobTicket, SayWhatAFileIsForAndWhy) {
  JobTicket ticket = full();
  const auto json = [&] { return nlohmann::json::parse(to_json(ticket)); };
  EXPECT_FALSE(json().contains("use") || json().contains("reason"));
  ticket.use = JobTicket::For::Reprint;
  ticket.reason = 17;
  EXPECT_EQ(json()["use"], "reprint");
  EXPECT_EQ(json()["reason"], 17);
  // A reprint of a proof is a proof.
  ticket.use = JobTicket::For::Proof;
  EXPECT_EQ(json()["use"], "proof: not to be sent");
  EXPECT_EQ(json()["reason"], 17);
}

}  // namespace
}  // namespace handout::marks
