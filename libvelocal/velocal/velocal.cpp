// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/velocal.hpp"

#include "velocal/core/error.hpp"
#include "velocal/descriptor/read_dataset.hpp"
#include "velocal/fit/fit_vocabulary.hpp"
#include "velocal/model/photon_source.hpp"
#include "velocal/noise/noise_estimator.hpp"

namespace velocal {
namespace {

/// What comes of a source is in the tables of other layers: energies and temperatures have their ranges there.
void require_source(const Dataset& dataset, const ScanSettings& scan) {
  try {
    photon_source(scan.source, scan.sensor);
  } catch (const UsageError& error) {
    throw DescriptorError(dataset.file.string() + ": source of scan " + scan.label + ": " + error.what());
  }
}

Vocabulary vocabulary() {
  Vocabulary words = fit_vocabulary();
  words.estimators = noise_estimator_names();
  return words;
}

}  // namespace

DatasetOfChips read_chips(const std::filesystem::path& file) {
  DatasetOfChips dataset = read_chips(file, vocabulary());
  for (const ChipDataset& chip : dataset.chips) {
    for (const ScanSettings& scan : chip.dataset.scans) require_source(chip.dataset, scan);
  }
  return dataset;
}

Dataset read_dataset(const std::filesystem::path& file) {
  Dataset dataset = read_dataset(file, vocabulary());
  for (const ScanSettings& scan : dataset.scans) require_source(dataset, scan);
  return dataset;
}

}  // namespace velocal
