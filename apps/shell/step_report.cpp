// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/step_report.hpp"

#include <fmt/format.h>

namespace velocal {
namespace {

void add_files(ReportText& text, Json& json, std::string_view verb, const std::vector<PlannedFile>& files,
               std::string_view mark_existing, std::string_view mark_missing) {
  Json list = Json::array();
  for (const PlannedFile& file : files) {
    std::string remark = file.what;
    const std::string_view mark = file.exists ? mark_existing : mark_missing;
    if (!mark.empty()) remark += fmt::format("{}{}", remark.empty() ? "" : "; ", mark);
    text.line(list.empty() ? verb : "",
              remark.empty() ? file.path.string() : fmt::format("{} ({})", file.path.string(), remark));
    list.push_back({{"path", file.path.string()}, {"exists", file.exists}});
  }
  json[std::string(verb)] = list;
}

}  // namespace

Report step_report(std::string_view title, const Step& step, bool force) {
  ReportText text(fmt::format("{}: would do", title));
  Json json{{"dry_run", true}};
  add_files(text, json, "reads", step.reads, "", "missing");
  text.line("computes", step.computes);
  json["computes"] = step.computes;
  const bool due = force || !step.up_to_date;
  const std::string_view there = force ? "exists, would be replaced" : due ? "exists, needs --force" : "up to date";
  add_files(text, json, "writes", step.writes, there, "");
  json["up_to_date"] = step.up_to_date;
  if (!step.stale.empty()) text.line("because", step.stale);
  if (due && step.obstacle) text.line("but first", step.obstacle->what());
  return {text.text(), json};
}

}  // namespace velocal
