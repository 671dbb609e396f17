// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "velocal/descriptor/fit_settings.hpp"

namespace velocal {

/// How the noise moves with the trim: in fifteen steps, or as the equalisation's program has it.
enum class NoisePrediction { linear, established };
/// What of the noise scans a scan takes as its baseline.
enum class BaselineKind { predicted, control };
/// What of a baseline enters u(target): the error of its mean, or, as in the analysis that velocal replaces, the width
/// of the pixel's noise.
enum class BaselineUncertainty { error, width };

template <>
inline constexpr EnumWords<2> enum_words<NoisePrediction>{"prediction", {"linear", "established"}};
template <>
inline constexpr EnumWords<2> enum_words<BaselineKind>{"kind of baseline", {"predicted", "control"}};
template <>
inline constexpr EnumWords<2> enum_words<BaselineUncertainty>{"uncertainty of the baseline", {"error", "width"}};

/// Section `noise` of a descriptor (docs/descriptor.md, "noise"): the noise scans of the equalisation. Files are named
/// in `folder`; "" = none.
struct NoiseSettings {
  std::string folder;      ///< below Dataset::data_root
  std::string trim0 = {};  ///< "": the only such scan in the folder, likewise trimF
  std::string trimF = {};
  std::string control = {};  ///< scan at the trims in use
  std::string trims = {};    ///< matrix of the trims in use; "": the best
  std::string estimator = "moments";
  NoisePrediction prediction = NoisePrediction::linear;
};

}  // namespace velocal
