// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The front door: the only header that most programs need. In the order of the data:
//
// descriptor -> Dataset: read_dataset(); of many chips -> a Dataset for each: read_chips()
//
// files -> FluxCube: accumulate_flux(); counts in memory -> FluxCube: FluxAccumulator
//
// noise scans -> MeasuredBaseline: measure_baseline(); what a scan takes of it: noise_baseline()
//
// FluxCube -> ScanFit: fit_scan(); curves of any detector -> CurveFits: fit_curves()
//
// ScanFit -> Calibration: calibrate(); variants -> Systematics: systematics()
//
// files of results: read_flux(), write_flux(), the same for fit, matrices, truth, gain and measured_baseline; summary,
// collection, ResultPaths
//
// models: ModelRegistry, FormulaModel
//
// Wrong input throws a velocal::Error; a fit that fails is a status.

#include <filesystem>

#include "velocal/calibration/calibration.hpp"
#include "velocal/calibration/systematics.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/pixel_matrix.hpp"
#include "velocal/core/progress.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/core/version.hpp"
#include "velocal/descriptor/dataset_of_chips.hpp"
#include "velocal/fit/curves/fit_curves.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/fit/fitted_flux.hpp"
#include "velocal/fit/named_settings.hpp"
#include "velocal/fit/scan_fit.hpp"
#include "velocal/flux/accumulate_flux.hpp"
#include "velocal/flux/flux_accumulator.hpp"
#include "velocal/flux/flux_cube.hpp"
#include "velocal/model/formula_model.hpp"
#include "velocal/model/model_for_source.hpp"
#include "velocal/model/model_registry.hpp"
#include "velocal/model/terms.hpp"
#include "velocal/noise/measured_baseline.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/gain_file.hpp"
#include "velocal/store/given_baseline.hpp"
#include "velocal/store/matrices_file.hpp"
#include "velocal/store/measured_baseline_file.hpp"
#include "velocal/store/result_paths.hpp"
#include "velocal/store/results_collection.hpp"
#include "velocal/store/tables/noise_csv.hpp"
#include "velocal/store/tables/summary_csv.hpp"
#include "velocal/store/truth_file.hpp"

namespace velocal {

/// Reads and validates a descriptor (docs/descriptor.md), with the models and statistics that this process has;
/// no data are touched. Throws DescriptorError with file, line, column, and a way out.
/// A descriptor of many chips (`asics`) is refused with a UsageError: read_chips() reads it.
Dataset read_dataset(const std::filesystem::path& file);
/// The same of a descriptor of one chip or of many, with a Dataset for each.
DatasetOfChips read_chips(const std::filesystem::path& file);

}  // namespace velocal
