// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/read_scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "velocal/core/error.hpp"
#include "velocal/descriptor/read_settings.hpp"
#include "velocal/descriptor/read_simulation.hpp"
#include "velocal/descriptor/read_source.hpp"
#include "velocal/descriptor/setting_tables.hpp"

namespace velocal {
namespace {

/// What is in the folder of a dataset's results beside those of its scans.
constexpr std::array<std::string_view, 12> names_in_dataset{
    "plots",        "baseline",    "baseline.h5", "gain.h5",          "gain_even.h5",    "gain_odd.h5",
    "gain_rows.h5", "velocal.log", "report.html", "report_even.html", "report_odd.html", "report_rows.html"};

// A million acquisitions would take months.
constexpr int largest_acquisition = 1'000'000;

Shutter read_shutter(const Field& field) try { return parse_shutter(field.text()); } catch (const UsageError& error) {
  fail_at(field.node().place, field.path(), error.what());
}

AcquisitionRange read_acquisitions(const Field& field) {
  if (field.node().kind != YamlNode::Kind::map) return {0, field.integer(1, largest_acquisition)};
  const Section section(field, {"first", "count"});
  AcquisitionRange range;
  section.read("first", range.first, 0, largest_acquisition);
  range.count = section.get("count").integer(1, largest_acquisition);
  return range;
}

/// Evenly spaced ones are a range: the same thresholds are the same, however they are written.
ThresholdRange range_of(std::vector<int> listed) {
  ThresholdRange range{listed.front(), listed.back(), listed.size() == 1 ? 1 : largest_threshold, {}};
  for (std::size_t i = 1; i < listed.size(); ++i) range.step = std::min(range.step, listed[i] - listed[i - 1]);
  if (range.values() != listed) range.listed = std::move(listed);
  return range;
}

ThresholdRange read_threshold_list(const Field& field) {
  std::vector<int> listed;
  for (const Field& item : field.items()) {
    listed.push_back(item.integer(0, largest_threshold));
    if (listed.size() > 1 && listed.back() <= listed[listed.size() - 2]) item.reject("above the threshold before it");
  }
  if (listed.empty()) field.reject("one threshold or more");
  return range_of(std::move(listed));
}

ThresholdRange read_thresholds(const Field& field) {
  if (field.node().kind == YamlNode::Kind::list) return read_threshold_list(field);
  const Section section(field, {"from", "to", "step"});
  ThresholdRange range;
  range.from = section.get("from").integer(0, largest_threshold);
  range.to = section.get("to").integer(0, largest_threshold);
  if (range.to < range.from) {  // one of the two may be inherited: the map stands in the file that is wrong
    fail_at(field.node().place, field.path(),
            fmt::format("must have from <= to, got from {} and to {}", range.from, range.to));
  }
  section.read("step", range.step, 1, largest_threshold);
  return range;
}

RejectSettings read_reject(const Field& field) {
  const Section section(field, {"last_column_mean", "acquisitions"});
  RejectSettings reject;
  if (const auto mean = section.find("last_column_mean")) reject.last_column_mean = mean->number(non_negative);
  const auto list = section.find("acquisitions");
  if (!list) return reject;
  for (const Field& item : list->items()) {
    const Section pair(item, {"threshold", "acquisition"});
    reject.acquisitions.push_back({pair.get("threshold").integer_or_range(0, largest_threshold),
                                   pair.get("acquisition").integer_or_range(0, largest_acquisition)});
  }
  return reject;
}

/// A folder of CSV files, or a result of the noise scans: a map, or the file's name alone.
void read_baseline(const Field& field, ScanSettings& scan) {
  if (field.node().kind == YamlNode::Kind::scalar) {
    if (!field.text().ends_with(".h5")) field.reject("a map with folder or file, or the name of a baseline.h5");
    scan.baseline_file = field.file_path();
    return;
  }
  const Section section(field, {"folder", "file", "kind", "uncertainty", "established"});
  if (const auto file = section.find("file")) {
    if (section.find("folder")) {
      file->fail("stands beside folder", "Take one of the two away; an inherited one with \"folder: ~\"");
    }
    scan.baseline_file = file->file_path();
  } else {
    scan.baseline_folder = section.get("folder").file_path();
  }
  read_settings(section, baseline_table(), scan);
}

int read_counter(const Field& field) {
  constexpr std::string_view words = "auto, none or an integer from 1 to 1000000000";
  const std::string& text = field.text();
  if (text == "auto") return counter_automatic;
  if (text == "none") return counter_unlimited;
  const bool digits = !text.empty() && text.size() <= 10 && text.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) field.reject(words);
  return field.integer(1, largest_counter);
}

NamedValues read_start_values(const Field& field, const FitSettings& fit, const std::vector<std::string>& parameters) {
  const Section section(field, {parameters.begin(), parameters.end()},
                        fmt::format("not a parameter of the model {}", fit.model));
  for (const std::string& name : parameters) section.get(name, fmt::format("a parameter of the model {}", fit.model));
  NamedValues values;
  for (const Field& entry : field.entries()) values.emplace_back(entry.node().key, entry.number(finite));
  return values;
}

/// The fit settings ask for further keys, beside those that every scan has.
void check_needs(const Section& section, const FitSettings& fit) {
  const std::string baseline = fmt::format("fit.baseline is {}", to_string(fit.baseline));
  if (fit.baseline != BaselineMode::after) section.get("baseline", baseline);
  if (fit.start == StartValues::automatic) return;
  section.get(fit.baseline == BaselineMode::after ? "initial" : "initial_baseline",
              fmt::format("fit.start is {} and {}", to_string(fit.start), baseline));
}

}  // namespace

ScanSettings read_scan(const Field& field, const Dataset& dataset, const std::vector<std::string>& parameters,
                       const Vocabulary& vocabulary) {
  const FitSettings& fit = dataset.fit;
  const Section section(field, {"label", "folder", "shutter", "acquisitions", "thresholds", "reject", "counter",
                                "baseline", "initial", "initial_baseline", "simulation", "source"});
  ScanSettings scan;
  scan.label = section.get("label").folder_name_beside(names_in_dataset);
  scan.folder = section.get("folder").file_path();
  const auto source = section.find("source");
  scan.source = source ? read_source(*source, vocabulary) : dataset.source;
  scan.sensor = dataset.sensor;
  scan.shutter = read_shutter(section.get("shutter"));
  scan.acquisitions = read_acquisitions(section.get("acquisitions"));
  scan.thresholds = read_thresholds(section.get("thresholds"));
  if (const auto reject = section.find("reject")) scan.reject = read_reject(*reject);
  if (const auto counter = section.find("counter")) scan.counter = read_counter(*counter);
  if (const auto baseline = section.find("baseline")) read_baseline(*baseline, scan);
  check_needs(section, fit);
  if (const auto initial = section.find("initial")) scan.initial = read_start_values(*initial, fit, parameters);
  if (const auto initial = section.find("initial_baseline")) {
    scan.initial_baseline = read_start_values(*initial, fit, parameters);
  }
  if (const auto simulation = section.find("simulation")) scan.simulation = read_simulation(*simulation, scan);
  return scan;
}

}  // namespace velocal
