// SPDX-License-Identifier: GPL-3.0-or-later
// velocal_bench bench/scan.yaml [--benchmark_filter=REGEX ...]: all benchmarks, on the scan that velocal-simulate has
// drawn and velocal-flux has summed. `./bootstrap bench` does all that, and tells what it means.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <exception>

#include "bench_scan.hpp"

using namespace velocal::bench;

int main(int argc, char** argv) try {
  benchmark::Initialize(&argc, argv);
  if (argc != 2) {
    std::fputs("usage: velocal_bench bench/scan.yaml [--benchmark_filter=REGEX ...]\n", stderr);
    return 2;
  }
  const BenchScan scan(argv[1]);
  register_reading(scan);
  register_models();
  register_fits(scan);
  register_files(scan);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "velocal_bench: %s\n", error.what());
  return 1;
}
