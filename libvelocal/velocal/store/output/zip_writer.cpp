// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/output/zip_writer.hpp"

#include <algorithm>

#include "velocal/scan/zip_layout.hpp"

namespace velocal {
namespace {

using namespace zip;

constexpr std::uint32_t plain_file = 0100644u << 16;
constexpr std::uint16_t no_time = 0, first_day = 1 << 5 | 1;  ///< 1 January 1980: the true one is in the extra field

std::uint32_t in_32_bits(std::uint64_t number) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(number, elsewhere));
}

/// What the local header and the index's record have in common.
void append_common(std::string& bytes, const ZipMember& member, std::size_t fields) {
  append(bytes, version_needed);
  append(bytes, flag_utf8);
  append(bytes, member.deflated ? deflated : stored);
  append(bytes, no_time);
  append(bytes, first_day);
  append(bytes, member.crc);
  append(bytes, static_cast<std::uint32_t>(member.packed));
  append(bytes, static_cast<std::uint32_t>(member.size));
  append(bytes, static_cast<std::uint16_t>(member.entry.size()));
  append(bytes, static_cast<std::uint16_t>(fields));
}

std::string time_of(const ZipMember& member) {
  std::string field;
  if (!member.time) return field;
  append(field, time_field);
  append(field, std::uint16_t{5});
  field += '\1';  // the time of the last change
  append(field, static_cast<std::uint32_t>(*member.time));
  return field;
}

std::string local_header(const ZipMember& member) {
  const std::string fields = time_of(member);
  std::string bytes;
  append(bytes, local_mark);
  append_common(bytes, member, fields.size());
  return bytes + member.entry + fields;
}

std::string index_record(const ZipMember& member) {
  std::string fields = time_of(member);
  if (member.header >= elsewhere) {
    append(fields, large_field);
    append(fields, std::uint16_t{8});
    append(fields, member.header);
  }
  std::string bytes;
  append(bytes, central_mark);
  append(bytes, static_cast<std::uint16_t>(made_by_unix | version_needed));
  append_common(bytes, member, fields.size());
  bytes += std::string(6, '\0');  // no comment, first disk, no text
  append(bytes, plain_file);
  append(bytes, in_32_bits(member.header));
  return bytes + member.entry + fields;
}

/// The end of an archive with numbers that 32 or 16 bits do not hold.
std::string large_end(std::uint64_t begin, std::uint64_t size, std::uint64_t entries) {
  std::string bytes;
  append(bytes, end64_mark);
  append(bytes, std::uint64_t{end64_size - 12});
  append(bytes, static_cast<std::uint16_t>(made_by_unix | version_needed));
  append(bytes, version_needed);
  append(bytes, std::uint64_t{0});  // disks
  for (const std::uint64_t number : {entries, entries, size, begin}) append(bytes, number);
  append(bytes, locator64_mark);
  append(bytes, std::uint32_t{0});
  append(bytes, begin + size);
  append(bytes, std::uint32_t{1});
  return bytes;
}

}  // namespace

void ZipWriter::write(std::span<const char> bytes) {
  sink_(std::as_bytes(bytes));
  size_ += bytes.size();
}

void ZipWriter::add(ZipMember member, std::span<const char> bytes) {
  member.header = size_;
  write(local_header(member));
  write(bytes);
  members_.push_back(std::move(member));
}

void ZipWriter::finish() {
  const std::uint64_t begin = size_;
  std::string index;
  for (const ZipMember& member : members_) index += index_record(member);
  const std::uint64_t size = index.size(), entries = members_.size();
  if (begin >= elsewhere || size >= elsewhere || entries >= elsewhere16) index += large_end(begin, size, entries);
  append(index, end_mark);
  append(index, std::uint32_t{0});  // disks
  const auto count = static_cast<std::uint16_t>(std::min<std::uint64_t>(entries, elsewhere16));
  append(index, count);
  append(index, count);
  append(index, in_32_bits(size));
  append(index, in_32_bits(begin));
  append(index, std::uint16_t{0});  // no comment
  write(index);
}

}  // namespace velocal
