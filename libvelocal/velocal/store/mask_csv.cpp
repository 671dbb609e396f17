// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/mask_csv.hpp"

#include <span>
#include <string>

#include "velocal/store/atomic_file.hpp"

namespace velocal {

void write_mask(const std::filesystem::path& path, const PixelMask& mask) {
  std::string text;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    text += mask[pixel] != 0 ? '1' : '0';
    text += (pixel + 1) % pixel_columns == 0 ? '\n' : ',';
  }
  replace_file(path, std::as_bytes(std::span(text)));
}

}  // namespace velocal
