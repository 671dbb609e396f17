// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/measured_baseline_file.hpp"

#include <fmt/format.h>

#include <system_error>

#include "velocal/core/error.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/store/hdf5/hdf5_attribute.hpp"
#include "velocal/store/parts/input_list.hpp"
#include "velocal/store/parts/nexus.hpp"
#include "velocal/store/result_file.hpp"

namespace velocal {
namespace {

/// Attribute `names`: what the numbers of an array stand for.
template <std::size_t count>
void write_names(const H5::DataSet& array, const std::array<std::string_view, count>& names) {
  write_texts_attribute(array, "names", {names.begin(), names.end()});
}

void write_noise(const H5::Group& root, const std::string& name, const MeasuredNoise& measured) {
  const H5::Group group = create_group(root, name);
  const PixelNoise& noise = measured.noise;
  write_text_attribute(group, "file", measured.file.text());
  write_quantity(group, "mean", {"DAC", "mean of the noise, " + name}, noise.mean, &noise.error);
  write_quantity(group, "width", {"DAC", "width of the noise, " + name}, noise.width);
  label(write_matrix(group, "hits", noise.hits), {"hits", "hits at all thresholds"});
  const H5::DataSet status = write_matrix(group, "status", noise.status);
  label(status, {"", "what can be said of the pixel's noise"});
  write_names(status, noise_status_names);
}

NoiseFileName read_file_name(const H5::Group& group) {
  try {
    return parse_noise_file_name(read_text_attribute(group, "file"));
  } catch (const InputError& error) {
    throw Hdf5Problem(group.getObjName() + "@file", error.what());
  }
}

MeasuredNoise read_noise(const H5::Group& root, const std::string& name) {
  const H5::Group group = open_group(root, name);
  MeasuredNoise measured{read_file_name(group), {}};
  PixelNoise& noise = measured.noise;
  read_quantity(group, "mean", noise.mean, &noise.error);
  read_quantity(group, "width", noise.width);
  noise.hits = read_matrix<std::uint32_t>(group, "hits");
  noise.status = read_matrix<std::uint8_t>(group, "status");
  return measured;
}

void write_prediction(const H5::Group& root, const TrimPrediction& prediction) {
  write_number<double>(root, "level_trim0", prediction.level_trim0);
  write_number<double>(root, "level_trimF", prediction.level_trimF);
  write_number<double>(root, "target", prediction.target);
  write_quantity(root, "predicted", {"DAC", "predicted noise baseline"}, prediction.baseline, &prediction.error);
  label(write_matrix(root, "trim", prediction.trim), {"", "trim, 0 where masked"});
  const H5::DataSet mask = write_matrix(root, "mask", prediction.mask);
  label(mask, {"", "0 = live, else why the equalisation masks the pixel"});
  write_names(mask, noise_mask_names);
}

TrimPrediction read_prediction(const H5::Group& root) {
  TrimPrediction prediction;
  prediction.level_trim0 = read_number<double>(root, "level_trim0");
  prediction.level_trimF = read_number<double>(root, "level_trimF");
  prediction.target = read_number<double>(root, "target");
  read_quantity(root, "predicted", prediction.baseline, &prediction.error);
  prediction.trim = read_matrix<std::uint8_t>(root, "trim");
  prediction.mask = read_matrix<std::uint8_t>(root, "mask");
  return prediction;
}

void fill(const H5::Group& root, const MeasuredBaseline& baseline) {
  write_text_attribute(root, "asic", baseline.asic);
  write_text_attribute(root, "estimator", baseline.estimator);
  write_text_attribute(root, "prediction", to_string(baseline.kind));
  write_input_list(root, baseline.inputs);
  write_prediction(root, baseline.prediction);
  write_noise(root, "trim0", baseline.trim0);
  write_noise(root, "trimF", baseline.trimF);
  if (!baseline.control) return;
  write_noise(root, "control", *baseline.control);
  write_quantity(root, "control_difference", {"DAC", "predicted baseline less that of the control scan"},
                 control_difference(baseline));
}

MeasuredBaseline parse_baseline(const H5::Group& root) {
  MeasuredBaseline baseline;
  baseline.asic = read_text_attribute(root, "asic");
  baseline.estimator = read_text_attribute(root, "estimator");
  baseline.kind = read_word(root, "prediction", parse_word<NoisePrediction>);
  baseline.prediction = read_prediction(root);
  baseline.trim0 = read_noise(root, "trim0");
  baseline.trimF = read_noise(root, "trimF");
  if (has_member(root, "control")) baseline.control = read_noise(root, "control");
  baseline.inputs = read_input_list(root);
  baseline.inputs_sha256 = read_text_attribute(root, "inputs_sha256");
  return baseline;
}

}  // namespace

void write_measured_baseline(const std::filesystem::path& path, const MeasuredBaseline& baseline,
                             const Provenance& provenance, FileTransaction* files) {
  Provenance written = of_whole_scan(provenance);
  written.scan = measured_baseline_label;
  written.inputs_sha256 = baseline.inputs_sha256;
  write_result(
      path, noise_kind, written, [&](const H5::Group& root) { fill(root, baseline); }, files);
}

Stored<MeasuredBaseline> read_measured_baseline(const std::filesystem::path& path, std::string_view asic) {
  if (is_missing(path)) {
    throw InputError(fmt::format("there is no noise baseline {}", path.string()), {},
                     "Make it first with velocal-baseline, or correct its name in the descriptor");
  }
  Provenance expected;
  expected.scan = measured_baseline_label;
  Stored<MeasuredBaseline> stored = read_result(path, noise_kind, expected, parse_baseline);
  if (asic.empty() || stored.value.asic == asic) return stored;
  throw InputError(fmt::format("{} is of the chip {}, not {}", path.string(), stored.value.asic, asic), {},
                   "Name the noise baseline of the same chip in the descriptor");
}

}  // namespace velocal
