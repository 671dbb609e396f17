// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/group_options.hpp"
#include "shell/program.hpp"
#include "stages/export_stage.hpp"

int main(int argc, char** argv) {
  velocal::ExportRequest request;
  auto options = velocal::group_options();
  options.push_back(velocal::what_option(request));
  return velocal::run_program(
      {.name = "velocal-export",
       .sentence = "Writes results as CSV files with the names and layouts of the analysis that velocal replaces, for\n"
                   "scripts that read those. They go to <results>/<name>/<label>/csv.",
       .examples = {"velocal-export datasets/N037.yaml",
                    "velocal-export datasets/N037.yaml --what matrices --scan warm",
                    "velocal-export datasets/N037.yaml --what flux --dry-run"},
       .options = options,
       .plan = [&](const auto& session, const auto& scan) { return velocal::plan_export(request, session, scan); },
       .run = [&](const auto& session, const auto& scan) { return velocal::run_export(request, session, scan); }},
      argc, argv);
}
