#include "fonts/memory.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

namespace handout::fonts {
namespace {

int failing() {
  errno = ENOMEM;
  return 1;
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
[[noreturn]] void fail_without_more() {
  const rlimit none{kMoreMemory, kMoreMemory};
  if (::setrlimit(RLIMIT_AS, &none) != 0) ::_exit(2);
  try {
    static_cast<void>(with_memory(failing));
  } catch (const std::bad_alloc&) {
    ::_exit(7);
  }
  ::_exit(3);
}
#endif

// glibc's malloc sets it when a thread's arena is full, and gives memory from another one.
TEST(Memory, IsNotOutWhereMoreIsToBeHad) { EXPECT_EQ(with_memory(failing), 1); }

TEST(Memory, IsOutWhereNoMoreIsToBeHad) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers need more addresses than may be left";
#else
  EXPECT_EXIT(fail_without_more(), testing::ExitedWithCode(7), "");
#endif
}

}  // namespace
}  // namespace handout::fonts
