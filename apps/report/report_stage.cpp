// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report_stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "report/chip_index.hpp"
#include "report/page_path.hpp"
#include "report/report_head.hpp"
#include "report/watch.hpp"
#include "shell/numbers.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/shell_word.hpp"
#include "velocal/store/output/file_transaction.hpp"
#include "velocal/velocal.hpp"

namespace velocal {
namespace {

bool holds(const std::filesystem::path& path, std::string_view text) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error) || std::filesystem::file_size(path, error) != text.size())
    return false;
  std::ifstream file(path, std::ios::binary);
  return std::equal(text.begin(), text.end(), std::istreambuf_iterator<char>(file), {});
}

bool has_results(const ReportedScan& scan) {
  return scan.flux || scan.fit || scan.calibration;
}

/// What is wrong with the results of the first scan, and what to do.
InputError nothing_to_show(const std::vector<ReportedScan>& scans, const std::string& name) {
  for (const ReportedStage& stage : scans.front().stages) {
    if (stage.state == "damaged") return InputError(stage.reason, {}, fmt::format("Run {}", stage.command));
  }
  return InputError(fmt::format("there are no results of {}", name), scans.front().stages.front().file,
                    fmt::format("Run {} first", scans.front().stages.front().command));
}

}  // namespace

std::vector<ProgramOption> report_options(ReportRequest& request) {
  return {
      {.name = "watch",
       .placeholder = "",
       .description = "while data are being taken: compute from what is there, and write the page anew again and again",
       .apply = [&request](Session&, const std::string&) { request.watch = true; },
       .recorded = false},
      {.name = "every",
       .placeholder = "SECONDS",
       .description = "how often, with --watch (default: 60)",
       .apply =
           [&request](Session&, const std::string& text) {
             request.every_s = parse_seconds("--every", text);
             if (!request.watch) throw UsageError("--every goes with --watch", {}, "Add --watch");
           },
       .recorded = false}};
}

Step ReportStage::plan(const Session& session, const ScanSettings&) {
  if (request_.watch) return plan_watch(session);
  nothing_.reset();
  Step step;
  step.computes = fmt::format("one page of {} scans", session.scans.size());
  std::vector<ReportedScan> scans;
  for (const ScanSettings& scan : session.scans) {
    scans.push_back(read_reported_scan(session, scan));
    for (const ReportedStage& stage : scans.back().stages) {
      step.reads.emplace_back(stage.file);
      step.reads.back().needed = false;
    }
  }
  const std::filesystem::path path = page_path(session);
  if (std::ranges::none_of(scans, has_results)) {
    add_nothing(session, scans, step);
    return step;
  }
  step.writes.emplace_back(path);
  page_ = report_of(session, scans, template_);
  const bool same_page = holds(path, page_);
  if (step.writes.back().exists && !same_page) {
    step.stale = fmt::format("{} shows other results than are there now", path.string());
  }
  step.up_to_date = same_page;
  if (session.dataset.one_of_many) add_index(session, scans, same_page, step);
  return step;
}

/// A row in the page above, which is nobody's alone: it is no matter of --force.
void ReportStage::add_index(const Session& session, const std::vector<ReportedScan>& scans, bool same_page,
                            Step& step) {
  add_row(session, scans, step);
  step.up_to_date = same_page && holds(index_path(session), index_with(session, row_, chips_, template_));
  step.writes.front().exists = step.writes.front().exists && !(same_page && !step.up_to_date);
}

void ReportStage::add_row(const Session& session, const std::vector<ReportedScan>& scans, Step& step) {
  if (chips_.empty()) chips_ = read_chips(session.dataset.file).chips;
  row_ = chip_row(session, scans);
  step.writes.emplace_back(index_path(session), "one row", false);
  step.shared = {index_path(session)};
}

/// The page above must not go on showing what was there once.
void ReportStage::add_nothing(const Session& session, const std::vector<ReportedScan>& scans, Step& step) {
  InputError nothing = nothing_to_show(scans, session.dataset.name);
  if (!session.dataset.one_of_many || !has_row(session)) {
    step.writes.emplace_back(page_path(session));
    step.obstacle = std::move(nothing);
    return;
  }
  add_row(session, scans, step);
  step.reads.front().exists = false;  // --dry-run fails, too
  step.reads.front().needed = true;
  nothing_ = std::move(nothing);
}

Report ReportStage::run(const Session& session, const ScanSettings&) {
  if (request_.watch) return watch(session, template_, request_.every_s);
  const std::filesystem::path path = page_path(session);
  if (!nothing_) write_file(path, page_, nullptr);
  if (session.dataset.one_of_many) write_index(session, row_, chips_, template_);
  if (nothing_) throw InputError(*nothing_);
  ReportText text(fmt::format("{}: report", session.dataset.name));
  text.line("size", fmt::format("{:.1f} MB, {} scan{}", static_cast<double>(page_.size()) * 1e-6, session.scans.size(),
                                session.scans.size() == 1 ? "" : "s"));
  text.line("to open", fmt::format("xdg-open {}", shell_word(path.string())));
  return {text.text(), {{"file", path.string()}, {"bytes", page_.size()}}};
}

}  // namespace velocal
