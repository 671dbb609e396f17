// SPDX-License-Identifier: GPL-3.0-or-later
#include "tree.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>
#include <vector>

#include "support/files.hpp"

namespace velocal::test {

namespace fs = std::filesystem;

namespace {

bool is_beside_the_point(const std::string& name) {
  return name == "velocal.log" || name == ".results_collection.csv.lock";
}

std::string bytes_of(const fs::path& file) {
  std::string bytes(fs::file_size(file), '\0');
  const int opened_file = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const ssize_t count = ::read(opened_file, bytes.data(), bytes.size());
  close(opened_file);
  if (count != static_cast<ssize_t>(bytes.size())) throw std::runtime_error("cannot read " + file.string());
  return bytes;
}

/// A file as it was when it was last read: who changes it changes its number, or its time.
struct Known {
  ino_t number = 0;
  timespec changed{};
  Contents contents;

  bool is(const struct stat& now) const {
    return number == now.st_ino && changed.tv_sec == now.st_ctim.tv_sec && changed.tv_nsec == now.st_ctim.tv_nsec;
  }
};
thread_local std::map<fs::path, Known> known_files;  // each thread has a folder of its own

struct stat status_of(const fs::path& file) {
  struct stat status {};
  if (lstat(file.c_str(), &status) != 0) throw std::runtime_error("cannot look at " + file.string());
  return status;
}

const Contents& know(const fs::path& file, Contents contents) {
  const struct stat status = status_of(file);
  return (known_files[file] = {status.st_ino, status.st_ctim, std::move(contents)}).contents;
}

const Contents& contents_of(const fs::path& file) {
  const auto known = known_files.find(file);
  if (known != known_files.end() && known->second.is(status_of(file))) return known->second.contents;
  return know(file, bytes_of(file));
}

/// Archives keep the times of files: always the same, so that archives are the same.
void set_time(const fs::path& file) {
  constexpr timespec always{.tv_sec = 1'700'000'000, .tv_nsec = 0};
  const struct stat status = status_of(file);
  if (status.st_mtim.tv_sec == always.tv_sec && status.st_mtim.tv_nsec == always.tv_nsec) return;
  const timespec times[] = {always, always};
  if (utimensat(AT_FDCWD, file.c_str(), times, 0) != 0) throw std::runtime_error("cannot date " + file.string());
}

std::string name_of(const fs::path& path, const fs::path& folder) {
  return path.lexically_relative(folder).string() + (fs::is_directory(path) ? "/" : "");
}

/// Those in this folder, deepest first: one that is left empty goes, too.
void remove_empty_folders(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.is_directory() || entry.is_symlink()) continue;
    remove_empty_folders(entry.path());
    if (fs::is_empty(entry.path())) fs::remove(entry.path());
  }
}

}  // namespace

Tree read_tree(const fs::path& folder) {
  Tree tree;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    if (entry.is_regular_file() && !is_beside_the_point(name)) {
      tree[name_of(entry.path(), folder)] = contents_of(entry.path());
    }
    if (entry.is_directory() && fs::is_empty(entry.path())) tree[name_of(entry.path(), folder)] = {};
  }
  return tree;
}

void restore(const fs::path& folder, const Tree& tree) {
  fs::create_directories(folder);
  std::vector<fs::path> others;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_directory() && !tree.contains(entry.path().lexically_relative(folder))) others.push_back(entry);
  }
  for (const fs::path& file : others) fs::remove(file);
  remove_empty_folders(folder);
  for (const auto& [name, contents] : tree) {
    const fs::path file = folder / name;
    if (name.ends_with('/')) {
      fs::create_directories(file);
      continue;
    }
    if (!fs::exists(file) || contents_of(file) != contents) write_text(file, contents.bytes());
    set_time(file);
    know(file, contents);
  }
}

}  // namespace velocal::test
