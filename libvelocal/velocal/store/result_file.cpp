// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/result_file.hpp"

#include <fmt/format.h>

#include "velocal/core/error.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/core/version.hpp"
#include "velocal/scan/file_reader.hpp"
#include "velocal/store/atomic_file.hpp"
#include "velocal/store/hdf5_attribute.hpp"
#include "velocal/store/nexus.hpp"
#include "velocal/store/seal.hpp"

namespace velocal {
namespace {

std::string make_again(const ResultKind& kind) {
  return fmt::format("Run {} with --force to make it anew", kind.program);
}

void write_provenance(const H5::Group& root, const ResultKind& kind, const Provenance& provenance) {
  write_text_attribute(root, "schema", kind.schema);
  write_text_attribute(root, "creator", "velocal");
  write_text_attribute(root, "version", version());
  write_text_attribute(root, "git_hash", git_hash());
  write_text_attribute(root, "dataset", provenance.dataset);
  write_text_attribute(root, "scan", provenance.scan);
  write_text_attribute(root, "group", provenance.group);
  write_text_attribute(root, "descriptor", provenance.descriptor);
  write_text_attribute(root, "options", provenance.options);
  write_text_attribute(root, "inputs_sha256", provenance.inputs_sha256);
}

void require_schema(const H5::Group& root, const std::string& file, const ResultKind& kind) {
  if (!has_attribute(root, "schema")) {
    throw InputError(fmt::format("{} is no result of velocal", file), "it has no attribute schema", make_again(kind));
  }
  const std::string schema = read_text_attribute(root, "schema");
  if (schema == kind.schema) return;
  throw InputError(fmt::format("{} cannot be read", file), fmt::format("its schema is {}, not {}", schema, kind.schema),
                   make_again(kind));
}

Provenance read_provenance(const H5::Group& root) {
  return {.dataset = read_text_attribute(root, "dataset"),
          .scan = read_text_attribute(root, "scan"),
          .group = read_text_attribute(root, "group"),
          .descriptor = read_text_attribute(root, "descriptor"),
          .options = read_text_attribute(root, "options"),
          .inputs_sha256 = read_text_attribute(root, "inputs_sha256")};
}

void require_same(const std::string& file, const ResultKind& kind, const Provenance& found,
                  const Provenance& expected) {
  const auto compare = [&](std::string_view what, const std::string& has, const std::string& wanted) {
    if (has == wanted) return;
    throw InputError(
        fmt::format("{} belongs to {} {}, not {}", file, what, has, wanted), {},
        fmt::format("Run {} with --force to replace it, or name another place with --results", kind.program));
  };
  compare("dataset", found.dataset, expected.dataset);
  compare("scan", found.scan, expected.scan);
  compare("group", found.group, expected.group);
}

}  // namespace

void write_result(const std::filesystem::path& path, const ResultKind& kind, const Provenance& provenance,
                  const std::function<void(const H5::Group& root)>& fill) {
  std::vector<std::byte> file;
  try {
    file = sealed(hdf5_image([&](const H5::Group& root) {
      write_provenance(root, kind, provenance);
      write_pixel_axes(root);
      fill(root);
    }));
  } catch (const Hdf5Problem& problem) {
    throw OutputError(fmt::format("cannot build {}: {}", path.string(), problem.object()), problem.what());
  }
  replace_file(path, file);
}

Stored<std::monostate> open_result(const std::filesystem::path& path, const ResultKind& kind,
                                   const Provenance& expected,
                                   const std::function<void(const H5::Group& root)>& parse) {
  const std::string file = path.string();
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    throw InputError(fmt::format("no {} for {}/{}", kind.noun, expected.dataset, expected.scan), file,
                     fmt::format("Run {} first", kind.program));
  }
  FileReader reader;
  const auto bytes = std::as_bytes(reader.read(path));
  Stored<std::monostate> result;
  try {
    read_hdf5_image(unsealed(bytes), [&](const H5::Group& root) {
      require_schema(root, file, kind);
      result.provenance = read_provenance(root);
      require_same(file, kind, result.provenance, expected);
      parse(root);
    });
  } catch (const Hdf5Problem& problem) {
    const std::string place = problem.object() == "/" ? "" : " at " + problem.object();
    throw InputError(fmt::format("{} is damaged{}", file, place), problem.what(), make_again(kind));
  }
  result.sha256 = sha256_hex(bytes);
  return result;
}

Provenance of_whole_scan(Provenance provenance) {
  provenance.group = group_name(PixelGroup::all);
  return provenance;
}

}  // namespace velocal
