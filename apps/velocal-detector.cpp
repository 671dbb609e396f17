// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/group_options.hpp"
#include "shell/program.hpp"
#include "stages/detector_comparison.hpp"
#include "stages/detector_stage.hpp"

int main(int argc, char** argv) {
  auto options = velocal::group_options();
  options.push_back(velocal::compare_detectors_option());
  velocal::DetectorStage stage;
  const auto together = [](const velocal::Session&) { return true; };
  return velocal::run_program(
      {.name = "velocal-detector",
       .sentence =
           "Makes the table of all chips of a descriptor from the results that are there, names the chips that\n"
           "stand out, and gathers the rows of the results collection.",
       .examples = {"velocal-detector detector.yaml", "velocal-detector detector.yaml --scan warm --json",
                    "velocal-detector --compare before.yaml after.yaml"},
       .options = options,
       .plan =
           [&](const auto& session, const auto& scan) {
             return velocal::compares_detectors(session) ? velocal::plan_detector_comparison(session, scan)
                                                         : stage.plan(session, scan);
           },
       .run =
           [&](const auto& session, const auto& scan) {
             return velocal::compares_detectors(session) ? velocal::run_detector_comparison(session, scan)
                                                         : stage.run(session, scan);
           },
       .scans_together = together,
       .chips_together = together},
      argc, argv);
}
