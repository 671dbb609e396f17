// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "program_runner.hpp"
#include "support/temporary_folder.hpp"

namespace velocal::test {

/// A folder with a descriptor `many.yaml` of chips of one scan `warm` (16 thresholds, one acquisition each), nearly all
/// of whose pixels are masked. Programs run inside.
class ManyChips {
 public:
  /// `asics` and what follows it: "[Module0_VP0-0, Module0_VP0-1]\nfaults: {...}".
  explicit ManyChips(const std::string& asics);
  /// The same files in another folder.
  ManyChips(const ManyChips& other);
  ManyChips& operator=(const ManyChips&) = delete;

  const std::filesystem::path& folder() const { return folder_.path(); }
  std::filesystem::path results() const { return folder() / "results/many"; }
  /// `velocal-<program> many.yaml --no-progress <more>`
  Outcome run(const std::string& program, std::vector<std::string> more = {}) const;
  /// Each of the programs; throws when one ends with another status.
  void make(const std::vector<std::string>& programs, int status = 0) const;

 private:
  TemporaryFolder folder_;
};

}  // namespace velocal::test
