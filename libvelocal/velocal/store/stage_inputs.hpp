// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/descriptor/dataset.hpp"

namespace velocal {

/// A setting that a result depends on, as text: {"fit.covariance", "absolute"}.
struct StageInput {
  std::string name;
  std::string value;
  bool operator==(const StageInput&) const = default;
};
/// In the order in which they are compared and written.
using StageInputs = std::vector<StageInput>;

// What the results of a stage are made with, beside files. Only settings that change a number of the result stand here:
// a dataset's name or folders do not make its results stale. Each stage has a number of its computation, too: raise it
// in stage_inputs.cpp with every change of the program that changes the stage's numbers.

/// Those of a drawn scan.
StageInputs simulation_inputs(const Dataset& dataset, const ScanSettings& scan, std::uint64_t seed);
/// Those of the noise baseline. Throws UsageError when the dataset has no noise scans.
StageInputs baseline_inputs(const Dataset& dataset);
/// `from_csv`: folder of the fluxes that stand for the acquisitions; empty: none, and it is not among the inputs.
StageInputs flux_inputs(const Dataset& dataset, const ScanSettings& scan, std::string_view from_csv = {});
/// The folder that the inputs name; empty: none.
std::string csv_folder(const StageInputs& inputs);
inline constexpr std::string_view from_csv_input = "from-csv";  ///< as the option of velocal-flux is called
/// Without those of the flux. `engine`: the minimiser's name.
StageInputs fit_inputs(const Dataset& dataset, const ScanSettings& scan, std::string_view engine);
/// Without those of the fit.
StageInputs matrices_inputs(const ScanSettings& scan);
/// Those of the gain from several sources alone, of the scans with these labels.
StageInputs gain_inputs(const Dataset& dataset, std::span<const std::string> labels);

/// What the stage before was made with, and what this one adds.
StageInputs operator+(StageInputs before, const StageInputs& own);

/// A line `name: value` for each.
std::string to_text(const StageInputs& inputs);
/// What to_text() wrote.
StageInputs parse_stage_inputs(std::string_view text);

/// A setting that differs between a result and what would be made now; "nothing" where one of the two lacks it.
struct InputDifference {
  std::string name;
  std::string in_file;
  std::string now;
};

/// The first difference, in the order of `now`; empty: there is none. `options`: what the command line chose when the
/// result was made (Provenance::options). That stays chosen: such settings are not compared.
std::optional<InputDifference> first_difference(const StageInputs& in_file, const StageInputs& now,
                                                std::string_view options = {});

/// Whether `--key` of this setting, with `-` for `_`, is among the options: "fit.fixed_fit" in "--fixed-fit".
bool chosen_by_options(std::string_view name, std::string_view options);

}  // namespace velocal
