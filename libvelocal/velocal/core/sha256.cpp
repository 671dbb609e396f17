// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/sha256.hpp"

#include <fmt/format.h>

#include <array>

// The functions that replace these allocate, and OpenSSL 3.0 crashes where it gets no memory.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

namespace velocal {

std::string sha256_hex(std::span<const std::byte> bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, bytes.data(), bytes.size());
  SHA256_Final(digest.data(), &state);
  std::string hex;
  for (const unsigned char byte : digest) hex += fmt::format("{:02x}", byte);
  return hex;
}

}  // namespace velocal
