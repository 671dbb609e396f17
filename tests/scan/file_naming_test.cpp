// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/file_naming.hpp"

#include <catch2/catch.hpp>

using namespace velocal;

TEST_CASE("files are named as the data acquisition names them") {
  Dataset dataset;
  dataset.asic = "Module0_VP3-1";
  dataset.data_root = "data/N037";
  ScanSettings scan;
  scan.folder = "20230803_warmFe55";
  scan.shutter = {"2s621ms", 2.621};
  CHECK(acquisition_path(dataset, scan, 1480, 0) ==
        "data/N037/20230803_warmFe55/Module0_VP3-1_ECS_data_ST_2s621ms_THR_1480_0.csv");
  CHECK(acquisition_path(dataset, scan, 900, 99) ==
        "data/N037/20230803_warmFe55/Module0_VP3-1_ECS_data_ST_2s621ms_THR_900_99.csv");
  CHECK(mask_path(dataset, scan) == "data/N037/20230803_warmFe55/Module0_VP3-1_Matrix_Mask.csv");
  CHECK(baseline_path("data/N037/20230626_warm", dataset.asic) ==
        "data/N037/20230626_warm/Module0_VP3-1_TrimBest_Noise_Predict.csv");
  CHECK(baseline_width_path("data/N037/20230626_warm", dataset.asic) ==
        "data/N037/20230626_warm/Module0_VP3-1_Trim0_Noise_Width.csv");
}
