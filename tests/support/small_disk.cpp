// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/small_disk.hpp"

#include <sys/mount.h>

#include <string>

namespace velocal::test {

SmallDisk::SmallDisk(const std::filesystem::path& folder, std::size_t bytes) : folder_(folder) {
  std::filesystem::create_directories(folder);
  const std::string size = "size=" + std::to_string(bytes);
  mounted_ = mount("velocal", folder.c_str(), "tmpfs", 0, size.c_str()) == 0;
}

SmallDisk::~SmallDisk() {
  if (mounted_) umount2(folder_.c_str(), MNT_DETACH);
}

void SmallDisk::make_read_only() const {
  mount("velocal", folder_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr);
}

}  // namespace velocal::test
