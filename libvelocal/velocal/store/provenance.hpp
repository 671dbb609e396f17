// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "velocal/descriptor/dataset.hpp"
#include "velocal/scan/pixel_group.hpp"
#include "velocal/store/stage_inputs.hpp"

namespace velocal {

class FileTransaction;

/// Where a result comes from: the root attributes of its file, beside schema, version and git hash.
struct Provenance {
  std::string dataset;        ///< name
  std::string scan;           ///< label
  std::string group = "all";  ///< group_name()
  std::string descriptor;     ///< whole text after `extends`
  std::string options;        ///< what the command line overrode; "" = nothing
  std::string inputs_sha256;  ///< of the file of the stage before (Stored::sha256), or of the list of the scan's files
  /// What the result was made with, this stage and those before; a result without it passes for stale.
  StageInputs settings = {};
  /// The other files of the same result, a line `<SHA-256> <name>` each; "" = there are none, or the file is older.
  std::string companions = {};
  bool operator==(const Provenance&) const = default;
};

/// Provenance of a result of this dataset. A result that is read is compared with it.
Provenance provenance_of(const Dataset& dataset, std::string_view label, PixelGroup group = PixelGroup::all,
                         std::string options = {}, std::string inputs_sha256 = {});

/// A result as read from its file.
template <class T>
struct Stored {
  T value;
  Provenance provenance;
  std::string sha256;  ///< of the file's bytes: the inputs_sha256 of the next stage
};

}  // namespace velocal
