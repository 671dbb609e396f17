// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

/// Names of the quantities of a calibration, wherever one is named: in results files, tables, JSON, on the command line
/// and in the names of pictures.
namespace velocal::quantity {

inline constexpr std::string_view line = "E0";        ///< position of the photon line [DAC]: every model has it
inline constexpr std::string_view amplitude = "A";    ///< overall amplitude: every model has it
inline constexpr std::string_view target = "target";  ///< photon line above the noise [DAC]
inline constexpr std::string_view gain = "K";         ///< electrons a step of the threshold [e-/DAC]
inline constexpr std::string_view flux = "flux";      ///< summed over the thresholds [hits/s]
inline constexpr std::string_view chi2_ndf = "chi2_ndf";
inline constexpr std::string_view status = "status";  ///< of a pixel's fit

inline constexpr std::string_view second_share = "w2";  ///< of the absorbed photons, that of the source's second line

}  // namespace velocal::quantity
