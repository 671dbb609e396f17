// SPDX-License-Identifier: GPL-3.0-or-later
#include "physical_tables.hpp"

#include <algorithm>
#include <cmath>

#include "markdown.hpp"
#include "study.hpp"

namespace velocal::test {
namespace {

/// Whether its numbers mean anything.
bool judged(const PhysicalFit& fit) {
  return fit.quality.target_shift.size() > 1.0;
}

std::string shift_text(const PhysicalFit& fit) {
  return judged(fit) ? fmt::format("{:+.3f} ± {:.3f}", fit.quality.target_shift.mean(), fit.shift_error()) : "-";
}

std::string gain_text(const PhysicalFit& fit) {
  return judged(fit) ? fmt::format("{:+.3f}", fit.gain_shift.mean()) : "-";
}

std::string number_text(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.1f}", value);
}

std::string good_text(const PhysicalFit& fit) {
  return fmt::format("{:.1f}", 100.0 * fit.quality.good());
}

/// What follows the labels in all tables of fits.
Cells fit_cells(const PhysicalFit& fit) {
  Cells cells{good_text(fit), shift_text(fit), gain_text(fit)};
  if (!judged(fit)) {
    cells.insert(cells.end(), 2, "-");
    return cells;
  }
  const Pulls& pulls = fit.target_pulls();
  cells.push_back(fmt::format("{:+.2f}, {:.2f}", pulls.mean(), pulls.width()));
  cells.push_back(fmt::format("{:.1f}, {:.1f}", 100.0 * pulls.coverage_68(), 100.0 * pulls.coverage_95()));
  return cells;
}

const Cells fit_head{"good [%]", "target off [DAC]", "K off [%]", "pulls of the target: mean, width",
                     "within 1, 1.96 errors [%]"};

const Cells truth_head{"lines", "cloud [µm]", "noise [DAC]", "exposure"};
Cells truth_cells(const PhysicalFit& fit) {
  return {fit.truth.both_lines ? "Kα, Kβ" : "Kα", fmt::format("{:.1f}", fit.truth.sigma_um),
          fmt::format("{:.1f}", fit.truth.noise), fmt::format("{:.0f} s", fit.live_time_s)};
}

/// "-0.1, +0.1": what a mistake does beside the right analysis; the noise of the same pixels falls out.
std::string effect_text(const PhysicalFit& wrong, const PhysicalFit& right) {
  if (!judged(wrong) || !judged(right)) return "-";
  return fmt::format("{:+.3f}, {:+.3f}", wrong.quality.target_shift.mean() - right.quality.target_shift.mean(),
                     wrong.gain_shift.mean() - right.gain_shift.mean());
}

}  // namespace

std::string formula_gain_range(const PhysicalStudy& study) {
  const std::vector<std::string> one_width{"F1_0", "F1", "FAB_0", "FAB", "F4"};
  std::vector<double> shifts;
  for (const PhysicalFit& fit : study.models) {
    if (fit.live_time_s == exposures_s.back() && std::ranges::count(one_width, fit.model) > 0) {
      shifts.push_back(fit.gain_shift.mean());
    }
  }
  const auto [least, most] = std::ranges::minmax(shifts);
  return fmt::format("{:.1f} to {:.1f}", least, most);
}

std::string largest_shift(const PhysicalStudy& study) {
  double largest = 0.0;
  for (const PhysicalFit& fit : study.truths) {
    if (fit.live_time_s > exposures_s.front() && judged(fit)) {
      largest = std::max(largest, std::abs(fit.quality.target_shift.mean()));
    }
  }
  return fmt::format("{:.2f}", largest);
}

std::string short_shift(const PhysicalStudy& study) {
  return fmt::format("{:.2f}", -study.whole_chips.back().physical.quality.target_shift.mean());
}

/// A row a truth, a column a model.
std::string gain_shift_table(const PhysicalStudy& study) {
  Cells names, cells;
  for (const PhysicalFit& fit : study.models) {
    if (!names.empty() && fit.model == study.models.front().model) break;
    names.push_back("`" + fit.model + "`");
  }
  std::string text = head(concat(truth_head, names), truth_head.size());
  for (const PhysicalFit& fit : study.models) {
    if (cells.empty()) cells = truth_cells(fit);
    cells.push_back(judged(fit) ? fmt::format("{:+.3f} ± {:.3f}", fit.gain_shift.mean(), fit.gain_error()) : "-");
    if (cells.size() < truth_head.size() + names.size()) continue;
    text += row(cells);
    cells.clear();
  }
  return without_last_break(text);
}

std::string physical_model_table(const PhysicalStudy& study) {
  std::string text =
      head(concat(concat(truth_head, {"fitted with"}), concat(fit_head, {"rejected [%]", "stacked residual [σ]"})), 5);
  for (const PhysicalFit& fit : study.models) {
    text += row(concat(concat(concat(truth_cells(fit), {"`" + fit.model + "`"}), fit_cells(fit)),
                       {number_text(100.0 * fit.quality.rejection_rate()), number_text(fit.residual_significance)}));
  }
  return without_last_break(text);
}

std::string physical_truth_table(const PhysicalStudy& study) {
  std::string text = head(concat(truth_head, concat(fit_head, {"sigma [µm]", "its pull"})), 4);
  for (const PhysicalFit& fit : study.truths) {
    text += row(
        concat(concat(truth_cells(fit), fit_cells(fit)), {fit.sigma_text(), fmt::format("{:+.1f}", fit.sigma_pull())}));
  }
  return without_last_break(text);
}

std::string sigma_pull_table(const PhysicalStudy& study) {
  std::string text = head({"exposure", "chips", "mean pull of sigma", "width", "mean shift of the target [DAC]"}, 1);
  for (const double live_time_s : exposures_s) {
    Sample pulls, shifts;
    for (const PhysicalFit& fit : study.truths) {
      if (fit.live_time_s != live_time_s) continue;
      pulls.add(fit.sigma_pull());
      if (judged(fit)) shifts.add(fit.quality.target_shift.mean());
    }
    if (pulls.size() == 0.0) continue;
    text += row({fmt::format("{:.0f} s", live_time_s), fmt::format("{:.0f}", pulls.size()),
                 fmt::format("{:+.2f} ± {:.2f}", pulls.mean(), 1.0 / std::sqrt(pulls.size())),
                 fmt::format("{:.2f}", pulls.deviation()),
                 fmt::format("{:+.3f} ± {:.3f}", shifts.mean(), shifts.deviation() / std::sqrt(shifts.size()))});
  }
  return without_last_break(text);
}

std::string mistake_table(const PhysicalStudy& study) {
  std::string text = head(
      {"mistake", "`diffusion`: target [DAC], K [%]", "sigma found [µm]", "good [%]", "`F1_0`: target [DAC], K [%]"},
      1);
  const std::vector<PhysicalFit>& right = study.mistakes.front().fits;
  for (const MistakenFits& each : study.mistakes) {
    const PhysicalFit& fit = each.fits.front();
    const bool held = each.fits.size() == 1;
    text += row({each.mistake, effect_text(fit, right[0]), held ? "held" : fit.sigma_text(), good_text(fit),
                 held ? "-" : effect_text(each.fits[1], right[1])});
  }
  return without_last_break(text);
}

std::string begin_table(const PhysicalStudy& study) {
  std::string text = head(concat({"first threshold", "fitted with"}, concat(fit_head, {"sigma [µm]"})), 2);
  for (const LateScan& late : study.begins) {
    for (const PhysicalFit& fit : late.fits) {
      text += row(concat(concat({fmt::format("{}", late.first_threshold), "`" + fit.model + "`"}, fit_cells(fit)),
                         {fit.sigma_text()}));
    }
  }
  return without_last_break(text);
}

}  // namespace velocal::test
