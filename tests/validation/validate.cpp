// SPDX-License-Identifier: GPL-3.0-or-later
// velocal_validate TEMPLATE OUTPUT [PIXELS]: writes docs/validation.md, from drawn pixels to the last number in
// it. With PIXELS it is brief: as many pixels instead of a whole chip's, and few truths from first principles.
#include <fmt/format.h>

#include <map>
#include <stdexcept>

#include "physical_tables.hpp"
#include "support/files.hpp"
#include "tables.hpp"

using namespace velocal;
using namespace velocal::test;

namespace {

constexpr std::uint64_t seed = 20230803;
constexpr std::size_t study_pixels = pixel_count / 4;  ///< of each model and exposure: enough for widths to 0.006

std::map<std::string, std::string> texts(const Study& study) {
  std::map<std::string, std::string> all{
      {"pixels", fmt::format("{}", study.pixels)},
      {"uncertainties", uncertainties(study)},
      {"statistics", statistics_table(study)},
      {"brightness", brightness_table(study)},
      {"other models", other_model_table(study)},
      {"shortfalls", shortfalls(study)},
      {"exposure", fmt::format("{:.0f} s", exposures_s.back())},
  };
  for (const std::string& statistic : statistics) {
    const std::string name(statistic);
    all[name + " outcome"] = outcome_table(study, statistic);
    all[name + " pulls"] = pull_table(study, statistic);
    all[name + " coverage"] = coverage_table(study, statistic);
  }
  return all;
}

std::map<std::string, std::string> texts(const PhysicalStudy& study) {
  return {{"physical pixels", fmt::format("{}", study.pixels)},
          {"promises", promise_table(study)},
          {"model pixels", fmt::format("{}", study.model_pixels)},
          {"whole pixels", fmt::format("{}", study.whole_pixels)},
          {"largest shift", largest_shift(study)},
          {"short shift", short_shift(study)},
          {"formula gain", formula_gain_range(study)},
          {"gain shifts", gain_shift_table(study)},
          {"physical models", physical_model_table(study)},
          {"physical truths", physical_truth_table(study)},
          {"sigma pulls", sigma_pull_table(study)},
          {"mistakes", mistake_table(study)},
          {"begins", begin_table(study)}};
}

/// Puts each text in the place of its {{name}}.
std::string filled(std::string text, const std::map<std::string, std::string>& texts) {
  for (const auto& [name, value] : texts) {
    const std::string place = "{{" + name + "}}";
    for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place)) {
      text.replace(at, place.size(), value);
    }
  }
  const std::size_t left = text.find("{{");
  if (left != std::string::npos) throw std::runtime_error("no text for " + text.substr(left, 40));
  return text;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3 && argc != 4) throw std::runtime_error("usage: velocal_validate TEMPLATE OUTPUT [PIXELS]");
  const std::string text = read_text(argv[1]);
  const bool brief = argc == 4;
  const std::size_t pixels = brief ? std::stoul(argv[3]) : pixel_count;
  if (pixels == 0 || pixels > pixel_count) throw std::runtime_error("an ASIC has 1 to 65536 pixels");
  std::map<std::string, std::string> all =
      texts(brief ? run_study(pixels, seed, brief_exposures_s) : run_study(study_pixels, seed, exposures_s));
  all.merge(texts(run_physical_study(pixels, seed, brief)));
  write_text(argv[2], filled(text, all));
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "velocal_validate: {}\n", error.what());
  return 1;
}
