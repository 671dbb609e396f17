// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/program.hpp"
#include "stages/baseline_stage.hpp"

int main(int argc, char** argv) {
  return velocal::run_program(
      {.name = "velocal-baseline",
       .sentence = "Computes the noise baseline of each pixel, its best trim and the mask from noise scans.",
       .examples = {"velocal-baseline datasets/N037.yaml",
                    "velocal-baseline datasets/N037.yaml --data /data/N037 --results /scratch/results --dry-run"},
       .options = {},
       .plan = velocal::plan_baseline,
       .run = velocal::run_baseline,
       .scans_together = [](const velocal::Session&) { return true; }},
      argc, argv);
}
