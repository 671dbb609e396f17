// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/descriptor/dataset.hpp"
#include "velocal/scan/acquisition_source.hpp"

namespace velocal {

/// Acquisitions as the read-out writes them: one CSV file each, all in the folder of the scan.
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
  const Dataset& dataset_;
  const ScanSettings& scan_;
};

}  // namespace velocal
