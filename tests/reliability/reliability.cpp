// SPDX-License-Identifier: GPL-3.0-or-later
// velocal_reliability TEMPLATE OUTPUT [SHARE [SEED [CAMPAIGN ...]]]: tries to make the programs lose or invent
// something, and writes docs/reliability.md. SHARE is that of the long run (1), SEED draws what is tried. Ends with 1
// when anything was not as promised.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <stdexcept>

#include "crowds.hpp"
#include "faults.hpp"
#include "flips.hpp"
#include "kills.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "surroundings.hpp"
#include "tools.hpp"

using namespace velocal;
using namespace velocal::test;

namespace {

using Texts = std::map<std::string, std::string>;

struct Campaign {
  std::string name;
  Texts (*run)(const Scene& scene, const Budget& budget, Findings& findings);
};

const std::vector<Campaign> campaigns{
    {"faults", inject_faults},
    {"allocations", fail_allocations},
    {"kills", kill_programs},
    {"crowds", write_in_crowds},
    {"surroundings", change_surroundings},
    {"flips", flip_bits},
    {"fuzz", fuzz},
    {"memory", watch_memory},
    {"threads", watch_threads},
};

/// Where memory is a file system nothing waits for a disk.
void prefer_memory() {
  if (access("/dev/shm", W_OK) == 0) setenv("TMPDIR", "/dev/shm", 1);
}

/// Puts each text in the place of its {{name}}; what was not run has none.
std::string filled(std::string text, const Texts& texts) {
  for (std::size_t at = text.find("{{"); at != std::string::npos; at = text.find("{{", at)) {
    const std::size_t end = text.find("}}", at);
    const auto found = texts.find(text.substr(at + 2, end - at - 2));
    text.replace(at, end + 2 - at, found == texts.end() ? "(not run)" : found->second);
  }
  return text;
}

Texts run_campaigns(const std::vector<std::string>& chosen, const Budget& budget, Findings& findings) {
  const TemporaryFolder scratch;
  std::filesystem::permissions(scratch.path(), std::filesystem::perms(0755));  // another user runs there, too
  const Scene scene(VELOCAL_PROGRAMS, scratch.path());
  Texts texts;
  for (const Campaign& campaign : campaigns) {
    if (!chosen.empty() && std::ranges::count(chosen, campaign.name) == 0) continue;
    fmt::print(stderr, "{}\n", campaign.name);
    for (const auto& [name, text] : campaign.run(scene, budget, findings)) {
      fmt::print(stderr, "  {}: {}\n", name, text);
      texts[name] = text;
    }
  }
  return texts;
}

}  // namespace

int main(int argc, char** argv) try {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() < 2)
    throw std::runtime_error("usage: velocal_reliability TEMPLATE OUTPUT [SHARE [SEED [CAMPAIGN ...]]]");
  prefer_memory();
  Budget budget;
  if (words.size() > 2) budget.share = std::stod(words[2]);
  if (words.size() > 3) budget.seed = std::stoull(words[3]);
  Findings findings;
  Texts texts =
      run_campaigns({words.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(words.size(), 4)), words.end()},
                    budget, findings);
  texts["share"] = fmt::format("{:g} %", 100.0 * budget.share);
  texts["violations"] = findings.violation_table();
  texts["foreign crashes"] = findings.foreign_crash_table();
  write_text(words[1], filled(read_text(words[0]), texts));
  fmt::print("{} violations\n", findings.violations());
  return findings.violations() == 0 ? 0 : 1;
} catch (const std::exception& error) {
  fmt::print(stderr, "velocal_reliability: {}\n", error.what());
  return 1;
}
