// SPDX-License-Identifier: GPL-3.0-or-later
#include "workers.hpp"

#include <fmt/format.h>

#include <chrono>
#include <exception>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace velocal::test {
namespace {

/// Hands out one task after the other, for so long; a line a minute tells how far it is, for the long run takes hours.
class Tasks {
 public:
  Tasks(std::size_t count, double seconds) : count_(count), seconds_(seconds) {}

  std::optional<std::size_t> take() {
    const std::scoped_lock lock(mutex_);
    if (next_ == count_) return {};
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin_;
    if (next_ >= least && passed.count() > seconds_) {
      fmt::print(stderr, "  {:.0f} s are over: {} of {} are not tried\n", seconds_, count_ - next_, count_);
      next_ = count_;
      return {};
    }
    if (passed > next_line_) {
      fmt::print(stderr, "  {} of {}\n", next_, count_);
      next_line_ += std::chrono::minutes(1);
    }
    return next_++;
  }

  void stop() {
    const std::scoped_lock lock(mutex_);
    next_ = count_;
  }

 private:
  static constexpr std::size_t least = 4;  ///< are tried in any case: no campaign passes for nothing
  const std::size_t count_;
  const double seconds_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::chrono::duration<double> next_line_ = std::chrono::minutes(1);
  std::size_t next_ = 0;
  std::mutex mutex_;
};

}  // namespace

void for_each_task(const Scene& scene, std::size_t count,
                   const std::function<void(std::size_t, const std::filesystem::path&)>& work, double seconds) {
  Tasks tasks(count, seconds);
  std::exception_ptr first_error;
  std::mutex mutex;
  const auto worker = [&](int number) {
    const std::filesystem::path folder = scene.scratch() / ("worker" + std::to_string(number)) / "w";
    while (const auto task = tasks.take()) {
      try {
        work(*task, folder);
      } catch (...) {
        const std::scoped_lock lock(mutex);
        if (!first_error) first_error = std::current_exception();
        tasks.stop();
      }
    }
  };
  std::vector<std::jthread> threads;
  for (int number = 0; number < 2; ++number) threads.emplace_back(worker, number);
  threads.clear();
  if (first_error) std::rethrow_exception(first_error);
}

}  // namespace velocal::test
