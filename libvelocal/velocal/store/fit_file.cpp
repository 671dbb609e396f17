// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/fit_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "velocal/core/quantity.hpp"
#include "velocal/store/hdf5/hdf5_attribute.hpp"
#include "velocal/store/parts/asic_fit_file.hpp"
#include "velocal/store/parts/dispersion_group.hpp"
#include "velocal/store/parts/fit_settings_attributes.hpp"
#include "velocal/store/parts/nexus.hpp"
#include "velocal/store/parts/residuals_group.hpp"
#include "velocal/store/parts/source_group.hpp"
#include "velocal/store/parts/thresholds_group.hpp"
#include "velocal/store/result_file.hpp"

namespace velocal {
namespace {

const std::string status_name(quantity::status);

void write_parameter(const H5::Group& parent, const ParameterMap& parameter) {
  write_quantity(parent, parameter.name, {parameter.unit, parameter.name}, parameter.value, &parameter.error);
  if (!parameter.error_low) return;
  const H5::Group group = open_group(parent, parameter.name);
  label(write_matrix(group, "value_errors_low", *parameter.error_low), {parameter.unit, "uncertainty downwards"});
  label(write_matrix(group, "value_errors_high", *parameter.error_high), {parameter.unit, "uncertainty upwards"});
}

ParameterMap read_parameter(const H5::Group& parent, const std::string& name) {
  ParameterMap parameter;
  parameter.name = name;
  read_quantity(parent, name, parameter.value, &parameter.error);
  parameter.unit = read_text_attribute(open_dataset(parent, name + "/value"), "units");
  const H5::Group group = open_group(parent, name);
  if (!has_member(group, "value_errors_low")) return parameter;
  parameter.error_low = read_matrix<double>(group, "value_errors_low");
  parameter.error_high = read_matrix<double>(group, "value_errors_high");
  return parameter;
}

void write_pixels(const H5::Group& root, const PixelFits& pixels) {
  write_status(root, pixels.status);
  const H5::DataSet reason = write_matrix(root, "reason", pixels.reason);
  label(reason, {"", "why: index into the attribute names"});
  write_texts_attribute(reason, "names", {status_reason_names.begin(), status_reason_names.end()});
  const H5::Group group = create_group(root, "parameters");
  std::vector<std::string> names;
  for (const ParameterMap& parameter : pixels.parameters) {
    write_parameter(group, parameter);
    names.push_back(parameter.name);
  }
  write_texts_attribute(group, "names", names);
  label(write_matrix(root, "chi2", pixels.chi2), {"", "chi-square at the minimum"});
  label(write_matrix(root, "ndf", pixels.ndf), {"", "degrees of freedom"});
  label(write_matrix(root, "dropped", pixels.dropped), {"", "thresholds left out as outliers"});
  write_number<double>(root, "mean_evaluations", pixels.mean_evaluations);
}

PixelMatrix<std::int8_t> read_status(const H5::Group& parent) {
  auto status = read_matrix<std::int8_t>(parent, status_name);
  if (std::ranges::all_of(status, [](int number) { return -2 <= number && number <= 1; })) return status;
  throw Hdf5Problem(member_path(parent, status_name), "it holds a number that means nothing");
}

/// The numbers of reasons are taken by the names in the file: reasons may have been added since it was written.
PixelMatrix<std::uint8_t> read_reason(const H5::Group& root) {
  auto reasons = read_matrix<std::uint8_t>(root, "reason");
  const std::vector<std::string> names = read_texts_attribute(open_dataset(root, "reason"), "names");
  for (std::uint8_t& reason : reasons) {
    const auto* known = reason < names.size() ? std::ranges::find(status_reason_names, names[reason]) : nullptr;
    if (known == nullptr || known == status_reason_names.end()) {
      throw Hdf5Problem("/reason", "it holds a number that means nothing");
    }
    reason = static_cast<std::uint8_t>(known - status_reason_names.begin());
  }
  return reasons;
}

/// Exported files are named after parameters: a name from elsewhere must not lead to another folder.
void require_word(const std::string& object, const std::string& name) {
  const auto is_plain = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
  if (!name.empty() && std::ranges::all_of(name, is_plain)) return;
  throw Hdf5Problem(object, fmt::format("{:?} is no name of a parameter", name.substr(0, 80)));
}

PixelFits read_pixels(const H5::Group& root) {
  PixelFits pixels;
  pixels.status = read_status(root);
  pixels.reason = read_reason(root);
  const H5::Group group = open_group(root, "parameters");
  for (const std::string& name : read_texts_attribute(group, "names")) {
    require_word(member_path(group, "@names"), name);
    pixels.parameters.push_back(read_parameter(group, name));
  }
  pixels.chi2 = read_matrix<double>(root, "chi2");
  pixels.ndf = read_matrix<std::int32_t>(root, "ndf");
  if (has_member(root, "dropped")) pixels.dropped = read_matrix<std::uint8_t>(root, "dropped");
  pixels.mean_evaluations = read_number<double>(root, "mean_evaluations");
  return pixels;
}

void write_fixed(const H5::Group& root, const FixedFits& fixed) {
  const H5::Group group = create_group(root, "fixed");
  write_text_attribute(group, "amplitude", fixed.amplitude.name);
  write_status(group, fixed.status);
  write_parameter(group, fixed.amplitude);
}

std::optional<FixedFits> read_fixed(const H5::Group& root) {
  if (!has_member(root, "fixed")) return std::nullopt;
  const H5::Group group = open_group(root, "fixed");
  FixedFits fixed;
  fixed.status = read_status(group);
  fixed.amplitude = read_parameter(group, read_text_attribute(group, "amplitude"));
  return fixed;
}

void write_saturation(const H5::Group& root, const ScanFit& fit) {
  write_number<std::uint32_t>(root, "counter", fit.counter);
  if (fit.counter == 0) return;
  label(write_matrix(root, "saturated", fit.full), {"", "thresholds left out where the counter is full"});
}

void read_saturation(const H5::Group& root, ScanFit& fit) {
  if (has_attribute(root, "counter")) fit.counter = read_number<std::uint32_t>(root, "counter");
  if (fit.counter != 0) fit.full = read_matrix<std::uint32_t>(root, "saturated");
}

ScanFit read_scan_fit(const H5::Group& root) {
  ScanFit fit;
  read_fit_settings(root, fit);
  fit.pixels = read_pixels(root);
  fit.thresholds = read_thresholds(root);
  fit.residuals = read_residuals(root);
  fit.fixed = read_fixed(root);
  fit.asic = read_asic_fit(open_group(root, "asic"));
  fit.asic_good = read_asic_fit(open_group(root, "asic_good"));
  fit.baseline = read_baseline(root);
  fit.source = read_source(root);
  fit.shared = read_shared(root);
  fit.dispersion = read_dispersion(root);
  read_saturation(root, fit);
  const std::string group = read_text_attribute(root, "group");
  const auto* found = std::ranges::find(pixel_groups, group, group_name);
  if (found == pixel_groups.end()) throw Hdf5Problem("/@group", "there is no group " + group);
  fit.group = *found;
  return fit;
}

}  // namespace

void write_fit(const std::filesystem::path& path, const ScanFit& fit, const Provenance& provenance,
               FileTransaction* files) {
  Provenance written = provenance;
  written.group = group_name(fit.group);
  write_result(
      path, fit_kind, written,
      [&](const H5::Group& root) {
        write_fit_settings(root, fit);
        write_pixels(root, fit.pixels);
        write_thresholds(root, fit.thresholds);
        write_residuals(root, fit.residuals);
        if (fit.fixed) write_fixed(root, *fit.fixed);
        write_asic_fit(root, "asic", fit.asic);
        write_asic_fit(root, "asic_good", fit.asic_good);
        write_baseline(root, fit.baseline);
        write_source(root, fit.source);
        write_shared(root, fit.shared);
        write_dispersion(root, fit.dispersion);
        write_saturation(root, fit);
      },
      files);
}

Stored<ScanFit> read_fit(const std::filesystem::path& path, const Provenance& expected) {
  return read_result(path, fit_kind, expected, read_scan_fit);
}

}  // namespace velocal
