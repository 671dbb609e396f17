// SPDX-License-Identifier: GPL-3.0-or-later
#include "troubles.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <utility>

#include "support/pixel_cube.hpp"
#include "velocal/fit/curves/fit_curves.hpp"
#include "velocal/model/model_registry.hpp"
#include "velocal/simulate/stream_seed.hpp"

namespace velocal::test {
namespace {

constexpr double bright_s = 260.0, few_s = 20.0;  ///< live time of each threshold

std::size_t index_of(const FluxCube& cube, int threshold) {
  return static_cast<std::size_t>(threshold - cube.threshold.front());
}

std::uint32_t& count_at(FluxCube& cube, std::size_t t, std::size_t pixel) {
  return cube.counts[t * pixel_count + pixel];
}

/// The cube up to this threshold.
FluxCube ended_at(FluxCube cube, int last) {
  const std::size_t count = index_of(cube, last) + 1;
  cube.threshold.resize(count);
  cube.counts.resize(count * pixel_count);
  cube.live_time_s.resize(count);
  cube.acquisitions.resize(count);
  for (FluxCurve& curve : cube.asic) {
    for (auto* values : {&curve.threshold, &curve.flux, &curve.error}) values->resize(count);
  }
  return cube;
}

FitSettings settings_with(const std::string& statistic) {
  FitSettings settings = poisson_settings();
  settings.statistic = statistic;
  return settings;
}

/// What the fit says of the scan; docs/errors.md has the sentences.
std::string noticed_by(const ScanFit& fit, double pixels) {
  std::vector<std::string> all;
  if (fit.background_assumed) all.push_back("background assumed");
  std::size_t noise = 0;
  for (std::size_t t = 0; t < fit.thresholds.use.size(); ++t) {
    if (fit.thresholds.use[t] == ThresholdUse::glitch) {
      all.push_back(fmt::format("{} left out (glitch)", fit.thresholds.threshold[t]));
    }
    noise += fit.thresholds.use[t] == ThresholdUse::noise;
  }
  if (noise > 0) all.push_back(fmt::format("the first {} thresholds left out (noise)", noise));
  for (const StatusReason reason : {StatusReason::noisy, StatusReason::saturated}) {
    const auto cut = static_cast<double>(std::ranges::count(fit.pixels.reason, static_cast<std::uint8_t>(reason)));
    const auto name = status_reason_names[static_cast<std::size_t>(reason)];
    if (cut > 0.0) all.push_back(fmt::format("{:.3g} % cut as `{}`", 100.0 * cut / pixels, name));
  }
  const auto dropped = std::ranges::count_if(fit.pixels.dropped, [](int points) { return points > 0; });
  if (static_cast<double>(dropped) > 0.05 * pixels) {
    all.push_back(
        fmt::format("single counts left out in {:.1f} % of the pixels", 100.0 * static_cast<double>(dropped) / pixels));
  }
  if (fit.dispersion.value > 1.1) all.push_back(fmt::format("dispersion {:.2f}", fit.dispersion.value));
  return all.empty() ? "-" : fmt::format("{}", fmt::join(all, "; "));
}

/// Quality of all pixels but the noisy and saturated ones, which are cut.
FitQuality quality_of_healthy(const ScanFit& fit, const Population& truth) {
  FitQuality quality;
  const UncertainMatrix target = target_matrix(fit);
  for (std::size_t pixel = 0; pixel < truth.size(); ++pixel) {
    const auto reason = static_cast<StatusReason>(fit.pixels.reason[pixel]);
    const bool cut = reason == StatusReason::noisy || reason == StatusReason::saturated;
    if (!cut) add_pixel(quality, fit, target, truth, pixel);
  }
  return quality;
}

/// Draws one chip, spoils it in one way after the other, and fits it.
class Spoiler {
 public:
  Spoiler(std::size_t pixels, std::uint64_t seed)
      : seed_(seed),
        truth_(draw_population(typical_parameters().front(), pixels, seed)),
        bright_(draw_cube(truth_, bright_s, seed)),
        random_(stream_seed(seed, "troubles")) {
    study_.pixels = pixels;
    study_.curves = pixels;
  }

  TroubleStudy operator()() {
    fmt::print(stderr, "what can go wrong\n");
    add("nothing", "95 %, E0 right", bright_);
    noisy_pixels();
    early_ends();
    missing_thresholds();
    full_counters();
    glitches();
    noise_at_the_beginning();
    bursts();
    line_free();
    clean_scans();
    return std::move(study_);
  }

 private:
  void add(const std::string& what, const std::string& before, const FluxCube& cube,
           const FitSettings& settings = poisson_settings()) {
    const ScanFit fit = fit_scan(cube, one_line_scan(), settings);
    study_.troubles.push_back(
        {what, before, quality_of_healthy(fit, truth_), noticed_by(fit, static_cast<double>(study_.pixels))});
  }

  /// The bright scan, each count as `change` makes it of the count, its threshold's index and its pixel.
  template <class Change>
  FluxCube changed(Change change, const FluxCube* of = nullptr) {
    FluxCube cube = of != nullptr ? *of : bright_;
    for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
      for (std::size_t pixel = 0; pixel < truth_.size(); ++pixel) {
        count_at(cube, t, pixel) = change(count_at(cube, t, pixel), t, pixel);
      }
    }
    return cube;
  }

  std::uint32_t drawn(double mean) { return mean > 0.0 ? std::poisson_distribution<std::uint32_t>(mean)(random_) : 0u; }

  void noisy_pixels() {
    const auto noisy = [&](std::size_t pixels, std::uint32_t hits) {
      return changed(
          [=](std::uint32_t count, std::size_t, std::size_t pixel) { return pixel < pixels ? count + hits : count; });
    };
    add("one pixel of 10⁵ more hits at each threshold", "0.04 % good, K 12.93 → 11.16", noisy(1, 100'000));
    add("1.5 % of the pixels with 2000 more", "0 % good", noisy(truth_.size() / 64, 2000));
  }

  void early_ends() {
    const std::string before[]{"88 % good", "30 % good, K −2.8 %", "K +2.9 %", "K +36 %"};
    const int last[]{1570, 1560, 1550, 1530};
    for (std::size_t i = 0; i < 4; ++i) {
      add(fmt::format("the scan ends at {}; lines at 1549 ± 8", last[i]), before[i], ended_at(bright_, last[i]));
    }
  }

  void missing_thresholds() {
    add("nothing, `neyman`", "the same", bright_, settings_with("neyman"));
    for (const auto& [threshold, before] :
         {std::pair{1536, "K −2.1 %"}, std::pair{1558, "K −10 %"}, std::pair{1600, "0 % good, \"no hits\""}}) {
      FluxCube cube = bright_;
      const std::size_t t = index_of(cube, threshold);
      cube.live_time_s[t] = 0.0;
      for (std::size_t pixel = 0; pixel < truth_.size(); ++pixel) count_at(cube, t, pixel) = 0;
      add(fmt::format("{} missing, `neyman`", threshold), before, cube, settings_with("neyman"));
    }
  }

  /// Ten acquisitions a threshold, up to some 80 hits in each; a counter stops at 63.
  void full_counters() {
    constexpr int acquisitions = 10;
    FluxCube cube = masked_cube(bright_.threshold, 900.0);
    cube.baseline = bright_.baseline;
    cube.counter = 63;
    for (AcquisitionTally& tally : cube.acquisitions) tally.good = acquisitions;
    for (std::size_t pixel = 0; pixel < truth_.size(); ++pixel) {
      const auto expected = expected_counts(cube, truth_.model, truth_.parameters[pixel]);
      std::vector<std::uint32_t> sums;
      for (const double mean : expected) {
        sums.push_back(0);
        for (int i = 0; i < acquisitions; ++i) {
          sums.back() += std::min(drawn(mean / acquisitions + 90.0 * drawn_background), 63u);
        }
      }
      set_pixel(cube, pixel, sums);
    }
    set_asic_curve(cube);
    add("up to 80 hits an acquisition, the counter ends at 63", "all good, target +1.5 … +5 DAC, K −1 … −3 %", cube);
  }

  void glitches() {
    const std::size_t at = index_of(bright_, 1546);
    add("63 more hits in all pixels at 1546", "0 … 2 % good",
        changed([=](std::uint32_t count, std::size_t t, std::size_t) { return t == at ? count + 63 : count; }));
    for (const std::uint32_t more : {100u, 0u}) {
      add(more > 0 ? "100 more hits at one threshold, another in each pixel" : "no hit at one threshold, as well",
          "0 … 2 % good", changed([=](std::uint32_t count, std::size_t t, std::size_t pixel) {
            if (t != pixel % 110) return count;
            return more > 0 ? count + more : 0u;
          }));
    }
  }

  void noise_at_the_beginning() {
    const FluxCube few = draw_cube(truth_, few_s, seed_);
    for (const auto& [live_time_s, before] : {std::pair{bright_s, "0 % good"}, std::pair{few_s, "E0 +0.9 DAC"}}) {
      const auto noise = [&, s = live_time_s](std::uint32_t count, std::size_t t, std::size_t) {
        return t < 40 ? count + drawn(s * std::exp(-static_cast<double>(t) / 3.0)) : count;
      };
      add(fmt::format("noise of 1 hit/s at the first threshold, {:.0f} s a threshold", live_time_s), before,
          changed(noise, live_time_s == few_s ? &few : &bright_));
    }
  }

  /// 38 % of the photons count twice: dispersion 1.55.
  void bursts() {
    const FluxCube cube = changed([&](std::uint32_t count, std::size_t, std::size_t) {
      return count + (count > 0 ? std::binomial_distribution<std::uint32_t>(count, 0.38)(random_) : 0u);
    });
    FitSettings settings = poisson_settings();
    add("counts in bursts: 1.38 a photon", "half of the pixels rejected, pulls 1.2 … 1.5 wide, not a word", cube);
    settings.covariance = Covariance::dispersed;
    add("the same, `covariance: dispersed`", "-", cube, settings);
  }

  std::size_t good_without_line(const std::vector<std::uint32_t>& counts, const std::string& statistic) {
    const std::vector<double> threshold(bright_.threshold.begin(), bright_.threshold.end());
    const std::vector<double> live_time_s(threshold.size(), 100.0);
    const CurveFits fits =
        fit_curves({threshold, counts_by_curve(counts, threshold.size()), live_time_s},
                   ModelRegistry::instance().get("F1_0"), {.statistic = statistic, .background = drawn_background});
    return static_cast<std::size_t>(std::ranges::count(fits.status, PixelStatus::good));
  }

  /// Curves whose mean counts are a function of x, from 0 at the first threshold to 1 at the last.
  void line_free() {
    using Shape = std::function<double(double)>;
    const std::vector<std::pair<std::string, Shape>> shapes{
        {"dark: 1 hit in 500 thresholds", [](double) { return 2e-3; }},
        {"flat, 1 hit a threshold", [](double) { return 1.0; }},
        {"flat, 20", [](double) { return 20.0; }},
        {"straight, 20 to 8", [](double x) { return 20.0 - 12.0 * x; }},
        {"straight, 60 to 0", [](double x) { return 60.0 * (1.0 - x); }},
        {"20·(1 − x)⁴", [](double x) { return 20.0 * std::pow(1.0 - x, 4.0); }},
        {"200·exp(−5x)", [](double x) { return 200.0 * std::exp(-5.0 * x); }}};
    const std::size_t thresholds = bright_.threshold_count();
    for (const auto& [what, shape] : shapes) {
      std::vector<std::uint32_t> counts;
      for (std::size_t i = 0; i < study_.curves * thresholds; ++i) {
        counts.push_back(drawn(shape(static_cast<double>(i % thresholds) / static_cast<double>(thresholds - 1))));
      }
      study_.line_free.push_back(
          {what, study_.curves, good_without_line(counts, "poisson"), good_without_line(counts, "neyman")});
    }
  }

  void clean_scans() {
    FitSettings plain_settings = poisson_settings();
    plain_settings.robust = false;
    for (const double live_time_s : {few_s, bright_s}) {
      const FluxCube cube = live_time_s == bright_s ? bright_ : draw_cube(truth_, live_time_s, seed_);
      const ScanFit plain = fit_scan(cube, one_line_scan(), plain_settings);
      const ScanFit robust = fit_scan(cube, one_line_scan(), poisson_settings());
      CleanFits fits{live_time_s, quality_of(plain, truth_), quality_of(robust, truth_), {}};
      for (std::size_t pixel = 0; pixel < truth_.size(); ++pixel) {
        if (!plain.pixels.good(pixel) || !robust.pixels.good(pixel)) continue;
        fits.difference.add(robust.pixels.find("E0")->value[pixel] - plain.pixels.find("E0")->value[pixel]);
      }
      study_.clean.push_back(fits);
    }
  }

  const std::uint64_t seed_;
  const Population truth_;
  const FluxCube bright_;
  std::mt19937_64 random_;
  TroubleStudy study_;
};

}  // namespace

TroubleStudy run_trouble_study(std::size_t pixels, std::uint64_t seed) {
  return Spoiler(pixels, seed)();
}

}  // namespace velocal::test
