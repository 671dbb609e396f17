// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/detector_stage.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "shell/signals.hpp"
#include "stages/chip_results.hpp"
#include "stages/detector_report.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/store/companions.hpp"
#include "velocal/store/detector_file.hpp"
#include "velocal/store/output/file_guard.hpp"
#include "velocal/store/output/file_transaction.hpp"
#include "velocal/store/read_collection.hpp"

namespace velocal {
namespace {

// Raised with every change of the program that changes numbers of the table.
constexpr int detector_computation = 2;

std::filesystem::path table_file(const Session& session) {
  return detector_file(session.dataset.results_root, session.all_name, session.group);
}

std::filesystem::path csv_of(const Session& session) {
  return table_file(session).replace_extension(".csv");
}

std::string digest_of_table(const DetectorTable& table) {
  std::string list;
  for (const ChipRow& row : table.rows) {
    list += fmt::format("{} {} {} {}\n", row.sha256, row.asic, row.label, row.sha256.empty() ? row.reason : "");
  }
  return sha256_hex(std::as_bytes(std::span(list)));
}

StageInputs settings_of(const Session& session) {
  std::vector<std::string> labels;
  for (const ScanSettings& scan : session.dataset.scans) labels.push_back(scan.label);
  return {{"detector computation", fmt::format("{}", detector_computation)},
          {"scans", fmt::format("{}", fmt::join(labels, ", "))}};
}

constexpr auto rows_digest = "rows of results_collection.csv";

std::string digest_of_rows(std::span<const CollectionRow> rows) {
  std::string lines;
  for (const CollectionRow& row : rows) lines += collection_line(row) + "\n";
  return sha256_hex(std::as_bytes(std::span(lines)));
}

bool was_made_so(const Session& session, const Provenance& made) {
  StageInputs settings = made.settings;
  std::erase_if(settings, [](const StageInput& input) { return input.name == rows_digest; });
  return settings == settings_of(session);
}

/// The rows that the table has in the collection. Others may have changed them.
std::vector<CollectionRow> rows_of(const Session& session, const DetectorTable& table,
                                   const std::vector<CollectionRow>& collection) {
  std::map<std::pair<std::string, std::string>, const CollectionRow*> known;
  for (const CollectionRow& row : collection) known[{row.results, row.label}] = &row;
  std::vector<CollectionRow> rows;
  for (const ChipRow& row : table.rows) {
    const auto is_its_own = [&](const ChipDataset& chip) { return chip.dataset.asic == row.asic; };
    const auto chip = std::ranges::find_if(session.all_chips, is_its_own);
    if (row.state != ChipState::done || chip == session.all_chips.end()) continue;
    const CollectionRow own = collection_row(provenance_of(chip->dataset, row.label, session.group), {}, {}, {});
    const auto line = known.find({own.results, own.label});
    if (line != known.end()) rows.push_back(*line->second);
  }
  return rows;
}

/// A table of these chips is made anew whenever one of them has changed: only another's is left alone. `last` has all
/// that the collection still has.
void compare_with_table(Step& step, const Session& session, const DetectorTable& table, const LastTable& last) try {
  if (!PlannedFile(table_file(session)).exists) return;
  const Provenance made = read_detector(table_file(session), detector_provenance(session, session.all_name)).provenance;
  step.up_to_date = made.inputs_sha256 == digest_of_table(table) && was_made_so(session, made) &&
                    last.has_all(table.rows, collection_keys(session)) &&
                    stray_companion(table_file(session).parent_path(), made, {}).empty();
} catch (const InputError& error) {
  step.stale = error.what();
}

/// Nothing, where the table was made in another way, or is damaged.
LastTable last_table(const Session& session) try {
  if (!PlannedFile(table_file(session)).exists) return {};
  const auto last = read_detector(table_file(session), detector_provenance(session, session.all_name));
  if (!was_made_so(session, last.provenance)) return {};
  const PlannedFile collection(session.paths(session.scans.front()).collection());
  if (!collection.exists) return {last.value.table, {}};
  const std::vector<CollectionRow> rows = rows_of(session, last.value.table, read_results_collection(collection.path));
  if (std::ranges::count(last.provenance.settings, StageInput{rows_digest, digest_of_rows(rows)}) == 0) return {};
  return {last.value.table, rows};
} catch (const InputError&) {
  return {};
}

/// What is gathered of all chips.
struct Gathered {
  std::vector<CollectionRow> rows;
  std::size_t read = 0;  ///< chips; the others have not changed since the last table
};

Gathered read_all(const Session& session, const LastTable& last, DetectorTable& table,
                  const std::vector<std::string>& keys) {
  Gathered gathered;
  const auto progress = std::make_unique<ConsoleProgress>(session.all_name, session.progress_style);
  progress->start("reading results", session.all_chips.size(), "chips");
  const std::size_t scans = table.labels.size();
  for (std::size_t i = 0; i < session.all_chips.size(); ++i) {
    throw_if_interrupted();
    std::vector<CollectionRow> rows;
    if (!last.fill(std::span(table.rows).subspan(i * scans, scans), std::span(keys).subspan(i * scans, scans), rows)) {
      rows = read_chip(session.all_chips[i].dataset, session.group, &table.rows[i * scans], scans);
      ++gathered.read;
    }
    gathered.rows.insert(gathered.rows.end(), rows.begin(), rows.end());
    progress->advance(1);
  }
  progress->finish();
  return gathered;
}

/// The rows of the collection that are made anew, or go. Of what cannot be read just now, the old row stays.
std::vector<std::string> gathered_keys(const Session& session, const DetectorTable& table) {
  std::vector<std::string> keys;
  const std::vector<std::string> all = collection_keys(session);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (table.rows[i].state != ChipState::unreadable) keys.push_back(all[i]);
  }
  return keys;
}

/// detector.h5 last: it lists the table. The rows of the collection are of all datasets, and not in the list.
void write_all(const Session& session, const Detector& detector, const std::vector<CollectionRow>& rows,
               const std::vector<std::string>& keys, Provenance provenance) {
  const std::filesystem::path collection = session.paths(session.scans.front()).collection();
  const FileGuard guard(collection);
  FileTransaction files;
  write_detector_csv(csv_of(session), detector, &files);
  provenance.companions = companions_of(table_file(session).parent_path(), files);
  gather_collection(collection, rows, keys, files);
  write_detector(table_file(session), detector, provenance, &files);
  files.commit();
}

}  // namespace

Provenance detector_provenance(const Session& session, const std::string& name, std::string inputs_sha256) {
  Provenance provenance =
      provenance_of(session.dataset, detector_label, session.group, session.overrides, std::move(inputs_sha256));
  provenance.dataset = name;
  return provenance;
}

Step DetectorStage::plan(const Session& session, const ScanSettings&) {
  const LastTable last = last_table(session);
  last_ = session.force ? LastTable{} : last;
  table_ = look_at_chips(session, last_);
  Step step;
  for (const ChipRow& row : table_.rows) {
    const Dataset& dataset = session.all_chips[step.reads.size() / table_.labels.size()].dataset;
    step.reads.emplace_back(ResultPaths(dataset, row.label, session.group).matrices(),
                            row.state == ChipState::done ? "" : std::string(to_string(row.state)));
    step.reads.back().needed = false;
  }
  step.computes = fmt::format("numbers of {} chips and their outliers", table_.chips());
  step.writes.emplace_back(table_file(session), "", false);
  step.writes.emplace_back(csv_of(session), "", false);
  step.writes.emplace_back(session.paths(session.scans.front()).collection(), "a row a chip and scan", false);
  // Its own files are no obstacle to making them anew, but two programs do not do it at once.
  step.locked = {table_file(session)};
  step.shared = {step.writes.back().path};
  compare_with_table(step, session, table_, last);
  step.loss = loss_of(session, table_);
  for (PlannedFile& file : step.writes) file.exists = step.up_to_date && PlannedFile(file.path).exists;
  return step;
}

Report DetectorStage::run(const Session& session, const ScanSettings&) {
  Detector detector{table_, {}};
  Provenance provenance = detector_provenance(session, session.all_name, digest_of_table(detector.table));
  provenance.settings = settings_of(session);
  const Gathered gathered = read_all(session, last_, detector.table, collection_keys(session));
  provenance.settings.push_back({rows_digest, digest_of_rows(gathered.rows)});
  detector.outliers = find_outliers(detector.table);
  write_all(session, detector, gathered.rows, gathered_keys(session, detector.table), provenance);
  return detector_report(session, detector, gathered.read);
}

}  // namespace velocal
