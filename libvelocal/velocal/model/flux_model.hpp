// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace velocal {

struct PhotonSource;

/// The most parameters that a model may have: fits keep their small matrices without heap memory.
inline constexpr std::size_t max_parameters = 8;

/// A parameter of a flux model. `unit` as in the files; "" = dimensionless. The open interval (lower, upper) is
/// where the parameter has a physical meaning; a fit that converges outside is not good.
/// `may_vanish`: the lower bound itself is physical too (no shelf); a Poisson fit whose minimum lies beyond it ends
/// there.
/// `linear`: the flux is linear in it, which saves evaluations; false is never wrong.
/// `even`: a width that may vanish and that the flux depends on by its square. Beyond the bound the flux is that at it,
/// and the derivative is 0. At the bound and near it the derivative is that by the square, times a width of the model's
/// choice: the true one, 0, would tell a fit that nothing is known.
/// `profiled`: a width [DAC] that the counts hardly determine. There may be several minima along it, and fits look at
/// them all. A model has at most one such parameter.
struct ModelParameter {
  std::string_view name;
  std::string_view unit;
  double lower;
  double upper;
  bool may_vanish = false;
  bool linear = false;
  bool profiled = false;
  bool even = false;

  /// Inside the open interval.
  constexpr bool contains(double value) const { return lower < value && value < upper; }
};

/// What a curve looks like before any model is fitted to it: a step of height `step` [hits/s] at `line` [DAC], smeared
/// by `width` [DAC] > 0, on a shelf that falls towards the line with `slope` [hits/s/DAC] > 0.
struct LineShape {
  double line;
  double width;
  double step;
  double slope;
};

/// Flux of a pixel [hits/s] as a function of the threshold [DAC]. Stateless: one object serves all threads.
class FluxModel {
 public:
  virtual ~FluxModel() = default;

  virtual std::string_view name() const = 0;  ///< as descriptors have it
  /// In the order of all arrays of parameters; at most max_parameters.
  virtual std::span<const ModelParameter> parameters() const = 0;
  /// The flux in plain text, for those who read; "": nothing is said.
  virtual std::string_view formula() const { return {}; }
  /// Whether thresholds and E0 count from the noise baseline: so where what the curve looks like depends on the
  /// distance from it. Other models are indifferent to where thresholds count from.
  virtual bool above_baseline() const { return false; }
  /// The model for the lines and the sensor of a source; null: the model is one of a single line, whatever its energy.
  virtual std::shared_ptr<const FluxModel> for_source(const PhotonSource&) const { return nullptr; }
  /// Index of the parameter that a fixed fit leaves free, the overall amplitude: "A", or where there is none the first
  /// in which the flux is linear; parameters().size() when there is neither.
  std::size_t amplitude_index() const;
  /// Index of the parameter of that name; parameters().size() when there is none.
  std::size_t index_of(std::string_view parameter) const;

  /// flux[i] = F(threshold[i]) for all i; the two have one length. Defined for every finite parameter with s, s2 != 0.
  virtual void flux(std::span<const double> parameters, std::span<const double> threshold,
                    std::span<double> flux) const = 0;
  /// Also gradient[k * n + i] = dF(threshold[i])/dparameter k, with n = threshold.size().
  virtual void flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold,
                                 std::span<double> flux, std::span<double> gradient) const = 0;

  /// The same as the two above to 1e-12, as fast as this processor's vector instructions allow. A model without such
  /// code does what the two above do.
  virtual void fast_flux(std::span<const double> parameters, std::span<const double> threshold,
                         std::span<double> flux) const {
    this->flux(parameters, threshold, flux);
  }
  /// The same with the gradient, as flux_and_gradient() has it.
  virtual void fast_flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold,
                                      std::span<double> flux, std::span<double> gradient) const {
    flux_and_gradient(parameters, threshold, flux, gradient);
  }
  /// Parameters of a curve of that shape, to start a fit from; within the domain.
  virtual void start_values(const LineShape& shape, std::span<double> parameters) const = 0;
};

/// Throws UsageError when fits cannot take the model: no parameter or more than max_parameters; a name that is empty,
/// twice the same, or no name of a file (no slash, comma, quote, blank or control character); bounds that are not
/// lower < upper; a parameter that may vanish at an infinite bound; two profiled parameters, or nothing beside one.
void require_valid(const FluxModel& model);

}  // namespace velocal
