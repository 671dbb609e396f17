// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/gain_file.hpp"

#include <cstdint>

#include "velocal/store/hdf5/hdf5_attribute.hpp"
#include "velocal/store/parts/nexus.hpp"
#include "velocal/store/parts/number_attributes.hpp"
#include "velocal/store/parts/quantity_names.hpp"
#include "velocal/store/result_file.hpp"

namespace velocal {
namespace {

const char* const gain_label = "gain";
const std::string offset_name = "offset";

Provenance of_all_scans(Provenance provenance) {
  provenance.scan = gain_label;
  return provenance;
}

/// A number of each line, as an array of the group.
struct GainColumn {
  const char* name;
  double (*get)(const SourceGain& gain, std::size_t line);
  void (*set)(SourceGain& gain, std::size_t line, double value);
};
constexpr GainColumn gain_columns[]{
    {"energy_eV", [](const SourceGain& g, std::size_t i) { return g.lines[i].energy_eV; },
     [](SourceGain& g, std::size_t i, double value) { g.lines[i].energy_eV = value; }},
    {"pairs", [](const SourceGain& g, std::size_t i) { return g.lines[i].pairs.value; },
     [](SourceGain& g, std::size_t i, double value) { g.lines[i].pairs.value = value; }},
    {"pairs_errors", [](const SourceGain& g, std::size_t i) { return g.lines[i].pairs.error; },
     [](SourceGain& g, std::size_t i, double value) { g.lines[i].pairs.error = value; }},
    {"residual", [](const SourceGain& g, std::size_t i) { return g.residuals[i].mean.value; },
     [](SourceGain& g, std::size_t i, double value) { g.residuals[i].mean.value = value; }},
    {"residual_errors", [](const SourceGain& g, std::size_t i) { return g.residuals[i].mean.error; },
     [](SourceGain& g, std::size_t i, double value) { g.residuals[i].mean.error = value; }}};

void write_lines(const H5::Group& root, const SourceGain& gain) {
  const H5::Group group = create_group(root, "lines");
  std::vector<std::string> labels, sources;
  std::vector<std::uint64_t> pixels;
  for (std::size_t i = 0; i < gain.lines.size(); ++i) {
    labels.push_back(gain.lines[i].label);
    sources.push_back(gain.lines[i].source);
    pixels.push_back(gain.residuals[i].pixels);
  }
  create_texts(group, "label", labels);
  create_texts(group, "source", sources);
  write_values(group, "pixels", {pixels.size()}, pixels);
  for (const GainColumn& column : gain_columns) {
    std::vector<double> values;
    for (std::size_t i = 0; i < gain.lines.size(); ++i) values.push_back(column.get(gain, i));
    write_values(group, column.name, {values.size()}, values);
  }
}

std::vector<std::string> read_labels(const H5::Group& root) {
  return read_texts(open_group(root, "lines"), "label", {any_length});
}

void read_lines(const H5::Group& root, SourceGain& gain) {
  const H5::Group group = open_group(root, "lines");
  const auto pixels = read_values<std::uint64_t>(group, "pixels", {any_length});
  const std::vector<std::string> labels = read_texts(group, "label", {pixels.size()});
  const std::vector<std::string> sources = read_texts(group, "source", {pixels.size()});
  gain.residuals.resize(pixels.size());
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    gain.lines.push_back({labels[i], sources[i], 0.0, {}});
    gain.residuals[i].pixels = pixels[i];
  }
  for (const GainColumn& column : gain_columns) {
    const std::vector<double> values = read_values<double>(group, column.name, {pixels.size()});
    for (std::size_t i = 0; i < values.size(); ++i) column.set(gain, i, values[i]);
  }
}

void write_curve_line(const H5::Group& root, const std::string& name, const GainLine& line) {
  const H5::Group group = create_group(root, name);
  write_uncertain(group, gain_name, line.gain);
  write_uncertain(group, offset_name, line.offset);
  write_number<double>(group, "chi2", line.chi2);
  write_number<std::int32_t>(group, "ndf", line.ndf);
}

GainLine read_curve_line(const H5::Group& root, const std::string& name) {
  const H5::Group group = open_group(root, name);
  return {read_uncertain(group, offset_name), read_uncertain(group, gain_name), read_number<double>(group, "chi2"),
          read_number<std::int32_t>(group, "ndf")};
}

void write_pixels(const H5::Group& root, const SourceGain& gain) {
  write_quantity(root, gain_name, {"e-/DAC", "gain from several sources"}, gain.gain.value, &gain.gain.error);
  write_quantity(root, offset_name, {"DAC", "target of no charge"}, gain.offset.value, &gain.offset.error);
  label(write_matrix(root, "chi2", gain.chi2), {"", "chi2 of the straight line"});
  label(write_matrix(root, "ndf", gain.ndf), {"", "lines less two"});
  const H5::DataSet status = write_matrix(root, "status", gain.status);
  label(status, {"", "what became of the pixel"});
  write_texts_attribute(status, "names", {gain_status_names.begin(), gain_status_names.end()});
}

void fill(const H5::Group& root, const SourceGain& gain) {
  write_pixels(root, gain);
  write_lines(root, gain);
  write_curve_line(root, "asic", gain.asic);
  write_curve_line(root, "asic_good", gain.asic_good);
  const H5::Group summary = create_group(root, "summary");
  write_means(summary, gain_name, gain.gain_means);
  write_means(summary, offset_name, gain.offset_means);
  write_number<double>(summary, gain_name + "_common_error", gain.common_gain_error);
  write_number<double>(summary, offset_name + "_common_error", gain.common_offset_error);
  write_number<std::uint8_t>(summary, "one_baseline", gain.one_baseline ? 1 : 0);
}

SourceGain parse_gain(const H5::Group& root) {
  SourceGain gain;
  read_quantity(root, gain_name, gain.gain.value, &gain.gain.error);
  read_quantity(root, offset_name, gain.offset.value, &gain.offset.error);
  gain.chi2 = read_matrix<double>(root, "chi2");
  gain.ndf = read_matrix<std::int32_t>(root, "ndf");
  gain.status = read_matrix<std::uint8_t>(root, "status");
  read_lines(root, gain);
  gain.asic = read_curve_line(root, "asic");
  gain.asic_good = read_curve_line(root, "asic_good");
  const H5::Group summary = open_group(root, "summary");
  gain.gain_means = read_means(summary, gain_name);
  gain.offset_means = read_means(summary, offset_name);
  gain.common_gain_error = read_number<double>(summary, gain_name + "_common_error");
  gain.common_offset_error = read_number<double>(summary, offset_name + "_common_error");
  gain.one_baseline = read_number<std::uint8_t>(summary, "one_baseline") != 0;
  return gain;
}

}  // namespace

void write_gain(const std::filesystem::path& path, const SourceGain& gain, const Provenance& provenance) {
  write_result(path, gain_kind, of_all_scans(provenance), [&](const H5::Group& root) { fill(root, gain); });
}

Stored<SourceGain> read_gain(const std::filesystem::path& path, const Provenance& expected) {
  return read_result(path, gain_kind, of_all_scans(expected), parse_gain);
}

Stored<std::vector<std::string>> read_gain_labels(const std::filesystem::path& path, const Provenance& expected) {
  return read_result(path, gain_kind, of_all_scans(expected), read_labels);
}

}  // namespace velocal
