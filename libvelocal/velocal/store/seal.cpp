// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/seal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "velocal/core/sha256.hpp"
#include "velocal/store/hdf5_image.hpp"

namespace velocal {
namespace {

constexpr std::size_t seal_size = 512;  ///< the smallest user block that HDF5 knows
constexpr std::string_view mark = "velocal: an HDF5 file from byte 512 on, with SHA-256 ";

std::string seal_of(std::span<const std::byte> image) {
  std::string seal = fmt::format("{}{}\n", mark, sha256_hex(image));
  seal.resize(seal_size, '\0');
  return seal;
}

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::vector<std::byte> sealed(std::span<const std::byte> image) {
  const std::string seal = seal_of(image);
  const auto seal_bytes = std::as_bytes(std::span(seal));
  std::vector<std::byte> file(seal_bytes.begin(), seal_bytes.end());
  file.insert(file.end(), image.begin(), image.end());
  return file;
}

std::span<const std::byte> unsealed(std::span<const std::byte> file) {
  if (!text_of(file).starts_with(mark)) return file;
  const auto image = file.subspan(std::min(seal_size, file.size()));
  if (text_of(file).substr(0, seal_size) == seal_of(image)) return image;
  throw Hdf5Problem("/", "its bytes are not those that were written");
}

}  // namespace velocal
