// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/descriptor/fit_settings.hpp"

namespace velocal {

/// One planted fault: the acquisition of that number at that threshold.
struct PlantedAcquisition {
  int threshold = 0;
  int acquisition = 0;
  bool operator==(const PlantedAcquisition&) const = default;
};

/// A quantity that each pixel draws once from a normal distribution: its mean and standard deviation.
struct Spread {
  double mean = 0.0;
  double spread = 0.0;  ///< >= 0
};

/// Gaussian spot of the source's light on the ASIC: the rate at distance r [pixels] from the centre is
/// floor + (1 - floor) * exp(-r^2 / (2 radius^2)) times the peak rate.
struct IlluminationSpot {
  double row = 127.5;     ///< of the centre, in pixels
  double column = 127.5;  ///< likewise
  double radius = 90.0;   ///< > 0, pixels
  double floor = 0.1;     ///< in [0, 1]
};

/// What takes the place of shelf and amplitude where a scan is drawn from first principles (docs/physics.md, "The
/// physical curve").
struct PhysicsSettings {
  double sigma_um = 4.5;  ///< width of the charge cloud after the whole thickness, above 0, at most 30
  double rate = 0.9;      ///< R at the spot's centre [hits/s], > 0
};

/// How the chips of one descriptor differ: standard deviations over the chips, as shares of the value. Each >= 0.
struct ChipSpreads {
  double gain_spread = 0.0;          ///< of the gain: targets are divided by it
  double noise_spread = 0.0;         ///< of the widths, those of the baseline, too
  double illumination_spread = 0.0;  ///< of amplitude or rate
};

/// What is wrong with a chip, for tests of what finds it.
enum class ChipFault {
  none,
  dead,           ///< nothing is counted
  noisy,          ///< wide noise and a high background
  shifted_gain,   ///< a gain below that of the others
  missing_files,  ///< the acquisitions of the last threshold are not there
};
template <>
inline constexpr EnumWords<5> enum_words<ChipFault>{"fault",
                                                    {"none", "dead", "noisy", "shifted_gain", "missing_files"}};

/// Section `simulation` of a scan: the truth that velocal-simulate draws it from, which is the model F1_0 or `physics`.
struct SimulationSettings {
  std::optional<PhysicsSettings> physics;  ///< empty: F1_0
  IlluminationSpot spot;
  double amplitude = 10.0;                 ///< A of F1_0 at the spot's centre, > 0
  Spread shelf{4.0e-4, 5.0e-5};            ///< f of F1_0, kept within (0, 1)
  Spread width{4.5, 0.8};                  ///< s [DAC], kept >= 1; with `physics` the noise without Fano's fluctuations
  Spread target{124.0, 6.0};               ///< E0 - baseline [DAC]; with `physics` kept from half to twice the mean
  Spread baseline{1425.0, 4.0};            ///< noise baseline [DAC], kept >= 1
  double baseline_error = 0.3;             ///< standard deviation of what the analysis is given about it [DAC], >= 0
  Spread baseline_width{5.5, 0.5};         ///< width of the noise [DAC], kept >= 0.5
  double background = 2.0e-6;              ///< hits/s per pixel at every threshold, >= 0
  int masked_pixels = 50;                  ///< drawn at random places
  int pixels_without_baseline = 50;        ///< drawn at random places; their baseline reads 0
  ChipSpreads chips;                       ///< of a descriptor with many chips
  ChipFault fault = ChipFault::none;       ///< likewise: that of the chip
  std::vector<PlantedAcquisition> empty;   ///< acquisitions without a single hit
  std::vector<PlantedAcquisition> bad;     ///< read-out fault: the last column's mean is reject.last_column_mean
  std::vector<PlantedAcquisition> glitch;  ///< every pixel reads 63; the descriptor has to reject these
};

}  // namespace velocal
