// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/parts/asic_fit_file.hpp"

#include <cstdint>

#include "velocal/store/hdf5/hdf5_attribute.hpp"
#include "velocal/store/parts/nexus.hpp"

namespace velocal {
namespace {

using RowMajorMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

void write_parameters(const H5::Group& group, const CurveFit& fit) {
  const std::size_t count = fit.names.size();
  std::vector<double> values;
  std::vector<double> errors;
  for (const Uncertain& parameter : fit.parameters) {
    values.push_back(parameter.value);
    errors.push_back(parameter.error);
  }
  values.resize(count, undefined);
  errors.resize(count, undefined);
  std::vector<std::string> units = fit.units;
  units.resize(count);
  create_texts(group, "names", fit.names);
  create_texts(group, "units", units);
  write_values(group, "value", {count}, values);
  write_values(group, "value_errors", {count}, errors);
  const auto size = static_cast<Eigen::Index>(count);
  RowMajorMatrix covariance = RowMajorMatrix::Constant(size, size, undefined);
  if (fit.covariance.rows() == size) covariance = fit.covariance;
  create_array(group, "covariance", {count, count}, number_type<double>(), covariance.data());
}

void read_parameters(const H5::Group& group, CurveFit& fit) {
  fit.names = read_texts(group, "names", {any_length});
  const std::size_t count = fit.names.size();
  if (count > max_parameters) throw Hdf5Problem(member_path(group, "names"), "no model has so many parameters");
  fit.units = read_texts(group, "units", {count});
  const std::vector<double> values = read_values<double>(group, "value", {count});
  const std::vector<double> errors = read_values<double>(group, "value_errors", {count});
  for (std::size_t k = 0; k < count; ++k) fit.parameters.push_back({values[k], errors[k]});
  const std::vector<double> covariance = read_values<double>(group, "covariance", {count, count});
  const auto size = static_cast<Eigen::Index>(count);
  fit.covariance = Eigen::Map<const RowMajorMatrix>(covariance.data(), size, size);
}

}  // namespace

H5::Group write_asic_fit(const H5::Group& parent, const std::string& name, const AsicFit& asic) {
  H5::Group group = create_group(parent, name);
  write_curve(group, "curve", "flux of the ASIC per pixel", asic.curve);
  write_parameters(group, asic.fit);
  write_number<std::uint8_t>(group, "found", asic.fit.found);
  write_number<double>(group, "chi2", asic.fit.chi2);
  write_number<std::int32_t>(group, "ndf", asic.fit.ndf);
  return group;
}

AsicFit read_asic_fit(const H5::Group& group) {
  AsicFit asic;
  asic.curve = read_curve(group, "curve");
  read_parameters(group, asic.fit);
  asic.fit.found = read_number<std::uint8_t>(group, "found") != 0;
  asic.fit.chi2 = read_number<double>(group, "chi2");
  asic.fit.ndf = read_number<std::int32_t>(group, "ndf");
  return asic;
}

}  // namespace velocal
