// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/model/photon_source.hpp"

namespace velocal {

/// A number of each line of a source: in files an array of its own.
struct PhotonLineColumn {
  const char* name;
  const char* unit;
  double PhotonLine::*member;
};
inline constexpr PhotonLineColumn photon_line_columns[]{{"energy_ratio", "", &PhotonLine::energy_ratio},
                                                        {"share", "", &PhotonLine::share},
                                                        {"pairs", "", &PhotonLine::pairs},
                                                        {"attenuation_um", "um", &PhotonLine::attenuation_um}};

}  // namespace velocal
