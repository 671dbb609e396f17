// SPDX-License-Identifier: GPL-3.0-or-later
// Files in tests/store/older/, which earlier versions of velocal made of drawn scans: what they printed of them then is
// what they give now.
#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "support/source_tree.hpp"
#include "velocal/store/detector_file.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/gain_file.hpp"
#include "velocal/store/matrices_file.hpp"
#include "velocal/store/measured_baseline_file.hpp"
#include "velocal/store/truth_file.hpp"

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

TEST_CASE("a truth of the very first version stays readable, and gives the numbers that were drawn") {
  const Truth truth = read_truth(older / "truth.h5", drawn).value;
  CHECK(truth.seed == 7);
  CHECK(truth.background == 2e-6);
  CHECK_FALSE(truth.physics);
  CHECK(std::ranges::count(truth.mask, 1) == 65500);
  CHECK(truth.mask(20, 170) == 0);
  CHECK(truth.amplitude(20, 170) == 4.9447236388632);  // what the spot of light gives there
  CHECK(std::accumulate(truth.amplitude.begin(), truth.amplitude.end(), 0.0) ==
        Approx(221.41611241522992).epsilon(last_digit));
  const auto all_are = [](const PixelMatrix<double>& values, double value) {
    return std::ranges::count(values, value) == 65536;
  };
  CHECK(all_are(truth.shelf, 4e-4));
  CHECK(all_are(truth.width, 4.5));
  CHECK(all_are(truth.line, 1549.0));
  CHECK(all_are(truth.target, 124.0));
  CHECK(std::ranges::count(truth.baseline.mean, 1425.0) == 65536 - 5);
  CHECK(std::ranges::count(truth.baseline.mean, 0.0) == 5);  // hidden from the analysis
  CHECK(all_are(truth.baseline.width, 5.5));
  CHECK(truth.baseline.added == 0.0);
}

TEST_CASE("files of all scans and chips of version 0.1.0 of November 2026 stay readable, too") {
  Provenance expected = drawn;
  expected.scan = "gain";
  const SourceGain gain = read_gain(older / "gain.h5", expected).value;
  CHECK(gain.gain_means.mean == 12.81519140364921);
  CHECK(gain.asic.gain.value == 13.030150629858154);
  CHECK(gain.asic.offset.error == 0.3266835395364828);
  CHECK(gain.count(GainStatus::one_line) == 216);

  expected.dataset = "many";
  const DetectorTable table = read_detector(older / "detector.h5", expected).value.table;
  CHECK(table.chips() == 2);
  CHECK(table.row(0, 0).values[0].value == 12.903826675183371);
  CHECK(table.row(0, 1).state == ChipState::missing);
  CHECK(table.row(1, 1).state == ChipState::skipped);

  const MeasuredBaseline baseline = read_measured_baseline(older / "baseline.h5", "Module0_VP3-1").value;
  const auto& hits = baseline.trim0.noise.hits;
  CHECK(std::accumulate(hits.begin(), hits.end(), std::size_t{0}) == 822525);
  CHECK(baseline.trimF.noise.count(NoiseStatus::good) + baseline.trimF.noise.count(NoiseStatus::saturated) == 8192);
}
