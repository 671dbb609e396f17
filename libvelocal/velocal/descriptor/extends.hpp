// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "velocal/descriptor/yaml_tree.hpp"

namespace velocal {

/// The tree of a descriptor with all that it extends: maps merge, lists replace, scans merge by label, an explicit null
/// takes an inherited key away; the key `extends` is gone. Throws DescriptorError.
YamlNode read_with_extends(const std::filesystem::path& file);

/// What `own` says on top of `base`, in the same way.
YamlNode merge(YamlNode base, YamlNode own);

}  // namespace velocal
