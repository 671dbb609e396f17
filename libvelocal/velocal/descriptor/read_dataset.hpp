// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "velocal/descriptor/dataset.hpp"

namespace velocal {

/// Names of the models and, in order, of each one's parameters: what start values are checked against.
/// The model layer gives it (ModelRegistry::parameter_names()); descriptors know no models of their own.
using ModelParameters = std::map<std::string, std::vector<std::string>>;

/// Reads and validates a descriptor, following `extends`; no data are touched.
/// Throws DescriptorError, whose text is `file:line:column: key.path: problem, got "value"`, the source line with a
/// caret, and a suggestion where a known name is near; line and column count from 1. Format: docs/descriptor.md.
Dataset read_dataset(const std::filesystem::path& file, const ModelParameters& models);

}  // namespace velocal
