// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/parallel_for.hpp"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>
#include <vector>

namespace velocal {
namespace {

/// Batch systems pin a job to some of a node's processors; the affinity knows, the hardware count does not.
int available_processors() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
  return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

class FirstFailure {
 public:
  void record(std::size_t index, std::exception_ptr exception) {
    const std::scoped_lock lock(mutex_);
    failed_.store(true, std::memory_order_relaxed);
    if (index >= index_) return;
    index_ = index;
    exception_ = std::move(exception);
  }
  bool any() const { return failed_.load(std::memory_order_relaxed); }
  void rethrow() const {
    if (exception_) std::rethrow_exception(exception_);
  }

 private:
  std::mutex mutex_;
  std::atomic<bool> failed_{false};
  std::size_t index_ = std::numeric_limits<std::size_t>::max();
  std::exception_ptr exception_;
};

}  // namespace

int thread_count(int requested) {
  return std::min(requested > 0 ? requested : available_processors(), most_threads);
}

int worker_count(std::size_t count, int threads) {
  return static_cast<int>(std::min<std::size_t>(count, static_cast<std::size_t>(thread_count(threads))));
}

void parallel_for(std::size_t count, int threads, const std::function<void(std::size_t, int)>& work) {
  const int workers = worker_count(count, threads);
  std::atomic<std::size_t> next{0};
  FirstFailure failure;
  const auto run = [&](int worker) {
    while (!failure.any()) {
      const std::size_t index = next.fetch_add(1, std::memory_order_relaxed);
      if (index >= count) return;
      try {
        work(index, worker);
      } catch (...) {
        failure.record(index, std::current_exception());
      }
    }
  };
  {
    std::vector<std::jthread> pool;
    try {
      for (int worker = 1; worker < workers; ++worker) pool.emplace_back(run, worker);
    } catch (const std::system_error&) {
      // The system gives no more threads. Those there are do the work: results do not depend on their number.
    } catch (const std::bad_alloc&) {
      // Likewise.
    }
    if (workers > 0) run(0);
  }
  failure.rethrow();
}

}  // namespace velocal
