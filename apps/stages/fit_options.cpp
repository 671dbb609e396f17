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

/// The help, and the words where the placeholder does not list them.
std::string description_of(const Setting<FitSettings>& row, const Vocabulary& vocabulary) {
  const auto* one = std::get_if<OneOf>(&row.domain);
  if (one == nullptr || row.placeholder.empty()) return std::string(row.help);
  return fmt::format("{}: {}", row.help, fmt::join(one->words(vocabulary), ", "));
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
          .description = description_of(row, vocabulary),
          .apply = apply};
}

void set_engine(Session& session, const std::string& text) {
  make_minimiser(text, 1, 1);  // says here, before anything is read, that there is no such engine
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
                     .placeholder = fmt::format("{}", fmt::join(minimiser_names(), "|")),
                     .description = "minimiser; gsl is slower, and independent",
                     .apply = set_engine});
  // Those without a value come last, in the help and among the overrides that a result records.
  std::ranges::stable_partition(options, [](const ProgramOption& option) { return !option.placeholder.empty(); });
  return options;
}

}  // namespace velocal
