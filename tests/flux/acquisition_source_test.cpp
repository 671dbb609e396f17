// SPDX-License-Identifier: GPL-3.0-or-later
// What a new input format takes: the class at the beginning of this file, and no more.
#include "velocal/scan/acquisition_source.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

#include "eventful_scan.hpp"
#include "same_cube.hpp"
#include "velocal/core/error.hpp"
#include "velocal/flux/accumulate_flux.hpp"

using namespace velocal;

namespace {

/// A scan in one binary file: thresholds one after another, each acquisition as 256 x 256 counts of 32 bits.
class BinaryFile final : public AcquisitionSource {
 public:
  BinaryFile(std::filesystem::path file, ThresholdRange thresholds, AcquisitionRange acquisitions)
      : file_(std::move(file)), thresholds_(thresholds), acquisitions_(acquisitions) {}

  AcquisitionRange acquisitions() const override { return acquisitions_; }
  std::unique_ptr<AcquisitionReader> reader() const override { return std::make_unique<Reader>(*this); }

 private:
  class Reader final : public AcquisitionReader {
   public:
    explicit Reader(const BinaryFile& source) : source_(source), stream_(source.file_, std::ios::binary) {}

    Acquisition read(int threshold, int acquisition) override {
      const auto& [thresholds, numbers] = std::tie(source_.thresholds_, source_.acquisitions_);
      const int before = (threshold - thresholds.from) / thresholds.step * numbers.count + acquisition - numbers.first;
      constexpr std::streamsize size = sizeof(std::uint32_t) * pixel_count;
      stream_.seekg(before * size);
      stream_.read(reinterpret_cast<char*>(counts_.data()), size);
      if (!stream_) throw InputError("cannot read " + source_.file_.string());
      name_ = std::to_string(threshold) + "/" + std::to_string(acquisition);
      return {name_, name_, &counts_};
    }

   private:
    const BinaryFile& source_;
    std::ifstream stream_;
    std::string name_;
    PixelCounts counts_;
  };

  std::filesystem::path file_;
  ThresholdRange thresholds_;
  AcquisitionRange acquisitions_;
};

/// The same counts as the scan's CSV files.
BinaryFile binary_copy(const test::EventfulScan& scan) {
  const auto file = scan.folder.path() / "scan.bin";
  std::ofstream stream(file, std::ios::binary);
  for (const int threshold : scan.scan.thresholds.values()) {
    for (int a = 0; a < scan.scan.acquisitions.count; ++a) {
      const PixelCounts counts = scan.counts(threshold, scan.scan.acquisitions.first + a);
      stream.write(reinterpret_cast<const char*>(counts.data()), sizeof(std::uint32_t) * pixel_count);
    }
  }
  return {file, scan.scan.thresholds, scan.scan.acquisitions};
}

/// One acquisition, of which the reader knows nothing.
class EmptyHanded final : public AcquisitionSource {
 public:
  AcquisitionRange acquisitions() const override { return {0, 1}; }
  std::unique_ptr<AcquisitionReader> reader() const override { return std::make_unique<Reader>(); }

 private:
  class Reader final : public AcquisitionReader {
    Acquisition read(int, int) override { return {"0", "here", static_cast<const PixelCounts*>(nullptr)}; }
  };
};

}  // namespace

TEST_CASE("another source of the same counts gives the same cube, on any number of threads") {
  const test::EventfulScan scan;
  const FluxCube of_files = accumulate_flux(scan.dataset, scan.scan);
  const BinaryFile source = binary_copy(scan);
  const FluxCube cube = accumulate_flux(source, scan.settings(), GENERATE(1, 3));
  CHECK(test::same_cube(cube, of_files));
  CHECK(cube.inputs_sha256.size() == 64);
  CHECK(cube.inputs_sha256 != of_files.inputs_sha256);
}

TEST_CASE("the first acquisition that a source cannot read is the error, each time") {
  const test::EventfulScan scan;
  const BinaryFile source = binary_copy(scan);
  std::filesystem::resize_file(scan.folder.path() / "scan.bin", 1000);
  CHECK_THROWS_WITH(accumulate_flux(source, scan.settings(), 2), Catch::EndsWith("scan.bin"));
}

TEST_CASE("settings that make no cube are refused before anything is read") {
  const test::EventfulScan scan;
  const BinaryFile source("nowhere", scan.scan.thresholds, scan.scan.acquisitions);
  FluxSettings settings = scan.settings();
  settings.threshold = {1510, 1500};
  CHECK_THROWS_AS(accumulate_flux(source, settings), UsageError);
}

TEST_CASE("a reader that gives no counts is refused") {
  FluxSettings settings;
  settings.threshold = {10};
  settings.shutter_s = 1.0;
  CHECK_THROWS_AS(accumulate_flux(EmptyHanded(), settings), UsageError);
  CHECK_THROWS_WITH(accumulate_flux(EmptyHanded(), settings),
                    Catch::StartsWith("here: there are no counts (the pointer is null). "));
}
