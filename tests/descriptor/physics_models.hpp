// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/descriptor/read_dataset.hpp"

namespace velocal::test {

/// Models, statistics and some sources of docs/physics.md, written out here so that these tests need no layer that has
/// them.
inline const Vocabulary physics_models{{{"F1_0", {"f", "A", "s", "E0"}},
                                        {"F1", {"f", "A", "s", "E0"}},
                                        {"F2s_0", {"f", "A", "s", "s2", "E0"}},
                                        {"FAB_0", {"B", "A", "s", "E0"}},
                                        {"FAB", {"B", "A", "s", "E0"}},
                                        {"F4", {"B", "A", "s", "E0"}},
                                        {"F2sAB", {"B", "A", "s", "s2", "E0"}},
                                        {"timepix", {"B", "A", "s", "E0"}},
                                        {"diffusion", {"R", "sigma", "s", "E0"}}},
                                       {"neyman", "poisson"},
                                       {"Fe55", "Cd109", "Cu"},
                                       {"moments", "established", "censored"}};

}  // namespace velocal::test
