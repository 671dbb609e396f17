// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/chip_loop.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "shell/exit_status.hpp"
#include "shell/signals.hpp"

namespace velocal {
namespace {

constexpr int lossy = static_cast<int>(ErrorKind::loss);

/// A mistake in the command or the descriptor, an interruption, or a lack of memory would come with the next chip
/// again.
bool is_of_one_chip(int status) {
  return status == static_cast<int>(ErrorKind::input) || status == static_cast<int>(ErrorKind::output) ||
         status == lossy || status == 0;
}

}  // namespace

void throw_losses(const WorkReport& report) {
  if (!report.losses.empty()) throw Error(ErrorKind::loss, fmt::format("{}", fmt::join(report.losses, "\n")));
}

void take_other_datasets(Session& session, const std::vector<DatasetOfChips>& others) {
  session.others.clear();
  for (const DatasetOfChips& other : others) {
    const std::string& asic = session.dataset.asic;
    const ChipDataset* chip = other.has_many ? other.find(asic) : &other.chips.front();
    if (chip == nullptr) throw InputError(fmt::format("{} has no chip {}", other.name, asic));
    if (!chip->skipped.empty()) throw InputError(fmt::format("{} leaves {} out", other.name, asic), chip->skipped);
    session.others.push_back(chip->dataset);
  }
}

void take_all_chips(Session& session, const DatasetOfChips& dataset, const std::vector<const ChipDataset*>& chips,
                    const std::vector<DatasetOfChips>& others) {
  if (!dataset.has_many) {
    throw UsageError(fmt::format("{} describes one chip", session.dataset.file.string()), "this is of many",
                     "List them with asics");
  }
  session.all_name = dataset.name;
  session.all_chips = dataset.chips;
  for (const ChipDataset* chip : chips) session.chips.push_back(*chip);
  session.other_chips = others;
}

int ChipLoop::work_on_each(const std::vector<const ChipDataset*>& chips, const std::vector<DatasetOfChips>& others) {
  const auto total = std::ranges::count_if(chips, [](const ChipDataset* chip) { return chip->skipped.empty(); });
  std::ptrdiff_t begun = 0;
  int status = 0;
  for (const ChipDataset* chip : chips) {
    if (!chip->skipped.empty()) {
      session_.console.note(fmt::format("{} is left out ({})", chip->dataset.name, chip->skipped));
      report_.push_back({{"asic", chip->dataset.asic}, {"skipped", chip->skipped}});
      continue;
    }
    status = work_on_chip(*chip, fmt::format("chip {} of {}, ", ++begun, total), others);
    if (!is_of_one_chip(status)) return status;
  }
  at_end_ = true;
  return total == 1 ? status : tell_failures(static_cast<std::size_t>(total));
}

int ChipLoop::work_on_chip(const ChipDataset& chip, const std::string& position,
                           const std::vector<DatasetOfChips>& others) {
  Session session = session_;
  session.dataset = chip.dataset;
  session.dataset.fit = session_.dataset.fit;  // options may have changed it; `overrides` of a chip cannot
  session.position = position;
  WorkReport done;
  std::string message;
  const int status = exit_status_of(session.console, [&] {
    try {
      throw_if_interrupted();
      take_other_datasets(session, others);
      session.scans = chosen_scans(session.dataset, line_.scans);
      work_on(program_, line_, session, log_, done);
      throw_losses(done);
    } catch (const Error& error) {
      message = error.what();
      throw;
    }
  });
  if (const std::string failure = log_.write_and_begin_anew(status); !failure.empty()) {
    session.console.warning(failure);
  }
  if (status == lossy) lossy_.push_back(chip.dataset.asic);
  if (status != 0 && status != lossy) failed_.push_back(chip.dataset.asic);
  report_.push_back({{"asic", chip.dataset.asic}, {"status", status}, {"scans", done.scans}});
  if (!message.empty()) report_.back()["error"] = message;
  return status;
}

int ChipLoop::tell_failures(std::size_t chips) const {
  const auto tell = [&](const std::vector<std::string>& names, std::string_view what) {
    if (names.empty()) return;
    session_.console.error(fmt::format("{} of {} chips {}: {}", names.size(), chips, what, fmt::join(names, ", ")));
  };
  tell(lossy_, "lost more than is allowed");
  tell(failed_, "failed");
  return lossy_.empty() && failed_.empty() ? 0 : lossy;
}

}  // namespace velocal
