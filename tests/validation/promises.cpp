// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "hopes.hpp"
#include "markdown.hpp"
#include "physical_tables.hpp"

namespace velocal::test {
namespace {

constexpr Hope few_counts_hope{1.0, 0.07};  ///< good pixels of a short exposure
constexpr Hope sigma_hope{0.0, 2.0};        ///< in its errors

/// One row of what was promised: what it is, of which fits, and how it is written.
struct Promise {
  std::string quantity, promised;
  Hope hope;
  double (*measured)(const PhysicalFit& fit);
  std::string (*text)(const PhysicalFit& fit, double value);
};

std::string row_of(const ChipFits& fits, const Promise& promise) {
  const auto cell = [&](const PhysicalFit& fit) {
    const double value = promise.measured(fit);
    return std::isnan(value) ? "-" : marked(promise.text(fit, value), promise.hope, value);
  };
  return row({fmt::format("{:.0f} s", fits.physical.live_time_s), promise.quantity, promise.promised,
              cell(fits.physical), cell(fits.formula)});
}

Promise good_promise(const char* promised, const Hope& hope) {
  return {"good pixels [%]", promised, hope, [](const PhysicalFit& fit) { return fit.quality.good(); },
          [](const PhysicalFit&, double value) { return fmt::format("{:.2f}", 100.0 * value); }};
}

Promise target_promise(const char* promised, double most) {
  return {
      "mean of target − truth [DAC]",
      promised,
      {0.0, most},
      [](const PhysicalFit& fit) { return fit.quality.target_shift.mean(); },
      [](const PhysicalFit& fit, double value) { return fmt::format("{:+.4f} ± {:.4f}", value, fit.shift_error()); }};
}

Promise gain_promise(const char* promised, double most) {
  return {
      "mean of K/truth − 1 [%]",
      promised,
      {0.0, most},
      [](const PhysicalFit& fit) { return fit.gain_shift.mean(); },
      [](const PhysicalFit& fit, double value) { return fmt::format("{:+.4f} ± {:.4f}", value, fit.gain_error()); }};
}

Promise pull_mean_promise(const char* promised, const Hope& hope) {
  return {"pulls of the target: mean", promised, hope, [](const PhysicalFit& fit) { return fit.target_pulls().mean(); },
          [](const PhysicalFit& fit, double value) {
            return fmt::format("{:+.3f} ± {:.3f}", value, 1.0 / std::sqrt(fit.target_pulls().size()));
          }};
}

Promise pull_width_promise(const char* promised, const Hope& hope) {
  return {"pulls of the target: width", promised, hope,
          [](const PhysicalFit& fit) { return fit.target_pulls().width(); },
          [](const PhysicalFit& fit, double value) {
            return fmt::format("{:.3f} ± {:.3f}", value, 1.0 / std::sqrt(2.0 * fit.target_pulls().size()));
          }};
}

Promise sigma_promise(const char* promised, const Hope& hope) {
  return {"(sigma − truth)/u(sigma)", promised, hope,
          [](const PhysicalFit& fit) { return fit.sigma ? fit.sigma_pull() : NAN; },
          [](const PhysicalFit& fit, double value) { return fmt::format("{:+.2f} ({} µm)", value, fit.sigma_text()); }};
}

Promise residual_promise() {
  return {"largest stacked residual, standard deviations",
          "(below 5)",
          {0.0, significant_residual},
          [](const PhysicalFit& fit) { return fit.residual_significance; },
          [](const PhysicalFit&, double value) { return fmt::format("{:.1f}", value); }};
}

}  // namespace

std::string promise_table(const PhysicalStudy& study) {
  const Hope pull_mean{0.0, 0.05}, pull_width{1.0, 0.03};
  const std::vector<std::vector<Promise>> by_exposure{
      {good_promise("≥ 94", good_hope), target_promise("within ±0.03", 0.03), gain_promise("within ±0.05", 0.05),
       pull_mean_promise("0.00 ± 0.05", pull_mean), pull_width_promise("1.00 ± 0.03", pull_width),
       sigma_promise("within ±2", sigma_hope), residual_promise()},
      {good_promise("≥ 93", few_counts_hope), target_promise("within ±0.15", 0.15), gain_promise("-", 100.0),
       pull_mean_promise("-", {0.0, 100.0}), pull_width_promise("-", {0.0, 100.0}), sigma_promise("-", {0.0, 100.0}),
       residual_promise()}};
  std::string text = head({"exposure", "quantity", "promised", "`diffusion`", "`F1_0`"}, 3);
  for (std::size_t i = 0; i < study.whole_chips.size(); ++i) {
    for (const Promise& promise : by_exposure[i]) text += row_of(study.whole_chips[i], promise);
  }
  return without_last_break(text);
}

}  // namespace velocal::test
