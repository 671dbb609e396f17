// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/descriptor/dataset.hpp"
#include "velocal/scan/pixel_group.hpp"
#include "velocal/store/stage_inputs.hpp"

namespace velocal {

/// The programs that build on each other, in this order.
enum class Stage { simulation, baseline, flux, fit, matrices };
std::string_view name_of(Stage stage);

/// `datasets/N037.yaml --group rows`: what a command takes to work on the group.
std::string command_arguments(const Dataset& dataset, PixelGroup group);

/// Whose results are looked at, and how closely.
struct ChainOf {
  const Dataset& dataset;
  std::string label;
  PixelGroup group = PixelGroup::all;
  bool verify = false;  ///< read the count files, too; else their names and sizes are compared
  int threads = 0;      ///< <= 0: all
};

/// The results file of one stage, as it stands against the descriptor and the files that it was made of.
struct StageResult {
  Stage stage;
  std::filesystem::path file;
  bool exists = false;
  std::string sha256 = {};   ///< of the file's bytes; empty: it is missing, or unreadable
  std::string problem = {};  ///< "was made with other settings"; empty: it is up to date, or missing
  std::string detail = {};   ///< "shutter: 1s in the file, 2s in the descriptor"; may be empty
  /// "summary.csv does not belong to it", or "is there without it": of its other files; later stages do not need those
  std::string stray = {};
  std::optional<InputError> unreadable_stray = {};  ///< one of them cannot be read, as `stray` says, nor made anew
  std::optional<InputError> unreadable = {};        ///< it is damaged, or of something else; or its data are unreadable
  bool comparable = true;    ///< false: what it was made of cannot be read now, so that it may be up to date
  std::string command = {};  ///< makes it: "velocal-fit small.yaml --group rows"
  std::string options = {};  ///< at the command's end: what the command line chose when it was made, "--model F1"

  /// "results/…/flux.h5 was made with other settings (shutter: …)"
  std::string complaint() const;
  bool missing() const { return !exists && stray.empty(); }
  bool up_to_date() const { return exists && problem.empty() && stray.empty(); }
};

/// What the command line asks of the last stage.
struct AskedStage {
  std::string engine;         ///< of a fit
  std::uint64_t seed = 1;     ///< of a simulation
  std::string overrides;      ///< what it changed of the descriptor
  std::string from_csv = {};  ///< folder of the fluxes that a flux is made of; empty: acquisitions
};

/// The results of one scan and group, each looked at once, when it is first asked for.
class Chain {
 public:
  /// The dataset has to live as long.
  explicit Chain(ChainOf of);

  /// From the flux to the stage `last`; before them the noise baseline, where the scan takes the dataset's own. A
  /// result is stale when it was made with other settings than the descriptor has now, of other files than lie there
  /// now, or of another result of the stage before, and when that one is stale. What the command line chose when it was
  /// made stays chosen; with `asked`, the last stage is compared with that instead.
  std::vector<StageResult> up_to(Stage last, const std::optional<AskedStage>& asked = {});
  /// Returns the file of the stage's result. Throws the obstacle when there is one (obstacle_in()).
  std::filesystem::path require_up_to_date(Stage stage);

 private:
  void look(Stage stage, const AskedStage* asked);

  ChainOf of_;
  std::vector<StageResult> results_;
  StageInputs inputs_;  ///< what all of them would be made with now
};

/// By the scan's label: those of Chain::up_to(Stage::matrices).
using Chains = std::map<std::string, std::vector<StageResult>>;

/// Chain::up_to() of what is looked at once.
std::vector<StageResult> look_at_chain(const ChainOf& of, Stage last, const std::optional<AskedStage>& asked = {});

/// The noise baseline that the dataset's own noise scans give. Throws UsageError when there are none.
StageResult look_at_baseline(const ChainOf& of);

/// The truth of a drawn scan, which has to be whole. Without `asked` the seed may be any.
StageResult look_at_simulation(const ChainOf& of, const std::optional<AskedStage>& asked = {});

/// Why the last of these results cannot be used: it is missing or unreadable, or it or one before is stale. The text
/// names the file, what changed, and the command that mends it. Empty: it can.
std::optional<InputError> obstacle_in(const ChainOf& of, const std::vector<StageResult>& chain);

/// Why this noise baseline cannot be used: it is the dataset's own, and stale. Empty: it can.
std::optional<InputError> obstacle_in_baseline(const ChainOf& of, const std::filesystem::path& file);

}  // namespace velocal
