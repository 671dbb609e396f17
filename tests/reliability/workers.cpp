// SPDX-License-Identifier: GPL-3.0-or-later
#include "workers.hpp"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace velocal::test {

void for_each_task(const Scene& scene, std::size_t count,
                   const std::function<void(std::size_t, const std::filesystem::path&)>& work) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr first_error;
  std::mutex mutex;
  const auto worker = [&](int number) {
    const std::filesystem::path folder = scene.scratch() / ("worker" + std::to_string(number)) / "w";
    for (std::size_t task = next++; task < count; task = next++) {
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
