// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of chips, and which of them stand out.
#include "velocal/calibration/detector.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "velocal/core/error.hpp"

using namespace velocal;

namespace {

/// A table of one scan whose chips have these mean gains, each with that error.
DetectorTable table_of(const std::vector<double>& gains, double error) {
  DetectorTable table{{"warm"}, {}};
  for (const double gain : gains) {
    ChipRow row{.asic = "Module0_VP0-0", .label = "warm", .state = ChipState::done};
    row.values[gain_mean_quantity] = {gain, error};
    table.rows.push_back(row);
  }
  return table;
}

}  // namespace

TEST_CASE("median and scatter are not moved by a value far away") {
  const std::vector<double> values{1.0, 2.0, 3.0, 4.0, 1e6};
  const RobustScatter all = robust_scatter(values);
  CHECK(all.median == 3.0);
  CHECK(all.scatter == Approx(2.2219 * 5.0 / 6.4));  // of ten distances the third smallest, 1
  CHECK(std::isnan(robust_scatter({}).median));
  CHECK(std::isnan(robust_scatter(std::vector<double>{1.0}).scatter));
}

TEST_CASE("a chip is an outlier beyond the limit, its error and what is taken for equal") {
  const std::vector<double> usual{13.0, 13.02, 12.98, 13.01, 12.99, 13.03, 12.97};
  auto with = [&](double gain) {
    auto gains = usual;
    gains.push_back(gain);
    return gains;
  };
  // of eight values: 2.2219 * 8 / 11.8 times the tenth smallest distance, 0.02; five times that is 0.15. Within 1 % of
  // the median, 0.13, nothing stands out
  CHECK(find_outliers(table_of(with(13.15), 0.001)).empty());
  CHECK(find_outliers(table_of(with(13.5), 0.1)).empty());
  const auto found = find_outliers(table_of(with(13.5), 0.001));
  REQUIRE(found.size() == 1);
  CHECK(found.front().row == 7);
  CHECK(found.front().quantity == gain_mean_quantity);
  CHECK(found.front().median == Approx(13.005));
  CHECK(found.front().distance > 10.0);
  std::vector<double> alike(8, 13.0);
  alike.back() = 13.1;  // the others have no scatter at all
  CHECK(find_outliers(table_of(alike, 0.0)).empty());
  CHECK(find_outliers(table_of({13.0, 13.01, 13.0, 13.01, 20.0}, 0.001)).empty());  // five tell nothing
}

TEST_CASE("of 18 chips that scatter by 1.6 %, one that is 10 % off is found mostly, and hardly any other") {
  std::mt19937_64 generator(18);
  std::normal_distribution<double> gain(13.0, 0.016 * 13.0);
  constexpr int samples = 2000;
  int found = 0, others = 0;
  for (int i = 0; i < samples; ++i) {
    std::vector<double> gains(18);
    std::ranges::generate(gains, [&] { return gain(generator); });
    others += !find_outliers(table_of(gains, 0.001)).empty();
    gains.back() = 0.9 * 13.0;
    for (const ChipOutlier& outlier : find_outliers(table_of(gains, 0.001))) found += outlier.row == 17;
  }
  CHECK(found > samples * 60 / 100);
  CHECK(others < samples * 5 / 1000);
}

TEST_CASE("a chip without a value is no outlier") {
  CHECK(find_outliers(table_of({13.0, 13.02, 12.98, 13.01, undefined}, 0.001)).empty());
}

TEST_CASE("a scan is compared with its reference") {
  ChipValues reference{}, values{};
  reference[gain_mean_quantity] = {13.0, 0.03};
  values[gain_mean_quantity] = {12.5, 0.04};
  compare_with_reference(values, reference, 17);
  CHECK(values[gain_difference_quantity].value == Approx(-0.5));
  CHECK(values[gain_difference_quantity].error == Approx(0.05));
  CHECK(values[changed_pixels_quantity].value == 17.0);
  PixelMatrix<std::int8_t> a(1), b(1);
  b[3] = b[70] = 0;
  CHECK(changed_pixels(a, b) == 2);
}

TEST_CASE("quantities are found by their names") {
  CHECK(chip_quantities[chip_quantity_index("good_share")].name == "good_share");
  CHECK(chip_quantity_index("good_share") == good_share_quantity);
  CHECK(chip_quantity_index("K_difference") == gain_difference_quantity);
  CHECK(chip_quantity_index("changed_pixels") == changed_pixels_quantity);
  CHECK_THROWS_WITH(chip_quantity_index("K_maen"), Catch::Matchers::Contains("Did you mean \"K_mean\"?"));
}
