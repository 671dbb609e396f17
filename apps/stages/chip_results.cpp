// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/chip_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "chain/chain.hpp"
#include "shell/signals.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/matrices_file.hpp"

namespace velocal {
namespace {

void fail(ChipRow& row, ChipState state, std::string reason) {
  row.state = state;
  row.reason = std::move(reason);
}

void look(const ChainOf& of, ChipRow& row) {
  const std::vector<StageResult> chain = look_at_chain(of, Stage::matrices);
  if (const auto obstacle = obstacle_in(of, chain)) {
    const bool damaged = std::ranges::any_of(chain, [](const auto& result) { return result.unreadable.has_value(); });
    // The table is the same wherever the results lie: of what is missing it does not tell the path.
    if (!chain.back().exists) return fail(row, ChipState::missing, "no matrices.h5");
    return fail(row, damaged ? ChipState::unreadable : ChipState::stale, obstacle->what());
  }
  row.state = ChipState::done;
  row.sha256 = chain.back().sha256;
}

void look_at(const ChipDataset& chip, PixelGroup group, ChipRow& row) {
  if (!chip.skipped.empty()) return fail(row, ChipState::skipped, chip.skipped);
  try {
    look({chip.dataset, row.label, group, false, 1}, row);
  } catch (const InputError& error) {
    fail(row, ChipState::unreadable, error.what());
  }
}

}  // namespace

DetectorTable look_at_chips(const Session& session) {
  DetectorTable table;
  for (const ScanSettings& scan : session.scans) table.labels.push_back(scan.label);
  for (const ChipDataset& chip : session.chips) {
    for (const std::string& label : table.labels) {
      table.rows.push_back({.asic = chip.dataset.asic, .label = label});
    }
  }
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    throw_if_interrupted();
    look_at(session.chips[i / table.labels.size()], session.group, table.rows[i]);
  }
  return table;
}

std::vector<CollectionRow> read_chip(const Dataset& dataset, PixelGroup group, ChipRow* rows, std::size_t scans) {
  std::vector<CollectionRow> collected;
  std::optional<PixelMatrix<std::int8_t>> reference;
  for (std::size_t i = 0; i < scans; ++i) {
    ChipRow& row = rows[i];
    if (row.state != ChipState::done) continue;
    const ResultPaths paths(dataset, row.label, group);
    const Provenance expected = provenance_of(dataset, row.label, group);
    const Calibration calibration = read_matrices(paths.matrices(), expected).value;
    const ScanFit fit = read_fit(paths.fit(), expected).value;
    row.values = chip_values(calibration, fit);
    if (i == 0) reference = fit.pixels.status;
    if (i > 0 && reference) {
      compare_with_reference(row.values, rows[0].values, changed_pixels(fit.pixels.status, *reference));
    }
    if (calibration.gain_means.pixels == 0) {
      fail(row, ChipState::no_gain, "no pixel has a gain");
    } else {
      collected.push_back(
          collection_row(expected, dataset.scan(row.label).shutter.text, fit.settings.baseline, calibration));
    }
  }
  return collected;
}

PixelMatrix<std::int8_t> read_statuses(const Dataset& dataset, const std::string& label, PixelGroup group) {
  return read_fit(ResultPaths(dataset, label, group).fit(), provenance_of(dataset, label, group)).value.pixels.status;
}

}  // namespace velocal
