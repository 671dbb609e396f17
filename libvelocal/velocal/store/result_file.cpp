// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/result_file.hpp"

#include <fmt/format.h>

#include "velocal/core/error.hpp"
#include "velocal/core/file_reader.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/core/version.hpp"
#include "velocal/store/hdf5/hdf5_attribute.hpp"
#include "velocal/store/hdf5/seal.hpp"
#include "velocal/store/parts/nexus.hpp"
#include "velocal/store/parts/nexus_entry.hpp"

namespace velocal {
namespace {

/// The file cannot be used.
[[noreturn]] void refuse(const ResultKind& kind, std::string_view problem, std::string_view reason) {
  throw InputError(problem, reason, fmt::format("Make the {} anew", kind.noun), kind.remedy);
}

/// "N037/warm", with a group "N037/warm, group even".
std::string title_of(const Provenance& provenance) {
  const std::string scan = fmt::format("{}/{}", provenance.dataset, provenance.scan);
  return provenance.group == group_name(PixelGroup::all) ? scan : fmt::format("{}, group {}", scan, provenance.group);
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
  write_text_attribute(root, "settings", to_text(provenance.settings));
  if (!provenance.companions.empty()) write_text_attribute(root, "companions", provenance.companions);
}

void require_schema(const H5::Group& root, const std::string& file, const ResultKind& kind) {
  if (!has_attribute(root, "schema")) {
    refuse(kind, fmt::format("{} is no result of velocal", file), "it has no attribute schema");
  }
  const std::string schema = read_text_attribute(root, "schema");
  if (schema == kind.schema) return;
  refuse(kind, fmt::format("{} cannot be read", file), fmt::format("its schema is {}, not {}", schema, kind.schema));
}

Provenance read_provenance(const H5::Group& root) {
  const bool has_settings = has_attribute(root, "settings");  // files older than it have none
  return {.dataset = read_text_attribute(root, "dataset"),
          .scan = read_text_attribute(root, "scan"),
          .group = read_text_attribute(root, "group"),
          .descriptor = read_text_attribute(root, "descriptor"),
          .options = read_text_attribute(root, "options"),
          .inputs_sha256 = read_text_attribute(root, "inputs_sha256"),
          .settings = has_settings ? parse_stage_inputs(read_text_attribute(root, "settings")) : StageInputs{},
          .companions = has_attribute(root, "companions") ? read_text_attribute(root, "companions") : ""};
}

void require_same(const std::string& file, const ResultKind& kind, const Provenance& found,
                  const Provenance& expected) {
  const auto compare = [&](std::string_view what, const std::string& has, const std::string& wanted) {
    if (has == wanted || wanted.empty()) return;
    throw InputError(fmt::format("{} belongs to {} {}, not {}", file, what, has, wanted), {},
                     fmt::format("Make the {} anew, or name another folder of results", kind.noun), kind.remedy);
  };
  compare("dataset", found.dataset, expected.dataset);
  compare("scan", found.scan, expected.scan);
  compare("group", found.group, expected.group);
}

}  // namespace

void write_result(const std::filesystem::path& path, const ResultKind& kind, const Provenance& provenance,
                  const std::function<void(const H5::Group& root)>& fill, FileTransaction* files) {
  std::vector<std::byte> file;
  try {
    file = sealed(hdf5_image([&](const H5::Group& root) {
      write_provenance(root, kind, provenance);
      write_pixel_axes(root);
      fill(root);
      write_nexus_entry(root, std::string(kind.shown));
    }));
  } catch (const Hdf5Problem& problem) {
    throw OutputError(fmt::format("cannot build {}: {}", path.string(), problem.object()), problem.what());
  }
  write_file(path, file, files);
}

Stored<std::monostate> open_result(const std::filesystem::path& path, const ResultKind& kind,
                                   const Provenance& expected,
                                   const std::function<void(const H5::Group& root)>& parse) {
  const std::string file = path.string();
  if (is_missing(path)) {
    throw InputError(fmt::format("no {} for {}", kind.noun, title_of(expected)), file,
                     fmt::format("Make the {} first", kind.noun), kind.remedy);
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
  } catch (const SealMissing& problem) {
    throw InputError(
        fmt::format("{} has no seal of velocal", file), problem.what(),
        fmt::format("Make the {} anew, or accept the file as it is with velocal-status DATASET.yaml --reseal {}",
                    kind.noun, file),
        kind.remedy);
  } catch (const Hdf5Problem& problem) {
    const std::string place = problem.object() == "/" ? "" : " at " + problem.object();
    refuse(kind, fmt::format("{} is damaged{}", file, place), problem.what());
  }
  result.sha256 = sha256_hex(bytes);
  return result;
}

Provenance of_whole_scan(Provenance provenance) {
  provenance.group = group_name(PixelGroup::all);
  return provenance;
}

}  // namespace velocal
