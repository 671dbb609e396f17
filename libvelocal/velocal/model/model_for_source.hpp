// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string_view>

#include "velocal/model/flux_model.hpp"
#include "velocal/model/line_sum.hpp"
#include "velocal/model/photon_source.hpp"

namespace velocal {

/// The registered model of that name for a source: the model itself where there is one line and it does not depend on
/// the source; else its sum over the lines (LineSum), or what the model makes of them (FluxModel::for_source()).
/// With extras, which are its last parameters, it is always a LineSum.
/// Throws UsageError naming the models there are, and what LineSum and the model refuse.
std::shared_ptr<const FluxModel> model_for_source(std::string_view name, const PhotonSource& source,
                                                  LineExtras extras = {});

}  // namespace velocal
