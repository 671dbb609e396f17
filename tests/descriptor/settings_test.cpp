// SPDX-License-Identifier: GPL-3.0-or-later
// The plain values: shutter times, ranges, words of settings, scans by label.
#include <catch2/catch.hpp>

#include "velocal/core/error.hpp"
#include "velocal/descriptor/dataset.hpp"

using namespace velocal;

TEST_CASE("a shutter time is read as the file names write it") {
  CHECK(parse_shutter("2s621ms").seconds == 2.621);
  CHECK(parse_shutter("2s621ms").text == "2s621ms");
  CHECK(parse_shutter("32s760ms").seconds == 32.76);
  CHECK(parse_shutter("0s5ms").seconds == 0.005);
  CHECK(parse_shutter("5s").seconds == 5);
  CHECK(parse_shutter("300ms").seconds == 0.3);
  CHECK(parse_shutter("20us").seconds == 2e-5);
}

TEST_CASE("what is no shutter time is refused") {
  for (const char* text : {"", "s", "2", "2.6s", "2s 6ms", "-1s", "+1s", "0s", "0us", "2ms3s", "1s2us", "1us2us",
                           "2s621msx", " 2s", "9999999999s"}) {
    INFO(text);
    CHECK_THROWS_AS(parse_shutter(text), UsageError);
  }
}

TEST_CASE("thresholds end where the step meets `to`, or below it") {
  CHECK(ThresholdRange{1480, 1486, 2}.values() == std::vector<int>{1480, 1482, 1484, 1486});
  CHECK(ThresholdRange{1480, 1487, 3}.values() == std::vector<int>{1480, 1483, 1486});
  CHECK(ThresholdRange{1480, 1480, 5}.values() == std::vector<int>{1480});
  CHECK(ThresholdRange{1480, 1600, 1}.count() == 121);
}

TEMPLATE_TEST_CASE("every word of a setting names its value", "", Covariance, StartValues, BaselineMode,
                   SeparationPattern) {
  const auto words = setting_words<TestType>();
  CHECK(words.size() >= 2);
  for (std::size_t i = 0; i < words.size(); ++i) CHECK(to_string(static_cast<TestType>(i)) == words[i]);
}

TEST_CASE("words are read, and unknown ones refused with the list") {
  CHECK(parse_word<Covariance>("absolute") == Covariance::absolute);
  CHECK(parse_word<StartValues>("auto") == StartValues::automatic);
  CHECK(parse_word<BaselineMode>("aligned") == BaselineMode::aligned);
  CHECK(parse_word<SeparationPattern>("column-pairs") == SeparationPattern::column_pairs);
  CHECK_THROWS_AS(parse_word<Covariance>("poison"), UsageError);
  CHECK_THROWS_WITH(parse_word<BaselineMode>("never"),
                    "unknown baseline mode \"never\" (there are after, before, aligned)");
}

TEST_CASE("a scan is found by its label, and a wrong label answered with those there are") {
  Dataset dataset;
  dataset.name = "N037";
  dataset.scans.resize(2);
  dataset.scans[0].label = "warm";
  dataset.scans[1].label = "cold";
  CHECK(&dataset.scan("cold") == &dataset.scans[1]);
  CHECK_THROWS_WITH(dataset.scan("hot"), "N037 has no scan \"hot\" (it has warm, cold)");
}
