// SPDX-License-Identifier: GPL-3.0-or-later
// Results files that somebody has changed and sealed: refused, or read without harm. The input is a list of changes,
// four bytes each: three for the place, one for what is put there. What a file says of itself is always read, its
// arrays now and then: they take a hundred times as long. HDF5 itself crashes on some; the programs read in a process
// that may (store/hdf5/rehearsal.hpp), so only a crash elsewhere is a defect (hdf5_escape.hpp).
#include <hdf5.h>

#include <fstream>
#include <new>
#include <span>

#include "fuzz.hpp"
#include "hdf5_escape.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/hdf5/seal.hpp"
#include "velocal/store/result_record.hpp"

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
  fit.settings.model = "F1_0";
  fit.engine = "own";
  fit.pixels.parameters = {{"E0", "DAC", PixelMatrix<double>(1.0), PixelMatrix<double>(1.0)}};
  return fit;
}

std::string contents(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The HDF5 images that are changed: of a flux, of a fit.
std::string made_image(bool of_fit) {
  const auto file = temporary_file("made.h5");
  if (of_fit) {
    write_fit(file, plain_fit(), provenance);
  } else {
    write_flux(file, plain_cube(), provenance);
  }
  return contents(file).substr(512);
}

/// Half of the places are in the first 4 KiB, where HDF5 has its superblock and its root.
std::string changed(std::string image, const std::uint8_t* data, std::size_t size) {
  for (; size >= 4; data += 4, size -= 4) {
    const std::size_t place = (data[0] & 127u) * 65536u + data[1] * 256u + data[2];
    image[place % ((data[0] & 128u) != 0 ? 4096u : image.size())] = static_cast<char>(data[3]);
  }
  return image;
}

void read(const std::filesystem::path& file, bool of_fit, bool whole) try {
  read_record(of_fit ? ResultFileKind::fit : ResultFileKind::flux, file, provenance);
  if (!whole) return;
  if (of_fit) {
    read_fit(file, provenance);
  } else {
    read_flux(file, provenance);
  }
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
  static const std::string images[] = {fuzz::made_image(false), fuzz::made_image(true)};
  static const auto file = fuzz::temporary_file("results.h5");
  if (size == 0) return 0;
  const bool of_fit = (data[0] & 1) != 0;
  const std::string image = fuzz::changed(images[of_fit ? 1 : 0], data + 1, size - 1);
  const auto bytes = sealed(std::as_bytes(std::span(image)));
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  const bool whole = fuzz::is_chosen(fuzz::text_of(data, size));
  fuzz::escape_from_hdf5(whole ? longest_whole_ms : longest_record_ms, [&] { fuzz::read(file, of_fit, whole); });
  return 0;
}
