// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chip_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "report/page_path.hpp"
#include "report/report_head.hpp"
#include "report/verdict.hpp"
#include "velocal/core/version.hpp"
#include "velocal/store/output/file_guard.hpp"
#include "velocal/store/output/file_transaction.hpp"
#include "velocal/store/page/report_page.hpp"

namespace velocal {
namespace {

/// Those of the page that is there; none where there is no page, or another one. Throws InputError where it cannot be
/// read: the new page would lose them.
Json rows_of(const std::filesystem::path& path) {
  const Json head = head_of(path);
  return head.is_object() && head.contains("chips") && head["chips"].is_array() ? head["chips"] : Json::array();
}

std::string asic_of(const Json& row) {
  return row.is_object() && row.contains("asic") && row["asic"].is_string() ? row["asic"].get<std::string>() : "";
}

/// With those of the other chips that the descriptor still has. One that is left out there says so.
Json with_row(const Json& rows, const Json& row, const std::vector<ChipDataset>& chips) {
  std::vector<Json> kept{row};
  for (Json old : rows) {
    const auto chip = std::ranges::find(chips, asic_of(old), [](const auto& each) { return each.dataset.asic; });
    if (chip == chips.end() || asic_of(old) == asic_of(row)) continue;
    if (!chip->skipped.empty()) {
      old.update({{"light", "bad"}, {"text", fmt::format("The descriptor leaves it out: {}", chip->skipped)}});
    }
    kept.push_back(std::move(old));
  }
  std::ranges::sort(kept, {}, asic_of);
  return kept;
}

/// The worst of the scans' lights, and what is doubtful or bad, a line each.
void add_verdict(Json& row, const Session& session, const std::vector<ReportedScan>& scans) {
  constexpr std::array<std::string_view, 3> lights{"good", "doubtful", "bad"};
  std::size_t worst = 0;
  std::string text;
  for (const ReportedScan& scan : scans) {
    const Json verdict = verdict_json(session, scan);
    for (const Json& reason : verdict["reasons"]) {
      const auto level = static_cast<std::size_t>(std::ranges::find(lights, reason["level"]) - lights.begin());
      worst = std::max(worst, level);
      if (level == 0) continue;
      if (!text.empty()) text += '\n';
      if (scans.size() > 1) text += scan.settings.label + ": ";
      text += reason["text"].get<std::string>();
    }
  }
  row["light"] = lights.at(worst);
  row["text"] = text;
}

}  // namespace

std::filesystem::path index_path(const Session& session) {
  const std::filesystem::path page = page_path(session);
  return page.parent_path().parent_path() / page.filename();
}

Json chip_row(const Session& session, const std::vector<ReportedScan>& scans) {
  Json row{{"asic", session.dataset.asic}, {"file", page_path(session).filename().string()}};
  add_verdict(row, session, scans);
  const ReportedScan& first = scans.front();
  const StatusCounts counts = first.fit ? count_statuses(first.fit->pixels) : StatusCounts{};
  row["good"] = counts.good;
  row["live"] = counts.live();
  row["K"] = first.calibration ? first.calibration->gain_means.mean : undefined;
  row["K_error"] = first.calibration ? first.calibration->gain_means.mean_error : undefined;
  return row;
}

bool has_row(const Session& session) {
  return std::ranges::count(rows_of(index_path(session)), session.dataset.asic, asic_of) > 0;
}

std::string index_with(const Session& session, const Json& row, const std::vector<ChipDataset>& chips,
                       std::string_view page_template) {
  const std::filesystem::path path = index_path(session);
  const Json head{{"schema", "velocal/report/1"},
                  {"version", version()},
                  {"git_hash", git_hash()},
                  {"dataset", path.parent_path().filename().string()},
                  {"asic", "many chips"},
                  {"group", group_name(session.group)},
                  {"descriptor", ""},
                  {"descriptor_file", session.dataset.file.string()},
                  {"live", nullptr},
                  {"reasons", Json::array()},
                  {"scans", Json::array()},
                  {"chips", with_row(rows_of(path), row, chips)}};
  return report_page(page_template, head.dump(-1, ' ', false, Json::error_handler_t::replace), {});
}

void write_index(const Session& session, const Json& row, const std::vector<ChipDataset>& chips,
                 std::string_view page_template) {
  const std::filesystem::path path = index_path(session);
  const FileGuard guard(path);
  write_file(path, index_with(session, row, chips, page_template), nullptr);
}

}  // namespace velocal
