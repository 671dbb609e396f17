// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/csv_folder.hpp"

#include <string>

#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/file_reader.hpp"
#include "velocal/scan/required_files.hpp"

namespace velocal {

class CsvFolder::Reader final : public AcquisitionReader {
 public:
  Reader(const Dataset& dataset, const ScanSettings& scan)
      : asic_(dataset.asic), shutter_(scan.shutter.text), folder_(scan_folder(dataset, scan)) {}

  Acquisition read(int threshold, int acquisition) override {
    const std::string name = acquisition_file_name(asic_, shutter_, threshold, acquisition);
    path_.replace(folder_size_, std::string::npos, name);
    return {std::string_view(path_).substr(folder_size_), path_, files_.read(name)};
  }

 private:
  const std::string& asic_;
  const std::string& shutter_;
  std::filesystem::path folder_;
  FileReader files_{folder_};
  std::string path_ = (folder_ / "").string();  ///< of the last acquisition
  std::size_t folder_size_ = path_.size();
};

void CsvFolder::require_complete() const {
  require_acquisitions(dataset_, scan_);
}

std::unique_ptr<AcquisitionReader> CsvFolder::reader() const {
  return std::make_unique<Reader>(dataset_, scan_);
}

}  // namespace velocal
