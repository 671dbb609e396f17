// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/start_values.hpp"

#include <catch2/catch.hpp>

#include "velocal/core/error.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::start_values_test {

TEST_CASE("start values come in the model's order, whatever the descriptor's") {
  const FluxModel& model = ModelRegistry::instance().get("F1_0");
  const NamedValues values{{"E0", 1551.0}, {"s", 12.0}, {"A", 8.0}, {"f", 0.0009}};
  CHECK(start_values(values, model) == std::vector{0.0009, 8.0, 12.0, 1551.0});
}

TEST_CASE("a start value too few or too many is refused, naming it and the model's parameters") {
  const FluxModel& model = ModelRegistry::instance().get("F2s_0");
  const std::string rest =
      " (the parameters of F2s_0 are f, A, s, s2, E0). Name start values for these in the descriptor, or set start: "
      "auto";
  CHECK_THROWS_AS(start_values({}, model), UsageError);
  CHECK_THROWS_WITH(start_values({{"f", 1.0}, {"A", 1.0}, {"s", 1.0}, {"E0", 1.0}, {"s", 2.0}}, model),
                    Catch::StartsWith("two start values for s"));
  CHECK_THROWS_WITH(start_values({{"f", 1.0}, {"A", 1.0}, {"s", 1.0}, {"E0", 1.0}}, model),
                    "no start value for s2 of model F2s_0" + rest);
  CHECK_THROWS_WITH(start_values({{"f", 1.0}, {"A", 1.0}, {"s", 1.0}, {"s2", 1.0}, {"E0", 1.0}, {"B", 1.0}}, model),
                    "start value for B, which model F2s_0 does not have" + rest);
}

}  // namespace velocal::start_values_test
