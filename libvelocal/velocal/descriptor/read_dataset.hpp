// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "velocal/descriptor/dataset_of_chips.hpp"
#include "velocal/descriptor/vocabulary.hpp"

namespace velocal {

/// Reads and validates a descriptor, following `extends`; no data are touched. Models and statistics are those of the
/// vocabulary.
/// Throws DescriptorError, whose text is `file:line:column: key.path: problem, got "value"`, the source line with a
/// caret, and a suggestion where a known name is near; line and column count from 1. Format: docs/descriptor.md.
DatasetOfChips read_chips(const std::filesystem::path& file, const Vocabulary& vocabulary);

/// The same of a descriptor of one chip. Throws UsageError where it has many (`asics`).
Dataset read_dataset(const std::filesystem::path& file, const Vocabulary& vocabulary);

}  // namespace velocal
