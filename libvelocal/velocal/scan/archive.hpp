// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace velocal {

/// Largest file of counts: 65,536 numbers of ten digits, each with a comma or a line's end.
inline constexpr std::size_t largest_counts_text = std::size_t{65536} * 11 + 256;
/// Largest file of a mask, with room for numbers as programs write them.
inline constexpr std::size_t largest_mask_text = std::size_t{65536} * 32;

class ArchiveHandle;

/// The files in an archive (tar, also compressed by gzip or zstd, and zip), read in one pass and never unpacked to
/// disk. By libarchive.
class Archive {
 public:
  /// Throws InputError when it cannot be read or is no such archive.
  explicit Archive(const std::filesystem::path& path);
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;
  ~Archive();

  /// Goes to the next file; folders are passed over. False: there is none. Throws InputError when the archive is
  /// damaged or cut short, and for an entry that has no place in a scan: one that leads out of the archive's folder, a
  /// link, a device.
  bool next();

  /// Its name without folders.
  const std::string& name() const { return name_; }
  /// Where it lies, for messages: the archive, a colon and the entry.
  const std::string& origin() const { return origin_; }

  /// Its contents, once, valid until the next call. Throws InputError as next() does, and when they are larger.
  std::span<const char> contents(std::size_t largest);

 private:
  [[noreturn]] void refuse(std::string_view reason) const;
  [[noreturn]] void fail() const;
  void require_end() const;

  std::string path_, name_, origin_;
  std::unique_ptr<ArchiveHandle> handle_;
  std::vector<char> buffer_;
};

/// Whether it is a file: `folder` of a scan may name an archive. Throws InputError where the system cannot tell.
bool is_archive(const std::filesystem::path& path);

/// Contents of a file that gzip or zstd has compressed. Throws InputError when it cannot be read, is damaged or cut
/// short, or is larger unpacked than that.
std::vector<char> read_compressed(const std::filesystem::path& file, std::size_t largest);
/// The same of such contents; `origin` is named in messages.
std::vector<char> read_compressed(std::span<const char> packed, const std::string& origin, std::size_t largest);

}  // namespace velocal
