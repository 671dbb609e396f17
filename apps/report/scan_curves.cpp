// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/scan_curves.hpp"

namespace velocal {
namespace {

Json thresholds_json(const FluxCube& flux) {
  Json json{{"threshold", flux.threshold}, {"live_time_s", flux.live_time_s}};
  for (const AcquisitionTally& tally : flux.acquisitions) {
    json["good"].push_back(tally.good);
    json["bad"].push_back(tally.bad);
    json["empty"].push_back(tally.empty);
    json["rejected"].push_back(tally.rejected);
  }
  return json;
}

Json use_json(const ThresholdReport& report) {
  Json json{{"threshold", report.threshold}, {"dropped", report.dropped}, {"use", Json::array()}};
  for (const ThresholdUse use : report.use) {
    json["use"].push_back(threshold_use_names.at(static_cast<std::size_t>(use)));
  }
  return json;
}

Json curve_json(std::string_view name, const FluxCurve& curve) {
  return {{"name", name}, {"threshold", curve.threshold}, {"flux", curve.flux}, {"error", curve.error}};
}

Json fitted_curve_json(std::string_view name, const AsicFit& asic) {
  Json json = curve_json(name, asic.curve);
  json["found"] = asic.fit.found;
  json["chi2"] = asic.fit.chi2;
  json["ndf"] = asic.fit.ndf;
  json["parameters"] = Json::array();
  for (std::size_t i = 0; i < asic.fit.names.size(); ++i) {
    const Uncertain value = asic.fit.found ? asic.fit.parameters.at(i) : Uncertain{};
    json["parameters"].push_back(
        {{"name", asic.fit.names[i]}, {"unit", asic.fit.units.at(i)}, {"value", value.value}, {"error", value.error}});
  }
  return json;
}

Json residuals_json(const StackedResiduals& stack) {
  const ResidualSummary summary = summarise(stack);
  return {{"offset", stack.offset},
          {"residual", stack.residual},
          {"error", stack.error},
          {"expected", stack.expected},
          {"curves", stack.curves},
          {"largest", to_json(summary.largest)},
          {"share", summary.share},
          {"largest_offset", summary.offset},
          {"chi2", summary.chi2},
          {"bins", summary.bins},
          {"significance", summary.significance}};
}

Json means_json(const PixelMeans& means) {
  return {{"pixels", means.pixels},
          {"mean", means.mean},
          {"standard_deviation", means.standard_deviation},
          {"mean_error", means.mean_error}};
}

Json calibration_json(const Calibration& calibration) {
  Json json{
      {"target", means_json(calibration.target_means)},
      {"K", means_json(calibration.gain_means)},
      {"asic", {{"target", to_json(calibration.asic.target)}, {"K", to_json(calibration.asic.gain)}}},
      {"asic_good", {{"target", to_json(calibration.asic_good.target)}, {"K", to_json(calibration.asic_good.gain)}}},
      {"common", {{"target", calibration.budget.common_target()}, {"K", calibration.budget.common_gain()}}},
      {"budget", Json::array()}};
  for (const auto& [cause, common, target, gain] : calibration.budget.rows) {
    json["budget"].push_back({{"cause", cause}, {"common", common}, {"target", target}, {"K", gain}});
  }
  return json;
}

Json shared_json(const std::vector<SharedParameter>& shared) {
  Json json = Json::array();
  for (const SharedParameter& parameter : shared) {
    json.push_back({{"name", parameter.name},
                    {"unit", parameter.unit},
                    {"value", parameter.value.value},
                    {"error", parameter.value.error},
                    {"pixels", parameter.curves}});
  }
  return json;
}

}  // namespace

Json curves_json(const ReportedScan& scan) {
  Json json{{"curves", Json::array()}};
  if (scan.flux) {
    json["thresholds"] = thresholds_json(*scan.flux);
    for (const PixelGroup group : {PixelGroup::even, PixelGroup::odd, PixelGroup::rows}) {
      json["groups"].push_back(curve_json(group_name(group), scan.flux->asic_curve(group)));
    }
    if (!scan.fit) json["groups"].push_back(curve_json("all", scan.flux->asic_curve(PixelGroup::all)));
  }
  if (scan.fit) {
    json["use"] = use_json(scan.fit->thresholds);
    json["curves"].push_back(fitted_curve_json("all pixels", scan.fit->asic));
    json["curves"].push_back(fitted_curve_json("good pixels", scan.fit->asic_good));
    json["residuals"] = residuals_json(scan.fit->residuals);
    json["shared"] = shared_json(scan.fit->shared);
  }
  if (scan.calibration) json["calibration"] = calibration_json(*scan.calibration);
  return json;
}

}  // namespace velocal
