// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/program.hpp"
#include "stages/fit_options.hpp"
#include "stages/fit_stage.hpp"

int main(int argc, char** argv) {
  return velocal::run_program(
      {.name = "velocal-fit",
       .sentence = "Fits the flux of each pixel and of the whole ASIC as a function of the threshold.",
       .examples = {"velocal-fit datasets/N037.yaml", "velocal-fit datasets/N037.yaml --group even --scan warm",
                    "velocal-fit datasets/N037.yaml --statistic poisson --covariance absolute --force"},
       .options = velocal::fit_options(),
       .plan = velocal::plan_fit,
       .run = velocal::run_fit},
      argc, argv);
}
