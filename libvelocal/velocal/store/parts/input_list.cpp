// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/parts/input_list.hpp"

#include <cstdint>
#include <vector>

#include "velocal/store/parts/nexus.hpp"

namespace velocal {

void write_input_list(const H5::Group& root, const std::string& inputs) {
  if (inputs.empty()) return;
  const std::vector<std::uint8_t> bytes(inputs.begin(), inputs.end());
  label(write_values(root, "inputs", {bytes.size()}, bytes), {"", "text: name, size and XXH3 hash of each input"});
}

std::string read_input_list(const H5::Group& root) {
  if (!has_member(root, "inputs")) return {};
  const auto bytes = read_values<std::uint8_t>(root, "inputs", {any_text_length});
  return {bytes.begin(), bytes.end()};
}

}  // namespace velocal
