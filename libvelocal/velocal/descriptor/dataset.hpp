// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/descriptor/fit_settings.hpp"
#include "velocal/descriptor/noise_settings.hpp"
#include "velocal/descriptor/scan_settings.hpp"
#include "velocal/descriptor/source.hpp"

namespace velocal {

/// Section `allow`: what may be lost before a program ends with status 6, as shares.
struct Allowances {
  double missing_acquisitions = 0.0;  ///< of those that the descriptor wants
  double uncalibrated_pixels = 0.5;   ///< of the live pixels: those without a good fit, or without a gain
};

/// A dataset: scans of one ASIC that are analysed in one way. Plain values, valid once read (read_dataset()).
struct Dataset {
  /// Names the folder of the results and the row of the collection. Where the descriptor has many chips, it is
  /// `<its name>/<asic>`.
  std::string name;
  bool one_of_many = false;            ///< the descriptor has many chips; this is one of them
  std::string asic;                    ///< `<module>_<velopix>`, the prefix of the file names
  std::filesystem::path data_root;     ///< root of the scans' folders; environment already expanded
  std::filesystem::path results_root;  ///< results go to `<results_root>/<name>/<label>/`
  Source source;                       ///< of the scans that name none
  Sensor sensor;
  FitSettings fit;
  Allowances allow;
  std::optional<NoiseSettings> noise;  ///< empty: no noise scans
  std::vector<ScanSettings> scans;     ///< at least one; labels are unique

  std::filesystem::path file;  ///< the descriptor read, as it was named
  std::string placed_by;       ///< " --results other": what put other folders in the place of the descriptor's
  std::string text;            ///< its YAML after `extends`, environment not expanded

  /// The scan of that label. Throws UsageError naming the labels there are.
  const ScanSettings& scan(std::string_view label) const;
};

}  // namespace velocal
