// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/group_options.hpp"
#include "shell/program.hpp"
#include "stages/status_stage.hpp"

int main(int argc, char** argv) {
  auto options = velocal::group_options();
  options.push_back(velocal::verify_option());
  return velocal::run_program(
      {.name = "velocal-status",
       .sentence = "Says of each result whether it is up to date, missing, or stale and why, with the command that\n"
                   "makes it. Writes nothing.",
       .examples = {"velocal-status datasets/N037.yaml", "velocal-status datasets/N037.yaml --verify --json"},
       .options = options,
       .plan = velocal::plan_status,
       .run = velocal::run_status},
      argc, argv);
}
