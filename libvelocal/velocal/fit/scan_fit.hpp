// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/descriptor/fit_settings.hpp"
#include "velocal/fit/curves/fit_curves.hpp"
#include "velocal/fit/curves/shared_parameters.hpp"
#include "velocal/fit/curves/stacked_residuals.hpp"
#include "velocal/fit/problem/pixel_status.hpp"
#include "velocal/fit/problem/threshold_use.hpp"
#include "velocal/flux/flux_cube.hpp"
#include "velocal/model/photon_source.hpp"
#include "velocal/scan/pixel_group.hpp"

namespace velocal {

/// One fit parameter in each pixel; NaN unless the pixel is good.
struct ParameterMap {
  std::string name;
  std::string unit;  ///< "DAC", "hits/s", ... ; "" = dimensionless
  PixelMatrix<double> value{undefined};
  PixelMatrix<double> error{undefined};
  /// Downwards and upwards, of the line where the settings ask for errors of the profile; `error` is their mean.
  std::optional<PixelMatrix<double>> error_low = {};
  std::optional<PixelMatrix<double>> error_high = {};
};

/// Fits of all pixels of a group.
struct PixelFits {
  PixelMatrix<std::int8_t> status{static_cast<std::int8_t>(PixelStatus::cut)};  ///< PixelStatus
  PixelMatrix<std::uint8_t> reason;                                             ///< StatusReason
  std::vector<ParameterMap> parameters;                                         ///< in the model's order
  PixelMatrix<double> chi2{undefined};  ///< minimum where a fit converged, else NaN
  PixelMatrix<std::int32_t> ndf;        ///< points - parameters where a fit converged, else 0
  PixelMatrix<std::uint8_t> dropped;    ///< points that the fit left out
  double mean_evaluations = 0.0;        ///< of the model, over the pixels that were fitted

  const ParameterMap* find(std::string_view parameter) const;  ///< null: the model has no such parameter
  /// Status of the pixel of that index, 0...65535.
  PixelStatus status_of(std::size_t pixel) const { return static_cast<PixelStatus>(status[pixel]); }
  bool good(std::size_t pixel) const { return status_of(pixel) == PixelStatus::good; }  ///< its parameters have values
  /// Unmasked and in the group: contributes() of scan/pixel_group.hpp, as the fit has noted it.
  bool contributes(std::size_t pixel) const {
    const auto why = static_cast<StatusReason>(reason[pixel]);
    return why != StatusReason::masked && why != StatusReason::outside_group;
  }
};

/// Fits of the pixels of a chip as maps. Throws UsageError when there are more or fewer than its pixels.
PixelFits pixel_fits(CurveFits fits);

/// Second fit of each pixel, all but the amplitude held at the ASIC's values.
struct FixedFits {
  PixelMatrix<std::int8_t> status{static_cast<std::int8_t>(PixelStatus::cut)};
  ParameterMap amplitude;
};

/// Fit of one curve of the whole ASIC.
struct CurveFit {
  bool found = false;  ///< false: all below but the names is NaN
  std::vector<std::string> names;
  std::vector<std::string> units;
  std::vector<Uncertain> parameters;
  /// [P, P]; a type that owns no heap and has no alignment of its own, which would depend on the caller's flags.
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::DontAlign, static_cast<int>(max_parameters),
                static_cast<int>(max_parameters)>
      covariance;
  double chi2 = undefined;  ///< minimum of what the statistic sums up
  int ndf = 0;              ///< points - parameters

  Uncertain parameter(std::string_view name) const;  ///< NaN +- NaN when there is none
};

/// A curve with its fit. Its thresholds are raw DAC, or DAC above the baseline when that was taken off before.
struct AsicFit {
  FluxCurve curve;
  CurveFit fit;
};

/// Counts of the pixels of one fit.
struct StatusCounts {
  std::size_t good = 0;
  std::size_t bad = 0;
  std::size_t not_found = 0;
  std::size_t cut = 0;      ///< all with status cut: also masked and outside the group
  std::size_t masked = 0;   ///< of these: masked, inside or outside the group
  std::size_t outside = 0;  ///< of these: outside the group

  /// The pixels that could be good: neither masked nor outside the group.
  std::size_t live() const { return good + bad + not_found + cut - masked - outside; }
};
/// Over all 65,536 pixels.
StatusCounts count_statuses(const PixelFits& fits);

/// What became of each threshold of the scan [T]; empty in files older than it.
struct ThresholdReport {
  std::vector<int> threshold;  ///< DAC
  std::vector<ThresholdUse> use;
  std::vector<std::uint32_t> dropped;  ///< pixels whose own fit left it out
};

/// All that velocal-fit makes of one scan and group.
struct ScanFit {
  FitSettings settings;  ///< as used: what the command line overrode is in it
  std::string engine;    ///< name of the minimiser
  PixelGroup group = PixelGroup::all;
  double background = 0.0;          ///< hits/s per pixel, as used; 0 where the statistic has none
  double background_error = 0.0;    ///< hits/s per pixel; 0 where it was given
  bool background_assumed = false;  ///< not measured: the scan ends too near the line to tell
  Uncertain dispersion;             ///< variance of the counts over Poisson's: the flux's, or dispersion_of() curves
  std::uint32_t counter = 0;        ///< FluxCube::counter
  PixelMatrix<std::uint32_t> full;  ///< thresholds of each pixel that were left out: its counter was full there
  PhotonSource source;              ///< whose lines the model was fitted with
  std::vector<SharedParameter> shared;  ///< in the order of the settings; pixels have no map of them
  /// Mean change of E0 with the share of the source's second line [DAC]; 0 where that is shared, or there is one line.
  double second_share_slope = 0.0;
  PixelFits pixels;
  ThresholdReport thresholds;
  StackedResiduals residuals;  ///< over all good pixels; no bins in files older than it
  std::optional<FixedFits> fixed;
  AsicFit asic;
  AsicFit asic_good;                      ///< mean curve over the good pixels
  std::optional<NoiseBaseline> baseline;  ///< handed on from the flux
};

}  // namespace velocal
