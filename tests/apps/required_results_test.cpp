// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/required_results.hpp"

#include <catch2/catch.hpp>

#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"
#include "velocal/store/result_paths.hpp"

namespace velocal::test {

TEST_CASE("a missing file of the stage before names its group and the command that makes it") {
  const TemporaryFolder folder;
  Dataset dataset;
  dataset.name = "N037";
  dataset.results_root = folder.path();
  dataset.file = "datasets/N037.yaml";
  const std::string place = folder.path().string() + "/N037/warm/";
  CHECK_THROWS_WITH(require_flux(dataset, "warm"),
                    "no flux for N037/warm (" + place + "flux.h5). Run velocal-flux datasets/N037.yaml first");
  CHECK_THROWS_WITH(require_fit(dataset, "warm", PixelGroup::rows),
                    "no fit for N037/warm, group rows (" + place +
                        "rows/fit.h5). Run velocal-fit datasets/N037.yaml --group rows first");
  CHECK_THROWS_AS(require_matrices(dataset, "warm", PixelGroup::rows), InputError);
  const auto fit = ResultPaths(dataset, "warm", PixelGroup::rows).fit();
  write_text(fit, "there");
  CHECK(require_fit(dataset, "warm", PixelGroup::rows) == fit);
}

}  // namespace velocal::test
