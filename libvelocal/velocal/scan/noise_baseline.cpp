// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/noise_baseline.hpp"

#include "velocal/scan/file_naming.hpp"

namespace velocal {

NoiseBaseline read_noise_baseline(const std::filesystem::path& folder, std::string_view asic,
                                  const ContentsSeen& seen) {
  return {read_matrix_csv(baseline_path(folder, asic), seen), read_matrix_csv(baseline_width_path(folder, asic), seen)};
}

}  // namespace velocal
