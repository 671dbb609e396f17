// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

namespace velocal {

/// More threads help nobody, and would take all memory: each has its own scratch space.
inline constexpr int most_threads = 1024;

/// Number of threads to use: `requested` where positive, but at most most_threads; else all that the process may run
/// on.
int thread_count(int requested);

/// Number of threads that parallel_for uses: thread_count(threads), but no more than there are indices.
int worker_count(std::size_t count, int threads);

/// Calls work(index, worker) once for each index in [0, count), in any order, on `threads` threads
/// (<= 0: all), or on as many as the system lets start; `worker` in [0, worker_count(count, threads)) names the thread,
/// for its own scratch space. When calls throw, no new ones are begun, and the exception of the lowest index is
/// rethrown: indices are handed out in order, so that is the one a single thread would have met first.
void parallel_for(std::size_t count, int threads, const std::function<void(std::size_t, int)>& work);

}  // namespace velocal
