// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/gzip_file.hpp"

#include <cerrno>

namespace velocal {
namespace {

constexpr std::size_t piece_size = std::size_t{1} << 18;

}  // namespace

GzipFile::GzipFile(const std::filesystem::path& path) : file_(gzopen(path.c_str(), "rbe"), gzclose_r) {
  if (file_) gzbuffer(file_.get(), piece_size);
}

bool GzipFile::is_gzip() const {
  return file_ && gzdirect(file_.get()) == 0 && code() == Z_OK;
}

std::span<const char> GzipFile::read() {
  piece_.resize(piece_size);
  const int got = gzread(file_.get(), piece_.data(), static_cast<unsigned>(piece_size));
  return std::span(piece_).first(got > 0 ? static_cast<std::size_t>(got) : 0);
}

int GzipFile::code() const {
  int code = Z_OK;
  gzerror(file_.get(), &code);
  return code;
}

int GzipFile::error() const {
  switch (code()) {
    case Z_OK:
    case Z_STREAM_END: return 0;
    case Z_ERRNO: return errno;
    case Z_MEM_ERROR: return ENOMEM;
    default: return -1;
  }
}

std::string GzipFile::damage() const {
  return code() == Z_BUF_ERROR ? "it is cut short" : "its checksum is not that of its contents";
}

}  // namespace velocal
