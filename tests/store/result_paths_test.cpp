// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/result_paths.hpp"

#include <catch2/catch.hpp>

#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using namespace velocal::test;

namespace {

Dataset dataset_in(const std::filesystem::path& results) {
  Dataset dataset;
  dataset.name = "N037";
  dataset.results_root = results;
  dataset.file = "datasets/N037.yaml";
  return dataset;
}

}  // namespace

TEST_CASE("results of all pixels are in the folder of the scan") {
  const ResultPaths paths(dataset_in("results"), "warm");
  CHECK(paths.flux() == "results/N037/warm/flux.h5");
  CHECK(paths.truth() == "results/N037/warm/truth.h5");
  CHECK(paths.fit() == "results/N037/warm/fit.h5");
  CHECK(paths.matrices() == "results/N037/warm/matrices.h5");
  CHECK(paths.summary() == "results/N037/warm/summary.csv");
  CHECK(paths.plots() == "results/N037/warm/plots");
  CHECK(paths.collection() == "results/results_collection.csv");
}

TEST_CASE("results of a group have their own folder - flux and truth are those of the scan") {
  const ResultPaths paths(dataset_in("results"), "cold", PixelGroup::even);
  CHECK(paths.flux() == "results/N037/cold/flux.h5");
  CHECK(paths.truth() == "results/N037/cold/truth.h5");
  CHECK(paths.fit() == "results/N037/cold/even/fit.h5");
  CHECK(paths.matrices() == "results/N037/cold/even/matrices.h5");
  CHECK(paths.summary() == "results/N037/cold/even/summary.csv");
  CHECK(paths.plots() == "results/N037/cold/even/plots");
  CHECK(paths.collection() == "results/results_collection.csv");
}

TEST_CASE("a missing file of the stage before names the command that makes it") {
  const TemporaryFolder folder;
  const ResultPaths paths(dataset_in(folder.path()), "warm", PixelGroup::rows);
  const std::string place = folder.path().string() + "/N037/warm/";
  CHECK_THROWS_WITH(paths.require_flux(),
                    "no flux for N037/warm (" + place + "flux.h5). Run velocal-flux datasets/N037.yaml first");
  CHECK_THROWS_WITH(paths.require_fit(), "no fit for N037/warm (" + place +
                                             "rows/fit.h5). Run velocal-fit datasets/N037.yaml --group rows first");
  CHECK_THROWS_AS(paths.require_matrices(), InputError);
  write_text(paths.fit(), "there");
  CHECK(paths.require_fit() == paths.fit());
}
