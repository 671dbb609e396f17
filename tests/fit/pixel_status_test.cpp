// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/pixel_status.hpp"

#include <catch2/catch.hpp>
#include <map>

namespace velocal::pixel_status_test {

TEST_CASE("each reason stands for one status, that which files and pages promise for it") {
  static_assert(status_of(StatusReason::none) == PixelStatus::good);
  const std::map<std::string_view, PixelStatus> promised{{"none", PixelStatus::good},
                                                         {"goodness of fit", PixelStatus::bad},
                                                         {"parameter outside domain", PixelStatus::bad},
                                                         {"width unresolved", PixelStatus::bad},
                                                         {"no line", PixelStatus::bad},
                                                         {"undetermined", PixelStatus::bad},
                                                         {"noisy", PixelStatus::cut},
                                                         {"saturated", PixelStatus::cut},
                                                         {"zero inside the range", PixelStatus::not_found},
                                                         {"too few points", PixelStatus::not_found},
                                                         {"no convergence", PixelStatus::not_found},
                                                         {"singular covariance", PixelStatus::not_found},
                                                         {"too many zeros", PixelStatus::cut},
                                                         {"no hits", PixelStatus::cut},
                                                         {"no baseline", PixelStatus::cut},
                                                         {"masked", PixelStatus::cut},
                                                         {"outside the group", PixelStatus::cut}};
  REQUIRE(promised.size() == status_reason_names.size());
  for (std::size_t i = 0; i < status_reason_names.size(); ++i) {
    CAPTURE(status_reason_names[i]);
    CHECK(status_of(static_cast<StatusReason>(i)) == promised.at(status_reason_names[i]));
  }
}

}  // namespace velocal::pixel_status_test
