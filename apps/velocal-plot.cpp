// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/plot_options.hpp"
#include "plot/plot_stage.hpp"
#include "shell/program.hpp"

int main(int argc, char** argv) {
  velocal::PlotRequest request;
  velocal::PlotStage stage(request);
  return velocal::run_program(
      {.name = "velocal-plot",
       .sentence = "Draws pictures of a calibration.",
       .examples = {"velocal-plot quality datasets/N037.yaml",
                    "velocal-plot heatmap datasets/N037.yaml --param K --param status --scan warm",
                    "velocal-plot distribution datasets/N037.yaml --param target --discrepancy asic-good",
                    "velocal-plot flux datasets/N037.yaml --pixel 127,128 --pulls --format pdf --script",
                    "velocal-plot recipe datasets/N037.yaml --charge 1000",
                    "velocal-plot collection datasets/N037.yaml --qq",
                    "velocal-plot summary datasets/N037.yaml datasets/N037-F1.yaml datasets/N037-baseline.yaml",
                    "velocal-plot detector detector.yaml --quantity K_mean",
                    "velocal-plot all datasets/N037.yaml --output /tmp/pictures"},
       .options = velocal::plot_options(request),
       .plan = [&](const auto& session, const auto& scan) { return stage.plan(session, scan); },
       .run = [&](const auto& session, const auto& scan) { return stage.run(session, scan); },
       .word = velocal::plot_kind_word(request),
       .scans_together = [&](const auto&) { return stage.is_of_all_scans(); },
       .chips_together = [&](const auto&) { return stage.is_of_all_chips(); },
       .logged = false},
      argc, argv);
}
