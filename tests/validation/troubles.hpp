// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "fit_quality.hpp"

namespace velocal::test {

/// A scan of drawn pixels with something wrong in it, fitted.
struct Trouble {
  std::string what;
  std::string before;   ///< what was made of such a scan until all this was looked for
  FitQuality quality;   ///< of the pixels that can be fitted
  std::string noticed;  ///< what the fit has seen of it; "-" for nothing
};

/// Counts without a line.
struct LineFree {
  std::string what;
  std::size_t curves;
  std::size_t good_poisson;
  std::size_t good_neyman;
};

/// The same pixels, with nothing wrong, fitted with and without a look for what lies far off.
struct CleanFits {
  double live_time_s;
  FitQuality plain;
  FitQuality robust;
  Sample difference;  ///< of E0, of the pixels that are good in both [DAC]
};

struct TroubleStudy {
  std::size_t pixels = 0;
  std::size_t curves = 0;  ///< of each kind without a line
  std::vector<Trouble> troubles;
  std::vector<LineFree> line_free;
  std::vector<CleanFits> clean;
};

/// At most a few thousand pixels; says on standard error that it has begun.
TroubleStudy run_trouble_study(std::size_t pixels, std::uint64_t seed);

std::string trouble_table(const TroubleStudy& study);
std::string line_free_table(const TroubleStudy& study);
std::string clean_table(const TroubleStudy& study);

}  // namespace velocal::test
