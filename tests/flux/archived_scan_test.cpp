// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/archived_scan.hpp"

#include <catch2/catch.hpp>

#include "same_cube.hpp"
#include "small_scan.hpp"
#include "support/archives.hpp"
#include "velocal/core/error.hpp"
#include "velocal/flux/accumulate_flux.hpp"
#include "velocal/flux/input_files.hpp"

using namespace velocal;
using Catch::Contains;

namespace {

PixelCounts numbered_at_pixel(int threshold, int acquisition) {
  PixelCounts counts(static_cast<std::uint32_t>(acquisition + 1));
  counts(3, 7) = static_cast<std::uint32_t>(threshold - 1490);
  return counts;
}

/// A small scan with a mask, on disk, and its files as entries of an archive.
struct PackedScan : test::SmallScan {
  PackedScan() {
    write_all(numbered_at_pixel);
    PixelMatrix<double> mask(0.0);
    mask(1, 2) = mask(200, 3) = 1.0;
    write_mask(mask);
    for (const auto& file : std::filesystem::directory_iterator(scan_folder(dataset, scan))) {
      entries.push_back({"scan/" + file.path().filename().string(), test::read_text(file.path())});
    }
    std::ranges::sort(entries, {}, &test::ArchiveEntry::name);
  }
  std::filesystem::path pack(const std::string& name) {
    test::write_archive(dataset.data_root / name, entries);
    scan.folder = name;
    return dataset.data_root / name;
  }
  std::vector<test::ArchiveEntry> entries;  ///< the mask is the last
};

}  // namespace

TEST_CASE("a scan in an archive of any kind is the scan, wherever its mask lies in it") {
  PackedScan packed;
  const FluxCube loose = accumulate_flux(packed.dataset, packed.scan);
  if (GENERATE(false, true)) std::ranges::rotate(packed.entries, packed.entries.end() - 1);
  packed.pack(GENERATE("a.tar", "a.tar.gz", "a.tar.zst", "a.zip"));
  const FluxCube cube = accumulate_flux(packed.dataset, packed.scan);
  CHECK(cube.mask_found);
  CHECK(test::same_cube(cube, loose));
}

TEST_CASE("files with zeros before their numbers and compressed ones are those of the scan") {
  PackedScan packed;
  const FluxCube loose = accumulate_flux(packed.dataset, packed.scan);
  const auto other = packed.path(1510, 1).parent_path() / "Module0_VP3-1_ECS_data_ST_2s500ms_THR_01510_001.csv";
  std::filesystem::rename(packed.path(1510, 1), other);
  const auto gz = std::filesystem::path(packed.path(1520, 0)).concat(".gz");
  test::write_compressed(gz, test::read_text(packed.path(1520, 0)));
  std::filesystem::remove(packed.path(1520, 0));
  const FluxCube cube = accumulate_flux(packed.dataset, packed.scan);
  CHECK(test::same_cube(cube, loose));
  CHECK(cube.inputs_sha256 == loose.inputs_sha256);
  CHECK(changed_inputs(packed.dataset, packed.scan, cube.inputs, {.contents = true}).empty());
  test::write_compressed(gz, test::read_text(packed.path(1520, 1)));
  CHECK(changed_inputs(packed.dataset, packed.scan, cube.inputs).empty());
  CHECK_THAT(changed_inputs(packed.dataset, packed.scan, cube.inputs, {.contents = true}),
             Contains("THR_1520_0.csv: other contents than then"));
}

TEST_CASE("files in an archive may be compressed by themselves") {
  PackedScan packed;
  const FluxCube loose = accumulate_flux(packed.dataset, packed.scan);
  const std::string ending = GENERATE(".gz", ".zst");
  const auto file = packed.dataset.data_root / ("one" + ending);
  test::write_compressed(file, packed.entries[0].text);
  packed.entries[0] = {packed.entries[0].name + ending, test::read_text(file)};
  packed.pack(GENERATE("a.tar", "a.zip"));
  const FluxCube cube = accumulate_flux(packed.dataset, packed.scan);
  CHECK(test::same_cube(cube, loose));
  CHECK(changed_inputs(packed.dataset, packed.scan, cube.inputs, {.contents = true}).empty());
}

TEST_CASE("an archive that has changed is noticed by its size, and with --verify by its contents") {
  PackedScan packed;
  const auto file = packed.pack("a.tar");
  const FluxCube cube = accumulate_flux(packed.dataset, packed.scan);
  CHECK(changed_inputs(packed.dataset, packed.scan, cube.inputs, {.contents = true}).empty());
  packed.entries[0].text[0] = '9';
  packed.pack("a.tar");
  CHECK(changed_inputs(packed.dataset, packed.scan, cube.inputs).empty());
  CHECK_THAT(changed_inputs(packed.dataset, packed.scan, cube.inputs, {.contents = true}),
             Contains("THR_1500_0.csv: other contents than then"));
  packed.entries.push_back({"notes.txt", std::string(20000, ' ')});
  packed.pack("a.tar");
  CHECK_THAT(changed_inputs(packed.dataset, packed.scan, cube.inputs), Contains("a.tar: ") && Contains("bytes then"));
  std::filesystem::remove(file);
  CHECK(changed_inputs(packed.dataset, packed.scan, cube.inputs).empty());
}

TEST_CASE("a zip archive without its index is refused, though its files are whole") {
  PackedScan packed;
  const auto file = packed.pack("a.zip");
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 22);  // the record that ends it
  CHECK_THROWS_WITH(accumulate_flux(packed.dataset, packed.scan),
                    Contains("a.zip is damaged (the index at its end is"));
}

TEST_CASE("a name that has changed in the index of a zip is told, also the mask's, which nobody would miss") {
  PackedScan packed;
  const auto file = packed.pack("a.zip");
  const std::string good = test::read_text(file);
  const auto with = [&](const std::string& name, const std::string& other) {
    std::string bytes = good;
    bytes.replace(bytes.rfind(name), name.size(), other);
    test::write_text(file, bytes);
  };
  CHECK_THROWS_WITH(
      (with("Matrix_Mask", "Matrix_Mesk"), accumulate_flux(packed.dataset, packed.scan)),
      Contains("_Matrix_Mesk.csv is damaged (its header has another name than the index). Copy the archive again"));
  CHECK_THROWS_WITH((with("THR_1510_1.csv", "THR_1510_0.csv"), accumulate_flux(packed.dataset, packed.scan)),
                    Contains("there twice"));
  test::write_text(file, good);
  CHECK(accumulate_flux(packed.dataset, packed.scan).mask_found);
}

TEST_CASE("names that were exchanged in the index of a zip are told") {
  PackedScan packed;
  const auto file = packed.pack("a.zip");
  std::string bytes = test::read_text(file);
  const std::string one = "THR_1510_0.csv", other = "THR_1520_0.csv";
  const std::size_t at = bytes.rfind(one), other_at = bytes.rfind(other);
  bytes.replace(at, one.size(), other).replace(other_at, other.size(), one);
  test::write_text(file, bytes);
  CHECK_THROWS_WITH(accumulate_flux(packed.dataset, packed.scan), Contains("its header has another name"));
}

TEST_CASE("an index of a zip with more files than it says is refused") {
  PackedScan packed;
  const auto file = packed.pack("a.zip");
  std::string bytes = test::read_text(file);
  --bytes[bytes.rfind("PK\5\6") + 10];
  test::write_text(file, bytes);
  CHECK_THROWS_WITH(accumulate_flux(packed.dataset, packed.scan), Contains("has more files than it says"));
}

TEST_CASE("an archive with an acquisition too few or twice is refused, one with others more is not") {
  PackedScan packed;
  packed.scan.reject.acquisitions = {{{1510, 1510}, {2, 2}}};
  const FluxCube loose = accumulate_flux(packed.dataset, packed.scan);
  packed.entries.push_back({"Module0_VP3-1_ECS_data_ST_2s500ms_THR_1530_0.csv", "none of the scan's"});
  std::erase_if(packed.entries, [](const auto& entry) { return entry.name.find("THR_1510_2") != std::string::npos; });
  packed.pack("a.tar");
  CHECK(test::same_cube(accumulate_flux(packed.dataset, packed.scan), loose));
  packed.entries.push_back({"again/" + packed.entries[0].name, packed.entries[0].text});
  packed.pack("a.tar");
  CHECK_THROWS_WITH(accumulate_flux(packed.dataset, packed.scan), Contains("is there twice"));
  packed.entries.pop_back();
  const auto mask = std::ranges::find_if(
      packed.entries, [](const auto& entry) { return entry.name.find("Mask") != std::string::npos; });
  packed.entries.push_back({"again/" + mask->name, mask->text});
  packed.pack("twice.tar");
  CHECK_THROWS_WITH(accumulate_flux(packed.dataset, packed.scan), Contains("the mask is there twice"));
  packed.pack("twice.zip");
  CHECK_THROWS_WITH(accumulate_flux(packed.dataset, packed.scan), Contains("the mask is there twice"));
  packed.entries.pop_back();
  packed.entries.erase(packed.entries.begin());
  packed.pack("a.tar");
  CHECK_THROWS_WITH(accumulate_flux(packed.dataset, packed.scan),
                    Contains("1 of 8 acquisitions are missing") && Contains("THR_1500_0.csv"));
}
