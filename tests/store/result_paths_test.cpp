// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/result_paths.hpp"

#include <catch2/catch.hpp>

#include "velocal/core/error.hpp"

using namespace velocal;

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
  CHECK(paths.recipe("1000") == "results/N037/warm/recipe_1000.csv");
  CHECK(paths.recipe_sums("1000") == "results/N037/warm/recipe_1000.sha256");
  CHECK(paths.gain() == "results/N037/gain.h5");
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
  CHECK(paths.recipe_trim("1000") == "results/N037/cold/even/recipe_1000_trim.csv");
  CHECK(paths.gain() == "results/N037/gain_even.h5");
  CHECK(paths.collection() == "results/results_collection.csv");
}

TEST_CASE("a group that there is not has no folder") {
  CHECK_THROWS_AS(ResultPaths(dataset_in("results"), "warm", static_cast<PixelGroup>(9)), UsageError);
}
