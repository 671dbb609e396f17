// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/matrices_file.hpp"

#include "velocal/store/hdf5/hdf5_attribute.hpp"
#include "velocal/store/parts/asic_fit_file.hpp"
#include "velocal/store/parts/fit_settings_attributes.hpp"
#include "velocal/store/parts/nexus.hpp"
#include "velocal/store/parts/number_attributes.hpp"
#include "velocal/store/parts/quantity_names.hpp"
#include "velocal/store/parts/residuals_group.hpp"
#include "velocal/store/parts/source_group.hpp"
#include "velocal/store/result_file.hpp"

namespace velocal {
namespace {

void write_asic(const H5::Group& root, const std::string& name, const AsicCalibration& asic) {
  const H5::Group group = write_asic_fit(root, name, asic.fit);
  write_uncertain(group, target_name, asic.target);
  write_uncertain(group, gain_name, asic.gain);
}

AsicCalibration read_asic(const H5::Group& root, const std::string& name) {
  const H5::Group group = open_group(root, name);
  return {read_asic_fit(group), read_uncertain(group, target_name), read_uncertain(group, gain_name)};
}

void write_summary_group(const H5::Group& root, const Calibration& calibration) {
  const H5::Group summary = create_group(root, "summary");
  const StatusCounts& statuses = calibration.statuses;
  write_number<std::uint64_t>(summary, "good_pixels", statuses.good);
  write_number<std::uint64_t>(summary, "bad_pixels", statuses.bad);
  write_number<std::uint64_t>(summary, "not_found_pixels", statuses.not_found);
  write_number<std::uint64_t>(summary, "cut_pixels", statuses.cut);
  write_number<std::uint64_t>(summary, "masked_pixels", statuses.masked);
  write_number<std::uint64_t>(summary, "outside_pixels", statuses.outside);
  write_means(summary, target_name, calibration.target_means);
  write_means(summary, gain_name, calibration.gain_means);
  write_text_attribute(summary, "baseline_uncertainty", to_string(calibration.uncertainty));
}

void read_summary_group(const H5::Group& root, Calibration& calibration) {
  const H5::Group summary = open_group(root, "summary");
  calibration.statuses = {.good = read_number<std::uint64_t>(summary, "good_pixels"),
                          .bad = read_number<std::uint64_t>(summary, "bad_pixels"),
                          .not_found = read_number<std::uint64_t>(summary, "not_found_pixels"),
                          .cut = read_number<std::uint64_t>(summary, "cut_pixels"),
                          .masked = read_number<std::uint64_t>(summary, "masked_pixels"),
                          .outside = read_number<std::uint64_t>(summary, "outside_pixels")};
  calibration.target_means = read_means(summary, target_name);
  calibration.gain_means = read_means(summary, gain_name);
  calibration.uncertainty = has_attribute(summary, "baseline_uncertainty")
                                ? read_word(summary, "baseline_uncertainty", parse_word<BaselineUncertainty>)
                                : BaselineUncertainty::width;  // in older files there was no other
}

/// A value a row, in the order of the attribute `causes`.
void write_budget(const H5::Group& root, const Budget& budget) {
  if (budget.rows.empty()) return;
  std::vector<std::string> causes;
  std::vector<std::uint8_t> common;
  std::vector<double> target, gain;
  for (const BudgetRow& row : budget.rows) {
    causes.push_back(row.cause);
    common.push_back(row.common ? 1 : 0);
    target.push_back(row.target);
    gain.push_back(row.gain);
  }
  const H5::Group group = create_group(root, "budget");
  write_texts_attribute(group, "causes", causes);
  const Shape shape{causes.size()};
  label(write_values(group, "common", shape, common), {"", "1 = common to all pixels"});
  label(write_values(group, target_name, shape, target), {"DAC", "uncertainty of the target"});
  label(write_values(group, gain_name, shape, gain), {"e-/DAC", "uncertainty of the gain"});
}

Budget read_budget(const H5::Group& root) {
  Budget budget;
  if (!has_member(root, "budget")) return budget;
  const H5::Group group = open_group(root, "budget");
  const auto causes = read_texts_attribute(group, "causes");
  const auto common = read_values<std::uint8_t>(group, "common", {causes.size()});
  const auto target = read_values<double>(group, target_name, {causes.size()});
  const auto gain = read_values<double>(group, gain_name, {causes.size()});
  for (std::size_t i = 0; i < causes.size(); ++i) {
    budget.rows.push_back({causes[i], common[i] != 0, target[i], gain[i]});
  }
  return budget;
}

void write_calibration(const H5::Group& root, const Calibration& calibration) {
  write_source(root, calibration.source);
  write_quantity(root, target_name, {"DAC", "photon line above the noise"}, calibration.target.value,
                 &calibration.target.error);
  write_quantity(root, gain_name, {"e-/DAC", "gain"}, calibration.gain.value, &calibration.gain.error);
  write_asic(root, "asic", calibration.asic);
  write_asic(root, "asic_good", calibration.asic_good);
  write_summary_group(root, calibration);
  write_budget(root, calibration.budget);
  write_residuals(root, calibration.residuals);
}

Calibration read_calibration(const H5::Group& root) {
  Calibration calibration;
  calibration.source = read_source(root);
  read_quantity(root, target_name, calibration.target.value, &calibration.target.error);
  read_quantity(root, gain_name, calibration.gain.value, &calibration.gain.error);
  calibration.asic = read_asic(root, "asic");
  calibration.asic_good = read_asic(root, "asic_good");
  read_summary_group(root, calibration);
  calibration.budget = read_budget(root);
  calibration.residuals = read_residuals(root);
  return calibration;
}

}  // namespace

void write_matrices(const std::filesystem::path& path, const Calibration& calibration, const ScanFit& fit,
                    const Provenance& provenance, FileTransaction* files) {
  Provenance written = provenance;
  written.group = group_name(fit.group);
  write_result(
      path, matrices_kind, written,
      [&](const H5::Group& root) {
        write_fit_settings(root, fit);
        write_calibration(root, calibration);
        write_status(root, fit.pixels.status);
      },
      files);
}

Stored<Calibration> read_matrices(const std::filesystem::path& path, const Provenance& expected) {
  return read_result(path, matrices_kind, expected, read_calibration);
}

}  // namespace velocal
