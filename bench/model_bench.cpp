// SPDX-License-Identifier: GPL-3.0-or-later
#include <benchmark/benchmark.h>

#include <numeric>

#include "bench_scan.hpp"
#include "velocal/core/simd_level.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::bench {
namespace {

/// Flux and gradient at 121 thresholds, at the SIMD level of this run: VELOCAL_SIMD chooses another.
void flux_and_gradient(benchmark::State& state, const FluxModel& model) {
  std::vector<double> threshold(121);
  std::iota(threshold.begin(), threshold.end(), 1480.0);
  std::vector<double> parameters(model.parameters().size());
  model.start_values({.line = 1549.0, .width = 4.6, .step = 0.8, .slope = 4e-3}, parameters);
  std::vector<double> flux(threshold.size());
  std::vector<double> gradient(threshold.size() * parameters.size());
  for (auto _ : state) {
    model.fast_flux_and_gradient(parameters, threshold, flux, gradient);
    benchmark::DoNotOptimize(flux.data());
    benchmark::DoNotOptimize(gradient.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(threshold.size()));
  state.SetLabel(std::string(simd_level_name(simd_level())));
}

}  // namespace

void register_models() {
  for (const std::string& name : ModelRegistry::instance().names()) {
    const FluxModel& model = ModelRegistry::instance().get(name);
    benchmark::RegisterBenchmark(("model/" + name).c_str(),
                                 [&model](benchmark::State& state) { flux_and_gradient(state, model); });
  }
}

}  // namespace velocal::bench
