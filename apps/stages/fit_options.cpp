// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/fit_options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "shell/numbers.hpp"
#include "stages/group_options.hpp"
#include "velocal/core/error.hpp"
#include "velocal/fit/minimise/minimiser.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal {
namespace {

void set_model(Session& session, const std::string& text) {
  session.dataset.fit.model = ModelRegistry::instance().get(text).name();
}

void set_engine(Session& session, const std::string& text) {
  const auto names = minimiser_names();
  if (std::ranges::count(names, text) == 0) {
    throw UsageError(fmt::format("unknown engine \"{}\"", text), fmt::format("there are {}", fmt::join(names, ", ")));
  }
  session.engine = text;
}

void set_significance(Session& session, const std::string& text) {
  constexpr std::string_view meaning = "a number between 0 and 1";
  const auto value = parse_number<double>("--significance", text, meaning);
  if (!(value > 0.0 && value < 1.0))
    throw UsageError(fmt::format("--significance: must be {}, got \"{}\"", meaning, text));
  session.dataset.fit.significance = value;
}

void set_background(Session& session, const std::string& text) {
  constexpr std::string_view meaning = "\"auto\" or a number >= 0 [hits/s per pixel]";
  session.dataset.fit.background.reset();
  if (text == "auto") return;
  const auto value = parse_number<double>("--background", text, meaning);
  if (!(value >= 0.0 && std::isfinite(value))) {
    throw UsageError(fmt::format("--background: must be {}, got \"{}\"", meaning, text));
  }
  session.dataset.fit.background = value;
}

template <class Setting>
ProgramOption word_option(std::string name, std::string description, Setting FitSettings::*member,
                          Setting (*parse)(std::string_view)) {
  return {.name = std::move(name),
          .placeholder = fmt::format("{}", fmt::join(setting_words<Setting>(), "|")),
          .description = std::move(description),
          .apply = [=](Session& session, const std::string& text) { session.dataset.fit.*member = parse(text); }};
}

}  // namespace

std::vector<ProgramOption> fit_options() {
  std::vector<ProgramOption> options = group_options();
  const std::vector<ProgramOption> own{
      {.name = "model", .placeholder = "NAME", .description = "flux model (docs/physics.md)", .apply = set_model},
      word_option("statistic", "what is minimised", &FitSettings::statistic, parse_statistic),
      word_option("covariance", "of the parameters: times chi2/ndf, or as it is", &FitSettings::covariance,
                  parse_covariance),
      word_option("start", "start values", &FitSettings::start, parse_start_values),
      word_option("baseline", "when the noise baseline is taken off", &FitSettings::baseline, parse_baseline_mode),
      {.name = "background",
       .placeholder = "auto|RATE",
       .description = "flat background in hits/s per pixel (poisson)",
       .apply = set_background},
      {.name = "significance",
       .placeholder = "ALPHA",
       .description = "of the goodness-of-fit test",
       .apply = set_significance},
      {.name = "engine",
       .placeholder = "NAME",
       .description = "minimiser: fast, or gsl (slower, independent)",
       .apply = set_engine},
      {.name = "fixed-fit",
       .placeholder = "",
       .description = "fit also with all but the amplitude held at the ASIC's values",
       .apply = [](Session& session, const std::string&) { session.dataset.fit.fixed_fit = true; }}};
  options.insert(options.end(), own.begin(), own.end());
  return options;
}

}  // namespace velocal
