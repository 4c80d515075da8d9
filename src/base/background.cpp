#include "base/background.h"

#include <algorithm>
#include <system_error>

namespace handout {

namespace {

constexpr std::size_t kMost = 3;

}  // namespace

Background::Background() : most_(std::clamp<std::size_t>(std::thread::hardware_concurrency(), 2, kMost + 1) - 1) {}

Background::~Background() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Background::give(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
    if (waiting_ < tasks_.size() && threads_.size() < most_) {
      try {
        threads_.emplace_back([this] { work(); });
      } catch (const std::system_error&) {
        if (threads_.empty()) {
          task = std::move(tasks_.back());
          tasks_.pop_back();
        }
      }
    }
  }
  // Moved from where a thread will do it.
  if (task) task();
  else changed_.notify_one();
}

void Background::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    ++waiting_;
    changed_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
    --waiting_;
    if (tasks_.empty()) return;
    std::function<void()> task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task();
    task = nullptr;
    lock.lock();
  }
}

}  // namespace handout
