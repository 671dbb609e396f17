// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <unordered_map>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/descriptor/dataset.hpp"
#include "velocal/scan/acquisition_name.hpp"
#include "velocal/scan/acquisition_source.hpp"
#include "velocal/scan/matrix_csv.hpp"
#include "velocal/scan/zip_index.hpp"

namespace velocal {

/// Acquisitions in a plain zip archive, read by several threads. Folders within it do not matter.
class ZippedScan final : public AcquisitionSource {
 public:
  /// Keeps the first two references. Throws InputError when an acquisition is there twice.
  ZippedScan(const Dataset& dataset, const ScanSettings& scan, ZipIndex index);

  AcquisitionRange acquisitions() const override { return scan_.acquisitions; }
  /// Throws as require_acquisitions() does.
  void require_complete() const override;
  std::unique_ptr<AcquisitionReader> reader() const override;

  /// The mask in the archive; empty: there is none. `seen` may be empty. Throws InputError when it is damaged.
  std::optional<PixelMask> mask(const ContentsSeen& seen) const;

 private:
  class Reader;
  const ZipMember* find(const std::string& name) const;

  const Dataset& dataset_;
  const ScanSettings& scan_;
  ZipIndex index_;
  AcquisitionNames names_;
  std::unordered_map<std::string, std::size_t> places_;  ///< in the index, by name
};

}  // namespace velocal
