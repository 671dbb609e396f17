// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/flux_file.hpp"

#include "velocal/store/hdf5/hdf5_attribute.hpp"
#include "velocal/store/parts/dispersion_group.hpp"
#include "velocal/store/parts/input_list.hpp"
#include "velocal/store/parts/nexus.hpp"
#include "velocal/store/result_file.hpp"

namespace velocal {
namespace {

/// Names of the acquisitions' tallies and where they stand.
constexpr std::array<std::pair<const char*, std::uint32_t AcquisitionTally::*>, 4> tallies{
    {{"good", &AcquisitionTally::good},
     {"bad", &AcquisitionTally::bad},
     {"empty", &AcquisitionTally::empty},
     {"rejected", &AcquisitionTally::rejected}}};

Shape cube_shape(const FluxCube& cube) {
  return {cube.threshold_count(), pixel_rows, pixel_columns};
}

void write_counts(const H5::Group& root, const FluxCube& cube) {
  label(write_values(root, "counts", cube_shape(cube), cube.counts), {"hits", "hits over the good acquisitions"});
}

void write_acquisitions(const H5::Group& root, const FluxCube& cube) {
  const H5::Group group = create_group(root, "acquisitions");
  for (const auto& [name, tally] : tallies) {
    std::vector<std::uint32_t> numbers;
    for (const AcquisitionTally& acquisitions : cube.acquisitions) numbers.push_back(acquisitions.*tally);
    label(write_values(group, name, {cube.threshold_count()}, numbers), {"", std::string(name) + " acquisitions"});
  }
}

void read_acquisitions(const H5::Group& root, FluxCube& cube) {
  const H5::Group group = open_group(root, "acquisitions");
  cube.acquisitions.resize(cube.threshold_count());
  for (const auto& [name, tally] : tallies) {
    const auto numbers = read_values<std::uint32_t>(group, name, {cube.threshold_count()});
    for (std::size_t t = 0; t < numbers.size(); ++t) cube.acquisitions[t].*tally = numbers[t];
  }
}

void write_asic_curves(const H5::Group& root, const FluxCube& cube) {
  const H5::Group group = create_group(root, "asic");
  for (const PixelGroup pixels : pixel_groups) {
    const std::string name(group_name(pixels));
    write_curve(group, name, "flux per pixel, group " + name, cube.asic_curve(pixels));
  }
}

void write_cube(const H5::Group& root, const FluxCube& cube) {
  write_text_attribute(root, "separation", to_string(cube.separation));
  const Shape thresholds{cube.threshold_count()};
  label(write_values(root, "threshold", thresholds, cube.threshold), {"DAC", "threshold"});
  write_counts(root, cube);
  label(write_values(root, "live_time", thresholds, cube.live_time_s), {"s", "live time of the good acquisitions"});
  write_acquisitions(root, cube);
  const H5::DataSet mask = write_matrix(root, "mask", cube.mask);
  label(mask, {"", "1 = masked by the equalisation"});
  write_number<std::uint8_t>(mask, "found", cube.mask_found);
  const TotalFlux total = total_flux(cube);
  write_quantity(root, "total_flux", {hits_per_second, "flux summed over the thresholds"}, total.value, &total.error);
  write_asic_curves(root, cube);
  write_baseline(root, cube.baseline);
  write_input_list(root, cube.inputs);
  write_number<std::uint32_t>(root, "counter", cube.counter);
  write_dispersion(root, cube.dispersion);
}

FluxCube read_cube(const H5::Group& root) {
  FluxCube cube;
  cube.separation = read_word(root, "separation", parse_word<SeparationPattern>);
  cube.threshold = read_values<std::int32_t>(root, "threshold", {any_length});
  cube.counts = read_values<std::uint32_t>(root, "counts", cube_shape(cube));
  cube.live_time_s = read_values<double>(root, "live_time", {cube.threshold_count()});
  read_acquisitions(root, cube);
  cube.mask = read_matrix<std::uint8_t>(root, "mask");
  cube.mask_found = read_number<std::uint8_t>(open_dataset(root, "mask"), "found") != 0;
  const H5::Group curves = open_group(root, "asic");
  for (std::size_t i = 0; i < pixel_groups.size(); ++i) {
    cube.asic[i] = read_curve(curves, std::string(group_name(pixel_groups[i])));
  }
  cube.baseline = read_baseline(root);
  cube.inputs = read_input_list(root);
  if (has_attribute(root, "counter")) cube.counter = read_number<std::uint32_t>(root, "counter");
  cube.dispersion = read_dispersion(root);
  cube.inputs_sha256 = read_text_attribute(root, "inputs_sha256");
  if (const std::string missing = missing_part(cube); !missing.empty()) throw Hdf5Problem("/", missing);
  return cube;
}

}  // namespace

void write_flux(const std::filesystem::path& path, const FluxCube& cube, const Provenance& provenance) {
  require_whole(cube);
  Provenance written = of_whole_scan(provenance);
  written.inputs_sha256 = cube.inputs_sha256;
  write_result(path, flux_kind, written, [&](const H5::Group& root) { write_cube(root, cube); });
}

Stored<FluxCube> read_flux(const std::filesystem::path& path, const Provenance& expected) {
  return read_result(path, flux_kind, of_whole_scan(expected), read_cube);
}

}  // namespace velocal
