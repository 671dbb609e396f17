// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/physical_flux.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "support/diffusion_integral.hpp"
#include "support/simulated_dataset.hpp"
#include "velocal/simulate/draw_truth.hpp"

using namespace velocal;

TEST_CASE("each pixel has the flux of its own rate, noise, target and baseline, whatever the number of threads") {
  auto dataset = test::simulated_dataset("unused");
  auto& scan = dataset.scans[0];
  scan.source = {};
  scan.simulation->physics = {.sigma_um = 5.0, .rate = 0.7};
  const Truth truth = draw_truth(dataset, scan, 3);
  const auto threshold = scan.thresholds.values();
  constexpr std::uint64_t photons = 1'000'000;
  const auto flux = physical_flux(truth, threshold, 8, 1, photons);
  CHECK(flux == physical_flux(truth, threshold, 8, 3, photons));

  const test::DiffusionIntegral integral(truth.physics->lines, truth.physics->sensor, truth.physics->sigma_um);
  for (std::size_t pixel = 77; pixel < pixel_count; pixel += 9001) {
    std::vector<double> above;
    for (const int E : threshold) above.push_back(E - (truth.line[pixel] - truth.target[pixel]));
    const auto expected = integral(truth.width[pixel], truth.target[pixel], above);
    for (std::size_t t = 0; t < threshold.size(); ++t) {
      CAPTURE(pixel, threshold[t]);
      // F/R of 1e6 photons has an error of at most 4.5e-4; five of these.
      CHECK(flux[t * pixel_count + pixel] == Approx(truth.physics->rate[pixel] * expected[t]).margin(2.2e-3));
    }
  }
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (truth.mask[pixel] != 0) REQUIRE(flux[pixel] == 0.0f);
  }
}
