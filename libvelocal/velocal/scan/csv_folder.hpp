// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <optional>

#include "velocal/descriptor/dataset.hpp"
#include "velocal/scan/acquisition_name.hpp"
#include "velocal/scan/acquisition_source.hpp"

namespace velocal {

/// Acquisitions as the read-out writes them: one CSV file each, all in the folder of the scan. Their names may have
/// zeros before the numbers, and they may be compressed, each by itself (AcquisitionName).
class CsvFolder final : public AcquisitionSource {
 public:
  /// Keeps both references.
  CsvFolder(const Dataset& dataset, const ScanSettings& scan) : dataset_(dataset), scan_(scan) {}

  AcquisitionRange acquisitions() const override { return scan_.acquisitions; }
  /// Lists the folder. Throws as require_acquisitions() does.
  void require_complete() const override;
  std::unique_ptr<AcquisitionReader> reader() const override;

 private:
  class Reader;
  const AcquisitionNames& names() const;

  const Dataset& dataset_;
  const ScanSettings& scan_;
  /// What is there, listed where a file has not the name that the read-out gives it.
  mutable std::once_flag listed_;
  mutable std::optional<AcquisitionNames> names_;
};

}  // namespace velocal
