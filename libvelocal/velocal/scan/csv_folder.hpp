// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "velocal/descriptor/dataset.hpp"
#include "velocal/scan/acquisition_source.hpp"

namespace velocal {

/// Acquisitions as the read-out writes them: one CSV file each, all in the folder of the scan.
class CsvFolder final : public AcquisitionSource {
 public:
  /// Throws InputError when files are missing that the scan does not reject: all are counted, the first five named.
  CsvFolder(const Dataset& dataset, const ScanSettings& scan);

  AcquisitionRange acquisitions() const override { return acquisitions_; }
  std::unique_ptr<AcquisitionReader> reader() const override;

 private:
  class Reader;
  std::filesystem::path folder_;
  std::string asic_;
  std::string shutter_;
  AcquisitionRange acquisitions_;
};

}  // namespace velocal
