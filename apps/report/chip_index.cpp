// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chip_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "report/page_path.hpp"
#include "report/verdict.hpp"
#include "velocal/core/file_reader.hpp"
#include "velocal/core/version.hpp"
#include "velocal/store/output/file_guard.hpp"
#include "velocal/store/output/file_transaction.hpp"
#include "velocal/store/page/report_page.hpp"

namespace velocal {
namespace {

/// Those of the page that is there; none where there is no page, or another one. Throws InputError where it cannot be
/// read: the new page would lose them.
Json rows_of(const std::filesystem::path& path) {
  FileReader reader;
  const auto page = reader.read_if_there(path);
  if (!page) return Json::array();
  const Json head = Json::parse(report_head({page->data(), page->size()}), nullptr, false);
  return head.is_object() && head.contains("chips") && head["chips"].is_array() ? head["chips"] : Json::array();
}

std::string asic_of(const Json& row) {
  return row.is_object() && row.contains("asic") && row["asic"].is_string() ? row["asic"].get<std::string>() : "";
}

Json with_row(const Json& rows, const Json& row) {
  std::vector<Json> kept;
  std::ranges::copy_if(rows, std::back_inserter(kept), [&](const Json& old) { return asic_of(old) != asic_of(row); });
  kept.push_back(row);
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
  const auto fitted = std::ranges::find_if(scans, [](const ReportedScan& scan) { return scan.fit.has_value(); });
  const auto calibrated =
      std::ranges::find_if(scans, [](const ReportedScan& scan) { return scan.calibration.has_value(); });
  const StatusCounts counts = fitted == scans.end() ? StatusCounts{} : count_statuses(fitted->fit->pixels);
  row["good"] = counts.good;
  row["live"] = counts.live();
  row["K"] = calibrated == scans.end() ? undefined : calibrated->calibration->gain_means.mean;
  row["K_error"] = calibrated == scans.end() ? undefined : calibrated->calibration->gain_means.mean_error;
  return row;
}

std::string index_with(const Session& session, const Json& row, std::string_view page_template) {
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
                  {"chips", with_row(rows_of(path), row)}};
  return report_page(page_template, head.dump(-1, ' ', false, Json::error_handler_t::replace), {});
}

void write_index(const Session& session, const Json& row, std::string_view page_template) {
  const std::filesystem::path path = index_path(session);
  const FileGuard guard(path);
  write_file(path, index_with(session, row, page_template), nullptr);
}

}  // namespace velocal
