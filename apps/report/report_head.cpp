// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report_head.hpp"

#include "report/model_table.hpp"
#include "report/page_path.hpp"
#include "report/scan_curves.hpp"
#include "report/scan_maps.hpp"
#include "report/verdict.hpp"
#include "stages/fit_report.hpp"
#include "stages/flux_report.hpp"
#include "stages/matrices_report.hpp"
#include "velocal/core/file_reader.hpp"
#include "velocal/core/version.hpp"
#include "velocal/store/page/report_page.hpp"

namespace velocal {
namespace {

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

/// The lines of a summary (report_line()) as pairs of key and text.
Json lines_of(const std::string& report) {
  const std::size_t key_end = report_line("", "").size() - 1;
  Json lines = Json::array();
  std::size_t begin = report.find('\n') + 1;
  while (begin < report.size()) {
    const std::size_t end = std::min(report.find('\n', begin), report.size());
    const std::string_view line = std::string_view(report).substr(begin, end - begin);
    lines.push_back({trimmed(line.substr(0, key_end)), line.size() > key_end ? trimmed(line.substr(key_end)) : ""});
    begin = end + 1;
  }
  return lines;
}

/// What the programs have said of the results.
Json words_json(const ReportedScan& scan) {
  Json words = Json::array();
  const auto add = [&](std::string_view title, const Report& report) {
    words.push_back({{"title", title}, {"lines", lines_of(report.text)}});
  };
  if (scan.flux) add("Flux", flux_report(scan.title, *scan.flux));
  if (scan.fit) add("Fit", fit_report(scan.title, *scan.fit));
  if (scan.calibration) add("Target and gain", matrices_report(scan.title, *scan.calibration, {}, {}));
  return words;
}

Json stage_json(const ReportedStage& stage) {
  return {{"stage", stage.name}, {"state", stage.state},   {"reason", stage.reason},    {"command", stage.command},
          {"file", stage.file},  {"sha256", stage.sha256}, {"settings", stage.settings}};
}

Json scan_json(const Session& session, const ReportedScan& scan, ReportArrays& arrays) {
  Json json{{"label", scan.settings.label},
            {"title", scan.title},
            {"verdict", verdict_json(session, scan)},
            {"words", words_json(scan)},
            {"live", scan.live}};
  for (const ReportedStage& stage : scan.stages) json["stages"].push_back(stage_json(stage));
  json.update(curves_json(scan));
  json.update(pixels_json(scan, arrays, session.threads));
  json["model"] = scan.fit ? model_json(*scan.fit, arrays) : Json(nullptr);
  if (scan.fit) json["statuses"] = status_json(count_statuses(scan.fit->pixels));
  return json;
}

Json reasons_json() {
  Json reasons = Json::array();
  for (std::size_t i = 0; i < status_reason_names.size(); ++i) {
    reasons.push_back({{"name", status_reason_names[i]}, {"advice", status_reason_advice[i]}});
  }
  return reasons;
}

}  // namespace

Json head_of(const std::filesystem::path& page) {
  FileReader reader;
  const auto bytes = reader.read_if_there(page);
  if (!bytes) return nullptr;
  const Json head = Json::parse(report_head({bytes->data(), bytes->size()}), nullptr, false);
  return head.is_object() ? head : Json(nullptr);
}

std::string report_of(const Session& session, const std::vector<ReportedScan>& scans, std::string_view page_template,
                      const Json& live) {
  ReportArrays arrays;
  const bool has_index = session.dataset.one_of_many && live.is_null();  // --watch writes one page only
  Json head{{"schema", "velocal/report/1"},
            {"version", version()},
            {"git_hash", git_hash()},
            {"dataset", session.dataset.name},
            {"asic", session.dataset.asic},
            {"index", has_index ? Json("../" + page_path(session).filename().string()) : Json(nullptr)},
            {"group", group_name(session.group)},
            {"descriptor", session.dataset.text},
            {"descriptor_file", session.dataset.file.string()},
            {"live", live},
            {"reasons", reasons_json()},
            {"scans", Json::array()}};
  for (const ReportedScan& scan : scans) head["scans"].push_back(scan_json(session, scan, arrays));
  return report_page(page_template, head.dump(-1, ' ', false, Json::error_handler_t::replace),
                     arrays.pack(session.threads));
}

}  // namespace velocal
