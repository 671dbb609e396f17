// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/program.hpp"
#include "stages/pack_stage.hpp"

int main(int argc, char** argv) {
  return velocal::run_program(
      {.name = "velocal-pack",
       .sentence =
           "Packs the thousands of files of a scan into one archive beside their folder, which velocal-flux reads\n"
           "in their stead (folder: in the descriptor) and unzip unpacks. The files are left alone.",
       .examples = {"velocal-pack datasets/N037.yaml", "velocal-pack datasets/N037.yaml --scan warm --dry-run"},
       .options = {},
       .plan = velocal::plan_pack,
       .run = velocal::run_pack},
      argc, argv);
}
