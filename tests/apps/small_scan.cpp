// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <stdexcept>

#include "run_once.hpp"
#include "support/files.hpp"
#include "support/noise_files.hpp"
#include "velocal/core/sha256.hpp"

namespace velocal::test {
namespace {

constexpr auto descriptor_text = R"(velocal: 1
name: small
asic: Module0_VP3-1
data: data
results: results
source: {{photon_energy_eV: 5900}}
fit: {{statistic: neyman, covariance: absolute, start: descriptor}}
scans:
  - label: warm
    folder: scan
    shutter: 260s0ms
    acquisitions: 1
    thresholds: {{from: 1520, to: 1580, step: 2}}
    reject: {{last_column_mean: 18.34765625}}
    baseline: {{folder: equalisation}}
    initial: {{f: 0.0009, A: 8, s: 12, E0: 1551}}
    initial_baseline: {{f: 0.0009, A: 8, s: 12, E0: 125}}
    simulation: {{spot: {{floor: 1}}, masked_pixels: {}, pixels_without_baseline: 5}}
)";

}  // namespace

SmallScan::SmallScan(int masked_pixels) {
  write_text(descriptor(), fmt::format(descriptor_text, masked_pixels));
}

std::filesystem::path SmallScan::acquisition(int threshold) const {
  return folder() / fmt::format("data/scan/Module0_VP3-1_ECS_data_ST_260s0ms_THR_{}_0.csv", threshold);
}

Outcome SmallScan::run(const std::string& stage, std::vector<std::string> more, Surroundings surroundings) const {
  more.insert(more.begin(), "small.yaml");
  surroundings.folder = folder();
  return test::run("velocal-" + stage, more, surroundings);
}

void SmallScan::make(const std::vector<std::string>& stages) const {
  std::vector<std::vector<std::string>> commands;
  for (const std::string& stage : stages) commands.push_back({"velocal-" + stage, "small.yaml"});
  run_once(folder(), commands);
}

std::string SmallScan::snapshot() const {
  std::vector<std::string> lines;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder())) {
    if (entry.path().filename() == "velocal.log") continue;  // has times
    const std::string contents = entry.is_regular_file() ? read_text(entry.path()) : "";
    lines.push_back(entry.path().string() + " " + sha256_hex(std::as_bytes(std::span(contents))));
  }
  std::ranges::sort(lines);
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

void SmallScan::add_noise_scans() const {
  edit_descriptor("source:", "noise: {folder: noise}\nsource:");
  const DrawnEqualisation drawn = drawn_equalisation();
  const std::filesystem::path noise = folder() / "data/noise";
  write_noise_scan(noise, {"Module0_VP3-1", "Trim0", wide_sweep}, drawn.trim0, 1);
  write_noise_scan(noise, {"Module0_VP3-1", "TrimF", wide_sweep}, drawn.trimF, 2);
}

void SmallScan::make_one_pixel_noisy() const {
  const std::string mask = read_text(folder() / "data/scan/Module0_VP3-1_Matrix_Mask.csv");
  const auto live =
      std::count(mask.begin(), mask.begin() + static_cast<std::ptrdiff_t>(mask.find('0')), ',');  // column
  for (int threshold = 1560; threshold <= 1580; threshold += 2) {
    std::string counts = read_text(acquisition(threshold));
    std::size_t begin = 0;
    for (auto i = live; i > 0; --i) begin = counts.find(',', begin) + 1;
    write_text(acquisition(threshold), counts.replace(begin, counts.find(',', begin) - begin, "500"));
  }
}

void SmallScan::edit_descriptor(const std::string& from, const std::string& to) const {
  std::string text = read_text(descriptor());
  const std::size_t place = text.find(from);
  if (place == std::string::npos || text.find(from, place + 1) != std::string::npos) {
    throw std::runtime_error("not exactly once in the descriptor: " + from);
  }
  write_text(descriptor(), text.replace(place, from.size(), to));
}

}  // namespace velocal::test
