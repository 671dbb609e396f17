// SPDX-License-Identifier: GPL-3.0-or-later
// Files in tests/store/older/, which the first version of velocal made of a drawn scan: what it printed of them then is
// what they give now.
#include <catch2/catch.hpp>
#include <numeric>

#include "support/source_tree.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/matrices_file.hpp"

using namespace velocal;

namespace {

const std::filesystem::path older = test::source_tree() / "tests/store/older";
const Provenance drawn{
    .dataset = "small", .scan = "iron", .group = "all", .descriptor = {}, .options = {}, .inputs_sha256 = {}};
constexpr double last_digit = 1e-14;  // of sums in another order

}  // namespace

TEST_CASE("files of the first version stay readable, and give the same numbers") {
  const FluxCube cube = read_flux(older / "flux.h5", drawn).value;
  CHECK(cube.threshold_count() == 14);
  CHECK(std::accumulate(cube.live_time_s.begin(), cube.live_time_s.end(), 0.0) == 10 * 260.0);  // where there was a hit
  CHECK(cube.counter == 0);
  const ScanFit fit = read_fit(older / "fit.h5", drawn).value;
  const StatusCounts counts = count_statuses(fit.pixels);
  CHECK(counts.good == 33);
  CHECK(counts.bad == 3);
  CHECK(counts.masked == 65500);
  CHECK(fit.asic.fit.parameter("E0").value == 1548.9406438709393);
  CHECK(fit.asic.fit.parameter("E0").error == 14.102685084129757);
  const Calibration calibration = read_matrices(older / "matrices.h5", drawn).value;
  CHECK(calibration.asic.gain.value == 12.924752719383328);
  double sum = 0.0;
  for (const double gain : calibration.gain.value) sum += std::isnan(gain) ? 0.0 : gain;
  CHECK(sum / 33 == Approx(12.922056581498339).epsilon(last_digit));
}
