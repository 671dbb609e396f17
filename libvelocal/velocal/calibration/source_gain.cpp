// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/calibration/source_gain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "velocal/core/chi2_quantile.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/core/sample.hpp"

namespace velocal {
namespace {

constexpr double same_energy = 0.01;  ///< relative difference of what passes for one line

std::string text_of(const SourceLine& line) {
  return fmt::format("{}: {} at {:.6g} eV", line.label, line.source, line.energy_eV);
}

double part_besides(Uncertain whole, double part) {
  return std::sqrt(std::max(0.0, whole.error * whole.error - part * part));
}

/// The target of one scan in one pixel or curve.
struct Measured {
  Uncertain target;
  double line_error;

  bool is_there() const { return std::isfinite(target.value) && line_error > 0.0 && std::isfinite(target.error); }
  double baseline_error() const { return part_besides(target, line_error); }
};

/// Lines through the targets of one pixel or curve; those that are not there are left out.
class LineThrough {
 public:
  LineThrough(std::span<const LineTargets> scans, bool one_baseline) : scans_(scans), one_baseline_(one_baseline) {}

  template <class MeasuredOf>
  GainLine operator()(const MeasuredOf& measured_of) {
    positions_.clear();
    double baseline_error = 0.0;
    for (const LineTargets& scan : scans_) {
      const Measured measured = measured_of(scan);
      if (!measured.is_there()) continue;
      positions_.push_back(
          {scan.line.pairs.value, measured.target.value, one_baseline_ ? measured.line_error : measured.target.error});
      if (one_baseline_) baseline_error = std::max(baseline_error, measured.baseline_error());
    }
    GainLine line = fit_gain_line(positions_);
    if (!(line.gain.value < largest_gain)) return {};
    line.offset.error = std::hypot(line.offset.error, baseline_error);
    return line;
  }
  std::size_t positions() const { return positions_.size(); }

 private:
  std::span<const LineTargets> scans_;
  bool one_baseline_;
  std::vector<LinePosition> positions_;
};

Measured measured_in(const LineTargets& scan, std::size_t pixel) {
  return {{scan.target.value[pixel], scan.target.error[pixel]}, scan.line_error[pixel]};
}

GainStatus status_of(const GainLine& line, std::size_t positions, const std::vector<double>& largest_chi2) {
  if (positions == 0) return GainStatus::no_line;
  if (positions == 1) return GainStatus::one_line;
  if (std::isnan(line.gain.value)) return GainStatus::no_gain;
  const bool straight = line.ndf == 0 || line.chi2 < largest_chi2.at(static_cast<std::size_t>(line.ndf));
  return straight ? GainStatus::good : GainStatus::not_straight;
}

/// By degrees of freedom; the first is not used.
std::vector<double> largest_chi2(std::size_t scans, double significance) {
  std::vector<double> largest{0.0};
  for (int ndf = 1; ndf + 2 <= static_cast<int>(scans); ++ndf) largest.push_back(chi2_quantile(significance, ndf));
  return largest;
}

/// Pixels without a baseline in one of the scans tell nothing.
bool have_one_baseline(const PixelMatrix<double>& a, const PixelMatrix<double>& b) {
  for (std::size_t i = 0; i < pixel_count; ++i) {
    if (a[i] > 0.0 && b[i] > 0.0 && a[i] != b[i]) return false;
  }
  return true;
}

bool have_one_baseline(std::span<const LineTargets> scans) {
  return std::ranges::all_of(
      scans, [&](const LineTargets& scan) { return have_one_baseline(scan.baseline, scans.front().baseline); });
}

LineResidual residual_of(const LineTargets& scan, const SourceGain& result) {
  std::vector<double> residuals;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    const double expected = result.offset.value[i] + scan.line.pairs.value / result.gain.value[i];
    if (measured_in(scan, i).is_there()) residuals.push_back(scan.target.value[i] - expected);
  }
  const Moments found = moments(finite_values(residuals));
  return {found.count, {found.mean, found.mean_error}};
}

void fit_pixels(std::span<const LineTargets> scans, double significance, SourceGain& result) {
  LineThrough line_through(scans, result.one_baseline);
  const std::vector<double> limits = largest_chi2(scans.size(), significance);
  for (std::size_t i = 0; i < pixel_count; ++i) {
    const GainLine line = line_through([&](const LineTargets& scan) { return measured_in(scan, i); });
    result.gain.value[i] = line.gain.value;
    result.gain.error[i] = line.gain.error;
    result.offset.value[i] = line.offset.value;
    result.offset.error[i] = line.offset.error;
    result.chi2[i] = line.chi2;
    result.ndf[i] = line.ndf;
    result.status[i] = static_cast<std::uint8_t>(status_of(line, line_through.positions(), limits));
  }
}

/// The means go through the same fit with the errors that all pixels of a scan have in common.
void set_common_errors(std::span<const LineTargets> scans, SourceGain& result) {
  const double gain = result.gain_means.mean;
  std::vector<LinePosition> positions;
  double of_pairs = 0.0;
  for (const LineTargets& scan : scans) {
    const Uncertain pairs = scan.line.pairs;
    of_pairs = std::max(of_pairs, pairs.error / pairs.value);
    const double target = result.offset_means.mean + pairs.value / gain;
    if (scan.common_error > 0.0) positions.push_back({pairs.value, target, scan.common_error});
  }
  const bool all = positions.size() == scans.size();
  const GainLine line = all ? fit_gain_line(positions) : GainLine{.offset = {0.0, 0.0}, .gain = {gain, 0.0}};
  result.common_gain_error = std::hypot(line.gain.error, gain * of_pairs);
  result.common_offset_error = line.offset.error;
}

GainLine curve_line(std::span<const LineTargets> scans, bool one_baseline, CurveTarget LineTargets::*curve) {
  return LineThrough(scans, one_baseline)([&](const LineTargets& scan) {
    return Measured{(scan.*curve).target, (scan.*curve).line_error};
  });
}

CurveTarget curve_target(const AsicCalibration& asic) {
  return {asic.target, asic.fit.fit.parameter(quantity::line).error};
}

}  // namespace

void require_different_lines(std::span<const SourceLine> lines) {
  if (lines.size() < 2) {
    throw UsageError("a straight line takes two sources or more",
                     lines.empty() ? "there is no scan" : "there is one scan, " + text_of(lines.front()),
                     "Take scans of the same chip with another source as well");
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::size_t k = i + 1; k < lines.size(); ++k) {
      if (std::abs(lines[i].energy_eV / lines[k].energy_eV - 1.0) > same_energy) continue;
      throw UsageError("two sources with one line", text_of(lines[i]) + "; " + text_of(lines[k]),
                       "Choose the scans so that each line comes once");
    }
  }
}

LineTargets line_targets(SourceLine line, const ScanFit& fit, const Calibration& calibration) {
  LineTargets targets;
  targets.line = std::move(line);
  targets.target = calibration.target;
  targets.asic = curve_target(calibration.asic);
  targets.asic_good = curve_target(calibration.asic_good);
  targets.common_error = calibration.budget.common_target();
  if (fit.baseline) targets.baseline = fit.baseline->mean;
  if (const ParameterMap* position = fit.pixels.find(quantity::line)) targets.line_error = position->error;
  return targets;
}

std::size_t SourceGain::count(GainStatus wanted) const {
  return static_cast<std::size_t>(std::ranges::count(status, static_cast<std::uint8_t>(wanted)));
}

SourceGain source_gain(std::span<const LineTargets> scans, double significance) {
  SourceGain result;
  for (const LineTargets& scan : scans) result.lines.push_back(scan.line);
  require_different_lines(result.lines);
  result.one_baseline = have_one_baseline(scans);
  fit_pixels(scans, significance, result);
  result.gain_means = pixel_means(result.gain.value);
  result.offset_means = pixel_means(result.offset.value);
  set_common_errors(scans, result);
  for (const LineTargets& scan : scans) result.residuals.push_back(residual_of(scan, result));
  result.asic = curve_line(scans, result.one_baseline, &LineTargets::asic);
  result.asic_good = curve_line(scans, result.one_baseline, &LineTargets::asic_good);
  return result;
}

}  // namespace velocal
