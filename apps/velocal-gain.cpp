// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/group_options.hpp"
#include "shell/program.hpp"
#include "stages/gain_stage.hpp"

int main(int argc, char** argv) {
  return velocal::run_program(
      {.name = "velocal-gain",
       .sentence = "Makes gain and zero of each pixel from scans with several sources: the straight line through the\n"
                   "targets of their lines. It takes all scans of the dataset, or those that --scan names.",
       .examples = {"velocal-gain sources.yaml", "velocal-gain sources.yaml --scan fe55 --scan cd109 --json"},
       .options = velocal::group_options(),
       .plan = velocal::plan_gain,
       .run = velocal::run_gain,
       .scans_together = [](const velocal::Session&) { return true; }},
      argc, argv);
}
