// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <new>
#include <optional>
#include <system_error>
#include <utility>

#include "velocal/core/error.hpp"
#include "velocal/core/file_reader.hpp"
#include "velocal/core/file_type.hpp"
#include "velocal/core/system_failure.hpp"
#include "velocal/scan/deflate.hpp"
#include "velocal/scan/gzip_file.hpp"

namespace velocal {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 20;

/// Warnings say that an external program will be asked; what is fatal is a lack of memory.
void require(int status) {
  if (status == ARCHIVE_FATAL) throw std::bad_alloc();
}

void support_tar_and_zip(archive* handle) {
  require(archive_read_support_format_tar(handle));
  require(archive_read_support_format_zip(handle));
}

void support_raw(archive* handle) {
  require(archive_read_support_format_raw(handle));
}

/// Gives libarchive what gzip has unpacked.
la_ssize_t read_gzip(archive* handle, void* gzip, const void** piece) try {
  GzipFile& file = *static_cast<GzipFile*>(gzip);
  const std::span<const char> read = file.read();
  *piece = read.data();
  if (!read.empty() || file.error() == 0) return std::ssize(read);
  const int error = file.error();
  archive_set_error(handle, error, "%s", (error > 0 ? system_reason(error) : file.damage()).c_str());
  return ARCHIVE_FATAL;
} catch (const std::bad_alloc&) {
  archive_set_error(handle, ENOMEM, "out of memory");
  return ARCHIVE_FATAL;
}

bool leads_out(const std::filesystem::path& entry) {
  return entry.is_absolute() || std::ranges::find(entry, "..") != entry.end();
}

/// Why an entry has no place in a scan; empty: it has.
std::string_view objection_to(archive_entry* entry, const std::filesystem::path& path) {
  if (leads_out(path)) return "it leads out of the archive's folder";
  if (archive_entry_hardlink(entry) != nullptr || archive_entry_filetype(entry) == AE_IFLNK) return "it is a link";
  const auto type = archive_entry_filetype(entry);
  return type == AE_IFREG || type == AE_IFDIR ? "" : "it is no regular file";
}

}  // namespace

class ArchiveHandle {
 public:
  ArchiveHandle(const std::filesystem::path& path, void (*support)(archive*)) {
    // A pipe could wait for ever.
    std::error_code error;
    if (std::filesystem::exists(path, error) && !std::filesystem::is_regular_file(path, error)) {
      throw InputError(fmt::format("cannot read {}", path.string()), "it is no regular file");
    }
    prepare(support);
    gzip_.emplace(path);
    if (!gzip_->is_gzip()) gzip_.reset();
    status = gzip_ ? archive_read_open(get, &*gzip_, nullptr, read_gzip, nullptr)
                   : archive_read_open_filename(get, path.c_str(), block_size);
  }

  explicit ArchiveHandle(std::span<const char> contents, void (*support)(archive*)) {
    prepare(support);
    status = archive_read_open_memory(get, contents.data(), contents.size());
  }

  std::string reason() const {
    const char* text = archive_error_string(get);
    return text == nullptr ? "it is damaged" : text;
  }

  /// Reads to the file's end: its checksum stands there, beyond the end of the archive.
  void read_rest() {
    const void* piece = nullptr;
    la_ssize_t got = gzip_ ? 1 : 0;
    while (got > 0) got = read_gzip(get, &*gzip_, &piece);
    status = got < 0 ? ARCHIVE_FATAL : ARCHIVE_OK;
  }

  /// What is compressed has an end of its own.
  bool is_plain_tar() const {
    return !gzip_ && archive_filter_count(get) <= 1 &&
           (archive_format(get) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR;
  }

  /// Appends what is left of the entry to `contents`. False when that is more than `largest`.
  bool read(std::vector<char>& contents, std::size_t largest) {
    std::size_t size = 0;
    contents.resize(std::max(contents.capacity(), std::size_t{1} << 18));
    while (true) {
      if (size == contents.size()) contents.resize(2 * size);
      const la_ssize_t got = archive_read_data(get, contents.data() + size, contents.size() - size);
      status = got < 0 ? static_cast<int>(got) : ARCHIVE_OK;
      if (got <= 0) break;
      size += static_cast<std::size_t>(got);
      if (size > largest) return false;
    }
    contents.resize(size);
    return true;
  }

 private:
  void prepare(void (*support)(archive*)) {
    if (get == nullptr) throw std::bad_alloc();
    require(archive_read_support_filter_zstd(get));
    support(get);
  }

  std::optional<GzipFile> gzip_;  ///< what `owned_` reads
  std::unique_ptr<archive, int (*)(archive*)> owned_{archive_read_new(), archive_read_free};

 public:
  archive* get = owned_.get();
  archive_entry* entry = nullptr;
  int status = ARCHIVE_OK;
};

namespace {

/// Blocks of zeros end a tar. Sets `reason` to the errno where it cannot be read.
bool ends_in_zeros(const std::string& path, int& reason) {
  std::array<char, 512> block{};
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  const off_t end = descriptor < 0 ? -1 : ::lseek(descriptor, 0, SEEK_END);
  const off_t begin = std::max(end - std::ssize(block), off_t{0});
  ssize_t got = end < 0 ? -1 : ::pread(descriptor, block.data(), block.size(), begin);
  while (got < 0 && end >= 0 && errno == EINTR) got = ::pread(descriptor, block.data(), block.size(), begin);
  reason = got < 0 ? errno : 0;
  if (descriptor >= 0) ::close(descriptor);
  return got == std::ssize(block) && std::ranges::all_of(block, [](char byte) { return byte == '\0'; });
}

}  // namespace

Archive::Archive(const std::filesystem::path& path)
    : path_(path.string()), handle_(std::make_unique<ArchiveHandle>(path, support_tar_and_zip)) {
  if (handle_->status != ARCHIVE_OK) fail();
}

Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

void Archive::refuse(std::string_view reason) const {
  throw InputError(fmt::format("cannot read the archive {}", path_), reason,
                   "It has to be a tar, also compressed by gzip or zstd, or a zip, and whole");
}

void Archive::require_end() const {
  int reason = 0;
  if (ends_in_zeros(path_, reason)) return;
  throw_if_exhausted(fmt::format("cannot read the archive {}", path_), reason);
  refuse(reason != 0 ? system_reason(reason) : "it is cut short, between two files");
}

void Archive::fail() const {
  throw_if_exhausted(fmt::format("cannot read the archive {}", path_), archive_errno(handle_->get));
  refuse(handle_->reason());
}

bool Archive::next() {
  while (true) {
    handle_->status = archive_read_next_header(handle_->get, &handle_->entry);
    if (handle_->status == ARCHIVE_EOF) {
      handle_->read_rest();
      if (handle_->status != ARCHIVE_OK) fail();
      if (handle_->is_plain_tar()) require_end();
      return false;
    }
    // A warning is about an entry's name or attributes in another character set, which nothing here asks for.
    if (handle_->status != ARCHIVE_OK && handle_->status != ARCHIVE_WARN) fail();
    const char* const entry = archive_entry_pathname(handle_->entry);
    const std::filesystem::path path = entry == nullptr ? "" : entry;
    origin_ = fmt::format("{}:{}", path_, path.string());
    if (const auto objection = objection_to(handle_->entry, path); !objection.empty()) {
      throw InputError(fmt::format("{} has no place in the archive of a scan", origin_), objection,
                       "Make the archive anew, of the files of the scan alone");
    }
    name_ = path.filename().string();
    if (archive_entry_filetype(handle_->entry) == AE_IFREG) return true;
  }
}

std::span<const char> Archive::contents(std::size_t largest) {
  if (!handle_->read(buffer_, largest)) {
    throw InputError(fmt::format("{} is too large", origin_), fmt::format("such a file has at most {} bytes", largest));
  }
  if (handle_->status != ARCHIVE_OK) fail();
  return buffer_;
}

bool is_archive(const std::filesystem::path& path) {
  return file_type_of(path) == std::filesystem::file_type::regular;
}

namespace {

[[noreturn]] void refuse_compressed(const std::string& origin, std::string_view reason) {
  throw InputError(fmt::format("cannot read {}", origin), reason, "It has to be compressed by gzip or zstd, and whole");
}

[[noreturn]] void refuse_size(const std::string& origin, std::size_t largest) {
  throw InputError(fmt::format("{} is too large", origin),
                   fmt::format("unpacked, such a file has at most {} bytes", largest));
}

std::vector<char> unpacked_gzip(std::span<const char> packed, const std::string& origin, std::size_t largest) {
  std::vector<char> contents(largest);
  switch (Inflater inflater; inflater.unpack_gzip(packed, contents)) {
    case Inflater::Outcome::whole: return contents;
    case Inflater::Outcome::too_large: refuse_size(origin, largest);
    case Inflater::Outcome::damaged: break;
  }
  refuse_compressed(origin, "it is cut short, or its checksum is not that of its contents");
}

std::vector<char> unpacked_zstd(std::span<const char> packed, const std::string& origin, std::size_t largest) {
  ArchiveHandle handle(packed, support_raw);
  std::vector<char> contents;
  const bool opened = handle.status == ARCHIVE_OK &&
                      archive_read_next_header(handle.get, &handle.entry) == ARCHIVE_OK &&
                      archive_filter_count(handle.get) > 1;  // one alone is the file itself, not compressed
  if (opened && !handle.read(contents, largest)) refuse_size(origin, largest);
  if (opened && handle.status == ARCHIVE_OK) return contents;
  throw_if_exhausted(fmt::format("cannot read {}", origin), archive_errno(handle.get));
  refuse_compressed(origin, handle.reason());
}

}  // namespace

std::vector<char> read_compressed(const std::filesystem::path& file, std::size_t largest) {
  FileReader reader;
  return read_compressed(reader.read(file), file.string(), largest);
}

std::vector<char> read_compressed(std::span<const char> packed, const std::string& origin, std::size_t largest) {
  return Inflater::is_gzip(packed) ? unpacked_gzip(packed, origin, largest) : unpacked_zstd(packed, origin, largest);
}

}  // namespace velocal
