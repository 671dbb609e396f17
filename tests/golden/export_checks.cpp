// SPDX-License-Identifier: GPL-3.0-or-later
// What velocal-export writes of the golden scan, beside the files of the reference.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <sstream>

#include "golden_checks.hpp"
#include "support/files.hpp"
#include "velocal/store/established/exported_files.hpp"

namespace velocal::test {
namespace {

/// Numbers of a file without its words and separators; `lines` of it.
struct Numbers {
  std::vector<double> values;
  std::size_t lines = 0;
};

Numbers numbers_of(const std::string& text) {
  Numbers numbers;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line); ++numbers.lines) {
    for (const std::string& field : split(line, ',')) {
      if (field.find_first_of("0123456789") == 0 || field.starts_with('-')) numbers.values.push_back(std::stod(field));
    }
  }
  return numbers;
}

/// The same number of lines and numbers; where both are not 0, equal within the relative tolerance in so many of 100.
void check_numbers(const std::string& name, const std::string& ours, const std::string& reference, double tolerance,
                   double percent) {
  const Numbers a = numbers_of(ours), b = numbers_of(reference);
  CAPTURE(name);
  CHECK(a.lines == b.lines);
  REQUIRE(a.values.size() == b.values.size());
  Agreement agreement;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    if (a.values[i] == 0.0 || b.values[i] == 0.0) continue;
    agreement.add(std::abs(a.values[i] / b.values[i] - 1.0) <= tolerance);
  }
  if (agreement.all() > 0) require_agreement(fmt::format("{}, {}", name.substr(0, 36), tolerance), agreement, percent);
}

/// Fluxes of pixels are the same bytes. The ASIC's are divided by the live pixels and not by all, 51 of 65,536 less;
/// its targets are less the mean baseline as it is, not cut to an integer, which makes up to 0.8 % of them and of K.
void check_file(const std::string& name, const std::string& ours, const std::string& reference) {
  if (name.find("Fluxperpixel") != std::string::npos) {
    INFO(name);
    CHECK((ours == reference));
  } else if (name.find("ASIC") != std::string::npos) {
    check_numbers(name, ours, reference, 0.01, 100.0);
  } else {
    check_numbers(name, ours, reference, name.starts_with('u') ? 0.01 : 1e-3, 99.5);
  }
}

}  // namespace

void check_export(const Golden& golden) {
  const ExportedResults results{.dataset = golden.dataset,
                                .scan = golden.dataset.scan("warm"),
                                .flux = &golden.cube,
                                .fit = &golden.fit,
                                .calibration = &golden.calibration};
  std::size_t compared = 0;
  for (const ExportedPart part : {ExportedPart::flux, ExportedPart::fit, ExportedPart::matrices}) {
    for (const ExportedFile& file : exported_files(part, results)) {
      CHECK(part_of(file.name, golden.dataset, results.scan) == part);
      const auto path = golden.expected / file.name;
      if (!std::filesystem::exists(path)) continue;
      check_file(file.name, file.text(), read_text(path));
      ++compared;
    }
  }
  // All files of the reference but its results collection, of whose row check_means() takes care.
  CHECK(compared == 29);
}

}  // namespace velocal::test
