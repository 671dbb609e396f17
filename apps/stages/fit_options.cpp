// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/fit_options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "shell/group_options.hpp"
#include "velocal/core/error.hpp"
#include "velocal/descriptor/setting_tables.hpp"
#include "velocal/fit/fit_vocabulary.hpp"
#include "velocal/fit/minimise/minimiser.hpp"

namespace velocal {
namespace {

std::string placeholder_of(const Setting<FitSettings>& row, const Vocabulary& vocabulary) {
  if (!row.placeholder.empty() || std::holds_alternative<TrueOrFalse>(row.domain)) return std::string(row.placeholder);
  const auto* one = std::get_if<OneOf>(&row.domain);
  return one == nullptr ? "VALUE" : fmt::format("{}", fmt::join(one->words(vocabulary), "|"));
}

/// An option without a value (`--fixed-fit`) says "true".
ProgramOption option_of(const Setting<FitSettings>& row, const Vocabulary& vocabulary) {
  std::string name(row.key);
  std::ranges::replace(name, '_', '-');
  const auto apply = [&row, vocabulary, shown = "--" + name](Session& session, const std::string& text) {
    const std::string value = std::holds_alternative<TrueOrFalse>(row.domain) ? "true" : text;
    row.member.set(session.dataset.fit, parse_setting(row.domain, value, vocabulary, shown, row.option_values));
  };
  return {.name = name,
          .placeholder = placeholder_of(row, vocabulary),
          .description = std::string(row.help),
          .apply = apply};
}

void set_engine(Session& session, const std::string& text) {
  const auto names = minimiser_names();
  if (std::ranges::count(names, text) == 0) {
    throw UsageError(fmt::format("unknown engine \"{}\"", text), fmt::format("there are {}", fmt::join(names, ", ")));
  }
  session.engine = text;
}

}  // namespace

std::vector<ProgramOption> fit_options() {
  const Vocabulary vocabulary = fit_vocabulary();
  std::vector<ProgramOption> options = group_options();
  for (const Setting<FitSettings>& row : fit_settings_table()) {
    if (row.is_option) options.push_back(option_of(row, vocabulary));
  }
  options.push_back({.name = "engine",
                     .placeholder = "NAME",
                     .description = "minimiser: fast, or gsl (slower, independent)",
                     .apply = set_engine});
  // Those without a value come last, in the help and among the overrides that a result records.
  std::ranges::stable_partition(options, [](const ProgramOption& option) { return !option.placeholder.empty(); });
  return options;
}

}  // namespace velocal
