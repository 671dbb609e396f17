// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "velocal/core/error.hpp"
#include "velocal/core/system_failure.hpp"

namespace velocal {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 20;

void support_tar_and_zip(archive* handle) {
  archive_read_support_format_tar(handle);
  archive_read_support_format_zip(handle);
}

void support_raw(archive* handle) {
  archive_read_support_format_raw(handle);
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
    status = archive_read_open_filename(get, path.c_str(), block_size);
  }

  explicit ArchiveHandle(std::span<const char> contents, void (*support)(archive*)) {
    prepare(support);
    status = archive_read_open_memory(get, contents.data(), contents.size());
  }

  std::string reason() const {
    const char* text = archive_error_string(get);
    return text == nullptr ? "it is damaged" : text;
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
    archive_read_support_filter_gzip(get);
    archive_read_support_filter_zstd(get);
    support(get);
  }

  std::unique_ptr<archive, int (*)(archive*)> owned_{archive_read_new(), archive_read_free};

 public:
  archive* get = owned_.get();
  archive_entry* entry = nullptr;
  int status = ARCHIVE_OK;
};

Archive::Archive(const std::filesystem::path& path)
    : path_(path.string()), handle_(std::make_unique<ArchiveHandle>(path, support_tar_and_zip)) {
  if (handle_->status != ARCHIVE_OK) fail();
}

Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

void Archive::fail() const {
  const std::string problem = fmt::format("cannot read the archive {}", path_);
  throw_if_exhausted(problem, archive_errno(handle_->get));
  throw InputError(problem, handle_->reason(),
                   "It has to be a tar, also compressed by gzip or zstd, or a zip, and whole");
}

bool Archive::next() {
  while (true) {
    handle_->status = archive_read_next_header(handle_->get, &handle_->entry);
    if (handle_->status == ARCHIVE_EOF) return false;
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
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored);
}

namespace {

std::vector<char> unpacked(ArchiveHandle& handle, const std::string& origin, std::size_t largest) {
  std::vector<char> contents;
  const bool opened = handle.status == ARCHIVE_OK &&
                      archive_read_next_header(handle.get, &handle.entry) == ARCHIVE_OK &&
                      archive_filter_count(handle.get) > 1;  // one alone is the file itself, not compressed
  if (opened && !handle.read(contents, largest)) {
    throw InputError(fmt::format("{} is too large", origin),
                     fmt::format("unpacked, such a file has at most {} bytes", largest));
  }
  if (opened && handle.status == ARCHIVE_OK) return contents;
  const std::string problem = fmt::format("cannot read {}", origin);
  throw_if_exhausted(problem, archive_errno(handle.get));
  throw InputError(problem, handle.reason(), "It has to be compressed by gzip or zstd, and whole");
}

}  // namespace

std::vector<char> read_compressed(const std::filesystem::path& file, std::size_t largest) {
  ArchiveHandle handle(file, support_raw);
  return unpacked(handle, file.string(), largest);
}

std::vector<char> read_compressed(std::span<const char> packed, const std::string& origin, std::size_t largest) {
  ArchiveHandle handle(packed, support_raw);
  return unpacked(handle, origin, largest);
}

}  // namespace velocal
