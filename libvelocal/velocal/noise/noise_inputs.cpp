// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/noise_inputs.hpp"

#include <filesystem>
#include <optional>
#include <vector>

#include "velocal/core/is_missing.hpp"
#include "velocal/noise/measured_baseline.hpp"

namespace velocal {

std::string changed_noise_inputs(const Dataset& dataset, const std::string& inputs, const InputComparison& comparison) {
  const NoiseSettings& settings = *dataset.noise;
  if (is_missing(dataset.data_root / settings.folder)) return {};
  const NoiseScanFiles found = noise_scan_files(dataset);
  std::vector<InputFile> files;
  for (const auto& scan : {std::optional(found.trim0), std::optional(found.trimF), found.control}) {
    if (!scan) continue;
    for (const std::string& name : scan->all_patterns()) files.push_back({found.folder / name, comparison.contents});
  }
  if (!settings.trims.empty()) files.push_back({found.folder / settings.trims, true});
  return changed_files(files, inputs, comparison.threads);
}

}  // namespace velocal
