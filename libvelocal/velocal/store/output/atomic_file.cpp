// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/output/atomic_file.hpp"

#include "velocal/store/output/file_transaction.hpp"

namespace velocal {

void replace_file(const std::filesystem::path& target, std::span<const std::byte> contents) {
  write_file(target, contents, nullptr);
}

}  // namespace velocal
