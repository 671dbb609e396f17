// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "velocal/scan/matrix_csv.hpp"

namespace velocal {

class FileTransaction;

/// SHA-256 of files of a folder, by name.
using FileSums = std::map<std::string, std::string>;

/// Files of this folder that the transaction holds.
FileSums sums_of(const std::filesystem::path& folder, const FileTransaction& files);

/// As `sha256sum --check` reads them.
std::string text_of(const FileSums& sums);
/// None where the file is missing. Throws InputError, also where it lists nothing, or has a line that is no checksum.
std::optional<FileSums> read_file_sums(const std::filesystem::path& file);

/// `SHA256SUMS` of this folder.
std::filesystem::path file_sums(const std::filesystem::path& folder);

/// Adds `SHA256SUMS` for the files of this folder that the transaction holds. Lines of other files that are there stay,
/// but for those that are made anew now (`is_made_anew` of the name): the transaction would hold them if they still
/// belonged there. Returns these. `sha256sum --check SHA256SUMS` tells whether the files belong together.
FileSums add_file_sums(const std::filesystem::path& folder, FileTransaction& files,
                       const std::function<bool(const std::string& name)>& is_made_anew);

/// To be told of files of this folder, in any thread: throws InputError where one is not what `SHA256SUMS` lists, or is
/// not listed. Without `SHA256SUMS` nothing can be said.
ContentsSeen compared_with_sums(const std::filesystem::path& folder);

/// A file that is not as it was listed.
struct StrangeFile {
  std::string name;
  std::string reason;       ///< "results/…/x.csv is missing"
  std::string advice = {};  ///< where making the files anew may not be enough: ", and remove it if it stays"
};

/// The first file of this folder that is not as `SHA256SUMS` lists it, or that list itself where it cannot be read;
/// else the first one that it has to list (`has_to_be_listed` of its name) and does not. Of files that are not to be
/// `read` only those are found that are missing or not listed. Waits as core/wait.hpp says.
std::optional<StrangeFile> strange_file(const std::filesystem::path& folder, bool read,
                                        const std::function<bool(const std::string& name)>& has_to_be_listed);

}  // namespace velocal
