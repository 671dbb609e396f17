// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/descriptor/fields.hpp"
#include "velocal/descriptor/source.hpp"

namespace velocal {

/// Section `source` of a dataset or of a scan; keys of the dataset's are not inherited by a scan's. Throws
/// DescriptorError, also for keys that contradict each other.
Source read_source(const Field& field, const Vocabulary& vocabulary);

}  // namespace velocal
