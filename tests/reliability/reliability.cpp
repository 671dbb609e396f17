// SPDX-License-Identifier: GPL-3.0-or-later
// velocal_reliability TEMPLATE OUTPUT [SHARE[:SECONDS] [SEED [CAMPAIGN[:SHARE[:PART]] ...]]]: tries to make the
// programs lose or invent something, and writes docs/reliability.md; without SHARE it only writes the page, of the kept
// figures. SHARE is that of the long run (1), SEED draws what is tried; a campaign may have a share of its own, and
// `faults` means all campaigns that begin so (faults/read, ...). After SECONDS nothing more is begun: each campaign
// gets its PART (1) of them, and what those before it have left. The figures of each campaign are kept in OUTPUT with
// the end .json as soon as it is done, and the page is written; those that are not run now keep theirs. Ends with 1
// when anything was not as promised, or not run though SHARE is 1.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <functional>
#include <set>
#include <sstream>
#include <stdexcept>

#include "crowds.hpp"
#include "faults.hpp"
#include "figures.hpp"
#include "flips.hpp"
#include "fuzzing.hpp"
#include "kills.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "surroundings.hpp"
#include "tools.hpp"
#include "velocal/core/version.hpp"

namespace velocal::test {
namespace {

using Texts = std::map<std::string, std::string>;

struct Campaign {
  std::string name;
  std::function<Texts(const Scene& scene, const Budget& budget, Findings& findings)> run;
};

/// The faults of one call, or program, have a campaign: together they take a day.
Campaign counted(const std::string& name, const std::string& of, decltype(&inject_faults) inject) {
  return {name, [=](const Scene& scene, const Budget& budget, Findings& findings) -> Texts {
            return {{name, std::to_string(inject(of, scene, budget, findings))}};
          }};
}

std::vector<Campaign> make_campaigns() {
  std::set<std::string> calls;
  for (const Fault& fault : faults) calls.insert(fault.call);
  std::vector<Campaign> all;
  for (const std::string& call : calls) all.push_back(counted(fault_campaign(call), call, inject_faults));
  all.insert(all.end(), {{"interruptions", interrupt_calls},
                         {"kills", kill_programs},
                         {"kills/calls", kill_at_calls},
                         {"crowds", write_in_crowds},
                         {"surroundings", change_surroundings},
                         {"flips", flip_bits},
                         {"texts", fuzz_texts},
                         {"results", fuzz_results},
                         {"memory", watch_memory},
                         {"threads", watch_threads}});
  for (const Program& program : programs) {
    all.push_back(counted(place_campaign(program.name), program.name, fail_each_place));
  }
  for (const Program& program : programs) {  // last: they take far longer than all the others
    all.push_back(counted(allocation_campaign(program.name), program.name, fail_every_allocation));
  }
  return all;
}

const std::vector<Campaign>& campaigns() {
  static const std::vector<Campaign> all = make_campaigns();
  return all;
}

/// Where memory is a file system nothing waits for a disk.
void prefer_memory() {
  if (access("/dev/shm", W_OK) == 0) setenv("TMPDIR", "/dev/shm", 1);
}

CampaignFigures run_campaign(const Campaign& campaign, const Scene& scene, const Budget& budget) {
  fmt::print(stderr, "{}\n", campaign.name);
  Findings findings;
  const auto begin = std::chrono::steady_clock::now();
  const Texts texts = campaign.run(scene, budget, findings);
  for (const auto& [name, text] : texts) fmt::print(stderr, "  {}: {}\n", name, text);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  fmt::print(stderr, "  {:.0f} s\n", took.count());
  const std::string note =
      std::isinf(budget.seconds) ? "" : fmt::format("the run was ended after {:.0f} s", budget.seconds);
  return {budget.share, std::string(git_hash()), texts, findings.violations(), findings.foreign_crashes(), note};
}

/// How much of a campaign is run, and in how much of the time.
struct Part {
  Budget budget;
  double part = 1.0;
};

/// By campaign that is run: all, where the command line names none.
using Parts = std::map<std::string, Part>;

Parts parts_of(const std::vector<std::string>& chosen, const Budget& usual) {
  Parts parts;
  for (const std::string& word : chosen) {
    std::istringstream fields(word);
    std::string name, share, part;
    std::getline(std::getline(std::getline(fields, name, ':'), share, ':'), part);
    Part own{usual};
    if (!share.empty()) own.budget.share = std::stod(share);
    if (!part.empty()) own.part = std::stod(part);
    bool is_known = false;
    for (const Campaign& campaign : campaigns()) {
      if (campaign.name != name && !campaign.name.starts_with(name + "/")) continue;
      parts[campaign.name] = own;
      is_known = true;
    }
    if (!is_known) throw std::runtime_error("no campaign " + name);
  }
  if (!chosen.empty()) return parts;
  for (const Campaign& campaign : campaigns()) parts[campaign.name] = {usual};
  return parts;
}

/// Divides the time among the campaigns.
class Timetable {
 public:
  Timetable(double seconds, const Parts& parts) : seconds_(seconds) {
    for (const auto& [name, part] : parts) parts_left_ += part.part;
  }

  /// What the next one gets.
  Budget budget_of(const Part& part) {
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin_;
    Budget budget = part.budget;
    budget.seconds = std::max(0.0, seconds_ - passed.count()) * part.part / parts_left_;
    parts_left_ -= part.part;
    return budget;
  }

 private:
  double seconds_, parts_left_ = 0;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

/// Where the page is made, and of what; the figures are kept beside it.
struct Page {
  std::filesystem::path file;
  std::string frame;  ///< the text with names in the place of figures

  std::filesystem::path kept() const { return std::filesystem::path(file).replace_extension("json"); }
  void write(const Figures& figures) const {
    write_figures(kept(), figures);
    write_text(file, page_of(frame, figures));
  }
};

/// Writes the page anew when a campaign is done: all of them take more than a day. Whether all was as promised.
bool run_campaigns(const Parts& parts, double seconds, const Page& page) {
  Figures figures = read_figures(page.kept());
  const TemporaryFolder scratch;
  std::filesystem::permissions(scratch.path(), std::filesystem::perms(0755));  // another user runs there, too
  const Scene scene(VELOCAL_PROGRAMS, scratch.path());
  Timetable timetable(seconds, parts);
  bool all_well = true, any_run = false;
  for (const Campaign& campaign : campaigns()) {
    const auto part = parts.find(campaign.name);
    if (part == parts.end()) continue;
    const CampaignFigures own = run_campaign(campaign, scene, timetable.budget_of(part->second));
    if (own.texts.empty()) {
      fmt::print(stderr, "  not run: what it needs is not there, or it has no share below 1\n");
      all_well = all_well && own.share < 1.0;  // the long run leaves nothing out
      continue;
    }
    any_run = true;
    figures[campaign.name] = own;
    all_well = all_well && own.violations.empty();
    page.write(figures);
  }
  if (!any_run) fmt::print("SKIPPED: none of these campaigns can be run here\n");  // ctest looks for it
  return all_well;
}

int write_page(const std::vector<std::string>& words) {
  if (words.size() < 2) {
    throw std::runtime_error(
        "usage: velocal_reliability TEMPLATE OUTPUT [SHARE[:SECONDS] [SEED [CAMPAIGN[:SHARE[:PART]] ...]]]");
  }
  const Page page{words[1], read_text(words[0])};
  if (words.size() == 2) {
    page.write(read_figures(page.kept()));
    return 0;
  }
  prefer_memory();
  Budget usual;
  double seconds = usual.seconds;
  const std::size_t colon = words[2].find(':');
  usual.share = std::stod(words[2]);
  if (colon != std::string::npos) seconds = std::stod(words[2].substr(colon + 1));
  if (words.size() > 3) usual.seed = std::stoull(words[3]);
  const std::vector<std::string> chosen(words.begin() + std::min<std::ptrdiff_t>(std::ssize(words), 4), words.end());
  const bool all_well = run_campaigns(parts_of(chosen, usual), seconds, page);
  if (!all_well) fmt::print("Not all was run, or as promised: see {}\n", page.file.string());
  return all_well ? 0 : 1;
}

}  // namespace
}  // namespace velocal::test

int main(int argc, char** argv) try {
  return velocal::test::write_page({argv + 1, argv + argc});
} catch (const std::exception& error) {
  fmt::print(stderr, "velocal_reliability: {}\n", error.what());
  return 1;
}
