// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/tables/mask_csv.hpp"

#include <span>
#include <string>

#include "velocal/store/output/file_transaction.hpp"
#include "velocal/store/tables/digits_csv.hpp"

namespace velocal {

void write_mask(const std::filesystem::path& path, const PixelMask& mask, FileTransaction* files) {
  write_file(path, digits_csv(mask), files);
}

}  // namespace velocal
