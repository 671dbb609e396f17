// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/mask_csv.hpp"

#include <span>
#include <string>

#include "velocal/store/digits_csv.hpp"
#include "velocal/store/file_transaction.hpp"

namespace velocal {

void write_mask(const std::filesystem::path& path, const PixelMask& mask, FileTransaction* files) {
  write_file(path, digits_csv(mask), files);
}

}  // namespace velocal
