// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/tables/summary_csv.hpp"

#include <string>
#include <string_view>

#include "velocal/core/quantity.hpp"
#include "velocal/store/output/file_transaction.hpp"
#include "velocal/store/tables/quantity_table.hpp"

namespace velocal {
namespace {

void add_statuses(QuantityTable& summary, const StatusCounts& statuses) {
  summary.add_count("good_pixels", statuses.good);
  summary.add_count("bad_pixels", statuses.bad);
  summary.add_count("not_found_pixels", statuses.not_found);
  summary.add_count("cut_pixels", statuses.cut);
  summary.add_count("masked_pixels", statuses.masked);
  summary.add_count("outside_pixels", statuses.outside);
}

void add_means(QuantityTable& summary, std::string_view quantity, const PixelMeans& means, std::string_view unit) {
  const std::string name(quantity);
  summary.add_count(name + "_pixels", means.pixels);
  summary.add(name + "_mean", Uncertain{means.mean, means.mean_error}, unit);
  summary.add(name + "_std", means.standard_deviation, unit);
}

void add_asic(QuantityTable& summary, const std::string& name, const AsicCalibration& asic) {
  const CurveFit& fit = asic.fit.fit;
  summary.add(fmt::format("{}_{}", quantity::target, name), asic.target, "DAC");
  summary.add(fmt::format("{}_{}", quantity::gain, name), asic.gain, "e-/DAC");
  for (std::size_t k = 0; k < fit.parameters.size(); ++k) {
    summary.add(fmt::format("{}_{}", fit.names[k], name), fit.parameters[k], fit.units[k]);
  }
  summary.add("chi2_" + name, fit.chi2, "");
  summary.add("ndf_" + name, fit.ndf, "");
}

void add_residuals(QuantityTable& text, const StackedResiduals& stack) {
  const ResidualSummary summary = summarise(stack);
  text.add("residual_largest", summary.largest, "hits/s");
  text.add("residual_offset", summary.offset, "DAC");
  text.add("residual_share", summary.share, "");
  text.add("residual_significance", summary.significance, "");
  text.add("residual_chi2", summary.chi2, "");
  text.add("residual_bins", static_cast<double>(summary.bins), "");
}

}  // namespace

void write_summary(const std::filesystem::path& path, const Calibration& calibration, FileTransaction* files) {
  QuantityTable summary;
  add_statuses(summary, calibration.statuses);
  add_means(summary, quantity::target, calibration.target_means, "DAC");
  add_means(summary, quantity::gain, calibration.gain_means, "e-/DAC");
  add_asic(summary, "ASIC", calibration.asic);
  add_asic(summary, "ASICgood", calibration.asic_good);
  add_residuals(summary, calibration.residuals);
  write_file(path, summary.text(), files);
}

}  // namespace velocal
