// SPDX-License-Identifier: GPL-3.0-or-later
// velocal-plot on two simulated scans: what it refuses, keeps and says.
#include <catch2/catch.hpp>

#include "support/files.hpp"
#include "two_scans.hpp"
#include "velocal/store/flux_file.hpp"

namespace velocal::test {

namespace fs = std::filesystem;
using Catch::Matchers::Contains;

TEST_CASE("what is not there is told with what there is, before anything is drawn") {
  const TwoScans scans({"simulate", "flux", "fit"});
  const auto plot = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin() + 1, "two.yaml");
    return scans.plot(arguments);
  };
  expect_error(plot({"heatmap", "--param", "s2"}), 2,
               "two/warm, model F1_0, has no parameter \"s2\" (there are f, A, s, E0, chi2_ndf, flux)");
  expect_error(plot({"heatmap", "--param", "chi2_nfd"}), 2, "Did you mean \"chi2_ndf\"?");
  expect_error(plot({"distribution", "--param", "status"}), 2, "the status has no distribution");
  expect_error(
      plot({"heatmap", "--param", "K"}), 4,
      "no matrices for two/warm (results/two/warm/matrices.h5). Run velocal-matrices two.yaml --scan warm first");
  expect_error(plot({"quality"}), 4, "no matrices for two/warm");
  expect_error(plot({"collection", "--group", "even"}), 4,
               "Run velocal-matrices two.yaml --group even --scan warm first");
  expect_error(plot({"flux", "--pixel", "256,0"}), 2, "--pixel: must be ROW,COLUMN, both from 0 to 255, got \"256,0\"");
  for (const char* text : {"-1,5", "5", "1,2,3", "a,b", "", "1.5,2"}) {
    CHECK(plot({"flux", std::string("--pixel=") + text}).status == 2);
  }
  for (const char* text : {"5,5,0", "5,5", "5,5,-1", "300,5,3", "5,5,nan"}) {
    CHECK(plot({"flux", std::string("--area=") + text}).status == 2);
  }
  const FluxCube cube = read_flux(scans.results() / "two/warm/flux.h5", warm_of("two")).value;
  REQUIRE(cube.mask(0, 0) == 1);
  expect_error(plot({"flux", "--pixel", "0,0"}), 4,
               "two/warm has no flux of pixel 0,0 (it is masked). The nearest live pixel is ");
  expect_error(plot({"flux", "--pixel", "1,1", "--pixel", "0,0"}), 4, "is masked");
  expect_error(plot({"heatmep"}), 2,
               "unknown kind of picture \"heatmep\" (there are heatmap, distribution, flux, "
               "quality, recipe, collection, residuals, summary, detector, all). Did you mean \"heatmap\"?");
  expect_error(plot({"summary", "--param", "gian"}), 2,
               "there is no summary of \"gian\" (there are gain, pixels, energy)");
  expect_error(plot({"heatmap", "--qq"}), 2, "--qq does not go with heatmap. It goes with distribution, collection");
  expect_error(plot({"heatmap", "--palette", "jet"}), 2, "there are viridis, cividis");
  expect_error(plot({"flux", "--format", "gif"}), 2, "there are png, pdf, svg");
  expect_error(plot({"distribution", "--discrepancy", "good"}), 2, "there are asic, asic-good");
  expect_error(scans.plot({}), 2, "no KIND given");
  expect_error(scans.plot({"heatmap"}), 2, "no dataset descriptor given");
  expect_error(scans.plot({"heatmap", "two.yaml", "variant.yaml"}), 2, "2 descriptors given");
  expect_error(scans.plot({"heatmap", "variant.yaml"}), 4, "Run velocal-fit variant.yaml --scan warm first");
  CHECK_FALSE(fs::exists(scans.results() / "two/warm/plots"));
}

TEST_CASE("pictures that exist are kept without --force, and a dry run names them only") {
  if (!gnuplot_is_there()) return;
  const TwoScans scans;
  const std::vector<std::string> wanted{"quality", "two.yaml", "--scan", "warm"};
  const auto with = [&](const char* more) {
    std::vector<std::string> arguments = wanted;
    arguments.emplace_back(more);
    return scans.plot(arguments);
  };
  const fs::path picture = scans.results() / "two/warm/plots/quality.png";
  CHECK_THAT(with("--dry-run").out, Contains("reads          results/two/warm/flux.h5") &&
                                        Contains("results/two/warm/matrices.h5") &&
                                        Contains("writes         results/two/warm/plots/quality.png"));
  CHECK_FALSE(fs::exists(picture));
  CHECK(with("-q").status == 0);
  const std::string before = read_text(picture);
  expect_error(with("-q"), 5, "results/two/warm/plots/quality.png exists. Use --force to overwrite");
  CHECK(read_text(picture) == before);
  CHECK(with("--force").status == 0);
  CHECK(read_text(picture) == before);  // the same results make the same bytes
}

TEST_CASE("a fit that is older than its flux is not drawn over it") {
  const TwoScans scans;
  scans.make("simulate", {"two.yaml", "--seed", "2", "--force"});
  scans.make("flux", {"two.yaml", "--force"});
  expect_error(scans.plot({"flux", "two.yaml", "--asic-all"}), 4,
               "fit.h5 was not made of this results/two/warm/flux.h5 (that was made anew since). Run velocal-fit "
               "two.yaml --scan warm --force first");
}

TEST_CASE("without gnuplot the package is named, and nothing is written") {
  const TwoScans scans;
  const Outcome outcome = scans.plot({"quality", "two.yaml"}, {.environment = {{"PATH", "/nowhere"}}});
  expect_error(outcome, 5, "cannot run gnuplot (No such file or directory). Install Debian's gnuplot-nox");
  CHECK_FALSE(fs::exists(scans.results() / "two/warm/plots"));
}

TEST_CASE("the help begins with examples and lists the kinds") {
  const Outcome outcome = run("velocal-plot", {"--help"});
  CHECK(outcome.status == 0);
  const auto examples = outcome.out.find("Examples:"), kinds = outcome.out.find("KIND:"),
             options = outcome.out.find("Options:");
  CHECK(examples < kinds);
  CHECK(kinds < options);
  CHECK(options != std::string::npos);
  CHECK_THAT(outcome.out, Contains("Usage: velocal-plot KIND DATASET.yaml [options]"));
}

}  // namespace velocal::test
