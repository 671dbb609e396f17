// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace velocal {

/// What the name of a file of counts tells: `<asic>_ECS_data_ST_<shutter>_THR_<threshold>_<acquisition>.csv`, with or
/// without zeros before the numbers, and with `.gz` or `.zst` behind where the file is compressed.
struct AcquisitionName {
  std::string_view asic;
  std::string_view shutter;
  int threshold = 0;
  int acquisition = 0;
};

/// The views are of `name`. Empty: it is no such name, or a number in it has more than nine digits.
std::optional<AcquisitionName> parse_acquisition_name(std::string_view name);

/// By the ending of the name: `.gz` or `.zst`.
bool is_compressed(std::string_view name);

/// What the files of counts are called that are there, whatever their zeros and their compression.
class AcquisitionNames {
 public:
  AcquisitionNames(std::string_view asic, std::string_view shutter) : asic_(asic), shutter_(shutter) {}

  /// Takes the name of a file or folder that is there. Throws InputError when it stands for an acquisition that has
  /// another file already.
  void add(std::string_view name);
  /// The file's name; null: there is none.
  const std::string* find(int threshold, int acquisition) const;
  /// What there is of other chips and shutters, most files first: `12,100 files with Module0_VP3-1 and ST_2s600ms`, in
  /// one line. Empty: nothing.
  std::string others() const;

 private:
  std::string asic_, shutter_;
  std::map<std::pair<int, int>, std::string> names_;
  std::map<std::pair<std::string, std::string>, std::size_t> others_;  ///< by chip and shutter
};

}  // namespace velocal
