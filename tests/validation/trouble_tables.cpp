// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>

#include "hopes.hpp"
#include "markdown.hpp"
#include "troubles.hpp"

namespace velocal::test {
namespace {

/// With fewer good pixels than this, means say nothing.
constexpr double fewest = 20.0;

std::string good_text(const FitQuality& quality) {
  return quality.pixels > 0.0 ? fmt::format("{:.1f}", 100.0 * quality.good()) : "-";
}

std::string shift_text(const Sample& shift) {
  if (shift.size() < fewest) return "-";
  return fmt::format("{:+.3f} ± {:.3f}", shift.mean(), shift.deviation() / std::sqrt(shift.size()));
}

std::string pull_text(const FitQuality& quality) {
  const auto found = quality.pulls.find("E0");
  if (found == quality.pulls.end() || found->second.size() < fewest) return "-";
  return fmt::format("{:+.2f}, {:.2f}", found->second.mean(), found->second.width());
}

}  // namespace

std::string trouble_table(const TroubleStudy& study) {
  std::string text =
      head({"what is wrong", "before", "noticed now", "good [%]", "E0 off [DAC]", "pulls: mean, width"}, 3);
  for (const Trouble& trouble : study.troubles) {
    text += row({trouble.what, trouble.before, trouble.noticed, good_text(trouble.quality),
                 shift_text(trouble.quality.line_shift), pull_text(trouble.quality)});
  }
  return without_last_break(text);
}

std::string line_free_table(const TroubleStudy& study) {
  std::string text = head({"counts", "`poisson`: good", "`neyman`: good"}, 1);
  for (const LineFree& kind : study.line_free) {
    text += row({kind.what, fmt::format("{} of {}", kind.good_poisson, kind.curves),
                 fmt::format("{} of {}", kind.good_neyman, kind.curves)});
  }
  return without_last_break(text);
}

std::string clean_table(const TroubleStudy& study) {
  std::string text = head({"exposure", "`robust`", "good [%]", "rejected [%]", "E0 off [DAC]", "pulls: mean, width",
                           "E0 less that of `false` [DAC]"},
                          2);
  for (const CleanFits& fits : study.clean) {
    for (const bool robust : {false, true}) {
      const FitQuality& quality = robust ? fits.robust : fits.plain;
      text += row({fmt::format("{:.0f} s", fits.live_time_s), robust ? "`true`" : "`false`",
                   fmt::format("{:.2f}", 100.0 * quality.good()),
                   fmt::format("{:.2f}", 100.0 * quality.rejection_rate()), shift_text(quality.line_shift),
                   pull_text(quality), robust ? fmt::format("{:+.5f}", fits.difference.mean()) : "-"});
    }
  }
  return without_last_break(text);
}

}  // namespace velocal::test
