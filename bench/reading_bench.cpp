// SPDX-License-Identifier: GPL-3.0-or-later
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <system_error>

#include "bench_scan.hpp"
#include "velocal/core/file_reader.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/flux/accumulate_flux.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/small_counts.hpp"

namespace velocal::bench {
namespace {

using Paths = std::vector<std::filesystem::path>;

Paths acquisitions(const BenchScan& scan, int from, int to) {
  Paths paths;
  for (int threshold = from; threshold <= to; ++threshold) {
    for (int a = 0; a < scan.scan().acquisitions.count; ++a) {
      paths.push_back(acquisition_path(scan.dataset, scan.scan(), threshold, a));
    }
  }
  return paths;
}

/// Opens, reads and closes a file, and nothing else: what reading a scan costs at least.
std::size_t read_plainly(const std::filesystem::path& file, std::vector<char>& buffer) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), file.string());
  std::size_t bytes = 0;
  for (ssize_t part = 1; part > 0; bytes += static_cast<std::size_t>(std::max<ssize_t>(part, 0))) {
    part = ::read(descriptor, buffer.data(), buffer.size());
  }
  ::close(descriptor);
  return bytes;
}

void read_scan(benchmark::State& state, const BenchScan& scan, int threads) {
  const Paths paths = acquisitions(scan, scan.scan().thresholds.from, scan.scan().thresholds.to);
  std::vector<std::vector<char>> buffers(static_cast<std::size_t>(worker_count(paths.size(), threads)),
                                         std::vector<char>(1 << 20));
  std::atomic<std::size_t> bytes = 0;
  for (auto _ : state) {
    parallel_for(paths.size(), threads, [&](std::size_t i, int worker) {
      bytes += read_plainly(paths[i], buffers[static_cast<std::size_t>(worker)]);
    });
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
  state.counters["files"] = static_cast<double>(paths.size());
}

void flux_of_scan(benchmark::State& state, const BenchScan& bench_scan, int acquisitions, int threads) {
  ScanSettings scan = bench_scan.scan();
  scan.acquisitions = {0, acquisitions};
  for (auto _ : state) benchmark::DoNotOptimize(accumulate_flux(bench_scan.dataset, scan, threads));
}

void parse_files(benchmark::State& state, const BenchScan& scan) {
  std::vector<std::vector<char>> texts;
  FileReader reader;
  for (const auto& path : acquisitions(scan, 1485, 1485)) {
    const auto text = reader.read(path);
    texts.emplace_back(text.begin(), text.end());
  }
  std::vector<std::uint8_t> sum(pixel_count);
  SmallCounts counts;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    for (const auto& text : texts) {
      if (!add_small_counts(text, sum, counts)) state.SkipWithError("a file is not plain");
      bytes += static_cast<std::int64_t>(text.size());
    }
    benchmark::DoNotOptimize(sum.data());
  }
  state.SetBytesProcessed(bytes);
}

void read_files(benchmark::State& state, const BenchScan& scan) {
  const Paths paths = acquisitions(scan, 1485, 1485);
  std::vector<char> buffer(1 << 20);
  std::size_t bytes = 0;
  for (auto _ : state) {
    for (const auto& path : paths) bytes += read_plainly(path, buffer);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

}  // namespace

void register_reading(const BenchScan& scan) {
  const auto add = [](const std::string& name, auto function, auto... arguments) {
    benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) { function(state, arguments...); })
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  };
  add("files/read", read_files, std::cref(scan));
  add("files/parse", parse_files, std::cref(scan));
  for (const int threads : {1, thread_count(0)}) {
    add(fmt::format("scan/read/threads:{}", threads), read_scan, std::cref(scan), threads);
    for (const int count : {1, 10, 100}) {
      add(fmt::format("scan/flux/acquisitions:{}/threads:{}", count, threads), flux_of_scan, std::cref(scan), count,
          threads);
    }
    if (thread_count(0) == 1) break;
  }
}

}  // namespace velocal::bench
