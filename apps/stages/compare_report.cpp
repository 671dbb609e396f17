// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/compare_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace velocal {
namespace {

struct Column {
  std::string title;
  std::string key;  ///< in JSON
  const GainSystematics& gains;
};
using Columns = std::array<Column, 3>;

/// A table with a row for each dataset: its name, a number of pixels, and a text in each column.
class Table {
 public:
  Table(const Columns& columns, std::size_t name_width) : columns_(columns), name_width_(name_width) {}

  template <class TextOf>
  void row(std::string_view name, std::string_view pixels, TextOf text_of) {
    std::string line = fmt::format("  {:<{}}  {:>6}", name, name_width_, pixels);
    for (const Column& column : columns_) line += fmt::format("  {:<28}", text_of(column));
    text_ += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
  }
  const std::string& text() const { return text_; }

 private:
  const Columns& columns_;
  std::size_t name_width_;
  std::string text_;
};

std::string difference_text(const GainSystematics& gains, std::size_t variant) {
  if (variant == 0) return "";
  const double difference = gains.difference.at(variant);
  return std::isnan(difference) ? "undefined" : fmt::format("{:+.4f}", difference);
}

/// A number over the variants; says so when it is not over all of them.
std::string over_variants(const GainSystematics& gains, double value) {
  if (std::isnan(value)) return "undefined";
  const std::size_t variants = gains.difference.size() - 1;
  const auto remark = gains.variants == variants ? "" : fmt::format(" ({} of {})", gains.variants, variants);
  return fmt::format("{:.4f}{}", value, remark);
}

std::string distance_text(const GainSystematics& gains) {
  return std::isnan(gains.distance) ? "undefined" : fmt::format("{:+.2f} sigma", gains.distance);
}

std::string table_text(const Columns& columns, const std::vector<ComparedDataset>& datasets) {
  std::size_t width = std::string_view("sqrt(sum dK^2)").size();
  for (const ComparedDataset& dataset : datasets) width = std::max(width, dataset.name.size());
  const auto pair = [](std::string_view gain, std::string_view difference) {
    return fmt::format("{:<18} {:>9}", gain, difference);
  };
  Table table(columns, width);
  table.row("", "pixels", [&](const Column& column) { return pair(column.title, "dK"); });
  for (std::size_t i = 0; i < datasets.size(); ++i) {
    table.row(datasets[i].name, std::to_string(datasets[i].pixels), [&](const Column& column) {
      return pair(with_error(column.gains.gain.at(i)), difference_text(column.gains, i));
    });
  }
  table.row("sqrt(sum dK^2)", "",
            [](const Column& column) { return over_variants(column.gains, column.gains.quadrature); });
  table.row("mean |dK|", "",
            [](const Column& column) { return over_variants(column.gains, column.gains.mean_absolute); });
  table.row("off the design", "", [](const Column& column) { return distance_text(column.gains); });
  return table.text();
}

/// Empty for a measured scan.
std::string truth_text(const std::vector<ComparedDataset>& datasets) {
  if (!datasets.front().off_truth) return {};
  std::size_t width = std::string_view("off the truth").size();
  for (const ComparedDataset& dataset : datasets) width = std::max(width, dataset.name.size());
  std::string text = fmt::format("  {:<{}}  {:>14}  {:>14}\n", "off the truth", width, "target [DAC]", "K [e-/DAC]");
  for (const ComparedDataset& dataset : datasets) {
    text += fmt::format("  {:<{}}  {:>+14.4f}  {:>+14.4f}\n", dataset.name, width, dataset.off_truth->target,
                        dataset.off_truth->gain);
  }
  return text;
}

Json variant_json(const Columns& columns, const ComparedDataset& dataset, std::size_t variant) {
  Json json{{"dataset", dataset.name}, {"pixels", dataset.pixels}};
  for (const auto& [title, key, gains] : columns) {
    json[key] = to_json(gains.gain.at(variant));
    json[key]["difference"] = gains.difference.at(variant);
  }
  if (dataset.off_truth) {
    json["off_truth"] = {{"target", dataset.off_truth->target}, {"K", dataset.off_truth->gain}};
  }
  return json;
}

}  // namespace

Report compare_report(std::string_view title, const std::vector<ComparedDataset>& datasets,
                      const Systematics& systematics) {
  const Columns columns{{{"K mean", "K_mean", systematics.mean},
                         {"K ASIC", "K_ASIC", systematics.asic},
                         {"K ASICgood", "K_ASICgood", systematics.asic_good}}};
  const Uncertain design = design_gain();
  Json json{{"reference", datasets.front().name}, {"design", to_json(design)}};
  for (std::size_t i = 0; i < datasets.size(); ++i) json["variants"].push_back(variant_json(columns, datasets[i], i));
  for (const auto& [name, key, gains] : columns) {
    json["systematics"][key] = {{"variants", gains.variants},
                                {"quadrature", gains.quadrature},
                                {"mean_absolute", gains.mean_absolute},
                                {"distance_to_design", gains.distance}};
  }
  return {
      fmt::format("{}: K of {} datasets [e-/DAC], the first being the reference; design {:.2f} +- {:.2f}\n{}{}", title,
                  datasets.size(), design.value, design.error, table_text(columns, datasets), truth_text(datasets)),
      json};
}

}  // namespace velocal
