// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/group_options.hpp"
#include "shell/program.hpp"
#include "stages/recipe_stage.hpp"

int main(int argc, char** argv) {
  velocal::RecipeStage stage;
  auto options = velocal::group_options();
  options.push_back(stage.charge_option());
  return velocal::run_program(
      {.name = "velocal-recipe",
       .sentence =
           "Says at which global threshold the mean pixel fires at a charge, how far the pixels are off there,\n"
           "and which trims would equalise them (where velocal-baseline has measured the noise).",
       .examples = {"velocal-recipe datasets/N037.yaml --charge 1000",
                    "velocal-recipe datasets/N037.yaml --charge 1000 --scan cold --json"},
       .options = options,
       .plan = [&](const auto& session, const auto& scan) { return stage.plan(session, scan); },
       .run = [&](const auto& session, const auto& scan) { return stage.run(session, scan); }},
      argc, argv);
}
