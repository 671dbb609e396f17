// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/chip_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "chain/chain.hpp"
#include "shell/signals.hpp"
#include "velocal/core/error.hpp"
#include "velocal/store/calibrated_fit.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/matrices_file.hpp"
#include "velocal/store/result_record.hpp"

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

bool is_chosen(const Session& session, const ChipDataset& chip) {
  return std::ranges::any_of(session.chips,
                             [&](const auto& chosen) { return chosen.dataset.asic == chip.dataset.asic; });
}

}  // namespace

DetectorTable look_at_chips(const Session& session, const LastTable& last) {
  DetectorTable table;
  for (const ScanSettings& scan : session.dataset.scans) table.labels.push_back(scan.label);
  for (const ChipDataset& chip : session.all_chips) {
    for (const std::string& label : table.labels) {
      table.rows.push_back({.asic = chip.dataset.asic, .label = label});
    }
  }
  const std::vector<std::string> keys = collection_keys(session);
  const std::size_t scans = table.labels.size();
  for (std::size_t i = 0; i < session.all_chips.size(); ++i) {
    throw_if_interrupted();
    const ChipDataset& chip = session.all_chips[i];
    const std::span<ChipRow> rows = std::span(table.rows).subspan(i * scans, scans);
    if (!is_chosen(session, chip) && last.keep(rows, std::span(keys).subspan(i * scans, scans))) continue;
    for (ChipRow& row : rows) look_at(chip, session.group, row);
  }
  return table;
}

std::vector<std::string> collection_keys(const Session& session) {
  std::vector<std::string> keys;
  for (const ChipDataset& chip : session.all_chips) {
    for (const ScanSettings& scan : session.dataset.scans) {
      keys.push_back(collection_key(provenance_of(chip.dataset, scan.label, session.group)));
    }
  }
  return keys;
}

std::vector<CollectionRow> read_chip(const Dataset& dataset, PixelGroup group, ChipRow* rows, std::size_t scans) {
  std::vector<CollectionRow> collected;
  std::optional<PixelMatrix<std::int8_t>> reference;
  for (std::size_t i = 0; i < scans; ++i) {
    ChipRow& row = rows[i];
    if (row.state != ChipState::done) continue;
    const ResultPaths paths(dataset, row.label, group);
    const Provenance expected = provenance_of(dataset, row.label, group);
    const CalibratedFit read = read_calibrated_fit(paths, expected);
    const Calibration& calibration = read.matrices.value;
    const ScanFit& fit = read.fit.value;
    if (read.matrices.sha256 != row.sha256) {
      throw InputError(fmt::format("{} was made anew meanwhile", paths.matrices().string()), {}, "Run this again");
    }
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

PixelMatrix<std::int8_t> read_statuses(const Dataset& dataset, const ChipRow& row, PixelGroup group) {
  const ResultPaths paths(dataset, row.label, group);
  const Provenance expected = provenance_of(dataset, row.label, group);
  const ResultRecord matrices = read_record(ResultFileKind::matrices, paths.matrices(), expected);
  auto fit = read_fit(paths.fit(), expected);
  if (matrices.sha256 != row.sha256 || matrices.provenance.inputs_sha256 != fit.sha256) {
    throw InputError("its results are not those of the table", paths.matrices().string(), "Run velocal-detector again");
  }
  return std::move(fit.value.pixels.status);
}

}  // namespace velocal
