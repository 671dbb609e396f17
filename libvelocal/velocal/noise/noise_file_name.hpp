// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace velocal {

/// Bytes of one threshold in a noise scan: six bits a pixel.
inline constexpr std::size_t noise_frame_bytes = 49'152;

/// Thresholds of a noise scan: highest, highest - step, ... [DAC].
struct NoiseSweep {
  int highest = 0;
  int step = 1;
  int points = 1;

  std::vector<int> thresholds() const;  ///< descending
  bool operator==(const NoiseSweep&) const = default;
};

/// What the name of a noise scan's file says: `<asic>_ECS_Scan_<trim>_<highest>_<step>_<points>_<i>of<n>.dat`.
struct NoiseFileName {
  std::string asic;  ///< `<module>_<velopix>`
  std::string trim;  ///< `Trim0`, `TrimF`; any word for a control scan
  NoiseSweep sweep;
  int pattern = 1;   ///< i: this file's masking pattern ...
  int patterns = 1;  ///< n: ... among so many, each of which has a file of its own

  std::string text() const;                       ///< the whole name
  std::vector<std::string> all_patterns() const;  ///< the names of the scan's files
  bool operator==(const NoiseFileName&) const = default;
};

/// Reads the fields from the end: the chip's name may hold underscores. Throws InputError that names the wrong field.
NoiseFileName parse_noise_file_name(std::string_view name);

}  // namespace velocal
