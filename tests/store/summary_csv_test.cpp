// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/tables/summary_csv.hpp"

#include <catch2/catch.hpp>

#include "store/samples.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"

using namespace velocal;
using namespace velocal::test;

TEST_CASE("summary.csv has one row a quantity, numbers that read back exactly, and nan where undefined") {
  const TemporaryFolder folder;
  Calibration calibration = sample_calibration();
  calibration.asic_good.target = {-undefined, undefined};  // a NaN has a sign, which nobody wants to read
  write_summary(folder.path() / "summary.csv", calibration);
  CHECK(read_text(folder.path() / "summary.csv") ==
        "quantity,value,error,unit\n"
        "good_pixels,1,,pixels\n"
        "bad_pixels,2,,pixels\n"
        "not_found_pixels,3,,pixels\n"
        "cut_pixels,4,,pixels\n"
        "masked_pixels,5,,pixels\n"
        "outside_pixels,6,,pixels\n"
        "target_pixels,12345,,pixels\n"
        "target_mean,122.79485186042018,0.30000000000000004,DAC\n"
        "target_std,7.6164944763200015,,DAC\n"
        "K_pixels,12344,,pixels\n"
        "K_mean,13.071744817886788,0.004986528746856968,e-/DAC\n"
        "K_std,0.8207953554619438,,e-/DAC\n"
        "target_ASIC,123.5,5.5,DAC\n"
        "K_ASIC,12.9,0.7,e-/DAC\n"
        "f_ASIC,40,0.1,\n"
        "A_ASIC,40.333333333333336,0.2,DAC hits/s\n"
        "s_ASIC,42,1e-300,DAC\n"
        "chi2_ASIC,141.25,,\n"
        "ndf_ASIC,117,,\n"
        "target_ASICgood,nan,nan,DAC\n"
        "K_ASICgood,nan,nan,e-/DAC\n"
        "chi2_ASICgood,nan,,\n"
        "ndf_ASICgood,0,,\n"
        "residual_largest,0.005,0.001,hits/s\n"
        "residual_offset,2,,DAC\n"
        "residual_share,0.024999999999999998,,\n"
        "residual_significance,5,,\n"
        "residual_chi2,37.111111111111114,,\n"
        "residual_bins,3,,\n");
}
