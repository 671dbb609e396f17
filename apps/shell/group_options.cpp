// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/group_options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

using Groups = std::vector<PixelGroup>;
using UseGroup = std::function<void(Session&, PixelGroup)>;

std::vector<std::string_view> names_of(const Groups& groups) {
  std::vector<std::string_view> names;
  for (const PixelGroup group : groups) names.push_back(group_name(group));
  return names;
}

PixelGroup parse_group(const std::string& option, const Groups& groups, const std::string& text) {
  const auto found = std::ranges::find(groups, text, group_name);
  if (found != groups.end()) return *found;
  throw UsageError(fmt::format("unknown {} \"{}\"", option, text),
                   fmt::format("there are {}", fmt::join(names_of(groups), ", ")));
}

/// The group that was given under either name.
using GivenGroup = std::shared_ptr<std::optional<PixelGroup>>;

void require_same(const GivenGroup& given, PixelGroup group) {
  if (!*given || **given == group) return;
  throw UsageError("--group and --separation name different groups",
                   fmt::format("{} and {}", group_name(**given), group_name(group)),
                   "Give --group alone: --separation is its old name");
}

ProgramOption option(const std::string& name, const Groups& groups, std::string description, const UseGroup& use,
                     const GivenGroup& given) {
  return {.name = name,
          .placeholder = fmt::format("{}", fmt::join(names_of(groups), "|")),
          .description = std::move(description),
          .apply =
              [=](Session& session, const std::string& text) {
                const PixelGroup group = parse_group(name, groups, text);
                require_same(given, group);
                if (!*given) use(session, group);
                *given = group;
              },
          .recorded = false};
}

std::vector<ProgramOption> both_options(std::string description, const UseGroup& use) {
  const auto given = std::make_shared<std::optional<PixelGroup>>();
  const Groups parts{PixelGroup::even, PixelGroup::odd, PixelGroup::rows};
  Groups groups = parts;
  groups.push_back(PixelGroup::all);
  return {option("group", groups, std::move(description), use, given),
          option("separation", parts, "the old name of --group", use, given)};
}

}  // namespace

std::vector<ProgramOption> group_options() {
  return both_options("only even columns, odd ones, or every 16th row (default: all)",
                      [](Session& session, PixelGroup group) { session.group = group; });
}

std::vector<ProgramOption> group_options_without_effect() {
  return both_options("changes nothing: flux.h5 holds all groups", [](Session& session, PixelGroup) {
    session.console.note("flux.h5 holds all groups of pixels: --group changes nothing here");
  });
}

}  // namespace velocal
