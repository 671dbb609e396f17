// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/plot_kinds.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "velocal/core/error.hpp"
#include "velocal/core/near_miss.hpp"

namespace velocal {
namespace {

std::vector<Picture> all_pictures(const PlotContext& context, const ScanSettings& scan);

/// Which pictures a kind has, and of what.
struct Kind {
  const char* name;
  const char* meaning;
  std::vector<Picture> (*of_scan)(const PlotContext&, const ScanSettings&);
  std::vector<Picture> (*of_all_scans)(const PlotContext&) = nullptr;
  bool several_datasets = false;
};

constexpr std::array<Kind, 7> kinds{{
    {"heatmap", "a parameter of all pixels by colour; also status and flux", heatmap_pictures},
    {"distribution", "histogram of a parameter over the good pixels", distribution_pictures},
    {"flux", "flux against threshold with its fit, of pixels and of the ASIC", flux_pictures},
    {"quality", "one page on a scan", quality_pictures},
    {"collection", "target and K of all scans in one figure", nullptr, collection_pictures},
    {"summary", "K, good pixels and photon energy of one dataset or more (--param gain, pixels, energy)", nullptr,
     summary_pictures, true},
    {"all", "everything that the results at hand allow", all_pictures},
}};

const Kind& find_kind(const std::string& name) {
  const auto found = std::ranges::find_if(kinds, [&](const Kind& kind) { return kind.name == name; });
  if (found != kinds.end()) return *found;
  std::vector<std::string_view> names;
  for (const Kind& kind : kinds) names.emplace_back(kind.name);
  throw UsageError(fmt::format("unknown kind of picture \"{}\"", name),
                   fmt::format("there are {}", fmt::join(names, ", ")), did_you_mean(name, names));
}

/// Everything of one scan; with the last one, what the scans have in common.
std::vector<Picture> all_pictures(const PlotContext& context, const ScanSettings& scan) {
  PlotResults& results = context.results(scan);
  results.whole_view();
  std::vector<Picture> pictures;
  const auto add = [&](std::vector<Picture> more) { std::ranges::move(more, std::back_inserter(pictures)); };
  add(heatmap_pictures(context, scan));
  if (results.has_fit()) add(distribution_pictures(context, scan));
  if (results.has_fit() && results.has_flux()) add(flux_pictures(context, scan));
  if (results.has_matrices() && results.has_fit() && results.has_flux()) add(quality_pictures(context, scan));
  const bool last = scan.label == context.session.scans.back().label;
  const bool calibrated = std::ranges::all_of(context.session.scans, [&](const ScanSettings& each) {
    return context.results(each).has_matrices() && context.results(each).has_fit();
  });
  if (!last || !calibrated) return pictures;
  add(collection_pictures(context));
  add(summary_pictures(context));
  return pictures;
}

/// An option that is given without effect is a mistake to be told.
void check_options(const PlotRequest& request) {
  struct Rule {
    bool given;
    const char* option;
    std::vector<std::string> kinds;
  };
  const std::vector<Rule> rules{
      {!request.pixels.empty(), "pixel", {"flux"}},
      {request.area.has_value(), "area", {"flux"}},
      {request.asic, "asic", {"flux"}},
      {request.asic_good, "asic-good", {"flux"}},
      {request.below.residuals, "residuals", {"flux"}},
      {request.below.pulls, "pulls", {"flux"}},
      {request.discrepancy.has_value(), "discrepancy", {"distribution", "collection"}},
      {request.qq, "qq", {"collection"}},
      {request.palette != Palette::viridis, "palette", {"heatmap", "quality", "all"}},
      {!request.parameters.empty(), "param", {"heatmap", "distribution", "collection", "summary"}}};
  for (const Rule& rule : rules) {
    if (!rule.given || std::ranges::count(rule.kinds, request.kind) > 0) continue;
    throw UsageError(fmt::format("--{} does not go with {}", rule.option, request.kind), {},
                     fmt::format("It goes with {}", fmt::join(rule.kinds, ", ")));
  }
}

}  // namespace

std::filesystem::path PlotContext::scan_folder(const ScanSettings& scan) const {
  if (!request.output) return session.paths(scan).plots();
  return session.scans.size() > 1 ? *request.output / scan.label : *request.output;
}

std::filesystem::path PlotContext::dataset_folder() const {
  return request.output.value_or(session.dataset.results_root / session.dataset.name / "plots");
}

std::filesystem::path PlotContext::common_folder() const {
  return session.others.empty() ? dataset_folder() : request.output.value_or(session.dataset.results_root / "plots");
}

void require_plot_kind(const std::string& kind) {
  find_kind(kind);
}

bool takes_several_datasets(const std::string& kind) {
  return find_kind(kind).several_datasets;
}

bool is_of_all_scans(const std::string& kind) {
  return find_kind(kind).of_all_scans != nullptr;
}

std::string plot_kind_list() {
  std::string text;
  for (const Kind& kind : kinds) text += fmt::format("  {:<14}{}\n", kind.name, kind.meaning);
  return text;
}

std::vector<Picture> requested_pictures(const PlotContext& context, const ScanSettings& scan) {
  check_options(context.request);
  const Kind& kind = find_kind(context.request.kind);
  return kind.of_all_scans != nullptr ? kind.of_all_scans(context) : kind.of_scan(context, scan);
}

}  // namespace velocal
