// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/detector_report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

namespace velocal {
namespace {

std::vector<std::string> scans_in(const DetectorTable& table, ChipState state) {
  std::vector<std::string> names;
  for (const ChipRow& row : table.rows) {
    if (row.state == state) names.push_back(fmt::format("{}/{}", row.asic, row.label));
  }
  return names;
}

void add_states(ReportText& text, Json& json, const DetectorTable& table) {
  for (std::size_t i = 0; i < chip_state_names.size(); ++i) {
    const auto names = scans_in(table, static_cast<ChipState>(i));
    const std::string name(chip_state_names[i]);
    json[name] = names;
    if (names.empty()) continue;
    const bool usual = static_cast<ChipState>(i) == ChipState::done;
    text.line(name, fmt::format("{} scans of chips{}{}", names.size(), usual ? "" : ": ",
                                usual ? "" : fmt::format("{}", fmt::join(names, ", "))));
  }
}

void add_medians(ReportText& text, Json& json, const DetectorTable& table) {
  for (std::size_t label = 0; label < table.labels.size(); ++label) {
    for (std::size_t q = 0; q < chip_quantities.size(); ++q) {
      std::vector<double> values;
      for (std::size_t chip = 0; chip < table.chips(); ++chip) {
        const double value = table.row(chip, label).values[q].value;
        if (std::isfinite(value)) values.push_back(value);
      }
      if (values.empty()) continue;
      const RobustScatter all = robust_scatter(values);
      const ChipQuantity& quantity = chip_quantities[q];
      text.line(q == 0 ? table.labels[label] : "",
                fmt::format("{:<15} median {:.5g}, scatter {:.3g} {} over {} chips", quantity.name, all.median,
                            all.scatter, quantity.unit, all.count));
      json[table.labels[label]][std::string(quantity.name)] = {
          {"median", all.median}, {"scatter", all.scatter}, {"chips", all.count}};
    }
  }
}

std::set<std::string> chosen_names(const Session& session) {
  std::set<std::string> names;
  for (const ChipDataset& chip : session.chips) {
    for (const ScanSettings& scan : session.scans) names.insert(fmt::format("{}/{}", chip.dataset.asic, scan.label));
  }
  return names;
}

}  // namespace

std::string outlier_text(const Detector& detector, const ChipOutlier& outlier) {
  const ChipRow& row = detector.table.rows[outlier.row];
  const ChipQuantity& quantity = chip_quantities[outlier.quantity];
  return fmt::format("{}/{}: {} is {:.4g}, the median {:.4g} ({:+.0f} times the scale)", row.asic, row.label,
                     quantity.name, row.values[outlier.quantity].value, outlier.median, outlier.distance);
}

void add_outliers(ReportText& text, Json& json, const Detector& detector) {
  json = Json::array();
  for (const ChipOutlier& outlier : detector.outliers) {
    const ChipRow& row = detector.table.rows[outlier.row];
    text.line(json.empty() ? "outliers" : "", outlier_text(detector, outlier));
    json.push_back({{"asic", row.asic},
                    {"label", row.label},
                    {"quantity", chip_quantities[outlier.quantity].name},
                    {"value", row.values[outlier.quantity].value},
                    {"median", outlier.median},
                    {"distance", outlier.distance}});
  }
  if (json.empty()) text.line("outliers", "none");
}

std::string loss_of(const Session& session, const DetectorTable& table) {
  const std::set<std::string> chosen = chosen_names(session);
  std::vector<std::string> lost;
  for (const ChipState state : {ChipState::missing, ChipState::stale, ChipState::unreadable}) {
    for (const std::string& scan : scans_in(table, state)) {
      if (chosen.contains(scan)) lost.push_back(fmt::format("{} {}", scan, to_string(state)));
    }
  }
  if (lost.empty()) return {};
  return fmt::format("{}: {} of {} scans of chips have no result: {}. The table is written all the same",
                     session.all_name, lost.size(), chosen.size(), fmt::join(lost, ", "));
}

Report detector_report(const Session& session, const Detector& detector, std::size_t read) {
  const DetectorTable& table = detector.table;
  ReportText text(fmt::format("{}: detector of {} chips", session.all_name, table.chips()));
  Json states = Json::object(), medians = Json::object(), outliers;
  text.line("read", fmt::format("{} chips, the others are as they were", read));
  add_states(text, states, table);
  add_medians(text, medians, table);
  add_outliers(text, outliers, detector);
  return {text.text(),
          {{"read_chips", read}, {"status", states}, {"quantities", medians}, {"outliers", outliers}},
          loss_of(session, table)};
}

}  // namespace velocal
