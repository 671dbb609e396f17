// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/provenance.hpp"

#include <utility>

namespace velocal {

Provenance provenance_of(const Dataset& dataset, std::string_view label, PixelGroup group, std::string options,
                         std::string inputs_sha256) {
  return {.dataset = dataset.name,
          .scan = std::string(label),
          .group = std::string(group_name(group)),
          .descriptor = dataset.text,
          .options = std::move(options),
          .inputs_sha256 = std::move(inputs_sha256)};
}

}  // namespace velocal
