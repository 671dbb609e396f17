// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/given_baseline.hpp"

#include "velocal/core/error.hpp"
#include "velocal/core/file_reader.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/scan/input_line.hpp"
#include "velocal/store/measured_baseline_file.hpp"

namespace velocal {

std::optional<GivenBaseline> given_baseline(const Dataset& dataset, const ScanSettings& scan) {
  if (!scan.baseline_file) return {};
  const std::filesystem::path file = dataset.results_root / *scan.baseline_file;
  const Stored<MeasuredBaseline> measured = read_measured_baseline(file, dataset.asic);
  FileReader reader;
  const auto bytes = std::as_bytes(reader.read(file));
  if (sha256_hex(bytes) != measured.sha256) {
    throw InputError(file.string() + " was replaced while it was read", {}, "Run the program again");
  }
  GivenBaseline given{noise_baseline(measured.value, scan.baseline_kind), input_line(file.filename().string(), bytes)};
  if (!scan.baseline_established) complete_cut_means(given.baseline);
  return given;
}

}  // namespace velocal
