// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/mask_csv.hpp"

#include <span>
#include <string>

#include "velocal/store/atomic_file.hpp"
#include "velocal/store/digits_csv.hpp"

namespace velocal {

void write_mask(const std::filesystem::path& path, const PixelMask& mask) {
  const std::string text = digits_csv(mask);
  replace_file(path, std::as_bytes(std::span(text)));
}

}  // namespace velocal
