// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/program.hpp"
#include "stages/simulate_stage.hpp"

int main(int argc, char** argv) {
  return velocal::run_program(
      {.name = "velocal-simulate",
       .sentence = "Draws threshold scans from known truth, in the detector's file format. The truth is a\n"
                   "formula, or photons in silicon (simulation.physics in docs/descriptor.md).",
       .examples = {"velocal-simulate datasets/demo.yaml",
                    "velocal-simulate datasets/demo.yaml --seed 7 --data /tmp/demo --force"},
       .options = {{.name = "seed",
                    .placeholder = "N",
                    .description = "draws another scan (default: 1)",
                    .apply = velocal::set_seed}},
       .plan = velocal::plan_simulation,
       .run = velocal::run_simulation},
      argc, argv);
}
