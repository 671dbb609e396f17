// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/hdf5/seal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "velocal/core/sha256.hpp"

namespace velocal {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t seal_size = 512;  ///< the smallest user block that HDF5 knows
constexpr std::string_view mark = "velocal: an HDF5 file from byte 512 on, with SHA-256 ";
constexpr std::string_view hdf5_mark = "\x89HDF\r\n\x1a\n"sv;

std::string seal_of(std::span<const std::byte> image) {
  std::string seal = fmt::format("{}{}\n", mark, sha256_hex(image));
  seal.resize(seal_size, '\0');
  return seal;
}

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool is_hdf5(std::span<const std::byte> bytes) {
  return text_of(bytes).starts_with(hdf5_mark);
}

std::span<const std::byte> behind_seal(std::span<const std::byte> file) {
  return file.subspan(std::min(seal_size, file.size()));
}

[[noreturn]] void refuse_other_file(std::span<const std::byte> file) {
  throw Hdf5Problem("/", file.empty() ? "it is empty" : "file signature not found");
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
  const auto image = behind_seal(file);
  if (text_of(file).substr(0, seal_size) == seal_of(image)) return image;
  if (is_hdf5(file)) throw SealMissing();
  // A flipped bit in the mark must not pass for a file that never had one.
  if (!text_of(file).starts_with(mark) && !is_hdf5(image)) refuse_other_file(file);
  throw Hdf5Problem("/", "its bytes are not those that were written");
}

std::span<const std::byte> image_in(std::span<const std::byte> file) {
  if (is_hdf5(file)) return file;
  const auto image = behind_seal(file);
  if (!is_hdf5(image)) refuse_other_file(file);
  return image;
}

}  // namespace velocal
