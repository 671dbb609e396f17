// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/trim_prediction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "velocal/core/error.hpp"
#include "velocal/core/uncertain.hpp"

namespace velocal {
namespace {

constexpr double furthest = 25.0;  ///< DAC between prediction and target

/// A pixel's two means, the trim and where that takes the noise.
struct PixelTrim {
  double mean0 = 0.0;  ///< 0: none
  double meanF = 0.0;
  double trim = 0.0;
  double baseline = 0.0;
};

/// Mean at trim 0 plus `trim` of fifteen steps.
struct LinearPrediction {
  static constexpr int steps = highest_trim;
  static double mean(const PixelNoise& noise, std::size_t pixel) {
    return noise.usable(pixel) ? noise.mean[pixel] : 0.0;
  }
  static double level(double sum, double pixels) { return sum / pixels; }
  static double target(double level0, double levelF) { return 0.5 * (level0 + levelF); }
  static double best_trim(double target, const PixelTrim& pixel) {
    return pixel.meanF > pixel.mean0 ? std::round(steps * (target - pixel.mean0) / (pixel.meanF - pixel.mean0)) : -1.0;
  }
  static double baseline(const PixelTrim& pixel) {
    return pixel.mean0 + pixel.trim * (pixel.meanF - pixel.mean0) / steps;
  }
};

/// The arithmetic of the equalisation's own program: integers, single precision, and sixteen steps.
struct EstablishedPrediction {
  static constexpr int steps = 16;
  static double mean(const PixelNoise& noise, std::size_t pixel) {
    return noise.hits[pixel] > 0 && noise.mean[pixel] > 0.0 ? std::floor(noise.mean[pixel]) : 0.0;
  }
  static double level(double sum, double pixels) { return std::floor(sum / pixels); }
  static double target(double level0, double levelF) { return std::floor(0.5 * (level0 + levelF)); }
  static float scale(const PixelTrim& pixel) { return static_cast<float>((pixel.meanF - pixel.mean0) / steps); }
  static double best_trim(double target, const PixelTrim& pixel) {
    return std::round(static_cast<float>(target - pixel.mean0) / scale(pixel));
  }
  static double baseline(const PixelTrim& pixel) {
    return pixel.mean0 + std::round(static_cast<float>(pixel.trim) * scale(pixel));
  }
};

bool is_cut_off(const PixelNoise& noise, std::size_t pixel) {
  return noise.status[pixel] == static_cast<std::uint8_t>(NoiseStatus::cut_off);
}

NoiseMask mask_of(const PixelTrim& pixel, double target) {
  if (pixel.mean0 == 0.0 && pixel.meanF == 0.0) return NoiseMask::no_noise;
  if (pixel.mean0 == 0.0) return NoiseMask::no_noise_trim0;
  if (pixel.meanF == 0.0) return NoiseMask::no_noise_trimF;
  if (!(pixel.trim >= 0.0 && pixel.trim <= highest_trim)) return NoiseMask::no_trim;  // a NaN, too
  return std::abs(pixel.baseline - target) > furthest ? NoiseMask::far_off : NoiseMask::none;
}

void require_order(double level0, double levelF) {
  if (level0 < levelF) return;
  throw InputError("the noise at trim 0 does not lie below that at trim F",
                   fmt::format("on average at {:.2f} and {:.2f} DAC", level0, levelF),
                   "Exchange noise.trim0 and noise.trimF in the descriptor, or have the scans taken again");
}

template <class Kind>
void set_levels(const PixelNoise& trim0, const PixelNoise& trimF, TrimPrediction& prediction) {
  double sum0 = 0.0, sumF = 0.0, pixels = 0.0;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    const double mean0 = Kind::mean(trim0, pixel), meanF = Kind::mean(trimF, pixel);
    if (mean0 == 0.0 || meanF == 0.0) continue;
    sum0 += mean0;
    sumF += meanF;
    pixels += 1.0;
  }
  if (pixels == 0.0) {
    throw InputError("no pixel has noise at trim 0 and at trim F", "both scans have to sweep through it",
                     "Have the scans taken again, at other thresholds");
  }
  prediction.level_trim0 = Kind::level(sum0, pixels);
  prediction.level_trimF = Kind::level(sumF, pixels);
  prediction.target = Kind::target(prediction.level_trim0, prediction.level_trimF);
  require_order(prediction.level_trim0, prediction.level_trimF);
}

template <class Kind>
TrimPrediction predict(const PixelNoise& trim0, const PixelNoise& trimF, bool masks_cut_off,
                       const std::optional<PixelMatrix<std::uint8_t>>& trims) {
  TrimPrediction prediction;
  set_levels<Kind>(trim0, trimF, prediction);
  for (std::size_t i = 0; i < pixel_count; ++i) {
    PixelTrim pixel{.mean0 = Kind::mean(trim0, i), .meanF = Kind::mean(trimF, i)};
    pixel.trim = trims ? (*trims)[i] : Kind::best_trim(prediction.target, pixel);
    pixel.baseline = Kind::baseline(pixel);
    const bool cut_off = masks_cut_off && (is_cut_off(trim0, i) || is_cut_off(trimF, i));
    const NoiseMask mask = cut_off ? NoiseMask::cut_off : mask_of(pixel, prediction.target);
    const bool live = mask == NoiseMask::none;
    const double part = pixel.trim / Kind::steps;
    prediction.mask[i] = static_cast<std::uint8_t>(mask);
    prediction.trim[i] = live ? static_cast<std::uint8_t>(pixel.trim) : std::uint8_t{0};
    prediction.baseline[i] = live ? pixel.baseline : undefined;
    prediction.error[i] = live ? std::hypot((1.0 - part) * trim0.error[i], part * trimF.error[i]) : undefined;
  }
  return prediction;
}

}  // namespace

std::size_t TrimPrediction::count(NoiseMask reason) const {
  return static_cast<std::size_t>(std::ranges::count(mask, static_cast<std::uint8_t>(reason)));
}

TrimPrediction predict_baseline(const PixelNoise& trim0, const PixelNoise& trimF, NoisePrediction kind,
                                const std::optional<PixelMatrix<std::uint8_t>>& trims) {
  if (kind == NoisePrediction::established) return predict<EstablishedPrediction>(trim0, trimF, false, trims);
  return predict<LinearPrediction>(trim0, trimF, true, trims);
}

}  // namespace velocal
