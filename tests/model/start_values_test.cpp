// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "support/model_formulas.hpp"
#include "velocal/model/model_registry.hpp"

using namespace velocal;

TEST_CASE("start values from a curve's shape lie in the domain and give that shape") {
  // A step of 0.4 hits/s at 1548, of width 5, on a shelf that falls by 0.003 hits/s a DAC.
  const LineShape shape{1548.0, 5.0, 0.4, 0.003};
  const auto& typical = GENERATE(from_range(test::typical_parameters()));
  CAPTURE(typical.model);
  const FluxModel& model = ModelRegistry::instance().get(typical.model);
  std::vector<double> start(typical.names.size());
  model.start_values(shape, start);
  for (std::size_t k = 0; k < start.size(); ++k) {
    CAPTURE(typical.names[k], start[k]);
    CHECK(start[k] > model.parameters()[k].lower);
    CHECK(start[k] < model.parameters()[k].upper);
  }
  CHECK(start[model.index_of("E0")] == 1548.0);

  // Six widths below the line the step is full and the shelf straight (timepix has none).
  const std::vector threshold{1508.0, 1518.0};
  std::vector<double> flux(2);
  model.flux(start, threshold, flux);
  const bool has_shelf = typical.model != "timepix";
  CHECK((flux[0] - flux[1]) / 10.0 == Approx(has_shelf ? 0.003 : 0.0).margin(1e-9).epsilon(0.01));
  CHECK(flux[1] == Approx(0.4 + (has_shelf ? 30.0 * 0.003 : 0.0)).epsilon(0.01));
}
