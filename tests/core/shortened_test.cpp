// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/shortened.hpp"

#include <catch2/catch.hpp>

using namespace velocal;

TEST_CASE("a long text is cut in its middle, between characters") {
  CHECK(shortened("short") == "short");
  CHECK(shortened("0123456789", 9) == "012345 ... 789");
  CHECK(shortened("01234ü6789", 9) == "01234 ... 789");
  CHECK(shortened(std::string(400'000, 'x')).size() == 1004);
}
