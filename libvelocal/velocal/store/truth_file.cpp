// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/truth_file.hpp"

#include <string>
#include <type_traits>
#include <vector>

#include "velocal/core/quantity.hpp"
#include "velocal/store/hdf5/hdf5_attribute.hpp"
#include "velocal/store/parts/input_list.hpp"
#include "velocal/store/parts/nexus.hpp"
#include "velocal/store/parts/photon_line_columns.hpp"
#include "velocal/store/parts/quantity_names.hpp"
#include "velocal/store/result_file.hpp"

namespace velocal {
namespace {

const std::string formula_name = "F1_0", physics_name = "diffusion";
const char* const sigma_name = "sigma";

/// A parameter of the model that each pixel has a value of, and where the truth holds it.
template <class Matrix>
struct Parameter {
  std::string name;
  const char* unit;
  Matrix* values;
};

/// The parameters of the model of a Truth or a const Truth, but the cloud's width, which all pixels share.
template <class AnyTruth>
auto parameters_of(AnyTruth& truth) {
  using Matrix = std::conditional_t<std::is_const_v<AnyTruth>, const PixelMatrix<double>, PixelMatrix<double>>;
  std::vector<Parameter<Matrix>> parameters;
  if (truth.physics) {
    parameters = {{"R", "hits/s", &truth.physics->rate}};
  } else {
    parameters = {{"f", "", &truth.shelf}, {std::string(quantity::amplitude), "DAC hits/s", &truth.amplitude}};
  }
  parameters.push_back({"s", "DAC", &truth.width});
  parameters.push_back({std::string(quantity::line), "DAC", &truth.line});
  return parameters;
}

void write_lines(const H5::Group& root, const std::vector<PhotonLine>& lines) {
  const H5::Group group = create_group(root, "lines");
  for (const auto& [name, unit, member] : photon_line_columns) {
    std::vector<double> values;
    for (const PhotonLine& line : lines) values.push_back(line.*member);
    label(write_values(group, name, {values.size()}, values), {unit, name});
  }
}

std::vector<PhotonLine> read_lines(const H5::Group& root) {
  const H5::Group group = open_group(root, "lines");
  std::vector<PhotonLine> lines;
  for (const auto& [name, unit, member] : photon_line_columns) {
    const auto values = read_values<double>(group, name, {any_length});
    lines.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) lines[i].*member = values[i];
  }
  return lines;
}

void write_physics(const H5::Group& root, const PhysicalTruth& physics) {
  write_quantity(open_group(root, "parameters"), sigma_name, {"um", sigma_name}, PixelMatrix<double>(physics.sigma_um));
  write_number<double>(root, "pitch_um", physics.sensor.pitch_um);
  write_number<double>(root, "thickness_um", physics.sensor.thickness_um);
  write_text_attribute(root, "illuminated", to_string(physics.sensor.illuminated));
  write_lines(root, physics.lines);
}

void read_physics(const H5::Group& root, PhysicalTruth& physics) {
  PixelMatrix<double> sigma;
  read_quantity(open_group(root, "parameters"), sigma_name, sigma);
  physics.sigma_um = sigma[0];
  physics.sensor = {read_number<double>(root, "pitch_um"), read_number<double>(root, "thickness_um"),
                    read_word(root, "illuminated", parse_word<IlluminatedSide>)};
  physics.lines = read_lines(root);
}

void fill_truth(const H5::Group& root, const Truth& truth) {
  write_text_attribute(root, "model", truth.physics ? physics_name : formula_name);
  write_number<double>(root, "background", truth.background);
  write_number<std::uint64_t>(root, "seed", truth.seed);
  const H5::Group group = create_group(root, "parameters");
  for (const auto& [name, unit, values] : parameters_of(truth)) write_quantity(group, name, {unit, name}, *values);
  if (truth.physics) write_physics(root, *truth.physics);
  write_quantity(root, target_name, {"DAC", "photon line above the noise"}, truth.target);
  label(write_matrix(root, "mask", truth.mask), {"", "1 = masked by the equalisation"});
  write_baseline(root, truth.baseline);
  write_input_list(root, truth.files);
}

Truth parse_truth(const H5::Group& root) {
  Truth truth;
  if (read_text_attribute(root, "model") == physics_name) read_physics(root, truth.physics.emplace());
  truth.background = read_number<double>(root, "background");
  truth.seed = read_number<std::uint64_t>(root, "seed");
  const H5::Group group = open_group(root, "parameters");
  for (const auto& [name, unit, values] : parameters_of(truth)) read_quantity(group, name, *values);
  read_quantity(root, target_name, truth.target);
  truth.mask = read_matrix<std::uint8_t>(root, "mask");
  truth.baseline = read_baseline(root).value_or(NoiseBaseline{});
  truth.files = read_input_list(root);
  return truth;
}

}  // namespace

void write_truth(const std::filesystem::path& path, const Truth& truth, const Provenance& provenance,
                 FileTransaction* files) {
  write_result(
      path, truth_kind, of_whole_scan(provenance), [&](const H5::Group& root) { fill_truth(root, truth); }, files);
}

Stored<Truth> read_truth(const std::filesystem::path& path, const Provenance& expected) {
  return read_result(path, truth_kind, of_whole_scan(expected), parse_truth);
}

}  // namespace velocal
