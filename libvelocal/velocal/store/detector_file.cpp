// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/detector_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "velocal/core/error.hpp"
#include "velocal/store/companions.hpp"
#include "velocal/store/hdf5/hdf5_attribute.hpp"
#include "velocal/store/parts/nexus.hpp"
#include "velocal/store/result_file.hpp"
#include "velocal/store/tables/csv_number.hpp"

namespace velocal {
namespace {

const ResultKind detector_kind{"velocal/detector/1", "detector's table", Remedy::none, "K_mean"};

Provenance of_detector(Provenance provenance) {
  provenance.scan = detector_label;
  return provenance;
}

Shape extent_of(const DetectorTable& table) {
  return {table.chips(), table.labels.size()};
}

/// Something of each row, as an array chips times scans.
template <class Value, class Get>
std::vector<Value> column(const DetectorTable& table, Get get) {
  std::vector<Value> values;
  for (const ChipRow& row : table.rows) values.push_back(get(row));
  return values;
}

H5::Group create_data(const H5::Group& root, const std::string& name) {
  H5::Group group = create_group(root, name);
  write_text_attribute(group, "NX_class", "NXdata");
  write_text_attribute(group, "signal", "value");
  write_texts_attribute(group, "axes", {".", "."});
  return group;
}

void write_quantity_of_chips(const H5::Group& root, const DetectorTable& table, std::size_t index) {
  const ChipQuantity& quantity = chip_quantities[index];
  const H5::Group group = create_data(root, std::string(quantity.name));
  const Label words{std::string(quantity.unit), std::string(quantity.meaning)};
  const auto value = column<double>(table, [&](const ChipRow& row) { return row.values[index].value; });
  const auto error = column<double>(table, [&](const ChipRow& row) { return row.values[index].error; });
  label(write_values(group, "value", extent_of(table), value), words);
  label(write_values(group, "value_errors", extent_of(table), error), words);
}

void write_states(const H5::Group& root, const DetectorTable& table) {
  const H5::Group group = create_data(root, "status");
  const auto states =
      column<std::uint8_t>(table, [](const ChipRow& row) { return static_cast<std::uint8_t>(row.state); });
  const H5::DataSet value = write_values(group, "value", extent_of(table), states);
  label(value, {"", "how the result of the scan stands"});
  write_texts_attribute(value, "names", {chip_state_names.begin(), chip_state_names.end()});
  create_texts(group, "reason", column<std::string>(table, [](const ChipRow& row) { return row.reason; }));
}

void write_outliers(const H5::Group& root, const Detector& detector) {
  if (detector.outliers.empty()) return;
  std::vector<std::string> quantities, asics, labels;
  std::vector<double> medians, distances;
  for (const ChipOutlier& outlier : detector.outliers) {
    const ChipRow& row = detector.table.rows[outlier.row];
    quantities.emplace_back(chip_quantities[outlier.quantity].name);
    asics.push_back(row.asic);
    labels.push_back(row.label);
    medians.push_back(outlier.median);
    distances.push_back(outlier.distance);
  }
  const H5::Group group = create_group(root, "outliers");
  create_texts(group, "quantity", quantities);
  create_texts(group, "asic", asics);
  create_texts(group, "label", labels);
  label(write_values(group, "median", {medians.size()}, medians), {"", "over the chips, in the quantity's unit"});
  label(write_values(group, "distance", {distances.size()}, distances), {"", "from the median, over the scale"});
}

void fill(const H5::Group& root, const Detector& detector) {
  const DetectorTable& table = detector.table;
  std::vector<std::string> asics;
  for (std::size_t chip = 0; chip < table.chips(); ++chip) asics.push_back(table.row(chip, 0).asic);
  create_texts(root, "asic", asics);
  create_texts(root, "label", table.labels);
  create_texts(root, "matrices_sha256", column<std::string>(table, [](const ChipRow& row) { return row.sha256; }));
  for (std::size_t i = 0; i < chip_quantities.size(); ++i) write_quantity_of_chips(root, table, i);
  write_states(root, table);
  write_outliers(root, detector);
}

void read_quantity_of_chips(const H5::Group& root, DetectorTable& table, std::size_t index, const Shape& shape) {
  const std::string name(chip_quantities[index].name);
  if (!has_member(root, name)) return;  // newer than the file
  const H5::Group group = open_group(root, name);
  const auto value = read_values<double>(group, "value", shape);
  const auto error = read_values<double>(group, "value_errors", shape);
  for (std::size_t i = 0; i < table.rows.size(); ++i) table.rows[i].values[index] = {value[i], error[i]};
}

void read_states(const H5::Group& root, DetectorTable& table, const Shape& shape) {
  const H5::Group group = open_group(root, "status");
  const auto states = read_values<std::uint8_t>(group, "value", shape);
  const auto reasons = read_texts(group, "reason", {table.rows.size()});
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (states[i] >= chip_state_names.size()) throw Hdf5Problem("/status/value", "has a number without a name");
    table.rows[i].state = static_cast<ChipState>(states[i]);
    table.rows[i].reason = reasons[i];
  }
}

Detector parse(const H5::Group& root) {
  Detector detector;
  DetectorTable& table = detector.table;
  const auto asics = read_texts(root, "asic", {any_length});
  table.labels = read_texts(root, "label", {any_length});
  const auto hashes = read_texts(root, "matrices_sha256", {asics.size() * table.labels.size()});
  for (const std::string& asic : asics) {
    for (const std::string& label : table.labels) {
      table.rows.push_back({.asic = asic, .label = label, .sha256 = hashes[table.rows.size()]});
    }
  }
  const Shape shape{asics.size(), table.labels.size()};
  for (std::size_t i = 0; i < chip_quantities.size(); ++i) read_quantity_of_chips(root, table, i, shape);
  read_states(root, table, shape);
  detector.outliers = find_outliers(table);
  return detector;
}

/// Without the comma that ends a field, and without quotes and line ends.
std::string csv_text(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c == ',' || c == '"' || c == '\n' || c == '\r'; }, ' ');
  return text;
}

std::string outlier_names(const Detector& detector, std::size_t row) {
  std::string names;
  for (const ChipOutlier& outlier : detector.outliers) {
    if (outlier.row != row) continue;
    if (!names.empty()) names += ' ';
    names += chip_quantities[outlier.quantity].name;
  }
  return names;
}

}  // namespace

std::filesystem::path detector_file(const std::filesystem::path& results_root, const std::string& name,
                                    PixelGroup group) {
  const std::string suffix = group == PixelGroup::all ? "" : fmt::format("_{}", group_name(group));
  return results_root / name / fmt::format("detector{}.h5", suffix);
}

void write_detector(const std::filesystem::path& path, const Detector& detector, const Provenance& provenance,
                    FileTransaction* files) {
  write_result(
      path, detector_kind, of_detector(provenance), [&](const H5::Group& root) { fill(root, detector); }, files);
}

Stored<Detector> read_detector(const std::filesystem::path& path, const Provenance& expected) {
  return read_result(path, detector_kind, of_detector(expected), parse);
}

Detector read_whole_detector(const std::filesystem::path& path, const Provenance& expected) {
  Stored<Detector> read = read_detector(path, expected);
  const std::string stray = stray_companion(path.parent_path(), read.provenance, {});
  if (stray.empty()) return std::move(read.value);
  throw InputError(fmt::format("{} cannot be used", path.string()), stray, "Run velocal-detector again");
}

void write_detector_csv(const std::filesystem::path& path, const Detector& detector, FileTransaction* files) {
  std::string text = "asic,label,status";
  for (const ChipQuantity& quantity : chip_quantities) text += fmt::format(",{0},u{0}", quantity.name);
  text += ",outlier_in,reason\n";
  for (std::size_t i = 0; i < detector.table.rows.size(); ++i) {
    const ChipRow& row = detector.table.rows[i];
    text += fmt::format("{},{},{}", row.asic, row.label, to_string(row.state));
    for (const Uncertain& value : row.values) {
      text += fmt::format(",{},{}", csv_number(value.value), csv_number(value.error));
    }
    text += fmt::format(",{},{}\n", outlier_names(detector, i), csv_text(row.reason));
  }
  write_file(path, text, files);
}

}  // namespace velocal
