// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "velocal/descriptor/dataset.hpp"

namespace velocal {

/// How the files of a scan are compared with the list of those that a flux was made of.
struct InputComparison {
  bool contents = false;  ///< also of the acquisitions, of which there are thousands; mask and baseline always
  int threads = 0;        ///< <= 0: all
};

/// What has changed of a scan's mask, baseline and acquisitions, in words: `3 files, the first being
/// m_THR_1530_0.csv: 131072 bytes then, 131080 now`. Empty when nothing has. `inputs`: FluxCube::inputs. Folders that
/// are not there (any more) are not looked at: raw data may move away once the flux has been made.
std::string changed_inputs(const Dataset& dataset, const ScanSettings& scan, const std::string& inputs,
                           const InputComparison& comparison = {});

}  // namespace velocal
