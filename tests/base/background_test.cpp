#include <gtest/gtest.h>

#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <vector>

#include "base/background.h"

namespace handout {

TEST(Background, GivesBackWhatWorkMakes) {
  Background background;
  std::vector<std::future<int>> made;
  for (int i = 0; i < 100; ++i) made.push_back(background.run([i] { return i * i; }));
  for (int i = 0; i < 100; ++i) EXPECT_EQ(made[static_cast<std::size_t>(i)].get(), i * i);
}

TEST(Background, WorksBesideTheCaller) {
  Background background;
  EXPECT_NE(background.run([] { return std::this_thread::get_id(); }).get(), std::this_thread::get_id());
}

TEST(Background, ExceptionsGoToWhoAsks) {
  Background background;
  auto made = background.run([]() -> int { throw std::runtime_error("no"); });
  EXPECT_THROW(made.get(), std::runtime_error);
  EXPECT_EQ(background.run([] { return 1; }).get(), 1) << "the thread goes on";
}

TEST(Background, EndsWhenAllIsDone) {
  std::atomic<int> done = 0;
  {
    Background background;
    for (int i = 0; i < 20; ++i) {
      background.run([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        ++done;
      });
    }
  }
  EXPECT_EQ(done, 20);
}

TEST(Background, WhatWorkHeldIsLetGoWhenItIsDone) {
  Background background;
  auto held = std::make_shared<int>(1);
  background.run([held] {}).get();
  background.run([] {}).get();
  for (int i = 0; i < 1000 && held.use_count() > 1; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_EQ(held.use_count(), 1);
}

#ifndef __SANITIZE_ADDRESS__  // which has the address space reserved
TEST(Background, WithoutAThreadTheCallerWorks) {
  const auto works_alone = [] {
    // No room for a thread's stack.
    std::ifstream sizes("/proc/self/statm");
    rlim_t pages = 0;
    sizes >> pages;
    const rlim_t size = pages * 4096 + (2u << 20);
    const rlimit limit{size, size};
    if (setrlimit(RLIMIT_AS, &limit) != 0) std::_Exit(2);
    // Stacks of threads that have ended are used again.
    try {
      for (;;) std::thread([] { ::pause(); }).detach();
    } catch (const std::system_error&) {
    }
    Background background;
    const bool here = background.run([] { return std::this_thread::get_id(); }).get() == std::this_thread::get_id();
    std::_Exit(here ? 0 : 1);
  };
  EXPECT_EXIT(works_alone(), testing::ExitedWithCode(0), "");
}
#endif

}  // namespace handout
