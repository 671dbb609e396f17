// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/named_settings.hpp"

#include <catch2/catch.hpp>

#include "velocal/core/error.hpp"

namespace velocal::named_settings_test {

TEST_CASE("a range as a text may leave out one of its ends") {
  const auto [text, from, to] = GENERATE(table<std::string, int, int>(
      {{"1500..1580", 1500, 1580}, {"1500..", 1500, FitRange{}.to}, {"..1580", 0, 1580}, {"1500..1500", 1500, 1500}}));
  FitSettings settings;
  set_named(settings, "range", text);
  REQUIRE(settings.range);
  CHECK(settings.range->from == from);
  CHECK(settings.range->to == to);
}

TEST_CASE("what is no range is refused, and none is all thresholds") {
  FitSettings settings;
  const std::string text = GENERATE("..", "1500", "1580..1500", "-1..1500", "1500..70000", "a..b", "1500...1580");
  CHECK_THROWS_AS(set_named(settings, "range", text), UsageError);
  set_named(settings, "range", "");
  CHECK_FALSE(settings.range);
}

}  // namespace velocal::named_settings_test
