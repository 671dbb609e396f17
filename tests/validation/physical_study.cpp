// SPDX-License-Identifier: GPL-3.0-or-later
#include "physical_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "study.hpp"
#include "velocal/simulate/stream_seed.hpp"

namespace velocal::test {
namespace {

constexpr double long_exposure_s = 260.0;
constexpr std::array typical_exposure{long_exposure_s};
constexpr double chip_exposure_s = 262.0;  ///< of a full measured scan
constexpr double short_exposure_s = 20.0;

/// Photons drawn of each line, for each pixel: what they leave of errors common to all is then a part of what the
/// counts of all pixels leave.
constexpr std::uint64_t photons_a_pixel = 2'500;

/// So many determine what they share.
constexpr std::size_t fewest_pixels = 64;

/// What is drawn and fitted.
struct Plan {
  std::vector<std::string> models;
  std::vector<double> clouds_um, noises;  ///< beside those of PhysicalSettings
  std::vector<bool> both_lines;
  std::vector<int> firsts;
  std::span<const double> exposures_s;
};
const Plan full_plan{{"diffusion", "F1_0", "F1", "F2s_0", "FAB_0", "FAB", "F2sAB", "F4", "timepix"},
                     {3.5, 8.0},
                     {3.0, 6.0, 8.0},
                     {true, false},
                     {1480, 1490, 1500, 1510, 1520, 1530},
                     exposures_s};
/// One truth of each kind, for a run that shows that the page can be made.
const Plan brief_plan{{"diffusion", "F1_0"}, {}, {}, {true}, {1480, 1510}, brief_exposures_s};

std::vector<double> with(double typical, std::vector<double> others) {
  others.push_back(typical);
  std::ranges::sort(others);
  return others;
}

class Studier {
 public:
  Studier(std::size_t pixels, std::uint64_t seed, const Plan& plan) : plan_(plan), seed_(seed) {
    study_.whole_pixels = pixels;
    study_.pixels = std::max(pixels / 16, fewest_pixels);
    study_.model_pixels = std::max(pixels / 64, fewest_pixels);
  }

  PhysicalStudy operator()() {
    study_typical();
    const std::size_t fewer = study_.model_pixels;
    study_models(chip_of({.pixels = fewer}), plan_.exposures_s);
    for (const double sigma_um : plan_.clouds_um) {
      study_models(chip_of({.sigma_um = sigma_um, .pixels = fewer}), typical_exposure);
    }
    for (const double noise : plan_.noises) {
      study_models(chip_of({.noise = noise, .pixels = fewer}), typical_exposure);
    }
    for (const bool both_lines : plan_.both_lines) {
      if (!both_lines) study_models(chip_of({.both_lines = false, .pixels = fewer}), typical_exposure);
      study_truths(both_lines);
    }
    study_whole();
    return std::move(study_);
  }

 private:
  PhysicalChip chip_of(PhysicalSettings settings) const {
    if (settings.pixels == 0) settings.pixels = study_.pixels;
    settings.photons = std::min<std::uint64_t>(settings.photons, photons_a_pixel * settings.pixels);
    const std::string name = fmt::format("{} um, {} DAC, {}", settings.sigma_um, settings.noise,
                                         settings.both_lines ? "two lines" : "one line");
    fmt::print(stderr, "first principles: {}\n", name);
    return {settings, stream_seed(seed_, name)};
  }

  /// The typical chip is seen with mistakes, and in part.
  void study_typical() {
    const PhysicalChip chip = chip_of({});
    study_.mistakes = study_mistakes(seen(chip, long_exposure_s));
    for (const int first : plan_.firsts) {
      const Seen late = seen(chip, long_exposure_s, first);
      study_.begins.push_back({first, {fit_rightly(late, "diffusion"), fit_rightly(late, "F1_0")}});
    }
  }

  void study_models(const PhysicalChip& chip, std::span<const double> exposures) {
    for (const double live_time_s : exposures) {
      const Seen scan = seen(chip, live_time_s);
      for (const std::string& model : plan_.models) study_.models.push_back(fit_rightly(scan, model));
    }
  }

  void study_truths(bool both_lines) {
    for (const double sigma_um : with(PhysicalSettings{}.sigma_um, plan_.clouds_um)) {
      for (const double noise : with(PhysicalSettings{}.noise, plan_.noises)) {
        const PhysicalChip chip = chip_of({.sigma_um = sigma_um, .noise = noise, .both_lines = both_lines});
        for (const double live_time_s : plan_.exposures_s) {
          study_.truths.push_back(fit_rightly(seen(chip, live_time_s), "diffusion"));
        }
      }
    }
  }

  void study_whole() {
    const PhysicalChip chip = chip_of({.sigma_um = 4.3, .pixels = study_.whole_pixels});
    for (const double live_time_s : {chip_exposure_s, short_exposure_s}) {
      const Seen scan = seen(chip, live_time_s);
      study_.whole_chips.push_back({fit_rightly(scan, "diffusion"), fit_rightly(scan, "F1_0")});
    }
  }

  const Plan& plan_;
  const std::uint64_t seed_;
  PhysicalStudy study_;
};

}  // namespace

PhysicalStudy run_physical_study(std::size_t pixels, std::uint64_t seed, bool brief) {
  return Studier(pixels, seed, brief ? brief_plan : full_plan)();
}

}  // namespace velocal::test
