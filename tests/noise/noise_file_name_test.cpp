// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/noise_file_name.hpp"

#include <catch2/catch.hpp>

#include "velocal/core/error.hpp"

using namespace velocal;
using Catch::Matchers::Contains;

TEST_CASE("the fields of a name are read from its end, and written again") {
  const std::string text = "Module1_VP0-0_ECS_Scan_Trim0_1360_2_55_1of1.dat";
  const NoiseFileName name = parse_noise_file_name(text);
  CHECK(name == NoiseFileName{"Module1_VP0-0", "Trim0", {1360, 2, 55}, 1, 1});
  CHECK(name.text() == text);
  CHECK(name.sweep.thresholds().size() == 55);
  CHECK(name.sweep.thresholds().front() == 1360);
  CHECK(name.sweep.thresholds().back() == 1252);
  CHECK(parse_noise_file_name("A_B_C_D_ECS_Scan_Control_10_1_11_3of16.dat") ==
        NoiseFileName{"A_B_C_D", "Control", {10, 1, 11}, 3, 16});
}

TEST_CASE("a name with a wrong field is refused, and the field named") {
  const auto expect = [](const std::string& name, const std::string& reason) {
    CAPTURE(name);
    CHECK_THROWS_AS(parse_noise_file_name(name), InputError);
    CHECK_THROWS_WITH(parse_noise_file_name(name),
                      Contains(name + " is no name of a noise scan (" + reason + "). Names are"));
  };
  expect("M_V_ECS_Scan_Trim0_1360_2_55_1of1.csv", "it does not end in .dat");
  expect("M_V_ECS_Scan_Trim0_1360_2_55_1.dat", "its last field is \"1\", not <i>of<n>");
  expect("M_V_ECS_Scan_Trim0_1360_2_55_3of2.dat", "its masking pattern is \"3\", not a number from 1 to 2");
  expect("M_V_ECS_Scan_Trim0_1360_2_x_1of1.dat", "its number of thresholds is \"x\", not a number from 1 to 65536");
  expect("M_V_ECS_Scan_Trim0_1360_2_055_1of1.dat", "its number of thresholds is \"055\", not a number from 1 to 65536");
  expect("M_V_ECS_Scan_Trim0_1360_0_55_1of1.dat", "its step is \"0\", not a number from 1 to 65535");
  expect("M_V_ECS_Scan_Trim0_99999_2_55_1of1.dat", "its highest threshold is \"99999\", not a number from 0 to 65535");
  expect("M_V_Trim0_1360_2_55_1of1.dat", "it lacks _ECS_Scan before the trim");
  expect("_ECS_Scan_Trim0_1360_2_55_1of1.dat", "its trim or its chip is missing");
  expect("M_V_ECS_Scan_Trim0_100_2_55_1of1.dat", "55 thresholds in steps of 2 from 100 down go below 0");
  expect("1of1.dat", "it has no masking pattern");
}
