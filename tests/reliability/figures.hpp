// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>

namespace velocal::test {

/// What a campaign has given: kept beside the page, so that one campaign can be run anew without the others.
struct CampaignFigures {
  double share = 1.0;                        ///< of the long run
  std::string version;                       ///< of the programs
  std::map<std::string, std::string> texts;  ///< for the page, by name
  std::map<std::string, std::size_t> violations, foreign_crashes;
  std::string note{};  ///< what a reader has to know of this run; gone with the next
};
using Figures = std::map<std::string, CampaignFigures>;  ///< by campaign

/// The name of the campaign in which calls of one kind fail; its text for the page, of the same name, says how many.
std::string fault_campaign(const std::string& call);
/// Likewise of those in which the first allocation of each place in a program fails, and every one.
std::string place_campaign(const std::string& program);
std::string allocation_campaign(const std::string& program);

/// Empty where there is no file.
Figures read_figures(const std::filesystem::path& file);
void write_figures(const std::filesystem::path& file, const Figures& figures);

/// The text with the texts of all campaigns in the places of their {{name}}, and the number of tests that its row names
/// in the place of {{tests}}.
std::string page_of(const std::string& text, const Figures& figures);

}  // namespace velocal::test
