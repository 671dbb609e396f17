// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/folder_names.hpp"

#include <algorithm>
#include <system_error>

#include "velocal/core/system_failure.hpp"

namespace velocal {

std::vector<std::string> names_in(const std::filesystem::path& folder, std::string_view problem,
                                  std::string_view suggestion, Remedy remedy) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string& path = entry->path().native();
    names.push_back(path.substr(path.rfind('/') + 1));
  }
  if (error) {
    const std::string what = std::string(problem) + " " + folder.string();
    throw_if_exhausted(what, error.value());
    throw InputError(what, error.message(), suggestion, remedy);
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace velocal
