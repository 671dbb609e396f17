// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/csv_folder.hpp"

#include <string>
#include <vector>

#include "velocal/core/file_reader.hpp"
#include "velocal/scan/archive.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/required_files.hpp"

namespace velocal {

class CsvFolder::Reader final : public AcquisitionReader {
 public:
  explicit Reader(const CsvFolder& source) : source_(source), folder_(scan_folder(source.dataset_, source.scan_)) {}

  Acquisition read(int threshold, int acquisition) override {
    name_ = acquisition_file_name(source_.dataset_.asic, source_.scan_.shutter.text, threshold, acquisition);
    path_.replace(folder_size_, std::string::npos, name_);
    if (const auto text = files_.read_if_there(name_)) return {name_, path_, *text};
    const std::string* const other = source_.names().find(threshold, acquisition);
    const auto text = read_other(other == nullptr ? name_ : *other);
    return {name_, path_, text};
  }

 private:
  std::span<const char> read_other(const std::string& name) {
    path_.replace(folder_size_, std::string::npos, name);
    if (!is_compressed(name)) return files_.read(name);
    unpacked_ = read_compressed(path_, largest_counts_text);
    return unpacked_;
  }

  const CsvFolder& source_;
  std::filesystem::path folder_;
  FileReader files_{folder_};
  std::string name_;                            ///< of the last acquisition
  std::string path_ = (folder_ / "").string();  ///< of its file
  std::size_t folder_size_ = path_.size();
  std::vector<char> unpacked_;
};

const AcquisitionNames& CsvFolder::names() const {
  std::call_once(listed_, [&] { names_ = present_acquisitions(dataset_, scan_); });
  return *names_;
}

void CsvFolder::require_complete() const {
  require_acquisitions(dataset_, scan_);
}

std::unique_ptr<AcquisitionReader> CsvFolder::reader() const {
  return std::make_unique<Reader>(*this);
}

}  // namespace velocal
