// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/calibration/calibration.hpp"
#include "velocal/descriptor/dataset.hpp"
#include "velocal/fit/scan_fit.hpp"
#include "velocal/flux/flux_cube.hpp"

namespace velocal {

/// The results of one scan and group that files are made of; those of the part that is asked for are not null. A view:
/// all must live until the texts are made.
struct ExportedResults {
  const Dataset& dataset;
  const ScanSettings& scan;
  PixelGroup group = PixelGroup::all;
  const FluxCube* flux = nullptr;
  const ScanFit* fit = nullptr;
  const Calibration* calibration = nullptr;
};

/// The stages whose results have files of established names.
enum class ExportedPart { flux, fit, matrices };

/// A file under the name, and with the text, that the replaced analysis gives it (docs/file-formats.md, "CSV files of
/// the established names").
struct ExportedFile {
  std::string name;
  std::function<std::string()> text;  ///< may be called on any thread; always the same
};

/// All files of the part.
std::vector<ExportedFile> exported_files(ExportedPart part, const ExportedResults& results);

/// The part of which a file of this name is, also one of fluxes of other thresholds; none: it is no name of these.
std::optional<ExportedPart> part_of(std::string_view name, const Dataset& dataset, const ScanSettings& scan);

/// Name of a file of the part that there always is, known without results: it tells whether the part was exported.
std::string telling_file(ExportedPart part, const Dataset& dataset, const ScanSettings& scan);

}  // namespace velocal
