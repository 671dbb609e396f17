// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>

#include "fit_quality.hpp"

namespace velocal::test {

/// What is hoped of a number: at most so far from what is right.
struct Hope {
  double right;
  double tolerance;
  bool holds(double value) const { return std::abs(value - right) <= tolerance; }
};

// As in the template validation.md, which says so to the reader.
inline constexpr Hope good_hope{1.0, 0.06};  ///< the test itself rejects 0.05
inline constexpr Hope rejection_hope{0.05, 0.005};
inline constexpr Hope loss_hope{0.0, 0.001};  ///< not found, outside the domain
inline constexpr Hope mean_hope{0.0, 0.03};
inline constexpr Hope width_hope{1.0, 0.02};
inline constexpr Hope hope_68{0.6827, 0.01};
inline constexpr Hope hope_95{0.95, 0.005};

/// Bold where it is not as hoped.
inline std::string marked(const std::string& text, const Hope& hope, double value) {
  return hope.holds(value) ? text : "**" + text + "**";
}
inline std::string percent(double share, const Hope& hope) {
  if (std::isnan(share)) return "-";
  return marked(fmt::format("{:.2f}", 100.0 * share), hope, share);
}
inline std::string mean_text(const Pulls& pulls) {
  return marked(fmt::format("{:+.3f}", pulls.mean()), mean_hope, pulls.mean());
}
inline std::string width_text(const Pulls& pulls) {
  return marked(fmt::format("{:.3f}", pulls.width()), width_hope, pulls.width());
}

}  // namespace velocal::test
