// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/parallel_for.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace velocal;

TEST_CASE("the number of threads is what was asked for, or what the process may use") {
  CHECK(thread_count(3) == 3);
  CHECK(thread_count(0) >= 1);
  CHECK(thread_count(-1) == thread_count(0));
  CHECK(thread_count(100000) == most_threads);
  CHECK(thread_count(0) <= static_cast<int>(std::thread::hardware_concurrency()));
}

TEST_CASE("each index is worked on once, whatever the number of threads") {
  const int threads = GENERATE(0, 1, 2, 7, 64, 100000);
  const std::size_t count = GENERATE(0u, 1u, 5u, 10000u);
  std::vector<std::atomic<int>> calls(count);
  std::atomic<bool> strange_worker{false};
  parallel_for(count, threads, [&](std::size_t index, int worker) {
    ++calls[index];
    if (worker < 0 || worker >= thread_count(threads)) strange_worker = true;
  });
  CHECK(std::ranges::all_of(calls, [](const auto& number) { return number == 1; }));
  CHECK_FALSE(strange_worker);
}

TEST_CASE("a worker's name is its own: no two threads have the same at a time") {
  constexpr int threads = 4;
  std::vector<std::atomic<int>> inside(threads);
  std::atomic<int> clashes{0};
  parallel_for(2000, threads, [&](std::size_t, int worker) {
    auto& here = inside[static_cast<std::size_t>(worker)];
    if (++here != 1) ++clashes;
    std::this_thread::yield();
    --here;
  });
  CHECK(clashes == 0);
}

TEST_CASE("of several exceptions the one of the lowest index arrives, each time") {
  const int threads = GENERATE(1, 2, 8);
  const bool lowest_is_last = GENERATE(true, false);
  for (int repetition = 0; repetition < 20; ++repetition) {
    const auto work = [&](std::size_t index, int) {
      if (index < 3) return;
      if ((index == 3) == lowest_is_last) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      throw std::runtime_error(std::to_string(index));
    };
    REQUIRE_THROWS_WITH(parallel_for(100, threads, work), "3");
  }
}

TEST_CASE("after an exception no work is begun") {
  std::atomic<int> calls{0};
  const auto work = [&](std::size_t index, int) {
    ++calls;
    if (index == 10) throw std::runtime_error("stop");
  };
  CHECK_THROWS(parallel_for(1000000, 1, work));
  CHECK(calls == 11);
}
