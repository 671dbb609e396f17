// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "program_runner.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/plot/figure/picture_format.hpp"
#include "velocal/store/provenance.hpp"

// What tests of velocal-plot have in common.

namespace velocal::test {

/// False, and said, when the test has to be skipped.
bool gnuplot_is_there();

/// A folder with two.yaml, which has two scans, and variant.yaml, which extends it.
class TwoScans {
 public:
  /// Results of both scans up to the last stage.
  explicit TwoScans(const std::vector<std::string>& stages = {"simulate", "flux", "fit", "matrices"});

  const std::filesystem::path& folder() const { return folder_.path(); }
  std::filesystem::path results() const { return folder() / "results"; }

  void make(const std::string& stage, std::vector<std::string> arguments) const;
  Outcome plot(const std::vector<std::string>& arguments, Surroundings surroundings = {}) const;

 private:
  TemporaryFolder folder_;
};

/// What files of the warm scan are expected to come from.
Provenance warm_of(const std::string& dataset);

/// Names of the files in a folder.
std::set<std::string> names_in(const std::filesystem::path& folder);

/// Each picture of the format in the folder is complete.
void check_pictures(const std::filesystem::path& folder, PictureFormat format);

void expect_error(const Outcome& outcome, int status, const std::string& message);

}  // namespace velocal::test
