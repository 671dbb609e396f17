// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/truth_file.hpp"

#include <array>
#include <string>
#include <string_view>

#include "velocal/core/quantity.hpp"
#include "velocal/store/hdf5_attribute.hpp"
#include "velocal/store/nexus.hpp"
#include "velocal/store/result_file.hpp"

namespace velocal {
namespace {

/// A parameter of F1_0, and where the truth holds it.
struct TruthParameter {
  std::string_view name;
  const char* unit;
  PixelMatrix<double> Truth::*values;
};
constexpr std::array<TruthParameter, 4> truth_parameters{{{"f", "", &Truth::shelf},
                                                          {quantity::amplitude, "DAC hits/s", &Truth::amplitude},
                                                          {"s", "DAC", &Truth::width},
                                                          {quantity::line, "DAC", &Truth::line}}};

const std::string target_name(quantity::target);

void write_parameters(const H5::Group& root, const Truth& truth) {
  const H5::Group group = create_group(root, "parameters");
  for (const auto& [name, unit, values] : truth_parameters) {
    write_quantity(group, std::string(name), {unit, std::string(name)}, truth.*values);
  }
}

void read_parameters(const H5::Group& root, Truth& truth) {
  const H5::Group group = open_group(root, "parameters");
  for (const auto& [name, unit, values] : truth_parameters) read_quantity(group, std::string(name), truth.*values);
}

void fill_truth(const H5::Group& root, const Truth& truth) {
  write_text_attribute(root, "model", "F1_0");
  write_number<double>(root, "background", truth.background);
  write_number<std::uint64_t>(root, "seed", truth.seed);
  write_parameters(root, truth);
  write_quantity(root, target_name, {"DAC", "photon line above the noise"}, truth.target);
  label(write_matrix(root, "mask", truth.mask), {"", "1 = masked by the equalisation"});
  write_baseline(root, truth.baseline);
}

Truth parse_truth(const H5::Group& root) {
  Truth truth;
  truth.background = read_number<double>(root, "background");
  truth.seed = read_number<std::uint64_t>(root, "seed");
  read_parameters(root, truth);
  read_quantity(root, target_name, truth.target);
  truth.mask = read_matrix<std::uint8_t>(root, "mask");
  read_quantity(root, "baseline", truth.baseline.mean, &truth.baseline.width);
  return truth;
}

}  // namespace

void write_truth(const std::filesystem::path& path, const Truth& truth, const Provenance& provenance) {
  write_result(path, truth_kind, of_whole_scan(provenance), [&](const H5::Group& root) { fill_truth(root, truth); });
}

Stored<Truth> read_truth(const std::filesystem::path& path, const Provenance& expected) {
  return read_result(path, truth_kind, of_whole_scan(expected), parse_truth);
}

}  // namespace velocal
