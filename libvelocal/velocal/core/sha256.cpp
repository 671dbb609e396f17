// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/sha256.hpp"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <array>
#include <new>

namespace velocal {

std::string sha256_hex(std::span<const std::byte> bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  // It allocates, and on failure leaves the digest as it was.
  if (SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data()) == nullptr) {
    throw std::bad_alloc();
  }
  std::string hex;
  for (const unsigned char byte : digest) hex += fmt::format("{:02x}", byte);
  return hex;
}

}  // namespace velocal
