// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/setting_tables.hpp"

#include <array>

namespace velocal {
namespace {

constexpr Integer pixels{0, static_cast<int>(pixel_count)};
// A wider cloud would reach many pixels, and takes hours to draw.
constexpr NumberRule cloud_width{"a number above 0, at most 30", [](double x) { return x > 0 && x <= 30; }};

std::vector<std::string_view> model_words(const Vocabulary& vocabulary) {
  std::vector<std::string_view> names;
  for (const auto& [name, parameters] : vocabulary.models) names.push_back(name);
  return names;
}

std::vector<std::string_view> statistic_words(const Vocabulary& vocabulary) {
  return {vocabulary.statistics.begin(), vocabulary.statistics.end()};
}

std::vector<std::string_view> estimator_words(const Vocabulary& vocabulary) {
  return {vocabulary.estimators.begin(), vocabulary.estimators.end()};
}

}  // namespace

std::span<const Setting<FitSettings>> fit_settings_table() {
  static const std::vector<Setting<FitSettings>> table{
      {.key = "model",
       .member = member<&FitSettings::model>,
       .domain = OneOf{"flux model", model_words},
       .help = "flux model (docs/physics.md)",
       .is_option = true,
       .placeholder = "NAME"},
      {.key = "shared",
       .member = member<&FitSettings::shared>,
       .domain = NameList{},
       .help = "parameters that the whole chip has in common, fitted once",
       .is_option = true,
       .placeholder = "NAMES",
       .option_values = "names with commas between them"},
      {.key = "statistic",
       .member = member<&FitSettings::statistic>,
       .domain = OneOf{"statistic", statistic_words},
       .help = "what is minimised",
       .is_option = true,
       .formerly = "neyman"},
      {.key = "covariance",
       .member = member<&FitSettings::covariance>,
       .domain = one_of_words<Covariance>(),
       .help = "covariance of the parameters: times chi2/ndf, as it is, or times the dispersion of the counts",
       .is_option = true,
       .formerly = "scaled"},
      {.key = "errors",
       .member = member<&FitSettings::errors>,
       .domain = one_of_words<Errors>(),
       .help = "uncertainty of the line: of the covariance, or an interval of its own, wider on one side",
       .is_option = true},
      {.key = "start",
       .member = member<&FitSettings::start>,
       .domain = one_of_words<StartValues>(),
       .help = "start values: the descriptor's, or from each pixel's data",
       .is_option = true,
       .formerly = "descriptor"},
      {.key = "baseline",
       .member = member<&FitSettings::baseline>,
       .domain = one_of_words<BaselineMode>(),
       .help = "when the noise baseline is taken off",
       .is_option = true},
      {.key = "separation",
       .member = member<&FitSettings::separation>,
       .domain = one_of_words<SeparationPattern>(),
       .help = "pattern behind the groups even and odd"},
      {.key = "significance",
       .member = member<&FitSettings::significance>,
       .domain = Number{inside_0_1},
       .help = "alpha of the goodness-of-fit test",
       .is_option = true,
       .placeholder = "ALPHA",
       .option_values = "a number between 0 and 1"},
      {.key = "max_zero_fraction",
       .member = member<&FitSettings::max_zero_fraction>,
       .domain = Number{above_0_to_1},
       .help = "share of thresholds without a hit from which on a pixel is cut (neyman)"},
      {.key = "background",
       .member = member<&FitSettings::background>,
       .domain = Number{non_negative, true},
       .help = "flat background in hits/s per pixel (poisson)",
       .is_option = true,
       .placeholder = "auto|RATE",
       .option_values = "\"auto\" or a number >= 0 [hits/s per pixel]",
       .attribute = "background_setting"},
      {.key = "robust",
       .member = member<&FitSettings::robust>,
       .domain = TrueOrFalse{},
       .help = "leave out single counts, and thresholds of all pixels, that lie far off (poisson)",
       .formerly = false},
      {.key = "range",
       .member = member<&FitSettings::range>,
       .domain = DacRange{},
       .help = "thresholds that take part [DAC]",
       .is_option = true,
       .placeholder = "FROM..TO",
       .option_values = "two thresholds with two dots between them, one of which may be left out"},
      {.key = "fixed_fit",
       .member = member<&FitSettings::fixed_fit>,
       .domain = TrueOrFalse{},
       .help = "fit also with all but the amplitude held at the ASIC's values",
       .is_option = true}};
  return table;
}

std::span<const Setting<Source>> source_table() {
  static const std::vector<Setting<Source>> table{
      {"name", member<&Source::name>, AnyText{}},
      {"photon_energy_eV", member<&Source::photon_energy_eV>, Number{positive}},
      {"temperature_C", member<&Source::temperature_C>, Number{finite}},
      {"pair_energy_eV", member<&Source::pair_energy_eV>, Number{positive}},
      {"pair_energy_uncertainty_eV", member<&Source::pair_energy_uncertainty_eV>, Number{non_negative}}};
  return table;
}

std::span<const Setting<EmittedLine>> line_table() {
  static const std::vector<Setting<EmittedLine>> table{
      {"energy_eV", member<&EmittedLine::energy_eV>, Number{positive}},
      {"intensity", member<&EmittedLine::intensity>, Number{positive}},
      {"attenuation_um", member<&EmittedLine::attenuation_um>, Number{positive}}};
  return table;
}

std::span<const Setting<Sensor>> sensor_table() {
  static const std::vector<Setting<Sensor>> table{
      {"pitch_um", member<&Sensor::pitch_um>, Number{positive}},
      {"thickness_um", member<&Sensor::thickness_um>, Number{positive}},
      {"illuminated", member<&Sensor::illuminated>, one_of_words<IlluminatedSide>()}};
  return table;
}

std::span<const Setting<Allowances>> allow_table() {
  static const std::vector<Setting<Allowances>> table{
      {"missing_acquisitions", member<&Allowances::missing_acquisitions>, Number{from_0_to_1}},
      {"uncalibrated_pixels", member<&Allowances::uncalibrated_pixels>, Number{from_0_to_1}}};
  return table;
}

std::span<const Setting<ScanSettings>> baseline_table() {
  using Scan = ScanSettings;
  static const std::vector<Setting<Scan>> table{
      {"kind", member<&Scan::baseline_kind>, one_of_words<BaselineKind>()},
      {"uncertainty", member<&Scan::baseline_uncertainty>, one_of_words<BaselineUncertainty>()},
      {"established", member<&Scan::baseline_established>, TrueOrFalse{}}};
  return table;
}

std::span<const Setting<NoiseSettings>> noise_table() {
  using Noise = NoiseSettings;
  static const std::vector<Setting<Noise>> table{
      {"folder", member<&Noise::folder>, PathText{}},
      {"trim0", member<&Noise::trim0>, PathText{}},
      {"trimF", member<&Noise::trimF>, PathText{}},
      {"control", member<&Noise::control>, PathText{}},
      {"trims", member<&Noise::trims>, PathText{}},
      {"estimator", member<&Noise::estimator>, OneOf{"noise estimator", estimator_words}},
      {"prediction", member<&Noise::prediction>, one_of_words<NoisePrediction>()}};
  return table;
}

std::span<const Setting<SimulationSettings>> simulation_table() {
  using Simulation = SimulationSettings;
  static const std::vector<Setting<Simulation>> table{
      {"amplitude", member<&Simulation::amplitude>, Number{positive}},
      {"baseline_error", member<&Simulation::baseline_error>, Number{non_negative}},
      {"background", member<&Simulation::background>, Number{non_negative}},
      {"masked_pixels", member<&Simulation::masked_pixels>, pixels},
      {"pixels_without_baseline", member<&Simulation::pixels_without_baseline>, pixels}};
  return table;
}

std::span<const Setting<PhysicsSettings>> physics_table() {
  using Physics = PhysicsSettings;
  static const std::vector<Setting<Physics>> table{{"sigma_um", member<&Physics::sigma_um>, Number{cloud_width}},
                                                   {"rate", member<&Physics::rate>, Number{positive}}};
  return table;
}

std::span<const Setting<IlluminationSpot>> spot_table() {
  using Spot = IlluminationSpot;
  static const std::vector<Setting<Spot>> table{{"row", member<&Spot::row>, Number{finite}},
                                                {"column", member<&Spot::column>, Number{finite}},
                                                {"radius", member<&Spot::radius>, Number{positive}},
                                                {"floor", member<&Spot::floor>, Number{from_0_to_1}}};
  return table;
}

std::span<const Setting<ChipSpreads>> chip_spreads_table() {
  using Chips = ChipSpreads;
  static const std::vector<Setting<Chips>> table{
      {"gain_spread", member<&Chips::gain_spread>, Number{non_negative}},
      {"noise_spread", member<&Chips::noise_spread>, Number{non_negative}},
      {"illumination_spread", member<&Chips::illumination_spread>, Number{non_negative}}};
  return table;
}

std::span<const SpreadSetting> simulation_spreads() {
  using Simulation = SimulationSettings;
  static constexpr std::array<SpreadSetting, 5> table{{{"shelf", &Simulation::shelf, inside_0_1},
                                                       {"width", &Simulation::width, positive},
                                                       {"target", &Simulation::target, positive},
                                                       {"baseline", &Simulation::baseline, positive},
                                                       {"baseline_width", &Simulation::baseline_width, positive}}};
  return table;
}

}  // namespace velocal
