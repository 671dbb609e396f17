// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/csv_folder.hpp"

#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/file_reader.hpp"
#include "velocal/scan/required_files.hpp"

namespace velocal {

class CsvFolder::Reader final : public AcquisitionReader {
 public:
  explicit Reader(const CsvFolder& source) : source_(source) {}

  Acquisition read(int threshold, int acquisition) override {
    const std::string name = acquisition_file_name(source_.asic_, source_.shutter_, threshold, acquisition);
    path_.replace(folder_size_, std::string::npos, name);
    return {std::string_view(path_).substr(folder_size_), path_, files_.read(name)};
  }

 private:
  const CsvFolder& source_;
  FileReader files_{source_.folder_};
  std::string path_ = (source_.folder_ / "").string();
  std::size_t folder_size_ = path_.size();
};

CsvFolder::CsvFolder(const Dataset& dataset, const ScanSettings& scan)
    : folder_(scan_folder(dataset, scan)),
      asic_(dataset.asic),
      shutter_(scan.shutter.text),
      acquisitions_(scan.acquisitions) {
  require_acquisitions(dataset, scan);
}

std::unique_ptr<AcquisitionReader> CsvFolder::reader() const {
  return std::make_unique<Reader>(*this);
}

}  // namespace velocal
