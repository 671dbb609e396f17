// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/velocal.hpp"

#include "velocal/descriptor/read_dataset.hpp"
#include "velocal/fit/fit_vocabulary.hpp"

namespace velocal {

Dataset read_dataset(const std::filesystem::path& file) {
  return read_dataset(file, fit_vocabulary());
}

}  // namespace velocal
