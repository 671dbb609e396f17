// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <variant>

#include "velocal/descriptor/scan_settings.hpp"
#include "velocal/scan/counts_parser.hpp"

namespace velocal {

/// One acquisition as its source has it. Everything in it is valid until its reader reads the next one.
struct Acquisition {
  std::string_view name;  ///< tells it from the scan's others, wherever the scan lies; part of the digest of the inputs
  std::string_view origin;  ///< where it lies, for messages: a file with its folder
  /// Text of 256 lines of 256 counts, as the files have it, which is added up without a detour; or the counts
  /// themselves, not null.
  std::variant<std::span<const char>, const PixelCounts*> counts;
};

/// Reads one acquisition of a scan after another; each thread has a reader of its own.
class AcquisitionReader {
 public:
  virtual ~AcquisitionReader() = default;

  /// Throws InputError when there is no such acquisition, or it cannot be read.
  virtual Acquisition read(int threshold, int acquisition) = 0;
};

/// Where the acquisitions of a scan come from. The folder of CSV files is one; another input format is another class,
/// in a file of its own, for accumulate_flux().
class AcquisitionSource {
 public:
  virtual ~AcquisitionSource() = default;

  /// The acquisitions of each threshold. Those that the settings reject are not asked for.
  virtual AcquisitionRange acquisitions() const = 0;

  /// Throws InputError that says what is missing. Called once, while others read already: its error comes before
  /// theirs.
  virtual void require_complete() const {}

  /// Called from any thread. The source outlives its readers.
  virtual std::unique_ptr<AcquisitionReader> reader() const = 0;
};

}  // namespace velocal
