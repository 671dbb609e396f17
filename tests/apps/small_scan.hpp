// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "program_runner.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/store/provenance.hpp"

namespace velocal::test {

inline constexpr int few_masked = 50;      ///< a fit takes seconds
inline constexpr int most_masked = 65000;  ///< a fit takes less than others'

/// What files of a small scan are expected to come from.
inline const Provenance small_warm{
    .dataset = "small", .scan = "warm", .descriptor = {}, .options = {}, .inputs_sha256 = {}};

/// A folder with a descriptor `small.yaml` of one scan `warm` (31 thresholds, one acquisition of 260 s each), nearly
/// all of whose pixels are masked, so that programs take a fraction of a second. Programs run inside.
class SmallScan {
 public:
  explicit SmallScan(int masked_pixels = 64000);

  const std::filesystem::path& folder() const { return folder_.path(); }
  std::filesystem::path descriptor() const { return folder() / "small.yaml"; }
  std::filesystem::path results() const { return folder() / "results/small/warm"; }
  std::filesystem::path acquisition(int threshold) const;

  /// `velocal-<stage> small.yaml <more>`
  Outcome run(const std::string& stage, std::vector<std::string> more = {}, Surroundings surroundings = {}) const;
  /// Runs each stage of the list; throws when one does not end with 0. Of a new scan they are copied, where this
  /// process has made them before (run_once.hpp).
  void make(const std::vector<std::string>& stages) const;
  /// Every file below the folder, save logs, with its contents' hash, one a line.
  std::string snapshot() const;
  /// Noise scans at trim 0 and F, and the descriptor's section `noise`.
  void add_noise_scans() const;
  /// A drawn pixel counts on far above the line.
  void make_one_pixel_noisy() const;
  /// Replaces a text of the descriptor that is there exactly once.
  void edit_descriptor(const std::string& from, const std::string& to) const;

 private:
  TemporaryFolder folder_;
};

}  // namespace velocal::test
