#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace handout {

// Threads for work beside the caller's: they take one piece of it after another, in the order in which they were given. A thread costs some 0.3 ms to begin and to end, so there are as many as the machine has processors beside the
// caller's, few at most, and they stay. Where no thread is to be had, work is done at once, by the caller.
class Background {
 public:
  Background();
  // Waits until all is done that was given.
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  // What `work` refers to stays until it is done: who lets the future go doesn't wait for it. Exceptions go into the future.
  template <typename Work>
  std::future<std::invoke_result_t<Work&>> run(Work work) {
    auto task = std::make_shared<std::packaged_task<std::invoke_result_t<Work&>()>>(std::move(work));
    auto result = task->get_future();
    give([task = std::move(task)] { (*task)(); });
    return result;
  }

 private:
  void give(std::function<void()> task);
  void work();

  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  std::size_t waiting_ = 0;  // threads with nothing to do
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace handout
