// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/velocal.hpp"

#include "velocal/descriptor/read_dataset.hpp"
#include "velocal/fit/problem/statistic.hpp"

namespace velocal {

Dataset read_dataset(const std::filesystem::path& file) {
  return read_dataset(file, ModelRegistry::instance().parameter_names());
}

}  // namespace velocal
