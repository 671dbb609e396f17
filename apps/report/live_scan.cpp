// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/live_scan.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <fstream>

#include "report/expected_precision.hpp"
#include "shell/signals.hpp"
#include "velocal/calibration/calibration.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/system_failure.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/flux/accumulate_flux.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/required_files.hpp"
#include "velocal/store/given_baseline.hpp"

namespace velocal {
namespace {

/// A file of this age is no longer written to.
constexpr double youngest_age_s = 5.0;

[[noreturn]] void fail(const std::filesystem::path& file, int reason) {
  const std::string problem = fmt::format("cannot read {}", file.string());
  throw_if_exhausted(problem, reason);
  throw InputError(problem, system_reason(reason));
}

bool says_gone(int reason) {
  return reason == ENOENT || reason == ENOTDIR || reason == ESTALE;
}

/// Unix time of the file's last change; empty: it is no longer there, or no regular file (a pipe may wait for ever).
std::optional<double> time_of(const std::filesystem::path& file) {
  struct stat found {};
  const bool is_seen = stat(file.c_str(), &found) == 0;
  if (!is_seen && !says_gone(errno)) fail(file, errno);
  if (!is_seen || !S_ISREG(found.st_mode)) return {};
  return static_cast<double>(found.st_mtim.tv_sec) + 1e-9 * static_cast<double>(found.st_mtim.tv_nsec);
}

/// Compressed files pass: of those it cannot be told so cheaply.
bool has_last_line_end(const std::filesystem::path& file) {
  if (is_compressed(file.filename().string())) return true;
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  if (!stream.is_open() && !says_gone(errno)) fail(file, errno);
  stream.seekg(-1, std::ios::end);
  const bool is_end = stream.get() == '\n';
  if (stream.bad()) fail(file, errno);
  return is_end;
}

bool is_rejected(const ScanSettings& scan, int threshold, int acquisition) {
  return std::ranges::any_of(scan.reject.acquisitions, [&](const RejectedAcquisitions& rule) {
    return rule.threshold.contains(threshold) && rule.acquisition.contains(acquisition);
  });
}

/// Notes one acquisition, whose file is that, or has none.
void note(TakenAcquisitions& taken, const std::optional<std::filesystem::path>& file, int threshold, int acquisition,
          double now_s) {
  ++taken.wanted;
  const std::optional<double> time = file ? time_of(*file) : std::nullopt;
  if (time && now_s - *time >= youngest_age_s && has_last_line_end(*file)) {
    taken.first_s = taken.first_s == 0.0 ? *time : std::min(taken.first_s, *time);
    taken.last_s = std::max(taken.last_s, *time);
    return;
  }
  if (time) ++taken.unfinished;
  taken.untaken.push_back({{threshold, threshold}, {acquisition, acquisition}});
}

FluxCube accumulate(const Session& session, const ScanSettings& scan, Progress& progress) {
  const auto given = given_baseline(session.dataset, scan);
  if (!given) return accumulate_flux(session.dataset, scan, session.threads, progress);
  return accumulate_flux(session.dataset, scan, *given, session.threads, progress);
}

/// The sums count what is not there as rejected: it is not.
void take_off_untaken(FluxCube& cube, const TakenAcquisitions& taken) {
  for (const RejectedAcquisitions& rule : taken.untaken) {
    const auto at = std::ranges::lower_bound(cube.threshold, rule.threshold.first);
    --cube.acquisitions[static_cast<std::size_t>(at - cube.threshold.begin())].rejected;
  }
}

Json live_json(const TakenAcquisitions& taken) {
  const auto end = taken.expected_end_s();
  return {{"taken", taken.taken()},
          {"wanted", taken.wanted},
          {"unfinished", taken.unfinished},
          {"last", taken.taken() > 0 ? Json(taken.last_s) : Json(nullptr)},
          {"end", end ? Json(*end) : Json(nullptr)},
          {"error_now", nullptr},
          {"error_end", nullptr},
          {"note", ""}};
}

void add_precision(ReportedScan& live, const TakenAcquisitions& taken) {
  std::vector<double> at_end = live.flux->live_time_s;
  for (const RejectedAcquisitions& rule : taken.untaken) {
    const auto at = std::ranges::lower_bound(live.flux->threshold, rule.threshold.first);
    at_end[static_cast<std::size_t>(at - live.flux->threshold.begin())] += live.settings.shutter.seconds;
  }
  const Precision precision = expected_precision(*live.fit, *live.flux, at_end);
  live.live["error_now"] = precision.now;
  live.live["error_end"] = precision.end;
}

void compute(ReportedScan& live, const Session& session, const ScanSettings& scan, const TakenAcquisitions& taken) {
  const auto progress = session.progress(scan);
  ScanSettings found = scan;
  found.reject.acquisitions.insert(found.reject.acquisitions.end(), taken.untaken.begin(), taken.untaken.end());
  live.flux = accumulate(session, found, *progress);
  take_off_untaken(*live.flux, taken);
  const FitOptions options{.group = session.group, .engine = session.engine, .threads = session.threads};
  live.fit = fit_scan(*live.flux, scan, session.dataset.fit, options, *progress);
  add_precision(live, taken);
  if (live.fit->baseline) live.calibration = calibrate(*live.fit, scan.source, scan.baseline_uncertainty);
}

}  // namespace

std::optional<double> TakenAcquisitions::expected_end_s() const {
  if (taken() < 2 || untaken.empty() || last_s <= first_s) return {};
  return last_s + (last_s - first_s) / static_cast<double>(taken() - 1) * static_cast<double>(untaken.size());
}

TakenAcquisitions taken_acquisitions(const Dataset& dataset, const ScanSettings& scan, double now_s) {
  const AcquisitionNames names = present_acquisitions(dataset, scan);
  const std::filesystem::path folder = scan_folder(dataset, scan);
  TakenAcquisitions taken;
  for (const int threshold : scan.thresholds.values()) {
    throw_if_interrupted();
    for (int i = scan.acquisitions.first; i < scan.acquisitions.first + scan.acquisitions.count; ++i) {
      if (is_rejected(scan, threshold, i)) continue;
      const std::string* const name = names.find(threshold, i);
      note(taken, name == nullptr ? std::nullopt : std::optional(folder / *name), threshold, i, now_s);
    }
  }
  return taken;
}

LiveScan compute_live_scan(const Session& session, const ScanSettings& scan, const TakenAcquisitions& taken) {
  LiveScan made{.scan = {.settings = scan, .title = session.title(scan), .stages = {}, .live = live_json(taken)}};
  ReportedScan& live = made.scan;
  for (const StageResult& result : look_at_chain({session.dataset, scan.label, session.group}, Stage::matrices)) {
    live.stages.push_back(
        {.name = std::string(name_of(result.stage)), .state = "computed for this page", .command = result.command});
  }
  if (taken.taken() == 0) {
    live.live["note"] = "No acquisition is complete yet.";
    return made;
  }
  try {
    compute(live, session, scan, taken);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::input && error.kind() != ErrorKind::usage) throw;
    made.failure = InputError(error.what());
    live.live["note"] = fmt::format("There is no fit yet: {}", error.what());
  }
  return made;
}

}  // namespace velocal
