// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/accumulate_flux.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/flux/acquisition_adder.hpp"
#include "velocal/flux/archived_scan.hpp"
#include "velocal/flux/flux_sums.hpp"
#include "velocal/scan/archive.hpp"
#include "velocal/scan/csv_folder.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/input_line.hpp"
#include "velocal/scan/mask.hpp"
#include "velocal/scan/noise_baseline.hpp"
#include "velocal/scan/zip_index.hpp"
#include "velocal/scan/zipped_scan.hpp"

namespace velocal {
namespace {

/// What each thread has of its own.
struct Worker {
  Worker(const AcquisitionSource& source, FluxSums& sums) : reader(source.reader()), adder(sums) {
    if (!reader) throw UsageError("a source of acquisitions gives no reader", "its reader() is null");
  }

  std::unique_ptr<AcquisitionReader> reader;
  AcquisitionAdder adder;
};

/// Adds all acquisitions of the source. `other` is done at the same time.
void add_all(const AcquisitionSource& source, FluxSums& sums, const std::function<void()>& other, int threads,
             Progress& progress) {
  const std::vector<int>& thresholds = sums.threshold();
  const AcquisitionRange range = source.acquisitions();
  if (range.first < 0 || range.count < 1 || range.count > std::numeric_limits<int>::max() - range.first) {
    throw UsageError("a source of acquisitions has none",
                     fmt::format("its acquisitions() are {} from {}", range.count, range.first),
                     "Give a first number >= 0 and a count >= 1");
  }
  // That acquisitions are missing is the error to report, whatever else is found: it is that of the first task.
  const std::array<std::function<void()>, 2> first{[&] { source.require_complete(); }, other};
  const std::size_t tasks = first.size() + thresholds.size();
  std::vector<std::unique_ptr<Worker>> workers(static_cast<std::size_t>(worker_count(tasks, threads)));
  progress.start("reading", thresholds.size() * static_cast<std::size_t>(range.count), "files");
  parallel_for(tasks, threads, [&](std::size_t task, int thread) {
    if (task < first.size()) return first[task]();
    const std::size_t t = task - first.size();
    auto& worker = workers[static_cast<std::size_t>(thread)];
    if (!worker) worker = std::make_unique<Worker>(source, sums);
    for (int number = range.first; number < range.first + range.count; ++number) {
      if (!sums.reject(t, number)) worker->adder.add(t, number, worker->reader->read(thresholds[t], number));
      progress.advance(1);
    }
    worker->adder.finish_threshold(t);
  });
  progress.finish();
}

/// Takes the baseline into the sums, and its input into the list.
using TakeBaseline = std::function<void(FluxSums& sums, std::string& inputs)>;

FluxSettings settings_of(const Dataset& dataset, const ScanSettings& scan) {
  const auto& [from, to, step, listed] = scan.thresholds;
  const bool ascend = std::ranges::is_sorted(listed, std::less_equal());
  if (from < 0 || to < from || to > largest_threshold || step < 1 || !ascend) {
    throw UsageError(fmt::format("thresholds from {} to {} in steps of {} are no scan", from, to, step),
                     fmt::format("they are 0 to {} DAC, in steps of 1 or more, or ascending", largest_threshold),
                     "Set ScanSettings::thresholds");
  }
  FluxSettings settings;
  settings.threshold = scan.thresholds.values();
  settings.shutter_s = scan.shutter.seconds;
  settings.reject = scan.reject;
  settings.counter = scan.counter;
  settings.separation = dataset.fit.separation;
  return settings;
}

/// The scan where any of its acquisitions can be read at any time; null: it lies in an archive that is read from end to
/// end. Takes the mask into the settings, and what else is read into the list.
std::unique_ptr<AcquisitionSource> open_source(const Dataset& dataset, const ScanSettings& scan, FluxSettings& settings,
                                               std::string& inputs) {
  const auto place = scan_folder(dataset, scan);
  if (!is_archive(place)) {
    settings.mask = read_mask(mask_path(dataset, scan), listed_in(inputs));
    return std::make_unique<CsvFolder>(dataset, scan);
  }
  auto index = ZipIndex::of(place);
  if (!index) return nullptr;
  auto zipped = std::make_unique<ZippedScan>(dataset, scan, std::move(*index));
  settings.mask = zipped->mask(listed_in(inputs));
  inputs += archive_line(place);
  return zipped;
}

FluxCube accumulate(const Dataset& dataset, const ScanSettings& scan, const TakeBaseline& take_baseline, int threads,
                    Progress& progress) {
  FluxSettings settings = settings_of(dataset, scan);
  std::string equalisation;
  const auto source = open_source(dataset, scan, settings, equalisation);
  if (!source) {
    FluxSums sums = sum_archive(dataset, scan, std::move(settings), equalisation, progress);
    take_baseline(sums, equalisation);
    return std::move(sums).cube(std::move(equalisation));
  }
  FluxSums sums(std::move(settings));
  const auto baseline = [&] { take_baseline(sums, equalisation); };
  add_all(*source, sums, baseline, threads, progress);
  return std::move(sums).cube(std::move(equalisation));
}

}  // namespace

FluxCube accumulate_flux(const AcquisitionSource& source, FluxSettings settings, int threads, Progress& progress) {
  FluxSums sums(std::move(settings));
  add_all(
      source, sums, [] {}, threads, progress);
  return std::move(sums).cube();
}

FluxCube accumulate_flux(const Dataset& dataset, const ScanSettings& scan, int threads, Progress& progress) {
  if (scan.baseline_file) {
    throw UsageError(fmt::format("the baseline of scan {} is a result of its own", scan.label), *scan.baseline_file,
                     "Read it with read_measured_baseline(), and give it to accumulate_flux()");
  }
  const auto read_baseline = [&](FluxSums& sums, std::string& inputs) {
    if (!scan.baseline_folder) return;
    const auto folder = dataset.data_root / *scan.baseline_folder;
    NoiseBaseline baseline = read_noise_baseline(folder, dataset.asic, listed_in(inputs), scan.baseline_kind);
    if (!scan.baseline_established) complete_cut_means(baseline);
    sums.set_baseline(std::move(baseline));
  };
  return accumulate(dataset, scan, read_baseline, threads, progress);
}

FluxCube accumulate_flux(const Dataset& dataset, const ScanSettings& scan, const GivenBaseline& given, int threads,
                         Progress& progress) {
  require_valid(given.baseline);
  const auto take_baseline = [&](FluxSums& sums, std::string& inputs) {
    inputs += given.input;
    sums.set_baseline(given.baseline);
  };
  return accumulate(dataset, scan, take_baseline, threads, progress);
}

}  // namespace velocal
