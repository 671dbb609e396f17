// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "velocal/descriptor/yaml_tree.hpp"

namespace velocal {

/// Reads text that holds one YAML document; no map has a key twice. Throws DescriptorError.
YamlNode parse_yaml(const std::string& name, std::string_view text);

}  // namespace velocal
