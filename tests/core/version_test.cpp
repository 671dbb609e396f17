// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/version.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace velocal;

TEST_CASE("the version has three numbers, and the commit is named or said to be unknown") {
  CHECK_THAT(std::string(version()), Catch::Matches("[0-9]+\\.[0-9]+\\.[0-9]+"));
  CHECK_THAT(std::string(git_hash()), Catch::Matches("[0-9a-f]+(-dirty)?|unknown"));
}
