// SPDX-License-Identifier: GPL-3.0-or-later
// Results files that somebody has changed and sealed: refused, or read without harm. The input is a list of changes,
// four bytes each after the kind of file: three for the place, one for what is put there. What a file says of itself is
// always read, its arrays now and then, where they take a hundred times as long. HDF5 itself crashes on some; the
// programs read in a process that may (store/hdf5/rehearsal.hpp), so only a crash elsewhere is a defect
// (hdf5_escape.hpp).
#include <hdf5.h>

#include <fstream>
#include <new>
#include <optional>
#include <span>
#include <vector>

#include "fuzz.hpp"
#include "hdf5_escape.hpp"
#include "velocal/store/detector_file.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/gain_file.hpp"
#include "velocal/store/hdf5/seal.hpp"
#include "velocal/store/matrices_file.hpp"
#include "velocal/store/measured_baseline_file.hpp"
#include "velocal/store/result_record.hpp"
#include "velocal/store/truth_file.hpp"

/// HDF5 leaks where a file is damaged.
extern "C" int __lsan_is_turned_off() {
  return 1;
}

namespace velocal::fuzz {
namespace {

const Provenance provenance{.dataset = "N037",
                            .scan = "warm",
                            .group = "all",
                            .descriptor = "name: N037",
                            .options = {},
                            .inputs_sha256 = "0123",
                            .settings = {{"shutter", "1s"}}};

FluxCube plain_cube() {
  FluxCube cube;
  cube.threshold = {1480, 1482};
  cube.counts.resize(2 * pixel_count);
  cube.live_time_s = {1.0, 1.0};
  cube.acquisitions = {{1, 0, 0, 0}, {1, 0, 0, 0}};
  for (FluxCurve& curve : cube.asic) curve = {{1480.0, 1482.0}, {0.0, 0.0}, {0.0, 0.0}};
  cube.inputs = "m_THR_1480_0.csv 131073 fedcba9876543210\n";
  return cube;
}

ScanFit plain_fit() {
  ScanFit fit;
  fit.source = photon_source({});
  fit.settings.model = "F1_0";
  fit.engine = "own";
  fit.pixels.parameters = {{"E0", "DAC", PixelMatrix<double>(1.0), PixelMatrix<double>(1.0)}};
  return fit;
}

std::string contents(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

MeasuredBaseline plain_baseline() {
  MeasuredBaseline baseline{.asic = "Module0_VP3-1", .estimator = "censored"};
  baseline.trim0.file = {"Module0_VP3-1", "Trim0", {1360, 2, 55}};
  baseline.trimF.file = {"Module0_VP3-1", "TrimF", {1360, 2, 55}};
  baseline.inputs = "noise.dat 131073 fedcba9876543210\n";
  return baseline;
}

Detector plain_detector() {
  Detector detector;
  detector.table.labels = {"warm"};
  detector.table.rows = {{.asic = "Module0_VP3-1", .label = "warm"}};
  return detector;
}

using Path = std::filesystem::path;

/// A kind of results file.
struct Kind {
  void (*make)(const Path& file);
  void (*read)(const Path& file);
  std::optional<ResultFileKind> record;  ///< reads what the file says of itself; empty: nothing does
};

/// Those without a record last: they are read now and then only.
const std::vector<Kind> kinds{
    {[](const Path& file) { write_flux(file, plain_cube(), provenance); },
     [](const Path& file) { read_flux(file, provenance); }, ResultFileKind::flux},
    {[](const Path& file) { write_fit(file, plain_fit(), provenance); },
     [](const Path& file) { read_fit(file, provenance); }, ResultFileKind::fit},
    {[](const Path& file) { write_matrices(file, {.source = photon_source({})}, plain_fit(), provenance); },
     [](const Path& file) { read_matrices(file, provenance); }, ResultFileKind::matrices},
    {[](const Path& file) { write_truth(file, {}, provenance); },
     [](const Path& file) { read_truth(file, provenance); }, ResultFileKind::truth},
    {[](const Path& file) { write_measured_baseline(file, plain_baseline(), provenance); },
     [](const Path& file) { read_measured_baseline(file, "Module0_VP3-1"); }, ResultFileKind::baseline},
    {[](const Path& file) { write_gain(file, {}, provenance); },
     [](const Path& file) { read_gain(file, provenance); },
     {}},
    {[](const Path& file) { write_detector(file, plain_detector(), provenance); },
     [](const Path& file) { read_detector(file, provenance); },
     {}},
};

constexpr std::size_t kinds_with_record = 5;

/// The HDF5 images that are changed, one of each kind.
std::vector<std::string> made_images() {
  std::vector<std::string> images;
  for (const Kind& kind : kinds) {
    const auto file = temporary_file("made.h5");
    kind.make(file);
    kind.read(file);  // as it is, it is readable
    images.push_back(contents(file).substr(512));
  }
  return images;
}

/// Half of the places are in the first 4 KiB, where HDF5 has its superblock and its root.
std::string changed(std::string image, const std::uint8_t* data, std::size_t size) {
  for (; size >= 4; data += 4, size -= 4) {
    const std::size_t place = (data[0] & 127u) * 65536u + data[1] * 256u + data[2];
    image[place % ((data[0] & 128u) != 0 ? 4096u : image.size())] = static_cast<char>(data[3]);
  }
  return image;
}

void read(const Path& file, const Kind& kind, bool whole) try {
  if (kind.record) read_record(*kind.record, file, provenance);
  if (whole) kind.read(file);
} catch (const InputError&) {
} catch (const std::bad_alloc&) {  // more than this process may have
}

}  // namespace
}  // namespace velocal::fuzz

static void end_at_once() {
  std::_Exit(0);
}

/// Some ten times what a sound file takes. Damaged files often make HDF5 compute without end, so waiting longer would
/// take half of all the time.
static constexpr int longest_record_ms = 50, longest_whole_ms = 4000;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace velocal;
  // HDF5 zeroes a megabyte for each file that it opens; that megabyte is used again, not asked of the system again.
  // What it holds after it was left (escape_from_hdf5) cannot be closed at the end.
  static const bool set = H5set_free_list_limits(-1, -1, -1, -1, -1, -1) >= 0 && std::atexit(end_at_once) == 0;
  fuzz::require(set);
  static const std::vector<std::string> images = fuzz::made_images();
  static const auto file = fuzz::temporary_file("results.h5");
  if (size == 0) return 0;
  const bool whole = fuzz::is_chosen(fuzz::text_of(data, size));
  const std::size_t number = data[0] % (whole ? fuzz::kinds.size() : fuzz::kinds_with_record);
  const fuzz::Kind& kind = fuzz::kinds[number];
  const std::string image = fuzz::changed(images[number], data + 1, size - 1);
  const auto bytes = sealed(std::as_bytes(std::span(image)));
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  fuzz::escape_from_hdf5(whole ? longest_whole_ms : longest_record_ms, [&] { fuzz::read(file, kind, whole); });
  return 0;
}
