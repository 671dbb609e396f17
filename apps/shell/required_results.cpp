// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/required_results.hpp"

#include <fmt/format.h>

#include <system_error>

#include "velocal/core/error.hpp"
#include "velocal/store/result_paths.hpp"

namespace velocal {
namespace {

struct Wanted {
  const Dataset& dataset;
  std::string_view label;
  PixelGroup group;
};

std::filesystem::path require(std::filesystem::path path, std::string_view what, const Wanted& wanted) {
  std::error_code error;
  if (std::filesystem::exists(path, error)) return path;
  const std::string group = wanted.group == PixelGroup::all ? "" : fmt::format(", group {}", group_name(wanted.group));
  throw InputError(fmt::format("no {} for {}/{}{}", what, wanted.dataset.name, wanted.label, group), path.string(),
                   fmt::format("Run velocal-{} {} first", what, command_arguments(wanted.dataset, wanted.group)));
}

}  // namespace

std::string command_arguments(const Dataset& dataset, PixelGroup group) {
  const std::string file = dataset.file.string();
  return group == PixelGroup::all ? file : fmt::format("{} --group {}", file, group_name(group));
}

std::filesystem::path require_flux(const Dataset& dataset, std::string_view label) {
  return require(ResultPaths(dataset, label).flux(), "flux", {dataset, label, PixelGroup::all});
}

std::filesystem::path require_fit(const Dataset& dataset, std::string_view label, PixelGroup group) {
  return require(ResultPaths(dataset, label, group).fit(), "fit", {dataset, label, group});
}

std::filesystem::path require_matrices(const Dataset& dataset, std::string_view label, PixelGroup group) {
  return require(ResultPaths(dataset, label, group).matrices(), "matrices", {dataset, label, group});
}

}  // namespace velocal
