// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/parts/nexus.hpp"

#include <cstdint>
#include <numeric>

#include "velocal/store/hdf5/hdf5_attribute.hpp"

namespace velocal {
namespace {

H5::Group create_data_group(const H5::Group& parent, const std::string& name, const std::vector<std::string>& axes) {
  const H5::Group group = create_group(parent, name);
  write_text_attribute(group, "NX_class", "NXdata");
  write_text_attribute(group, "signal", "value");
  write_texts_attribute(group, "axes", axes);
  return group;
}

void write_axis(const H5::Group& root, const std::string& name, int length) {
  std::vector<std::int32_t> indices(static_cast<std::size_t>(length));
  std::iota(indices.begin(), indices.end(), 0);
  label(write_values(root, name, {indices.size()}, indices), {"", "pixel " + name});
}

void link_axis(const H5::Group& group, const std::string& name) {
  if (H5Lcreate_hard(group.getId(), ("/" + name).c_str(), group.getId(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT) < 0) {
    throw H5::GroupIException("H5Lcreate_hard", "failed");
  }
}

}  // namespace

void label(const H5::H5Object& array, const Label& label) {
  write_text_attribute(array, "units", label.units);
  write_text_attribute(array, "long_name", label.long_name);
}

void write_pixel_axes(const H5::Group& root) {
  write_axis(root, "row", pixel_rows);
  write_axis(root, "column", pixel_columns);
}

void write_quantity(const H5::Group& parent, const std::string& name, const Label& quantity,
                    const PixelMatrix<double>& value, const PixelMatrix<double>* errors) {
  const H5::Group group = create_data_group(parent, name, {"row", "column"});
  link_axis(group, "row");
  link_axis(group, "column");
  label(write_matrix(group, "value", value), quantity);
  if (errors == nullptr) return;
  label(write_matrix(group, "value_errors", *errors), {quantity.units, "uncertainty of " + quantity.long_name});
}

void read_quantity(const H5::Group& parent, const std::string& name, PixelMatrix<double>& value,
                   PixelMatrix<double>* errors) {
  const H5::Group group = open_group(parent, name);
  value = read_matrix<double>(group, "value");
  if (errors != nullptr) *errors = read_matrix<double>(group, "value_errors");
}

void write_status(const H5::Group& parent, const PixelMatrix<std::int8_t>& status) {
  label(write_matrix(parent, "status", status), {"", "1 good, 0 bad, -1 not found, -2 cut"});
}

H5::Group write_curve(const H5::Group& parent, const std::string& name, const std::string& long_name,
                      const FluxCurve& curve, const std::string& axis) {
  H5::Group group = create_data_group(parent, name, {"threshold"});
  const Shape shape{curve.threshold.size()};
  label(write_values(group, "threshold", shape, curve.threshold), {"DAC", axis});
  label(write_values(group, "value", shape, curve.flux), {hits_per_second, long_name});
  label(write_values(group, "value_errors", shape, curve.error), {hits_per_second, "uncertainty of " + long_name});
  return group;
}

FluxCurve read_curve(const H5::Group& parent, const std::string& name) {
  const H5::Group group = open_group(parent, name);
  FluxCurve curve;
  curve.threshold = read_values<double>(group, "threshold", {any_length});
  curve.flux = read_values<double>(group, "value", {curve.threshold.size()});
  curve.error = read_values<double>(group, "value_errors", {curve.threshold.size()});
  return curve;
}

void write_baseline(const H5::Group& parent, const std::optional<NoiseBaseline>& baseline) {
  if (!baseline) return;
  write_quantity(parent, "baseline", {"DAC", "noise baseline"}, baseline->mean, &baseline->error);
  const H5::Group group = open_group(parent, "baseline");
  label(write_matrix(group, "width", baseline->width), {"DAC", "width of the pixel's noise"});
  write_number<double>(group, "added", baseline->added);
}

std::optional<NoiseBaseline> read_baseline(const H5::Group& parent) {
  if (!has_member(parent, "baseline")) return std::nullopt;
  NoiseBaseline baseline;
  read_quantity(parent, "baseline", baseline.mean, &baseline.error);
  const H5::Group group = open_group(parent, "baseline");
  if (has_member(group, "width")) {
    baseline.width = read_matrix<double>(group, "width");
    baseline.added = read_number<double>(group, "added");
  } else {
    baseline.width = baseline.error;  // older files hold the width alone
  }
  if (const std::string problem = problem_of(baseline); !problem.empty()) {
    throw Hdf5Problem(member_path(parent, "baseline"), problem);
  }
  return baseline;
}

}  // namespace velocal
