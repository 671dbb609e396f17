// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/file_naming.hpp"

#include <fmt/format.h>

namespace velocal {

std::string acquisition_file_name(std::string_view asic, std::string_view shutter, int threshold, int acquisition) {
  return fmt::format("{}_ECS_data_ST_{}_THR_{}_{}.csv", asic, shutter, threshold, acquisition);
}

std::filesystem::path scan_folder(const Dataset& dataset, const ScanSettings& scan) {
  return dataset.data_root / scan.folder;
}

std::filesystem::path acquisition_path(const Dataset& dataset, const ScanSettings& scan, int threshold,
                                       int acquisition) {
  return scan_folder(dataset, scan) / acquisition_file_name(dataset.asic, scan.shutter.text, threshold, acquisition);
}

std::filesystem::path mask_path(const Dataset& dataset, const ScanSettings& scan) {
  return scan_folder(dataset, scan) / fmt::format("{}_Matrix_Mask.csv", dataset.asic);
}

std::filesystem::path baseline_path(const std::filesystem::path& folder, std::string_view asic, BaselineKind kind) {
  const bool control = kind == BaselineKind::control;
  return folder / fmt::format("{}_{}.csv", asic, control ? "Control_Noise_Mean" : "TrimBest_Noise_Predict");
}

std::filesystem::path baseline_width_path(const std::filesystem::path& folder, std::string_view asic,
                                          BaselineKind kind) {
  return folder / fmt::format("{}_{}_Noise_Width.csv", asic, kind == BaselineKind::control ? "Control" : "Trim0");
}

namespace {

std::string flux_csv(std::string_view quantity, const Dataset& dataset, const ScanSettings& scan,
                     const std::string& thresholds) {
  return fmt::format("{}_{}_ECS_data_ST_{}_{}_THR_{}.csv", quantity, dataset.asic, scan.shutter.text, scan.label,
                     thresholds);
}

}  // namespace

std::string flux_csv_name(std::string_view quantity, const Dataset& dataset, const ScanSettings& scan, int threshold) {
  return flux_csv(quantity, dataset, scan, fmt::format("{}", threshold));
}

std::string asic_csv_name(std::string_view quantity, const Dataset& dataset, const ScanSettings& scan) {
  const auto& [from, to, step, listed] = scan.thresholds;
  return flux_csv(quantity, dataset, scan, fmt::format("{}-{}-step{}", from, to, step));
}

}  // namespace velocal
