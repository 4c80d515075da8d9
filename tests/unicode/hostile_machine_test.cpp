#include <cstdlib>

#include <gtest/gtest.h>

namespace {

// Every test of this program runs on a machine that is set to Arabic and to New York: neither may be seen in a result.
class HostileMachine : public ::testing::Environment {
 public:
  void SetUp() override {
    ASSERT_EQ(setenv("LC_ALL", "ar_EG.UTF-8", 1), 0);
    ASSERT_EQ(setenv("LANG", "ar_EG.UTF-8", 1), 0);
    ASSERT_EQ(setenv("TZ", "America/New_York", 1), 0);
  }
};

[[maybe_unused]] const auto* const registered = ::testing::AddGlobalTestEnvironment(new HostileMachine);

}  // namespace
