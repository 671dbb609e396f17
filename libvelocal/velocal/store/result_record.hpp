// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "velocal/store/provenance.hpp"

namespace velocal {

enum class ResultFileKind { truth, baseline, flux, fit, matrices };

/// What a results file says of its making.
struct ResultRecord {
  Provenance provenance;
  std::string sha256;  ///< of the file's bytes
  std::string inputs;  ///< the list of a flux or noise baseline; else empty
};

/// Reads that alone, not the results. Throws InputError when the file is missing, damaged, of another schema, or of
/// another dataset, scan or group than `expected`; flux, truth and noise
/// baseline are of all groups.
ResultRecord read_record(ResultFileKind kind, const std::filesystem::path& path, const Provenance& expected);

}  // namespace velocal
