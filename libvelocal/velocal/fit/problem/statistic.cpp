// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/statistic.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "velocal/core/error.hpp"
#include "velocal/fit/problem/all_statistics.hpp"
#include "velocal/fit/problem/normal_equations_kernel.hpp"
#include "velocal/fit/problem/statistic_of.hpp"

namespace velocal {
namespace {

NormalEquationsKernel kernel_of(std::size_t statistic, std::size_t parameters, SimdLevel level) {
#if defined(__x86_64__) && defined(__GLIBC__)
  switch (level) {
    case SimdLevel::scalar: return nullptr;
    case SimdLevel::sse2: return normal_equations_kernel_of_width<2>(statistic, parameters);
    case SimdLevel::avx2: return normal_equations_kernel_of_width<4>(statistic, parameters);
    case SimdLevel::avx512: return normal_equations_kernel_of_width<8>(statistic, parameters);
  }
#endif
  return nullptr;
}

/// One of AllStatistics, with its kernels.
template <std::size_t index>
class VectorStatistic final : public StatisticOf<std::tuple_element_t<index, AllStatistics>> {
 public:
  void set_normal_equations(const FitProblem& problem, std::span<const double> flux, std::span<const double> gradient,
                            NormalEquations& equations, SimdLevel level) const override {
    const NormalEquationsKernel kernel = kernel_of(index, problem.parameters(), level);
    if (kernel == nullptr) {
      return StatisticOf<std::tuple_element_t<index, AllStatistics>>::set_normal_equations(problem, flux, gradient,
                                                                                           equations, level);
    }
    kernel({problem.points(), problem.observed.data(), problem.scale.data(), flux.data(), gradient.data(),
            problem.background, this->lowest_flux(problem.background)},
           equations);
  }
};

}  // namespace

StatisticRegistry& StatisticRegistry::instance() {
  static StatisticRegistry registry;
  return registry;
}

StatisticRegistry::StatisticRegistry() {
  const auto add_all = [&]<std::size_t... index>(std::index_sequence<index...>) {
    (add(std::make_unique<VectorStatistic<index>>()), ...);
  };
  add_all(std::make_index_sequence<statistic_count>());
}

void StatisticRegistry::add(std::unique_ptr<const Statistic> statistic) {
  if (!statistic)
    throw UsageError("there is no statistic to add", "the pointer is null", "Make it with std::make_unique");
  const std::string_view name = statistic->name();
  if (std::ranges::any_of(statistics_, [&](const auto& known) { return known->name() == name; })) {
    throw UsageError(fmt::format("there is a statistic {:?} already", name), "names are unique",
                     "Give it another name");
  }
  statistics_.push_back(std::move(statistic));
}

const Statistic& StatisticRegistry::get(std::string_view name) const {
  const auto found = std::ranges::find(statistics_, name, [](const auto& known) { return known->name(); });
  if (found != statistics_.end()) return **found;
  throw UsageError(fmt::format("unknown statistic {:?}", name), fmt::format("there are {}", fmt::join(names(), ", ")),
                   "Take one of these, or add yours to StatisticRegistry first");
}

std::vector<std::string> StatisticRegistry::names() const {
  std::vector<std::string> names;
  for (const auto& statistic : statistics_) names.emplace_back(statistic->name());
  std::ranges::sort(names);
  return names;
}

}  // namespace velocal
