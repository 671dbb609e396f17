// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/figure/picture_format.hpp"

#include <catch2/catch.hpp>

#include "velocal/core/error.hpp"

using namespace velocal;

TEST_CASE("formats have names") {
  for (const char* name : {"png", "pdf", "svg"}) CHECK(format_name(parse_format(name)) == name);
  CHECK_THROWS_WITH(parse_format("jpeg"), "unknown format \"jpeg\" (there are png, pdf, svg)");
  CHECK_THROWS_AS(parse_format(""), UsageError);
}
