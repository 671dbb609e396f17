// SPDX-License-Identifier: GPL-3.0-or-later
#include <benchmark/benchmark.h>

#include <memory>

#include "bench_scan.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"

namespace velocal::bench {
namespace {

/// Where files are written, and what is written; made when the first of these benchmarks runs.
class Files {
 public:
  explicit Files(const BenchScan& scan) : scan_(scan) {
    FitSettings settings;
    settings.statistic = "poisson";  // nearly all pixels are good: full matrices
    settings.start = StartValues::automatic;
    fit_ = fit_scan(scan.cube, scan.scan(), settings, {.engine = "fast"});
    std::filesystem::create_directories(folder_);
    write_flux();
    write_fit();
  }
  ~Files() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;

  void write_flux() const { velocal::write_flux(flux(), scan_.cube, provenance_); }
  void write_fit() const { velocal::write_fit(fit(), fit_, provenance_); }
  void read_flux() const { benchmark::DoNotOptimize(velocal::read_flux(flux(), provenance_)); }
  void read_fit() const { benchmark::DoNotOptimize(velocal::read_fit(fit(), provenance_)); }
  std::filesystem::path flux() const { return folder_ / "flux.h5"; }
  std::filesystem::path fit() const { return folder_ / "fit.h5"; }

 private:
  const BenchScan& scan_;
  Provenance provenance_ = provenance_of(scan_.dataset, scan_.scan().label);
  std::filesystem::path folder_ = scan_.dataset.results_root / "written";
  ScanFit fit_;
};

}  // namespace

void register_files(const BenchScan& scan) {
  const auto files = std::make_shared<std::unique_ptr<Files>>();
  const auto add = [&](const char* name, void (Files::*work)() const, std::filesystem::path (Files::*file)() const) {
    benchmark::RegisterBenchmark(name,
                                 [=, &scan](benchmark::State& state) {
                                   if (!*files) *files = std::make_unique<Files>(scan);
                                   for (auto _ : state) ((**files).*work)();
                                   const auto size = std::filesystem::file_size(((**files).*file)());
                                   state.counters["bytes"] = static_cast<double>(size);
                                 })
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  };
  add("hdf5/write/flux", &Files::write_flux, &Files::flux);
  add("hdf5/read/flux", &Files::read_flux, &Files::flux);
  add("hdf5/write/fit", &Files::write_fit, &Files::fit);
  add("hdf5/read/fit", &Files::read_fit, &Files::fit);
}

}  // namespace velocal::bench
