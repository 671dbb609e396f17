// SPDX-License-Identifier: GPL-3.0-or-later
#include "tables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "hopes.hpp"
#include "markdown.hpp"

namespace velocal::test {
namespace {

/// One row a fit of pixels with their own model; `cells` are those behind model and exposure.
template <class CellsOf>
std::string own_model_rows(const Study& study, const std::string& statistic, CellsOf cells) {
  std::string rows;
  for (const OwnModelFit& fit : study.own) {
    if (fit.statistic != statistic) continue;
    Cells line{"`" + fit.model + "`", fmt::format("{:.0f} s", fit.live_time_s)};
    std::ranges::copy(cells(fit.quality), std::back_inserter(line));
    rows += row(line);
  }
  return rows;
}

/// `text` of the pulls of that name, or a dash where there are none.
template <class Text>
std::string of_pulls(const FitQuality& quality, const std::string& name, Text text) {
  const auto found = quality.pulls.find(name);
  return found == quality.pulls.end() ? "-" : text(found->second);
}

std::string mean_and_width(const FitQuality& quality, const std::string& name) {
  return of_pulls(quality, name, [](const Pulls& p) { return mean_text(p) + ", " + width_text(p); });
}

std::string coverages(const FitQuality& quality, const std::string& name) {
  return of_pulls(quality, name, [](const Pulls& p) {
    return percent(p.coverage_68(), hope_68) + ", " + percent(p.coverage_95(), hope_95);
  });
}

/// What all tables about quality as a whole have in common.
Cells summary_cells(const FitQuality& quality) {
  return {percent(quality.good(), good_hope), mean_and_width(quality, "E0"), coverages(quality, "E0"),
          percent(quality.rejection_rate(), rejection_hope), percent(quality.not_found(), loss_hope)};
}

const Cells summary_head{"good [%]", "E0: mean, width of pulls", "E0: within 68 %, 95 % intervals", "rejected [%]",
                         "not found [%]"};

}  // namespace

std::string outcome_table(const Study& study, const std::string& statistic) {
  std::string text = head({"model", "exposure", "good [%]", "rejected [%]", "not found [%]", "outside domain [%]",
                           "width unresolved [%]", "cut [%]", "evaluations"},
                          2);
  text += own_model_rows(study, statistic, [](const FitQuality& q) {
    const double cut = q.share(StatusReason::too_many_zeros) + q.share(StatusReason::no_hits);
    return Cells{percent(q.good(), good_hope),
                 percent(q.rejection_rate(), rejection_hope),
                 percent(q.not_found(), loss_hope),
                 percent(q.share(StatusReason::parameter_domain), loss_hope),
                 percent(q.share(StatusReason::width_unresolved), loss_hope),
                 percent(cut, loss_hope),
                 fmt::format("{:.1f}", q.evaluations)};
  });
  return without_last_break(text);
}

std::string pull_table(const Study& study, const std::string& statistic) {
  std::string text = head({"model", "exposure", "E0", "s", "s2", "target"}, 2);
  text += own_model_rows(study, statistic, [](const FitQuality& q) {
    return Cells{mean_and_width(q, "E0"), mean_and_width(q, "s"), mean_and_width(q, "s2"), mean_and_width(q, "target")};
  });
  return without_last_break(text);
}

std::string coverage_table(const Study& study, const std::string& statistic) {
  std::string text = head({"model", "exposure", "E0", "s", "s2", "target"}, 2);
  text += own_model_rows(study, statistic, [](const FitQuality& q) {
    return Cells{coverages(q, "E0"), coverages(q, "s"), coverages(q, "s2"), coverages(q, "target")};
  });
  return without_last_break(text);
}

std::string statistics_table(const Study& study) {
  std::string text = head(concat({"statistic", "errors", "exposure"}, concat(summary_head, {"shift of K [%]"})), 3);
  for (const OwnModelFit& fit : study.own) {
    if (fit.model != "F1_0") continue;
    const auto add = [&](const std::string& errors, const FitQuality& quality) {
      const Cells names{fit.statistic, errors, fmt::format("{:.0f} s", fit.live_time_s)};
      text += row(concat(concat(names, summary_cells(quality)), {fmt::format("{:+.3f}", quality.gain_shift.mean())}));
    };
    add("absolute", fit.quality);
    if (fit.statistic == "poisson") continue;
    FitQuality scaled = fit.quality;
    scaled.pulls["E0"] = scaled.pulls["E0 scaled"];
    add("scaled", scaled);
  }
  return without_last_break(text);
}

std::string brightness_table(const Study& study) {
  std::string text = head(concat({"statistic", "counts a threshold", "pixels"}, summary_head), 2);
  for (const BrightnessBin& bin : study.brightness) {
    if (bin.quality.pixels == 0.0) continue;
    const Cells names{bin.statistic, fmt::format("{:.0f} to {:.0f}", bin.from, bin.to),
                      fmt::format("{:.0f}", bin.quality.pixels)};
    text += row(concat(names, summary_cells(bin.quality)));
  }
  return without_last_break(text);
}

std::string other_model_table(const Study& study) {
  std::string text = head({"fitted with", "statistic", "good [%]", "rejected [%]", "outside domain [%]",
                           "shift of E0 [DAC]", "its spread [DAC]", "shift of K [%]", "E0: mean, width of pulls"},
                          2);
  for (const OtherModelFit& fit : study.others) {
    const FitQuality& q = fit.quality;
    const bool any = q.good() > 0.0;
    const auto number = [any](const char* format, double value) {
      return any ? fmt::format(fmt::runtime(format), value) : std::string("-");
    };
    text +=
        row({"`" + fit.model + "`", fit.statistic, percent(q.good(), good_hope),
             percent(q.rejection_rate(), rejection_hope), percent(q.share(StatusReason::parameter_domain), loss_hope),
             number("{:+.3f}", q.line_shift.mean()), number("{:.3f}", q.line_shift.deviation()),
             number("{:+.3f}", q.gain_shift.mean()), mean_and_width(q, "E0")});
  }
  return without_last_break(text);
}

}  // namespace velocal::test
