// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>

namespace velocal {

/// How the files of a scan are compared with the list of those that a result was made of.
struct InputComparison {
  bool contents = false;  ///< also of the raw data, which may be gigabytes; small files always
  int threads = 0;        ///< <= 0: all
};

/// A file that a result is made of.
struct InputFile {
  std::filesystem::path path;
  bool compare_contents;  ///< else only its size; nothing of a compressed file, whose contents have another
  std::string name = path.filename().string();  ///< in the list
};

/// What has changed of these files since the list was made, in words: `3 files, the first being m_THR_1530_0.csv:
/// 131072 bytes then, 131080 now`. Empty when nothing has. `list`: an input_line() for each file there was.
std::string changed_files(std::span<const InputFile> files, const std::string& list, int threads);

}  // namespace velocal
