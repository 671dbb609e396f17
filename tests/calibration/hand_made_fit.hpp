// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/reference_analysis.hpp"
#include "velocal/fit/scan_fit.hpp"
#include "velocal/model/photon_source.hpp"

namespace velocal::test {

/// A fit of which nothing is found yet; all pixels have the baseline 1425 +- 5 DAC.
inline ScanFit hand_made_fit(BaselineMode mode) {
  ScanFit fit;
  fit.settings = reference_settings();
  fit.source = photon_source(one_line_scan().source);
  fit.settings.baseline = mode;
  fit.pixels.parameters.push_back({"E0", "DAC"});
  fit.pixels.status = PixelMatrix<std::int8_t>(static_cast<std::int8_t>(PixelStatus::not_found));
  fit.pixels.reason = PixelMatrix<std::uint8_t>(static_cast<std::uint8_t>(StatusReason::no_convergence));
  fit.baseline = NoiseBaseline{PixelMatrix<double>(1425.0), PixelMatrix<double>(5.0)};
  return fit;
}

inline void set_status(ScanFit& fit, std::size_t pixel, PixelStatus status, StatusReason reason) {
  fit.pixels.status[pixel] = static_cast<std::int8_t>(status);
  fit.pixels.reason[pixel] = static_cast<std::uint8_t>(reason);
}

inline void set_good(ScanFit& fit, std::size_t pixel, Uncertain line) {
  set_status(fit, pixel, PixelStatus::good, StatusReason::none);
  fit.pixels.parameters[0].value[pixel] = line.value;
  fit.pixels.parameters[0].error[pixel] = line.error;
}

/// A fit of the ASIC's curve that found E0.
inline AsicFit asic_fit(Uncertain line) {
  AsicFit asic;
  asic.fit.found = true;
  asic.fit.names = {"E0"};
  asic.fit.units = {"DAC"};
  asic.fit.parameters = {line};
  return asic;
}

}  // namespace velocal::test
