// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/near_miss.hpp"

#include <array>
#include <catch2/catch.hpp>

using namespace velocal;

TEST_CASE("a typing mistake or two suggest the word meant, more do not") {
  constexpr std::array<std::string_view, 4> known{"thresholds", "shutter", "folder", "fit"};
  CHECK(did_you_mean("tresholds", known) == "Did you mean \"thresholds\"?");
  CHECK(did_you_mean("threshlods", known) == "Did you mean \"thresholds\"?");
  CHECK(did_you_mean("Shutter", known) == "Did you mean \"shutter\"?");
  CHECK(did_you_mean("foldre", known) == "Did you mean \"folder\"?");
  CHECK(did_you_mean("acquisitions", known).empty());
  CHECK(did_you_mean("x", known).empty());
  CHECK(did_you_mean("", known).empty());
  CHECK(did_you_mean("folder", {}).empty());
}

TEST_CASE("the beginning of one word alone suggests it") {
  constexpr std::array<std::string_view, 4> known{"--separation", "--seed", "--scan", "--threads"};
  CHECK(did_you_mean("--sep", known) == "Did you mean \"--separation\"?");
  CHECK(did_you_mean("--thr", known) == "Did you mean \"--threads\"?");
  CHECK(did_you_mean("--s", known).empty());
  CHECK(did_you_mean("--", known).empty());
}
