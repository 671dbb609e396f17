// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/acquisition_name.hpp"

#include <catch2/catch.hpp>

#include "velocal/core/error.hpp"
#include "velocal/scan/file_naming.hpp"

using namespace velocal;

TEST_CASE("the name of a file of counts tells what it holds, with zeros before the numbers and compressed, too") {
  for (const std::string& name : {acquisition_file_name("Module0_VP3-1", "2s600ms", 1480, 7),
                                  std::string("Module0_VP3-1_ECS_data_ST_2s600ms_THR_001480_007.csv"),
                                  std::string("Module0_VP3-1_ECS_data_ST_2s600ms_THR_1480_7.csv.gz"),
                                  std::string("Module0_VP3-1_ECS_data_ST_2s600ms_THR_01480_7.csv.zst")}) {
    const auto found = parse_acquisition_name(name);
    REQUIRE(found);
    CHECK(found->asic == "Module0_VP3-1");
    CHECK(found->shutter == "2s600ms");
    CHECK(found->threshold == 1480);
    CHECK(found->acquisition == 7);
    CHECK(is_compressed(name) == (name.find(".csv.") != std::string::npos));
  }
  for (const std::string name : {"", "notes.txt", "Module0_VP3-1_Matrix_Mask.csv", "M_ECS_data_ST_1s_THR_1480.csv",
                                 "M_ECS_data_ST_1s_THR_1480_.csv", "M_ECS_data_ST_1s_THR_-1_0.csv",
                                 "M_ECS_data_ST_1s_THR_1480_0.csv.bz2", "M_ECS_data_ST_1s_THR_1480_0 .csv",
                                 "M_ECS_data_ST_1s_THR_1480_9999999999.csv", "_ECS_data_ST_1s_THR_1480_0.csv"}) {
    CAPTURE(name);
    CHECK_FALSE(parse_acquisition_name(name));
  }
}

TEST_CASE("an acquisition has one file, and those of other chips and shutters are counted") {
  AcquisitionNames names("M", "1s");
  names.add("M_ECS_data_ST_1s_THR_1480_0.csv");
  names.add("M_ECS_data_ST_1s_THR_01490_000.csv.gz");
  names.add("M_Matrix_Mask.csv");
  CHECK(names.others().empty());
  for (const int number : {0, 1, 2}) names.add(acquisition_file_name("M", "2s", 1480, number));
  names.add(acquisition_file_name("N", "1s", 1480, 0));
  REQUIRE(names.find(1490, 0) != nullptr);
  CHECK(*names.find(1490, 0) == "M_ECS_data_ST_1s_THR_01490_000.csv.gz");
  CHECK(names.find(1480, 1) == nullptr);
  CHECK(names.others() == "3 files with M and ST_2s, 1 files with N and ST_1s");
  CHECK_THROWS_WITH(names.add("M_ECS_data_ST_1s_THR_1490_0.csv"),
                    "acquisition 0 of threshold 1490 is there twice (as M_ECS_data_ST_1s_THR_01490_000.csv.gz and as "
                    "M_ECS_data_ST_1s_THR_1490_0.csv). Leave one of them in its place");
}
