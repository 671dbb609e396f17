// SPDX-License-Identifier: GPL-3.0-or-later
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "bench_scan.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/fit/chip_curves.hpp"
#include "velocal/fit/curves/background.hpp"
#include "velocal/fit/curves/status_fitter.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/fit/minimise/minimiser.hpp"
#include "velocal/fit/problem/start_values.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::bench {
namespace {

/// A way to fit.
struct Fit {
  std::string engine;
  std::string statistic;
  StartValues start = StartValues::automatic;
  std::string name() const {
    return fmt::format("engine:{}/statistic:{}/start:{}", engine, statistic, to_string(start));
  }
  FitSettings settings() const {
    FitSettings settings;
    settings.statistic = statistic;
    settings.covariance = Covariance::absolute;
    settings.start = start;
    return settings;
  }
};

/// Counts the fits that the minimiser has seen: with neyman, a zero between two counts ends a pixel before.
void count_fits(benchmark::State& state, const PixelFits& fits) {
  double fitted = 0.0;
  double points = 0.0;
  double minima = 0.0;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    const auto reason = static_cast<StatusReason>(fits.reason[pixel]);
    const bool skipped = reason == StatusReason::zero_inside || reason == StatusReason::too_few_points;
    fitted += skipped || reason >= StatusReason::too_many_zeros ? 0.0 : 1.0;
    if (fits.ndf[pixel] == 0) continue;
    minima += 1.0;
    points += fits.ndf[pixel] + static_cast<double>(fits.parameters.size());
  }
  state.counters["fits"] = fitted;
  state.counters["points"] = points / std::max(minima, 1.0);
  state.counters["evaluations"] = fits.mean_evaluations;
}

/// The fits of a cube's pixels, with all that they refer to.
class PixelFitSet {
 public:
  PixelFitSet(const FluxCube& cube, const ScanSettings& scan, const Fit& fit)
      : statistic_(StatisticRegistry::instance().get(fit.statistic)),
        pixels_(cube, PixelGroup::all, BaselineMode::after),
        settings_{.statistic = fit.statistic, .engine = fit.engine} {
    if (fit.start == StartValues::descriptor) settings_.start = start_values(scan.initial, model_);
    if (statistic_.traits().background) background_ = estimate_background(pixels_.curves()).rate;
  }

  CurveFitPlan plan() const { return {pixels_.curves(), model_, statistic_, settings_, background_}; }

 private:
  const FluxModel& model_ = ModelRegistry::instance().get(FitSettings().model);
  const Statistic& statistic_;
  ChipCurves pixels_;
  CurveSettings settings_;
  double background_ = 0.0;
};

/// Pixels of every 16th row, the first included, whose fit ends good: scipy_fit.py takes the same.
std::vector<std::size_t> good_sample(const CurveFitPlan& plan) {
  std::vector<std::size_t> pixels;
  StatusFitter fitter(plan);
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (Pixel::at(pixel).row % 16 == 0 && fitter(pixel).status() == PixelStatus::good) pixels.push_back(pixel);
  }
  return pixels;
}

/// Pixel after pixel on one thread.
void fit_sample(benchmark::State& state, const FluxCube& cube, const ScanSettings& scan, const Fit& fit) {
  const PixelFitSet set(cube, scan, fit);
  const CurveFitPlan plan = set.plan();
  Fit fast = fit;
  fast.engine = "fast";
  const std::vector<std::size_t> pixels = good_sample(PixelFitSet(cube, scan, fast).plan());
  StatusFitter fitter(plan);
  double evaluations = 0.0;
  double points = 0.0;
  for (auto _ : state) {
    evaluations = points = 0.0;
    for (const std::size_t pixel : pixels) {
      const CurveMinimum minimum = fitter(pixel).minimum;
      evaluations += minimum.evaluations;
      points += minimum.ndf + static_cast<double>(plan.model.parameters().size());
    }
  }
  const auto fits = static_cast<double>(pixels.size());
  state.counters["fits"] = fits;
  state.counters["points"] = points / fits;
  state.counters["evaluations"] = evaluations / fits;
}

/// All that velocal-fit computes.
void fit_asic(benchmark::State& state, const BenchScan& scan, const Fit& fit, int threads) {
  const FitSettings settings = fit.settings();
  PixelFits fits;
  for (auto _ : state) {
    fits = fit_scan(scan.cube, scan.scan(), settings, {.engine = fit.engine, .threads = threads}).pixels;
  }
  count_fits(state, fits);
}

template <class Function>
void add(const std::string& name, Function function) {
  benchmark::RegisterBenchmark(name.c_str(), function)->UseRealTime()->Unit(benchmark::kMillisecond);
}

/// 30 to 241 thresholds of one truth; the cubes are drawn when the first of these benchmarks runs.
void register_threshold_counts(const BenchScan& scan) {
  struct Part {
    int count, first, step;
  };
  const auto whole = std::make_shared<FluxCube>();
  for (const Part part : {Part{30, 1484, 4}, Part{61, 1480, 2}, Part{121, 1480, 1}, Part{241, 1360, 1}}) {
    for (const std::string statistic : {"neyman", "poisson"}) {
      const Fit fit{"fast", statistic};
      add(fmt::format("thresholds/count:{}/{}", part.count, fit.name()), [=, &scan](benchmark::State& state) {
        if (whole->counts.empty()) *whole = draw_long_scan(scan);
        fit_sample(state, every_threshold(*whole, part.first, part.step), scan.scan(), fit);
      });
    }
  }
}

}  // namespace

void register_fits(const BenchScan& scan) {
  for (const std::string_view engine : minimiser_names()) {
    for (const std::string statistic : {"neyman", "poisson"}) {
      for (const StartValues start : {StartValues::automatic, StartValues::descriptor}) {
        const Fit fit{std::string(engine), statistic, start};
        add("pixel/" + fit.name(),
            [=, &scan](benchmark::State& state) { fit_sample(state, scan.cube, scan.scan(), fit); });
      }
    }
  }
  for (const std::string statistic : {"neyman", "poisson"}) {
    for (const int threads : {1, thread_count(0)}) {
      const Fit fit{"fast", statistic};
      add(fmt::format("asic/{}/threads:{}", fit.name(), threads),
          [=, &scan](benchmark::State& state) { fit_asic(state, scan, fit, threads); });
      if (thread_count(0) == 1) break;
    }
  }
  register_threshold_counts(scan);
}

}  // namespace velocal::bench
