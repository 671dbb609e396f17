// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/detector_comparison.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "shell/signals.hpp"
#include "stages/chip_results.hpp"
#include "stages/detector_report.hpp"
#include "stages/detector_stage.hpp"

namespace velocal {
namespace {

std::filesystem::path table_file_of(const Session& session, const DatasetOfChips& dataset) {
  return detector_file(dataset.chips.front().dataset.results_root, dataset.name, session.group);
}

const ChipRow* find_row(const DetectorTable& table, const ChipRow& wanted) {
  const auto found = std::ranges::find_if(
      table.rows, [&](const ChipRow& row) { return row.asic == wanted.asic && row.label == wanted.label; });
  return found == table.rows.end() ? nullptr : &*found;
}

bool has_numbers(const ChipRow& row) {
  return row.state == ChipState::done || row.state == ChipState::no_gain;
}

/// The row of the other dataset for this chip and scan, with what it differs by.
ChipRow compared_row(const Session& session, const ChipDataset& chip, const ChipRow& reference,
                     const DatasetOfChips& other, const DetectorTable& others) {
  ChipRow row{.asic = reference.asic, .label = reference.label};
  const ChipRow* found = find_row(others, reference);
  const ChipDataset* other_chip = other.find(reference.asic);
  if (found == nullptr || other_chip == nullptr) {
    row.reason = fmt::format("{} has no such scan", other.name);
  } else if (!has_numbers(reference) || !has_numbers(*found)) {
    row.reason = has_numbers(reference) ? found->reason : reference.reason;
  } else {
    try {
      const std::size_t changed = changed_pixels(read_statuses(other_chip->dataset, *found, session.group),
                                                 read_statuses(chip.dataset, reference, session.group));
      row = *found;
      compare_with_reference(row.values, reference.values, changed);
    } catch (const InputError& error) {
      row.reason = error.what();
    }
  }
  return row;
}

Detector compared(const Session& session, const DetectorTable& reference, const DatasetOfChips& other,
                  const DetectorTable& others) {
  Detector result;
  for (const ScanSettings& scan : session.scans) result.table.labels.push_back(scan.label);
  const std::size_t scans = result.table.labels.size();
  result.table.rows.resize(session.chips.size() * scans);
  for (std::size_t i = 0; i < result.table.rows.size(); ++i) {
    throw_if_interrupted();
    const ChipDataset& chip = session.chips[i / scans];
    ChipRow wanted{.asic = chip.dataset.asic, .label = result.table.labels[i % scans]};
    wanted.reason = "not in the table of the reference";
    const ChipRow* found = find_row(reference, wanted);
    result.table.rows[i] = compared_row(session, chip, found == nullptr ? wanted : *found, other, others);
  }
  result.outliers = find_outliers(result.table);
  std::erase_if(result.outliers,
                [](const ChipOutlier& outlier) { return outlier.quantity < gain_difference_quantity; });
  return result;
}

/// Names the rows of the other dataset that the reference does not have.
void add_others(ReportText& text, Json& json, const Session& session, const DetectorTable& reference,
                const DetectorTable& others) {
  std::vector<std::string> names;
  for (const ChipRow& row : others.rows) {
    if (find_row(reference, row) == nullptr) names.push_back(fmt::format("{}/{}", row.asic, row.label));
  }
  json = names;
  if (names.empty()) return;
  text.line("not compared", fmt::format("{} scans of chips that {} does not have: {}", names.size(), session.all_name,
                                        fmt::join(names, ", ")));
}

void add_rows(ReportText& text, Json& json, const DetectorTable& table) {
  for (const ChipRow& row : table.rows) {
    const std::string name = fmt::format("{}/{}", row.asic, row.label);
    const Uncertain difference = row.values[gain_difference_quantity];
    const double changed = row.values[changed_pixels_quantity].value;
    Json entry{{"asic", row.asic}, {"label", row.label}};
    if (!has_numbers(row)) {
      text.line(name, fmt::format("not compared ({})", row.reason));
      entry["reason"] = row.reason;
    } else {
      text.line(name, fmt::format("dK {} e-/DAC, {} pixels changed status", with_error(difference), changed));
      entry["K_difference"] = to_json(difference);
      entry["changed_pixels"] = changed;
    }
    json.push_back(entry);
  }
}

}  // namespace

ProgramOption compare_detectors_option() {
  return {.name = "compare",
          .placeholder = "",
          .description = "make nothing: compare the chips of two descriptors or more, the first being the reference",
          .apply = [](Session&, const std::string&) {},
          .recorded = false,
          .several_datasets = true};
}

Step plan_detector_comparison(const Session& session, const ScanSettings&) {
  Step step;
  step.reads.emplace_back(detector_file(session.dataset.results_root, session.all_name, session.group));
  for (const DatasetOfChips& other : session.other_chips) {
    step.reads.emplace_back(table_file_of(session, other));
    if (step.reads.back().path.lexically_normal() != step.reads.front().path.lexically_normal()) continue;
    throw UsageError("the descriptors have the same results", step.reads.back().path.string(),
                     "Give each a name of its own");
  }
  step.computes = "differences of the gains, and pixels that changed status";
  return step;
}

Report run_detector_comparison(const Session& session, const ScanSettings&) {
  const auto file = detector_file(session.dataset.results_root, session.all_name, session.group);
  const DetectorTable reference = read_whole_detector(file, detector_provenance(session, session.all_name)).table;
  ReportText text(fmt::format("{}: reference", session.all_name));
  Json all = Json::array();
  for (const DatasetOfChips& other : session.other_chips) {
    const DetectorTable others =
        read_whole_detector(table_file_of(session, other), detector_provenance(session, other.name)).table;
    const Detector detector = compared(session, reference, other, others);
    Json rows = Json::array(), more, outliers;
    text.line("against", other.name);
    add_rows(text, rows, detector.table);
    add_others(text, more, session, reference, others);
    add_outliers(text, outliers, detector);
    all.push_back({{"dataset", other.name}, {"chips", rows}, {"not_in_reference", more}, {"outliers", outliers}});
  }
  return {text.text(), {{"compared", all}}};
}

}  // namespace velocal
