// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/group_options.hpp"
#include "shell/program.hpp"
#include "stages/flux_stage.hpp"
#include "stages/status_stage.hpp"

int main(int argc, char** argv) {
  auto options = velocal::group_options_without_effect();
  options.push_back(velocal::from_csv_option());
  options.push_back(velocal::keep_going_option());
  options.push_back(velocal::verify_option(
      "read the files of counts, too: else only names and sizes are compared (of .csv.gz and .csv.zst names)"));
  return velocal::run_program(
      {.name = "velocal-flux",
       .sentence = "Sums the acquisitions of threshold scans into the flux of each pixel at each threshold.",
       .examples = {"velocal-flux datasets/N037.yaml", "velocal-flux datasets/N037.yaml --scan warm --threads 4",
                    "velocal-flux datasets/N037.yaml --data /data/N037 --results /scratch/results --dry-run",
                    "velocal-flux datasets/N037.yaml --scan warm --from-csv /old/results"},
       .options = options,
       .plan = velocal::plan_flux,
       .run = velocal::run_flux},
      argc, argv);
}
