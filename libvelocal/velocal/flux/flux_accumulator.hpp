// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "velocal/flux/flux_cube.hpp"
#include "velocal/flux/flux_settings.hpp"
#include "velocal/scan/acquisition_quality.hpp"
#include "velocal/scan/counts_parser.hpp"

namespace velocal {

/// Makes a flux cube of counts that are in memory: the same cube as accumulate_flux() makes of files with these counts.
/// For one thread at a time. One that has been moved from can only be assigned to or destroyed.
class FluxAccumulator {
 public:
  /// Throws UsageError as require_valid() does.
  explicit FluxAccumulator(FluxSettings settings);
  /// Takes over what the other has counted.
  FluxAccumulator(FluxAccumulator&&) noexcept;
  /// Takes over what the other has counted.
  FluxAccumulator& operator=(FluxAccumulator&&) noexcept;
  ~FluxAccumulator();

  /// Adds the hits of one acquisition if it is good (docs/physics.md, "Flux"), and says what it is. One without any hit
  /// is `empty`: finish() counts it as good where the others let it be so by chance, else it adds no live time.
  /// `acquisition` may be any number, once a threshold.
  /// Throws, and adds nothing: UsageError when the threshold is not in the settings or has that acquisition already,
  /// and when the counts have been moved from; InputError when the hits of a pixel add up to more than 32 bits hold.
  AcquisitionQuality add(int threshold, int acquisition, const PixelCounts& counts);

  /// The cube of all that has been added, which does not depend on the order of the calls. Its inputs_sha256 is made of
  /// the counts, mask and baseline. More may be added after.
  FluxCube finish() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace velocal
