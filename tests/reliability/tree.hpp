// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace velocal::test {

/// The bytes of a file, shared by all trees that hold them: a tree has 19 MB, and there are tens of thousands.
class Contents {
 public:
  Contents() : Contents(std::string()) {}
  Contents(std::string bytes) : bytes_(std::make_shared<const std::string>(std::move(bytes))) {}

  const std::string& bytes() const { return *bytes_; }
  bool operator==(const Contents& other) const { return bytes_ == other.bytes_ || *bytes_ == *other.bytes_; }

 private:
  std::shared_ptr<const std::string> bytes_;
};

/// Contents of the files below a folder by their relative path; of an empty folder with "/" at its end, nothing. Left
/// out are logs, which have times in them, and the lock of the collection, which stays.
using Tree = std::map<std::string, Contents>;

Tree read_tree(const std::filesystem::path& folder);

/// Makes the folder hold these files and no other; those that are right already are not touched.
void restore(const std::filesystem::path& folder, const Tree& tree);

}  // namespace velocal::test
