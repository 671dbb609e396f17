// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/reseal.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/core/file_reader.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/core/version.hpp"
#include "velocal/store/hdf5/hdf5_attribute.hpp"
#include "velocal/store/hdf5/seal.hpp"
#include "velocal/store/output/atomic_file.hpp"

namespace velocal {
namespace {

constexpr auto record_name = "resealed";

bool is_sealed(std::span<const std::byte> bytes) try {
  unsealed(bytes);
  return true;
} catch (const Hdf5Problem&) {
  return false;
}

void require_own_schema(const H5::Group& root) {
  const std::string schema = has_attribute(root, "schema") ? read_text_attribute(root, "schema") : "";
  if (!schema.starts_with("velocal/")) throw Hdf5Problem("/@schema", "it is no result of velocal");
}

void record(H5::Group& root, std::span<const std::byte> accepted) {
  std::vector<std::string> lines;
  if (has_attribute(root, record_name)) {
    lines = read_texts_attribute(root, record_name);
    root.removeAttr(record_name);
  }
  lines.push_back(fmt::format("velocal {} ({}) accepted the HDF5 contents with SHA-256 {}", version(), git_hash(),
                              sha256_hex(accepted)));
  write_texts_attribute(root, record_name, lines);
}

}  // namespace

bool reseal_file(const std::filesystem::path& file) {
  FileReader reader;
  const auto bytes = std::as_bytes(reader.read(file));
  if (is_sealed(bytes)) return false;
  std::vector<std::byte> resealed;
  try {
    const auto image = image_in(bytes);
    resealed = sealed(changed_hdf5_image(image, [&](H5::Group& root) {
      require_own_schema(root);
      record(root, image);
    }));
  } catch (const Hdf5Problem& problem) {
    throw InputError(fmt::format("{} cannot be sealed", file.string()), problem.what());
  }
  replace_file(file, resealed);
  return true;
}

}  // namespace velocal
