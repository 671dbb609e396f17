// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/archives.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <stdexcept>

namespace velocal::test {
namespace {

using Writer = std::unique_ptr<archive, int (*)(archive*)>;

void require(int status, archive* writer) {
  if (status != ARCHIVE_OK) throw std::runtime_error(archive_error_string(writer));
}

void add(archive* writer, const ArchiveEntry& each) {
  const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
  archive_entry_set_pathname(entry.get(), each.name.c_str());
  archive_entry_set_filetype(entry.get(), each.link.empty() ? AE_IFREG : AE_IFLNK);
  archive_entry_set_perm(entry.get(), 0644);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(each.text.size()));
  if (!each.link.empty()) archive_entry_set_symlink(entry.get(), each.link.c_str());
  require(archive_write_header(writer, entry.get()), writer);
  if (archive_write_data(writer, each.text.data(), each.text.size()) < 0) require(ARCHIVE_FATAL, writer);
}

void write(const std::filesystem::path& file, const std::vector<ArchiveEntry>& entries, int (*format)(archive*)) {
  const Writer writer(archive_write_new(), archive_write_free);
  require(format(writer.get()), writer.get());
  if (file.extension() == ".gz") require(archive_write_add_filter_gzip(writer.get()), writer.get());
  if (file.extension() == ".zst") require(archive_write_add_filter_zstd(writer.get()), writer.get());
  std::filesystem::create_directories(file.parent_path());
  require(archive_write_open_filename(writer.get(), file.c_str()), writer.get());
  for (const ArchiveEntry& each : entries) add(writer.get(), each);
  require(archive_write_close(writer.get()), writer.get());
}

}  // namespace

void write_archive(const std::filesystem::path& file, const std::vector<ArchiveEntry>& entries) {
  write(file, entries, file.extension() == ".zip" ? archive_write_set_format_zip : archive_write_set_format_pax);
}

void write_compressed(const std::filesystem::path& file, const std::string& text) {
  write(file, {{file.stem().string(), text}}, archive_write_set_format_raw);
}

}  // namespace velocal::test
