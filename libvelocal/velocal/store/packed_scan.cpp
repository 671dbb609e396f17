// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/packed_scan.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>

#include "velocal/core/error.hpp"
#include "velocal/core/file_reader.hpp"
#include "velocal/core/folder_names.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/core/system_failure.hpp"
#include "velocal/scan/acquisition_name.hpp"
#include "velocal/scan/deflate.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/zip_index.hpp"
#include "velocal/store/output/temporary_file.hpp"
#include "velocal/store/output/zip_writer.hpp"

namespace velocal {
namespace {

using Path = std::filesystem::path;

constexpr std::string_view sums_name = "SHA256SUMS";
constexpr std::size_t batch = 256;  ///< files that are in memory at once

/// Acquisitions that velocal-flux reads one after another lie one behind the other.
auto order_of(const std::string& name) {
  const auto acquisition = parse_acquisition_name(name);
  return std::tuple(acquisition.has_value(), acquisition ? acquisition->threshold : 0,
                    acquisition ? acquisition->acquisition : 0, name);
}

struct stat status_of(const Path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) {
    const int reason = errno;
    const std::string problem = fmt::format("cannot read {}", file.string());
    throw_if_exhausted(problem, reason);
    throw InputError(problem, system_reason(reason));
  }
  return status;
}

std::int32_t time_of(const Path& file) {
  return static_cast<std::int32_t>(status_of(file).st_mtime);
}

bool is_file(const Path& path) {
  return S_ISREG(status_of(path).st_mode);
}

/// Throws for a pipe or a device of such a name, since the archive would lack something of the scan, and for a name
/// that SHA256SUMS cannot hold.
bool is_packable(const Path& path) {
  if (path.filename().string().find_first_of("\r\n") != std::string::npos) {
    throw InputError(fmt::format("cannot pack {}", path.string()), "its name has a line break", "Rename it");
  }
  const auto mode = status_of(path).st_mode;
  if (S_ISREG(mode) || S_ISDIR(mode)) return S_ISREG(mode);
  throw InputError(fmt::format("cannot read {}", path.string()), "it is no regular file");
}

/// A file of the scan, read and compressed.
struct PackedFile {
  ZipMember member;
  std::vector<char> bytes;
  std::string sum;  ///< its line in SHA256SUMS
};

/// What each thread has of its own.
struct Worker {
  explicit Worker(const Path& folder) : reader(folder) {}

  PackedFile pack(const Path& folder, const std::string& name);

  FileReader reader;
  Deflater deflater;
  Inflater inflater;
  std::vector<char> again;
};

PackedFile packed_text(const std::string& name, std::span<const char> text, std::span<const char> packed) {
  PackedFile file;
  const auto bytes = packed.size() < text.size() ? packed : text;
  file.member = {.entry = name,
                 .name = name,
                 .packed = bytes.size(),
                 .size = text.size(),
                 .crc = crc32(text),
                 .deflated = packed.size() < text.size()};
  file.bytes.assign(bytes.begin(), bytes.end());
  file.sum = fmt::format("{}  {}\n", sha256_hex(std::as_bytes(text)), name);
  return file;
}

PackedFile Worker::pack(const Path& folder, const std::string& name) {
  const std::int32_t time = time_of(folder / name);  // before its contents: a change while they are read shows
  const auto text = reader.read(name);
  const auto packed = deflater.pack(text);
  again.resize(text.size());
  if (!inflater.unpack(packed, again) || !std::ranges::equal(again, text)) {
    throw Error(ErrorKind::internal, fmt::format("{}: what was compressed does not unpack", (folder / name).string()));
  }
  PackedFile file = packed_text(name, text, packed);
  file.member.time = time;
  return file;
}

/// Packs some files at a time, on several threads.
class Packer {
 public:
  Packer(const FilesToPack& files, int threads, Progress& progress, const std::function<void()>& check)
      : files_(files), threads_(threads), progress_(progress), check_(check) {}

  /// A batch of files from this one on, in their order.
  std::vector<PackedFile> pack(std::size_t begin) {
    std::vector<PackedFile> packed(std::min(batch, files_.names.size() - begin));
    parallel_for(packed.size(), threads_, [&](std::size_t i, int thread) {
      check_();
      auto& worker = workers_[static_cast<std::size_t>(thread)];
      if (!worker) worker = std::make_unique<Worker>(files_.folder);
      packed[i] = worker->pack(files_.folder, files_.names[begin + i]);
      progress_.advance(1);
    });
    return packed;
  }

 private:
  const FilesToPack& files_;
  int threads_;
  Progress& progress_;
  const std::function<void()>& check_;
  std::vector<std::unique_ptr<Worker>> workers_{static_cast<std::size_t>(worker_count(batch, threads_))};
};

bool is_as(const ZipMember& member, const Path& file) {
  return static_cast<std::uint64_t>(status_of(file).st_size) == member.size && time_of(file) == member.time;
}

}  // namespace

FilesToPack files_to_pack(const Dataset& dataset, const ScanSettings& scan) {
  FilesToPack files{.folder = scan_folder(dataset, scan)};
  for (const std::string& name : names_in(files.folder, "cannot read the data folder")) {
    const bool own = name.starts_with(dataset.asic + "_") && is_packable(files.folder / name);
    const auto acquisition = parse_acquisition_name(name);
    if (acquisition && acquisition->asic != dataset.asic) files.of_several_chips = true;
    (own ? files.names : files.others).push_back(name);
  }
  std::ranges::sort(files.names, {}, order_of);
  return files;
}

Path packed_path(const FilesToPack& files, const Dataset& dataset) {
  Path archive = files.folder.has_filename() ? files.folder : files.folder.parent_path();
  if (files.of_several_chips) archive += "_" + dataset.asic;
  return archive += ".zip";
}

bool is_packed(const FilesToPack& files, const Path& archive) {
  if (is_missing(archive) || !is_file(archive)) return false;
  const auto index = ZipIndex::of(archive);
  if (!index || index->members().size() != files.names.size() + 1) return false;
  for (std::size_t i = 0; i < files.names.size(); ++i) {
    const ZipMember& member = index->members()[i];
    if (member.entry != files.names[i] || !is_as(member, files.folder / files.names[i])) return false;
  }
  return index->members().back().entry == sums_name;
}

std::optional<std::vector<std::string>> only_in_archive(const FilesToPack& files, const Path& archive) {
  const auto index = ZipIndex::of(archive);
  if (!index) return {};
  const std::set<std::string> packed(files.names.begin(), files.names.end());
  std::vector<std::string> names;
  for (const ZipMember& member : index->members()) {
    if (member.entry != sums_name && !packed.contains(member.entry)) names.push_back(member.entry);
  }
  return names;
}

PackedScan write_packed_scan(const FilesToPack& files, const Path& archive, int threads, Progress& progress,
                             const std::function<void()>& check) {
  PackedScan done{.files = files.names.size()};
  progress.start("packing", files.names.size(), "files");
  TemporaryFile file(archive, [&](const ByteSink& sink) {
    const ByteSink counted = [&](std::span<const std::byte> bytes) {
      sink(bytes);
      done.packed += bytes.size();
    };
    ZipWriter zip(counted);
    std::string sums;
    Packer packer(files, threads, progress, check);
    for (std::size_t begin = 0; begin < files.names.size(); begin += batch) {
      for (PackedFile& packed : packer.pack(begin)) {
        done.size += packed.member.size;
        sums += packed.sum;
        zip.add(std::move(packed.member), packed.bytes);
      }
    }
    PackedFile list = packed_text(std::string(sums_name), sums, Deflater().pack(sums));
    zip.add(std::move(list.member), list.bytes);
    zip.finish();
  });
  std::error_code ignored;  // of what another user has left, too
  for (const Path& left : left_temporaries(file.folder())) std::filesystem::remove(left, ignored);
  check();
  file.place();
  synchronise_folder(file.folder(), archive);
  progress.finish();
  return done;
}

}  // namespace velocal
