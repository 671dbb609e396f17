// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/group_options.hpp"
#include "shell/program.hpp"
#include "stages/compare_stage.hpp"
#include "stages/matrices_stage.hpp"

int main(int argc, char** argv) {
  auto options = velocal::group_options();
  options.push_back(velocal::compare_option());
  return velocal::run_program(
      {.name = "velocal-matrices",
       .sentence = "Makes the matrices of target and gain K from the fits, and a row of the results collection.",
       .examples = {"velocal-matrices datasets/N037.yaml", "velocal-matrices datasets/N037.yaml --group even",
                    "velocal-matrices datasets/N037.yaml --json",
                    "velocal-matrices --compare datasets/N037.yaml datasets/N037-F1.yaml datasets/N037-baseline.yaml"},
       .options = options,
       .plan =
           [](const auto& session, const auto& scan) {
             return velocal::compares(session) ? velocal::plan_comparison(session, scan)
                                               : velocal::plan_matrices(session, scan);
           },
       .run =
           [](const auto& session, const auto& scan) {
             return velocal::compares(session) ? velocal::run_comparison(session, scan)
                                               : velocal::run_matrices(session, scan);
           }},
      argc, argv);
}
