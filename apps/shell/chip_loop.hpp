// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shell/work.hpp"
#include "velocal/descriptor/dataset_of_chips.hpp"

namespace velocal {

/// Throws what was lost beyond what is allowed, if anything was.
void throw_losses(const WorkReport& report);

/// The session gets the datasets of the further descriptors, those of its own chip where they have many. Throws
/// InputError where one lacks the chip, or leaves it out.
void take_other_datasets(Session& session, const std::vector<DatasetOfChips>& others);

/// The session gets all chips, for a program that takes them together. Throws UsageError for a descriptor of one chip.
void take_all_chips(Session& session, const DatasetOfChips& dataset, const std::vector<const ChipDataset*>& chips,
                    const std::vector<DatasetOfChips>& others);

/// Works on chips, one after the other. What is wrong with the data or results of one does not stop the others.
class ChipLoop {
 public:
  /// All have to live as long as the loop. `session`: that of the first chip.
  ChipLoop(const Program& program, const CommandLine& line, const Session& session, RunLog& log)
      : program_(program), line_(line), session_(session), log_(log) {}

  /// Returns the exit status: 0, that of a mistake that stops everything, that of a chip that is alone, or that of a
  /// loss after the chips that failed have been told.
  int work_on_each(const std::vector<const ChipDataset*>& chips, const std::vector<DatasetOfChips>& others);
  bool came_to_its_end() const { return at_end_; }  ///< nothing has stopped it
  const Json& report() const { return report_; }    ///< an entry for each chip

 private:
  int work_on_chip(const ChipDataset& chip, const std::string& position, const std::vector<DatasetOfChips>& others);
  int tell_failures(std::size_t chips) const;

  const Program& program_;
  const CommandLine& line_;
  const Session& session_;
  RunLog& log_;
  Json report_ = Json::array();
  std::vector<std::string> failed_;  ///< names of chips
  std::vector<std::string> lossy_;   ///< likewise
  bool at_end_ = false;
};

}  // namespace velocal
