// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "velocal/scan/deflate.hpp"

namespace velocal {

/// A file in a zip archive, as the archive's index has it.
struct ZipMember {
  std::string entry;                      ///< its name with folders
  std::string name;                       ///< without
  std::uint64_t header = 0;               ///< where it begins in the archive
  std::uint64_t packed = 0;               ///< bytes there
  std::uint64_t size = 0;                 ///< bytes unpacked
  std::uint32_t crc = 0;                  ///< CRC-32 of those
  bool deflated = false;                  ///< else stored as it is
  std::optional<std::int32_t> time = {};  ///< last change, seconds since 1970, where the index tells
};

/// The files in a zip archive by the index at its end, without folders. Any number of threads may read them, each with
/// a ZipReader of its own.
class ZipIndex {
 public:
  /// Empty: there is no zip, or not a plain one, of files that are stored or deflated and lie in the archive's folder.
  /// Archive reads the others, and says what is wrong. Throws InputError when the file cannot be read, or was cut
  /// short.
  static std::optional<ZipIndex> of(const std::filesystem::path& archive);

  const std::filesystem::path& path() const { return path_; }
  const std::vector<ZipMember>& members() const { return members_; }

 private:
  std::filesystem::path path_;
  std::vector<ZipMember> members_;
};

class ZipFile;

/// Reads members of a zip archive, in any order.
class ZipReader {
 public:
  /// Throws InputError when it cannot be opened.
  explicit ZipReader(const std::filesystem::path& archive);
  ZipReader(ZipReader&&) noexcept;
  ~ZipReader();

  /// Contents of the member, valid until the next call. Throws InputError when the archive is damaged, and when they
  /// are larger.
  std::span<const char> contents(const ZipMember& member, std::size_t largest);
  /// Throws InputError when its header does not name it as the index does: one of them is damaged.
  void require_own_header(const ZipMember& member);
  /// Where the member lies, for messages: the archive, a colon and the entry.
  std::string origin(const ZipMember& member) const;

 private:
  std::uint64_t begin_of_bytes(const ZipMember& member);
  [[noreturn]] void fail(const ZipMember& member, const char* reason) const;

  std::unique_ptr<ZipFile> file_;
  Inflater inflater_;
  std::vector<char> packed_, text_;
};

}  // namespace velocal
