// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/acquisition_adder.hpp"

#include <fmt/format.h>

#include <utility>

#include "velocal/core/error.hpp"
#include "velocal/scan/input_line.hpp"

namespace velocal {
namespace {

void require_counts(const Acquisition& acquisition) {
  const auto* const counts = std::get_if<const PixelCounts*>(&acquisition.counts);
  if (counts == nullptr || (*counts != nullptr && (*counts)->is_whole())) return;
  throw UsageError(fmt::format("{}: there are no counts", acquisition.origin),
                   *counts == nullptr ? "the pointer is null" : "they have been moved from",
                   "Give the counts of all pixels, or throw InputError when there are none");
}

using Text = std::span<const char>;

std::string line_of(const Acquisition& acquisition) {
  if (const auto* text = std::get_if<Text>(&acquisition.counts)) {
    return input_line(acquisition.name, std::as_bytes(*text));
  }
  return input_line(acquisition.name, std::as_bytes(std::get<const PixelCounts*>(acquisition.counts)->values()));
}

}  // namespace

AcquisitionQuality AcquisitionAdder::add(std::size_t threshold_index, int number, const Acquisition& acquisition) {
  require_counts(acquisition);
  origin_ = acquisition.origin;
  std::string line = line_of(acquisition);
  const Totals total = sums_.counts_at(threshold_index);
  const auto* const text = std::get_if<Text>(&acquisition.counts);
  SummedAcquisition added =
      text != nullptr ? add_text(*text, total) : add_counts(*std::get<const PixelCounts*>(acquisition.counts), total);
  added.number = number;
  added.input = std::move(line);
  return sums_.acquisitions_at(threshold_index).emplace_back(std::move(added)).quality;
}

SummedAcquisition AcquisitionAdder::add_text(Text text, Totals total) {
  if (!add_small(text, total)) {
    parse_counts(text, origin_, parsed_);
    return add_counts(parsed_, total);
  }
  SummedAcquisition added = sums_.judged(hits_of(small_, masked_, masked_hits_));
  if (added.quality != AcquisitionQuality::good) {
    remove_small(text);
  } else if (sums_.looks_for_counter() && small_.largest + 2u >= velopix_counter_end) {
    added.at_end = small_at_end(text);
  }
  return added;
}

SummedAcquisition AcquisitionAdder::add_counts(const PixelCounts& counts, Totals total) const {
  SummedAcquisition added = sums_.judged(hits_of(counts, masked_));
  if (added.quality == AcquisitionQuality::good) {
    add_large(counts, total);
    if (sums_.looks_for_counter()) added.at_end = counts_at_end(counts, sums_.mask());
  }
  return added;
}

/// Small counts are added up in a byte first, as many as it holds: a quarter of the memory to go through. False when
/// the counts are not small, and nothing has been added.
bool AcquisitionAdder::add_small(Text text, Totals total) {
  if (!add_small_counts(text, subtotal_, small_)) return false;
  if (subtotal_bound_ + small_.largest > 255) {
    subtract_small_counts(text, subtotal_);
    add_subtotal(total);
    add_small_counts(text, subtotal_, small_);
  }
  subtotal_bound_ += small_.largest;
  take_masked();
  return true;
}

void AcquisitionAdder::remove_small(Text text) {
  subtract_small_counts(text, subtotal_);
  subtotal_bound_ -= small_.largest;
  take_masked();
}

/// Moves the masked pixels' part of the subtotal to masked_hits_.
void AcquisitionAdder::take_masked() {
  for (std::size_t i = 0; i < masked_.size(); ++i) masked_hits_[i] = std::exchange(subtotal_[masked_[i]], 0);
}

/// Reads the text once more, by itself; hardly any has counts this large.
CountsAtEnd AcquisitionAdder::small_at_end(Text text) {
  counts_.assign(pixel_count, 0);
  add_small_counts(text, counts_, small_);
  return counts_at_end(counts_, sums_.mask());
}

void AcquisitionAdder::add_subtotal(Totals total) {
  if (subtotal_bound_ > 0 && !move_small_counts(subtotal_, total)) fail_with_overflow();
  subtotal_bound_ = 0;
}

/// Adds nothing when a sum would exceed 32 bits.
void AcquisitionAdder::add_large(const PixelCounts& counts, Totals total) const {
  bool overflow = false;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    overflow |= sums_.mask()[pixel] == 0 && total[pixel] + counts[pixel] < counts[pixel];
  }
  if (overflow) fail_with_overflow();
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) total[pixel] += counts[pixel];
}

void AcquisitionAdder::fail_with_overflow() const {
  throw InputError(fmt::format("{}: the hits of a pixel add up to more than 4294967295", origin_),
                   "sums are kept in 32 bits", "Reject the acquisitions with such counts");
}

}  // namespace velocal
