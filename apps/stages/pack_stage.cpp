// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/pack_stage.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "shell/signals.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/scan/archive.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/required_files.hpp"
#include "velocal/store/packed_scan.hpp"

namespace velocal {
namespace {

void warn_of_others(const Session& session, const ScanSettings& scan, const FilesToPack& files,
                    const std::filesystem::path& archive) {
  const MissingAcquisitions lost = missing_acquisitions(session.dataset, scan);
  if (!lost.missing.empty()) {
    session.console.warning(fmt::format("{}: {} of {} acquisitions are missing, and so they are in the archive:{}",
                                        session.title(scan), lost.missing.size(), lost.wanted,
                                        first_names(session.dataset, scan, lost)));
  }
  if (!files.others.empty() && !files.of_several_chips) {
    const std::size_t more = files.others.size() - 1;
    session.console.warning(fmt::format("{}: files that are not of {} are left out of {}: {}{}", session.title(scan),
                                        session.dataset.asic, archive.string(), files.others.front(),
                                        more > 0 ? fmt::format(" and {} more", more) : ""));
  }
}

/// The scan lies in an archive already.
Step nothing_to_do(const std::filesystem::path& archive) {
  Step step;
  step.computes = "nothing: the scan lies in an archive";
  step.writes.emplace_back(archive);
  step.up_to_date = true;
  return step;
}

/// An archive of nothing helps nobody.
std::optional<InputError> holds_nothing(const Dataset& dataset, const ScanSettings& scan) try {
  const MissingAcquisitions lost = missing_acquisitions(dataset, scan);
  if (lost.wanted == 0 || lost.missing.size() < lost.wanted) return {};
  return InputError(
      fmt::format("no acquisition of {}/{} is in {}", dataset.name, scan.label, scan_folder(dataset, scan).string()),
      {}, "Check asic, shutter, thresholds and folder in the descriptor", Remedy::other_data);
} catch (const InputError& error) {
  return error;
}

/// Who packs once more means the files that have changed, not that others are thrown away: raw data may have been
/// removed once they were packed.
std::optional<InputError> loss_by_packing(const FilesToPack& files, const std::filesystem::path& archive) {
  const auto only_there = only_in_archive(files, archive);
  if (!only_there) {
    return InputError(fmt::format("{} is no archive of velocal-pack", archive.string()), {}, "Move it away");
  }
  if (only_there->empty()) return {};
  const std::size_t count = only_there->size();
  return InputError(
      fmt::format("{} holds {} file{} (such as {}) that {} not in {}", archive.string(), count, count == 1 ? "" : "s",
                  only_there->front(), count == 1 ? "is" : "are", files.folder.string()),
      {}, "Move the archive away, or unpack what is missing there");
}

/// Files may have been removed since the plan: it may have waited for an answer, or for other scans.
void require_no_loss(const Session& session, const ScanSettings& scan, const FilesToPack& files,
                     const std::filesystem::path& archive) {
  if (const auto nothing = holds_nothing(session.dataset, scan)) throw InputError(*nothing);
  if (is_missing(archive)) return;
  if (const auto loss = loss_by_packing(files, archive)) throw InputError(*loss);
}

}  // namespace

Step plan_pack(const Session& session, const ScanSettings& scan) {
  const std::filesystem::path folder = scan_folder(session.dataset, scan);
  if (is_archive(folder)) return nothing_to_do(folder);
  Step step;
  step.computes = "an archive of the scan's files, and their checksums";
  step.reads.emplace_back(folder, "the scan");
  if (is_missing(folder)) {
    step.obstacle = InputError(fmt::format("cannot read the data folder {}", folder.string()), "it is missing",
                               "Set data and folder in the descriptor to where the scan lies", Remedy::other_data);
    return step;
  }
  const FilesToPack files = files_to_pack(session.dataset, scan);
  step.obstacle = holds_nothing(session.dataset, scan);
  if (step.obstacle) return step;
  step.writes.emplace_back(packed_path(files, session.dataset));
  step.up_to_date = is_packed(files, step.writes.front().path);
  if (step.writes.front().exists && !step.up_to_date) {
    step.obstacle = loss_by_packing(files, step.writes.front().path);
    step.stale = fmt::format("{} is of other files than lie in {}", step.writes.front().path.string(), folder.string());
  }
  return step;
}

Report run_pack(const Session& session, const ScanSettings& scan) {
  const std::filesystem::path folder = scan_folder(session.dataset, scan);
  if (is_archive(folder)) throw UsageError(fmt::format("{} is an archive already", folder.string()));
  const FilesToPack files = files_to_pack(session.dataset, scan);
  const std::filesystem::path archive = packed_path(files, session.dataset);
  require_no_loss(session, scan, files, archive);
  warn_of_others(session, scan, files, archive);
  const auto progress = session.progress(scan);
  const PackedScan done = write_packed_scan(files, archive, session.threads, *progress, throw_if_interrupted);
  const double ratio = static_cast<double>(done.size) / static_cast<double>(done.packed);
  ReportText text(fmt::format("{}: packed", session.title(scan)));
  text.line("files", fmt::format("{}, {:.1f} MB", done.files, static_cast<double>(done.size) / 1e6));
  text.line("archive", fmt::format("{:.1f} MB, {:.1f} times smaller", static_cast<double>(done.packed) / 1e6, ratio));
  text.line("next", fmt::format("folder: {} in the descriptor. The files in {} are left alone",
                                archive.lexically_relative(session.dataset.data_root).string(), folder.string()));
  return {text.text(), {{"files", done.files}, {"bytes", done.size}, {"archive_bytes", done.packed}}};
}

}  // namespace velocal
