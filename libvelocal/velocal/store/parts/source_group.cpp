// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/parts/source_group.hpp"

#include <cstdint>

#include "velocal/store/hdf5/hdf5_attribute.hpp"
#include "velocal/store/hdf5/hdf5_object.hpp"
#include "velocal/store/parts/photon_line_columns.hpp"

namespace velocal {
namespace {

/// What was in force before files said it.
PhotonSource former_source() {
  Source source;
  source.photon_energy_eV = 5900.0;
  return photon_source(source);
}

SharedParameter read_shared_parameter(const H5::Group& parent, const std::string& name) {
  const H5::Group group = open_group(parent, name);
  return {.name = name,
          .unit = read_text_attribute(group, "units"),
          .value = {read_number<double>(group, "value"), read_number<double>(group, "error")},
          .curves = read_number<std::uint64_t>(group, "pixels"),
          .line_slope = read_number<double>(group, "E0_slope"),
          .profile_value = read_values<double>(group, "profile_value", {any_length}),
          .profile_chi2 = read_values<double>(group, "profile", {any_length})};
}

}  // namespace

void write_source(const H5::Group& root, const PhotonSource& source) {
  const H5::Group group = create_group(root, "source");
  write_text_attribute(group, "name", source.name);
  write_number<double>(group, "energy_eV", source.energy_eV);
  write_number<double>(group, "pair_energy_eV", source.pair_energy_eV.value);
  write_number<double>(group, "pair_energy_uncertainty_eV", source.pair_energy_eV.error);
  write_number<double>(group, "pitch_um", source.sensor.pitch_um);
  write_number<double>(group, "thickness_um", source.sensor.thickness_um);
  write_text_attribute(group, "illuminated", to_string(source.sensor.illuminated));
  for (const auto& [name, unit, member] : photon_line_columns) {
    std::vector<double> values;
    for (const PhotonLine& line : source.lines) values.push_back(line.*member);
    write_values(group, name, {values.size()}, values);
  }
}

PhotonSource read_source(const H5::Group& root) {
  if (!has_member(root, "source")) return former_source();
  const H5::Group group = open_group(root, "source");
  PhotonSource source;
  source.name = read_text_attribute(group, "name");
  source.energy_eV = read_number<double>(group, "energy_eV");
  source.pair_energy_eV = {read_number<double>(group, "pair_energy_eV"),
                           read_number<double>(group, "pair_energy_uncertainty_eV")};
  source.sensor.pitch_um = read_number<double>(group, "pitch_um");
  source.sensor.thickness_um = read_number<double>(group, "thickness_um");
  source.sensor.illuminated = read_word(group, "illuminated", parse_word<IlluminatedSide>);
  const std::size_t count = read_values<double>(group, "share", {any_length}).size();
  if (count == 0) throw Hdf5Problem(member_path(group, "share"), "a source has at least one line");
  source.lines.resize(count);
  for (const auto& [name, unit, member] : photon_line_columns) {
    const std::vector<double> values = read_values<double>(group, name, {count});
    for (std::size_t i = 0; i < count; ++i) source.lines[i].*member = values[i];
  }
  return source;
}

void write_shared(const H5::Group& root, const std::vector<SharedParameter>& shared) {
  if (shared.empty()) return;
  const H5::Group parent = create_group(root, "shared");
  std::vector<std::string> names;
  for (const SharedParameter& parameter : shared) {
    names.push_back(parameter.name);
    const H5::Group group = create_group(parent, parameter.name);
    write_text_attribute(group, "units", parameter.unit);
    write_number<double>(group, "value", parameter.value.value);
    write_number<double>(group, "error", parameter.value.error);
    write_number<std::uint64_t>(group, "pixels", parameter.curves);
    write_number<double>(group, "E0_slope", parameter.line_slope);
    write_values(group, "profile_value", {parameter.profile_value.size()}, parameter.profile_value);
    write_values(group, "profile", {parameter.profile_chi2.size()}, parameter.profile_chi2);
  }
  write_texts_attribute(parent, "names", names);
}

std::vector<SharedParameter> read_shared(const H5::Group& root) {
  std::vector<SharedParameter> shared;
  if (!has_member(root, "shared")) return shared;
  const H5::Group group = open_group(root, "shared");
  for (const std::string& name : read_texts_attribute(group, "names"))
    shared.push_back(read_shared_parameter(group, name));
  return shared;
}

}  // namespace velocal
