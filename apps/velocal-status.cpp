// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/group_options.hpp"
#include "shell/program.hpp"
#include "stages/status_stage.hpp"

int main(int argc, char** argv) {
  auto options = velocal::group_options();
  options.push_back(velocal::verify_option(
      "read all files of counts and of exports: else their names, and sizes of the former, are compared"));
  options.push_back(velocal::reseal_option());
  velocal::ResultsReporter results;
  return velocal::run_program(
      {.name = "velocal-status",
       .sentence = "Says of each result whether it is up to date, missing, or stale and why, with the command that\n"
                   "makes it; or why it cannot be compared just now. Writes nothing, save with --reseal.",
       .examples = {"velocal-status datasets/N037.yaml", "velocal-status datasets/N037.yaml --verify --json",
                    "velocal-status datasets/N037.yaml --reseal results/N037/warm/fit.h5"},
       .options = options,
       .plan =
           [](const auto& session, const auto& scan) {
             return velocal::reseals(session) ? velocal::plan_reseal(session, scan)
                                              : velocal::plan_status(session, scan);
           },
       .run =
           [&results](const auto& session, const auto& scan) {
             return velocal::reseals(session) ? velocal::run_reseal(session, scan) : results.report(session, scan);
           },
       .scans_together = velocal::reseals},
      argc, argv);
}
