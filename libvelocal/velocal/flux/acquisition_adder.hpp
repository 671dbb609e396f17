// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "velocal/flux/flux_sums.hpp"
#include "velocal/scan/acquisition_hits.hpp"
#include "velocal/scan/acquisition_source.hpp"
#include "velocal/scan/small_counts.hpp"

namespace velocal {

/// Adds acquisitions to the sums of a flux cube, one threshold after another; each thread has an adder of its own.
class AcquisitionAdder {
 public:
  /// Keeps the reference.
  explicit AcquisitionAdder(FluxSums& sums) : sums_(sums) {}
  AcquisitionAdder(const AcquisitionAdder&) = delete;
  AcquisitionAdder& operator=(const AcquisitionAdder&) = delete;

  /// Judges the acquisition, which is not rejected, and adds its hits if it is good. Text is added up in this object
  /// first: finish_threshold() has to follow before another threshold.
  /// Throws InputError when the text is damaged or a sum exceeds 32 bits.
  AcquisitionQuality add(std::size_t threshold_index, int number, const Acquisition& acquisition);

  /// Throws InputError when a sum exceeds 32 bits.
  void finish_threshold(std::size_t threshold_index) { add_subtotal(sums_.counts_at(threshold_index)); }

 private:
  using Totals = std::span<std::uint32_t>;

  SummedAcquisition add_text(std::span<const char> text, Totals total);
  SummedAcquisition add_counts(const PixelCounts& counts, Totals total) const;
  bool add_small(std::span<const char> text, Totals total);
  void remove_small(std::span<const char> text);
  void take_masked();
  CountsAtEnd small_at_end(std::span<const char> text);
  void add_subtotal(Totals total);
  void add_large(const PixelCounts& counts, Totals total) const;
  [[noreturn]] void fail_with_overflow() const;

  FluxSums& sums_;
  std::vector<std::size_t> masked_ = masked_pixels(sums_.mask());
  std::string origin_;  ///< where the last acquisition lies
  SmallCounts small_;
  PixelCounts parsed_;
  std::vector<std::uint8_t> counts_;  ///< of one text, where they come near the counter's end
  std::vector<std::uint8_t> masked_hits_ = std::vector<std::uint8_t>(masked_.size());  ///< of the last text
  alignas(64) std::array<std::uint8_t, pixel_count> subtotal_{};                       ///< masked pixels: 0
  int subtotal_bound_ = 0;                                                             ///< no sum in it is larger
};

}  // namespace velocal
