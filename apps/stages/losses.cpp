// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/losses.hpp"

#include <fmt/format.h>

namespace velocal {

std::string loss_of_pixels(const Session& session, const ScanSettings& scan, KeptPixels pixels, std::string_view what) {
  const double allowed = session.dataset.allow.uncalibrated_pixels;
  const double lost =
      pixels.live == 0 ? 1.0 : 1.0 - static_cast<double>(pixels.kept) / static_cast<double>(pixels.live);
  if (lost <= allowed) return {};
  const std::string how_many = pixels.live == 0 ? "there is no live pixel"
                               : pixels.kept == 0
                                   ? fmt::format("no pixel has a {}", what)
                                   : fmt::format("{:.2f} % of the live pixels have no {}", 100.0 * lost, what);
  return fmt::format("{}: {}, and allow.uncalibrated_pixels is {} %. The results are written all the same",
                     session.title(scan), how_many, 100.0 * allowed);
}

std::string loss_of_acquisitions(const Session& session, const ScanSettings& scan, std::size_t missing,
                                 std::size_t wanted) {
  const double allowed = session.dataset.allow.missing_acquisitions;
  if (static_cast<double>(missing) <= allowed * static_cast<double>(wanted)) return {};
  return fmt::format(
      "{}: {} of {} acquisitions are missing, and allow.missing_acquisitions is {} %. The results are written all the "
      "same",
      session.title(scan), missing, wanted, 100.0 * allowed);
}

}  // namespace velocal
