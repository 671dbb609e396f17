// SPDX-License-Identifier: GPL-3.0-or-later
#include "many_chips.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "support/files.hpp"

namespace velocal::test {
namespace {

constexpr auto many_text = R"(velocal: 1
name: many
asics: {}
data: data
results: results
scans:
  - label: warm
    folder: "${{ASIC}}"
    shutter: 260s0ms
    acquisitions: 1
    thresholds: {{from: 1520, to: 1595, step: 5}}
    baseline: {{folder: "${{ASIC}}"}}
    simulation:
      spot: {{floor: 1}}
      masked_pixels: 65000
      pixels_without_baseline: 0
      chips: {{gain_spread: 0.001, noise_spread: 0.01, illumination_spread: 0.02}}
)";

}  // namespace

ManyChips::ManyChips(const std::string& asics) {
  write_text(folder() / "many.yaml", fmt::format(many_text, asics));
}

ManyChips::ManyChips(const ManyChips& other) {
  std::filesystem::copy(other.folder(), folder(), std::filesystem::copy_options::recursive);
}

Outcome ManyChips::run(const std::string& program, std::vector<std::string> more) const {
  more.insert(more.begin(), {"many.yaml", "--no-progress"});
  return test::run("velocal-" + program, more, {.folder = folder()});
}

void ManyChips::make(const std::vector<std::string>& programs, int status) const {
  for (const std::string& program : programs) {
    const Outcome outcome = run(program);
    if (outcome.status != status) throw std::runtime_error("velocal-" + program + ": " + outcome.err);
  }
}

}  // namespace velocal::test
