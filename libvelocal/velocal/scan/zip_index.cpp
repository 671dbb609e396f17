// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/zip_index.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "velocal/core/error.hpp"
#include "velocal/scan/zip_file.hpp"
#include "velocal/scan/zip_layout.hpp"

namespace velocal {
namespace {

using namespace zip;

/// Where the index lies.
struct Place {
  std::uint64_t begin = 0, size = 0, entries = 0;
};

/// As the end of a large archive tells it.
std::optional<Place> large_place(const ZipFile& file, std::uint64_t end) {
  std::string locator(locator64_size, 0), end64(end64_size, 0);
  if (end < locator64_size || !file.read(end - locator64_size, locator)) return std::nullopt;
  if (number_at<std::uint32_t>(locator, 0) != locator64_mark) return std::nullopt;
  if (!file.read(number_at<std::uint64_t>(locator, 8), end64)) return std::nullopt;
  if (number_at<std::uint32_t>(end64, 0) != end64_mark) return std::nullopt;
  return Place{number_at<std::uint64_t>(end64, 48), number_at<std::uint64_t>(end64, 40),
               number_at<std::uint64_t>(end64, 32)};
}

/// A comment may follow the end's record.
std::optional<Place> find_index(const ZipFile& file) {
  if (file.size() < end_size) return std::nullopt;
  std::string tail(std::min<std::uint64_t>(file.size(), end_size + 0xffff), 0);
  if (!file.read(file.size() - tail.size(), tail)) return std::nullopt;
  const std::size_t at = tail.rfind(std::string_view("PK\5\6", 4), tail.size() - end_size);
  if (at == tail.npos) return std::nullopt;
  const Place place{number_at<std::uint32_t>(tail, at + 16), number_at<std::uint32_t>(tail, at + 12),
                    number_at<std::uint16_t>(tail, at + 10)};
  if (place.begin != elsewhere && place.size != elsewhere && place.entries != elsewhere16) return place;
  return large_place(file, file.size() - tail.size() + at);
}

bool begins_like_a_zip(const ZipFile& file) {
  std::string begin(4, 0);
  return file.read(0, begin) && number_at<std::uint32_t>(begin, 0) == local_mark;
}

/// Takes the numbers that did not fit into 32 bits. False: they are not there.
bool take_large(std::string_view field, ZipMember& member) {
  for (std::uint64_t* number : {&member.size, &member.packed, &member.header}) {
    if (*number != elsewhere) continue;
    if (field.size() < sizeof *number) return false;
    *number = number_at<std::uint64_t>(field, 0);
    field.remove_prefix(sizeof *number);
  }
  return true;
}

bool take_fields(std::string_view fields, ZipMember& member) {
  std::string_view large;
  while (fields.size() >= 4) {
    const auto kind = number_at<std::uint16_t>(fields, 0);
    const std::size_t size = number_at<std::uint16_t>(fields, 2);
    if (fields.size() - 4 < size) return false;
    const std::string_view field = fields.substr(4, size);
    if (kind == large_field) large = field;
    if (kind == time_field && size >= 5 && (field[0] & 1) != 0) {
      member.time = static_cast<std::int32_t>(number_at<std::uint32_t>(field, 1));
    }
    fields.remove_prefix(4 + size);
  }
  return take_large(large, member);
}

bool stays_inside(const std::filesystem::path& entry) {
  return !entry.is_absolute() && std::ranges::find(entry, "..") == entry.end();
}

/// Whether it is a plain file, as far as the system that made it tells.
bool is_plain(std::string_view record) {
  const auto mode = number_at<std::uint32_t>(record, 38) >> 16;
  const auto flags = number_at<std::uint16_t>(record, 8), method = number_at<std::uint16_t>(record, 10);
  const bool regular = (mode & S_IFMT) == 0 || S_ISREG(mode) || S_ISDIR(mode);
  return regular && (flags & flag_encrypted) == 0 && (method == stored || method == deflated);
}

/// Takes the record of one file off the index. False: nothing that could be read plainly.
bool take_record(std::string_view& index, std::vector<ZipMember>& members) {
  if (index.size() < central_size || number_at<std::uint32_t>(index, 0) != central_mark) return false;
  const std::size_t name = number_at<std::uint16_t>(index, 28), fields = number_at<std::uint16_t>(index, 30);
  const std::size_t all = central_size + name + fields + number_at<std::uint16_t>(index, 32);
  if (index.size() < all || !is_plain(index)) return false;
  ZipMember member;
  member.entry = index.substr(central_size, name);
  member.name = std::filesystem::path(member.entry).filename().string();
  member.header = number_at<std::uint32_t>(index, 42);
  member.packed = number_at<std::uint32_t>(index, 20);
  member.size = number_at<std::uint32_t>(index, 24);
  member.crc = number_at<std::uint32_t>(index, 16);
  member.deflated = number_at<std::uint16_t>(index, 10) == deflated;
  if (!take_fields(index.substr(central_size + name, fields), member) || !stays_inside(member.entry)) return false;
  if (!member.deflated && member.packed != member.size) return false;
  if (!member.entry.ends_with('/')) members.push_back(std::move(member));
  index.remove_prefix(all);
  return true;
}

}  // namespace

std::optional<ZipIndex> ZipIndex::of(const std::filesystem::path& archive) {
  const ZipFile file(archive);
  const std::optional<Place> place = find_index(file);
  if (!place && begins_like_a_zip(file)) {
    throw InputError(fmt::format("{} is damaged", archive.string()),
                     "the index at its end is missing: it was cut short", "Copy the archive again, or make it anew");
  }
  constexpr std::uint64_t longest_index = 1u << 28u;  // two million members: no scan has as many
  if (!place || place->size > std::min(file.size(), longest_index)) return std::nullopt;
  std::string bytes(place->size, 0);
  if (!file.read(place->begin, bytes)) return std::nullopt;
  ZipIndex found;
  found.path_ = archive;
  std::string_view index = bytes;
  for (std::uint64_t i = 0; i < place->entries; ++i) {
    if (!take_record(index, found.members_)) return std::nullopt;
  }
  if (index.size() >= central_size && number_at<std::uint32_t>(index, 0) == central_mark) {
    throw InputError(fmt::format("{} is damaged", archive.string()), "the index at its end has more files than it says",
                     "Copy the archive again, or make it anew");
  }
  return found;
}

ZipReader::ZipReader(const std::filesystem::path& archive) : file_(std::make_unique<ZipFile>(archive)) {}
ZipReader::ZipReader(ZipReader&&) noexcept = default;
ZipReader::~ZipReader() = default;

std::string ZipReader::origin(const ZipMember& member) const {
  return fmt::format("{}:{}", file_->path().string(), member.entry);
}

void ZipReader::fail(const ZipMember& member, const char* reason) const {
  throw InputError(fmt::format("{} is damaged", origin(member)), reason, "Copy the archive again, or make it anew");
}

/// Where they are in the archive.
std::uint64_t ZipReader::begin_of_bytes(const ZipMember& member) {
  std::string header(local_size + member.entry.size(), 0);
  if (!file_->read(member.header, header)) fail(member, "the archive ends before it");
  if (number_at<std::uint32_t>(header, 0) != local_mark) fail(member, "its header is not where the index says");
  const std::size_t name = number_at<std::uint16_t>(header, 26), fields = number_at<std::uint16_t>(header, 28);
  if (name != member.entry.size() || std::string_view(header).substr(local_size) != member.entry) {
    fail(member, "its header has another name than the index");
  }
  return member.header + local_size + name + fields;
}

void ZipReader::require_own_header(const ZipMember& member) {
  begin_of_bytes(member);
}

std::span<const char> ZipReader::contents(const ZipMember& member, std::size_t largest) {
  if (member.size > largest || member.packed > 2 * largest) {
    throw InputError(fmt::format("{} is too large", origin(member)),
                     fmt::format("such a file has at most {} bytes", largest));
  }
  const std::uint64_t begin = begin_of_bytes(member);
  packed_.resize(member.packed);
  if (!file_->read(begin, packed_)) fail(member, "the archive ends within it");
  if (member.deflated) {
    text_.resize(member.size);
    if (!inflater_.unpack(packed_, text_)) fail(member, "it cannot be unpacked");
  } else {
    std::swap(text_, packed_);
  }
  if (crc32(text_) != member.crc) fail(member, "its checksum does not fit");
  return text_;
}

}  // namespace velocal
