// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "velocal/descriptor/dataset.hpp"
#include "velocal/descriptor/setting.hpp"

namespace velocal {

/// Section `fit`; in the order of the attributes of fit.h5. A setting is added with a row here and a member of
/// FitSettings, and stands in docs/descriptor.md.
std::span<const Setting<FitSettings>> fit_settings_table();

/// Section `source`, an entry of its list `lines`, and section `sensor`.
std::span<const Setting<Source>> source_table();
std::span<const Setting<EmittedLine>> line_table();
std::span<const Setting<Sensor>> sensor_table();

/// Section `allow`.
std::span<const Setting<Allowances>> allow_table();
/// Section `baseline` of a scan, without its folder or file.
std::span<const Setting<ScanSettings>> baseline_table();
/// Section `noise`.
std::span<const Setting<NoiseSettings>> noise_table();

/// The plain numbers of the section `simulation`, and those of its maps `physics`, `spot` and `chips`.
std::span<const Setting<SimulationSettings>> simulation_table();
std::span<const Setting<PhysicsSettings>> physics_table();
std::span<const Setting<IlluminationSpot>> spot_table();
std::span<const Setting<ChipSpreads>> chip_spreads_table();

/// A map `{mean, spread}` of the section `simulation`.
struct SpreadSetting {
  std::string_view key;
  Spread SimulationSettings::*member;
  NumberRule mean;  ///< the spread is a number >= 0
};
std::span<const SpreadSetting> simulation_spreads();

}  // namespace velocal
