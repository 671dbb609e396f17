// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/core/uncertain.hpp"

namespace velocal::test {

/// Folder of the unpacked golden archives; they are unpacked into the build folder once. Empty when there are none.
std::optional<std::filesystem::path> golden_folder();

/// A matrix, a list (one number a line), and a table of values with uncertainties, as the reference wrote them.
PixelMatrix<double> read_reference_matrix(const std::filesystem::path& file);
std::vector<double> read_reference_list(const std::filesystem::path& file);
std::map<std::string, Uncertain> read_reference_parameters(const std::filesystem::path& file);
/// The first row of a table, by column name.
std::map<std::string, std::string> read_reference_row(const std::filesystem::path& file);

/// Fields of a line, without blanks around them.
std::vector<std::string> split(const std::string& line, char separator);

/// In how many of the cases two numbers agree.
class Agreement {
 public:
  void add(bool agrees) {
    agreeing_ += agrees ? 1 : 0;
    ++all_;
  }
  double percent() const { return 100.0 * static_cast<double>(agreeing_) / static_cast<double>(all_); }
  std::size_t all() const { return all_; }

 private:
  std::size_t agreeing_ = 0;
  std::size_t all_ = 0;
};

/// Half a unit in the last of `digits` significant digits of the number: what was lost when it was written.
double rounding_of(double number, int digits);

}  // namespace velocal::test
