// SPDX-License-Identifier: GPL-3.0-or-later
#include "golden_data.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

namespace velocal::test {
namespace {

std::vector<std::string> read_lines(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace

std::optional<std::filesystem::path> golden_folder() {
  const std::filesystem::path archives = VELOCAL_GOLDEN_ARCHIVES;
  const std::filesystem::path folder = VELOCAL_GOLDEN_FOLDER;
  if (std::filesystem::exists(folder)) return folder;
  if (!std::filesystem::exists(archives / "scan.tar.xz")) return std::nullopt;
  // The folder gets its name when all is in it: an interrupted run leaves no half of it, and of two runs at once the
  // second one's is not needed.
  const std::filesystem::path unfinished = fmt::format("{}.{}", folder.string(), ::getpid());
  std::filesystem::create_directories(unfinished);
  for (const char* archive : {"scan.tar.xz", "expected.tar.xz", "truth.tar.xz"}) {
    const auto command = fmt::format("tar -xf '{}' -C '{}'", (archives / archive).string(), unfinished.string());
    if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
  }
  std::error_code failed;
  std::filesystem::rename(unfinished, folder, failed);
  if (failed) std::filesystem::remove_all(unfinished);
  if (!std::filesystem::exists(folder)) throw std::runtime_error("cannot make " + folder.string());
  return folder;
}

std::vector<std::string> split(const std::string& line, char separator) {
  std::vector<std::string> fields;
  std::istringstream stream(line);
  for (std::string field; std::getline(stream, field, separator);) {
    const auto first = field.find_first_not_of(" \t\r");
    const auto last = field.find_last_not_of(" \t\r");
    fields.push_back(first == std::string::npos ? "" : field.substr(first, last - first + 1));
  }
  return fields;
}

PixelMatrix<double> read_reference_matrix(const std::filesystem::path& file) {
  PixelMatrix<double> matrix;
  std::size_t pixel = 0;
  for (const std::string& line : read_lines(file)) {
    for (const std::string& field : split(line, ',')) matrix[pixel++] = std::stod(field);
  }
  if (pixel != pixel_count) throw std::runtime_error(file.string() + " is no matrix");
  return matrix;
}

std::vector<double> read_reference_list(const std::filesystem::path& file) {
  std::vector<double> values;
  for (const std::string& line : read_lines(file)) values.push_back(std::stod(line));
  return values;
}

std::map<std::string, Uncertain> read_reference_parameters(const std::filesystem::path& file) {
  std::map<std::string, Uncertain> parameters;
  const auto lines = read_lines(file);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto fields = split(lines[i], ',');
    parameters[fields.at(0)] = {std::stod(fields.at(1)), std::stod(fields.at(2))};
  }
  return parameters;
}

std::map<std::string, std::string> read_reference_row(const std::filesystem::path& file) {
  const auto lines = read_lines(file);
  const auto names = split(lines.at(0), ',');
  const auto values = split(lines.at(1), ',');
  std::map<std::string, std::string> row;
  for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = values.at(i);
  return row;
}

double rounding_of(double number, int digits) {
  if (number == 0.0) return 0.0;
  return 0.5 * std::pow(10.0, std::floor(std::log10(std::abs(number))) + 1 - digits);
}

}  // namespace velocal::test
