// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <functional>

#include "hopes.hpp"
#include "tables.hpp"

namespace velocal::test {
namespace {

/// A number of the tables, what is hoped of it, and how it is said.
struct Quantity {
  std::string what;
  Hope hope;
  std::function<double(const FitQuality&)> value;  ///< NaN: there is none
  const char* format;
  double factor = 1.0;
};

Quantity of_pulls(std::string what, const std::string& name, Hope hope, double (Pulls::*member)() const,
                  const char* format, double factor = 1.0) {
  const auto value = [name, member](const FitQuality& quality) {
    const auto found = quality.pulls.find(name);
    return found == quality.pulls.end() ? undefined : (found->second.*member)();
  };
  return {std::move(what), hope, value, format, factor};
}

std::vector<Quantity> quantities() {
  const auto share = [](StatusReason reason) { return [reason](const FitQuality& q) { return q.share(reason); }; };
  std::vector<Quantity> all{
      {"Fewer good pixels than 94 %", good_hope, &FitQuality::good, "{:.1f} %", 100.0},
      {"Rejected other than 5.0 ± 0.5 %", rejection_hope, &FitQuality::rejection_rate, "{:.2f} %", 100.0},
      {"Not found, more than 0.1 %", loss_hope, &FitQuality::not_found, "{:.2f} %", 100.0},
      {"Outside the domain, more than 0.1 %", loss_hope, share(StatusReason::parameter_domain), "{:.2f} %", 100.0},
      {"Width unresolved, more than 0.1 %", loss_hope, share(StatusReason::width_unresolved), "{:.2f} %", 100.0}};
  for (const std::string name : {"E0", "s", "s2", "target"}) {
    all.push_back(of_pulls("Mean pull of " + name + " beyond ±0.03", name, mean_hope, &Pulls::mean, "{:+.2f}"));
    all.push_back(
        of_pulls("Width of the pulls of " + name + " outside 1.00 ± 0.02", name, width_hope, &Pulls::width, "{:.2f}"));
    all.push_back(of_pulls("68.3 % interval of " + name + " off by more than 1 %", name, hope_68, &Pulls::coverage_68,
                           "{:.1f} %", 100.0));
    all.push_back(of_pulls("95 % interval of " + name + " off by more than 0.5 %", name, hope_95, &Pulls::coverage_95,
                           "{:.1f} %", 100.0));
  }
  return all;
}

/// "`F1_0` (20 s: +0.08, 130 s: +0.04)", one a model that falls short.
std::vector<std::string> models_falling_short(const Study& study, const Quantity& quantity) {
  std::vector<std::string> models;
  for (const TypicalParameters& typical : typical_parameters()) {
    std::vector<std::string> numbers;
    for (const OwnModelFit& fit : study.own) {
      if (fit.model != typical.model || fit.statistic != "poisson") continue;
      const double value = quantity.value(fit.quality);
      if (std::isnan(value) || quantity.hope.holds(value)) continue;
      numbers.push_back(fmt::format("{:.0f} s: ", fit.live_time_s) +
                        fmt::format(fmt::runtime(quantity.format), quantity.factor * value));
    }
    if (!numbers.empty()) models.push_back(fmt::format("`{}` ({})", typical.model, fmt::join(numbers, ", ")));
  }
  return models;
}

}  // namespace

std::string shortfalls(const Study& study) {
  std::vector<std::string> items;
  for (const Quantity& quantity : quantities()) {
    const auto models = models_falling_short(study, quantity);
    if (!models.empty()) items.push_back(fmt::format("- {}: {}.", quantity.what, fmt::join(models, "; ")));
  }
  return items.empty() ? "Nothing: all numbers are as hoped." : fmt::format("{}", fmt::join(items, "\n"));
}

std::string uncertainties(const Study& study) {
  const auto n = static_cast<double>(study.pixels);
  const auto share = [n](double p) { return 100.0 * std::sqrt(p * (1.0 - p) / n); };
  return fmt::format(
      "With n good pixels a mean pull is uncertain by 1/√n and a width by 1/√(2n): {:.4f} and {:.4f} for all {} "
      "pixels. "
      "Shares are then uncertain by {:.2f} % (of 68.3 %), {:.2f} % (of 95 % and of 5 %) and {:.3f} % (of 0.1 %).",
      1.0 / std::sqrt(n), 1.0 / std::sqrt(2.0 * n), study.pixels, share(0.683), share(0.95), share(0.001));
}

}  // namespace velocal::test
