// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/asic_spread.hpp"

#include <fmt/format.h>

#include <charconv>
#include <string_view>
#include <system_error>

#include "velocal/core/error.hpp"
#include "velocal/core/file_reader.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/scan/file_naming.hpp"

namespace velocal {
namespace {

double number(std::string_view line, const std::filesystem::path& file, std::size_t place) {
  while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
  double value = 0.0;
  const auto [stop, error] = std::from_chars(line.data(), line.data() + line.size(), value);
  if (error == std::errc{} && stop == line.data() + line.size() && !(value < 0.0)) return value;
  throw InputError(fmt::format("{}:{}: expected a number >= 0, got \"{}\"", file.string(), place, line.substr(0, 24)));
}

/// A number a line, the last with its end: it would else not be seen that it was cut.
std::vector<double> read_list(const std::filesystem::path& file, std::size_t count, const ContentsSeen& seen) {
  FileReader reader;
  const auto contents = reader.read(file);
  seen(file, contents);
  std::string_view rest(contents.data(), contents.size());
  std::vector<double> numbers;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    if (end == rest.npos) {
      throw InputError(fmt::format("{}:{}: the line has no end", file.string(), numbers.size() + 1),
                       "the file is cut short", "Copy it again, or take it away");
    }
    numbers.push_back(number(rest.substr(0, end), file, numbers.size() + 1));
    rest.remove_prefix(end + 1);
  }
  if (numbers.size() == count) return numbers;
  throw InputError(fmt::format("{} has {} lines", file.string(), numbers.size()),
                   fmt::format("the scan has {} thresholds", count), "Copy it again, or take it away");
}

}  // namespace

std::vector<double> relative_asic_spread(const std::filesystem::path& folder, const Dataset& dataset,
                                         const ScanSettings& scan, const ContentsSeen& seen) {
  const auto count = static_cast<std::size_t>(scan.thresholds.count());
  const auto flux_file = folder / asic_csv_name(csv_quantity::asic_flux, dataset, scan);
  const auto error_file = folder / asic_csv_name(csv_quantity::asic_flux_error, dataset, scan);
  std::vector<double> spread(count, undefined);
  if (is_missing(flux_file) || is_missing(error_file)) return spread;
  const std::vector<double> flux = read_list(flux_file, count, seen);
  const std::vector<double> error = read_list(error_file, count, seen);
  for (std::size_t t = 0; t < count; ++t) {
    if (flux[t] > 0.0) spread[t] = error[t] / flux[t];
  }
  return spread;
}

}  // namespace velocal
