#include "base/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

namespace handout {
namespace {

using testing::HasSubstr;

ProgramOutput run(const ProgramCall& call) {
  Diagnostics diags;
  const auto output = run_program(call, diags);
  EXPECT_TRUE(output) << to_text(diags);
  return output.value_or(ProgramOutput{-1000, {}, {}});
}

// More than a pipe holds, both ways: nobody waits for the other.
TEST(Process, StreamsGoThroughWhole) {
  std::string input;
  for (int i = 0; i < 300'000; ++i) input += static_cast<char>(i % 251);
  const ProgramOutput output = run({{"cat"}, input, {}, {}});
  EXPECT_EQ(output.exit_code, 0);
  EXPECT_EQ(output.out, input);
  EXPECT_EQ(output.err, "");
  EXPECT_EQ(run({{"cat"}, "", {}, {}}).out, "");
}

TEST(Process, ArgumentsMeetNoShell) { EXPECT_EQ(run({{"printf", "%s|", "a b", "$HOME", "*", "'\""}, {}, {}, {}}).out, "a b|$HOME|*|'\"|"); }

TEST(Process, ExitCodeErrorsAndSignals) {
  const ProgramOutput failed = run({{"sh", "-c", "echo said >&2; exit 7"}, {}, {}, {}});
  EXPECT_EQ(failed.exit_code, 7);
  EXPECT_EQ(failed.err, "said\n");
  EXPECT_EQ(run({{"sh", "-c", "kill -SEGV $$"}, {}, {}, {}}).exit_code, -SIGSEGV);
}

TEST(Process, ProcessorTimeIsLimited) {
  const int code = run({{"sh", "-c", "while :; do :; done"}, {}, {}, std::chrono::seconds(1)}).exit_code;
  EXPECT_TRUE(code == -SIGXCPU || code == -SIGKILL) << code;
}

TEST(Process, MissingProgramIsTheMachinesFault) {
  Diagnostics diags;
  EXPECT_FALSE(run_program({{"handout-no-such-program"}, {}, "install it", {}}, diags));
  EXPECT_EQ(diags.exit_code(), 3);
  EXPECT_THAT(to_text(diags), HasSubstr("error: there is no program 'handout-no-such-program'\n  hint: install it\n"));
}

}  // namespace
}  // namespace handout
