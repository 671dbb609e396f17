// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report_stage.hpp"
#include "report/report_template.hpp"
#include "shell/group_options.hpp"
#include "shell/program.hpp"

int main(int argc, char** argv) {
  velocal::ReportRequest request;
  velocal::ReportStage stage(request, velocal::report_template());
  auto options = velocal::report_options(request);
  for (auto& option : velocal::group_options()) options.push_back(std::move(option));
  return velocal::run_program(
      {.name = "velocal-report",
       .sentence =
           "Puts all results of a dataset on one page, to look at in a browser, to mail and to archive. It goes\n"
           "to <results>/<name>/report.html, and needs neither network nor other files.",
       .examples = {"velocal-report datasets/N037.yaml", "velocal-report datasets/N037.yaml --group even",
                    "velocal-report --watch datasets/N037.yaml --every 300"},
       .options = options,
       .plan = [&](const auto& session, const auto& scan) { return stage.plan(session, scan); },
       .run = [&](const auto& session, const auto& scan) { return stage.run(session, scan); },
       .scans_together = [](const auto&) { return true; },
       .logged = false},
      argc, argv);
}
