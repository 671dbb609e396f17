// SPDX-License-Identifier: GPL-3.0-or-later
#include "workers.hpp"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace velocal::test {
namespace {

/// A line a minute: the long run takes hours.
class MinuteLines {
 public:
  void say(std::size_t done, std::size_t count) {
    if (std::chrono::steady_clock::now() < next_) return;
    fmt::print(stderr, "  {} of {}\n", done, count);
    next_ += std::chrono::minutes(1);
  }

 private:
  std::chrono::steady_clock::time_point next_ = std::chrono::steady_clock::now() + std::chrono::minutes(1);
};

}  // namespace

void for_each_task(const Scene& scene, std::size_t count,
                   const std::function<void(std::size_t, const std::filesystem::path&)>& work) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr first_error;
  std::mutex mutex;
  const auto worker = [&](int number) {
    const std::filesystem::path folder = scene.scratch() / ("worker" + std::to_string(number)) / "w";
    MinuteLines progress;
    for (std::size_t task = next++; task < count; task = next++) {
      if (number == 0) progress.say(task, count);
      try {
        work(task, folder);
      } catch (...) {
        const std::scoped_lock lock(mutex);
        if (!first_error) first_error = std::current_exception();
        next = count;
      }
    }
  };
  std::vector<std::jthread> threads;
  for (int number = 0; number < 2; ++number) threads.emplace_back(worker, number);
  threads.clear();
  if (first_error) std::rethrow_exception(first_error);
}

}  // namespace velocal::test
