// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/write_all.hpp"

#include <unistd.h>

#include <cerrno>

namespace velocal {

int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written == 0) return EIO;
    if (written < 0 && errno != EINTR) return errno;
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace velocal
