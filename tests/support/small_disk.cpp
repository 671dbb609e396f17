// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/small_disk.hpp"

#include <sys/mount.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

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
  constexpr int most_tries = 1000;
  for (int tries = 0; tries < most_tries; ++tries) {
    if (mount("velocal", folder_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0) return;
    std::this_thread::sleep_for(
        std::chrono::milliseconds(10));  // a program has inherited a file that was being written
  }
  throw std::runtime_error("cannot make " + folder_.string() + " read-only");
}

}  // namespace velocal::test
