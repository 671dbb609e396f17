// SPDX-License-Identifier: GPL-3.0-or-later
// Files that cannot be read, or must not be: each is refused with its path, the reason, and a way out.
#include <H5Cpp.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <span>

#include "store/samples.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/hdf5/seal.hpp"
#include "velocal/store/matrices_file.hpp"
#include "velocal/store/reseal.hpp"
#include "velocal/store/truth_file.hpp"

namespace fs = std::filesystem;
using namespace velocal;
using namespace velocal::test;

namespace {

constexpr std::size_t seal_size = 512;
const std::string again = ". Make the flux anew";

/// What reading a flux file of N037/warm says about it.
std::string message(const fs::path& path, const Provenance& expected = sample_provenance()) {
  try {
    read_flux(path, expected);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

std::string flux_bytes(const fs::path& folder) {
  write_flux(folder / "whole.h5", sample_cube(), sample_provenance());
  return read_text(folder / "whole.h5");
}

/// The same once the file, which was changed on purpose, has got its seal anew.
std::string message_once_sealed(const fs::path& path) {
  reseal_file(path);
  return message(path);
}

std::string no_seal(const fs::path& path) {
  return path.string() +
         " has no seal of velocal (another program wrote or changed it). Make the flux anew, or accept " +
         "the file as it is with velocal-status DATASET.yaml --reseal " + path.string();
}

/// A file that other software has rewritten: without our checksum.
fs::path without_seal(const fs::path& folder) {
  write_text(folder / "flux.h5", flux_bytes(folder).substr(seal_size));
  return folder / "flux.h5";
}

template <class T>
void replace_array(const fs::path& path, const std::string& name, const H5::PredType& type,
                   const std::vector<hsize_t>& shape, T fill) {
  const H5::H5File file(path.string(), H5F_ACC_RDWR);
  file.unlink(name);
  hsize_t count = 1;
  for (const hsize_t length : shape) count *= length;
  const std::vector<T> values(count, fill);
  file.createDataSet(name, type, H5::DataSpace(static_cast<int>(shape.size()), shape.data()))
      .write(values.data(), type);
}

}  // namespace

TEST_CASE("a missing file") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "flux.h5";
  CHECK(message(path) == "no flux for N037/warm (" + path.string() + "). Make the flux first");
}

TEST_CASE("a file that is no HDF5") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "flux.h5";
  for (const std::string text : {"quantity,value\n", "\x89HDF\r\n"}) {
    write_text(path, text);
    CHECK(message(path) == path.string() + " is damaged (file signature not found)" + again);
  }
  write_text(path, "");
  CHECK(message(path) == path.string() + " is damaged (it is empty)" + again);
  CHECK(message(folder.path()) ==
        "cannot read " + folder.path().string() + " (Is a directory). Put a file in its place");
}

TEST_CASE("an HDF5 file of somebody else") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "flux.h5";
  H5::H5File(path.string(), H5F_ACC_TRUNC).createGroup("data");
  CHECK(message(path) == no_seal(path));
  CHECK_THROWS_WITH(reseal_file(path), path.string() + " cannot be sealed (it is no result of velocal)");
}

TEST_CASE("a file cut short, at any length") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "flux.h5";
  const std::string whole = flux_bytes(folder.path());
  for (const std::size_t length : {std::size_t{100}, seal_size, seal_size + 50, whole.size() / 2, whole.size() - 1}) {
    write_text(path, whole.substr(0, length));
    CHECK(message(path) == path.string() + " is damaged (its bytes are not those that were written)" + again);
    if (length <= seal_size) continue;
    write_text(path, whole.substr(seal_size, length - seal_size));
    CHECK(message(path) == no_seal(path));
  }
  write_text(path, whole + "x");
  CHECK(message(path) == path.string() + " is damaged (its bytes are not those that were written)" + again);
}

TEST_CASE("each flipped bit of the seal is seen, and a seal that is overwritten") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "flux.h5";
  const std::string whole = flux_bytes(folder.path());
  const std::string damaged = path.string() + " is damaged (its bytes are not those that were written)" + again;
  for (std::size_t bit = 0; bit < 8 * seal_size; bit += 61) {
    std::string bytes = whole;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
    write_text(path, bytes);
    INFO("bit " << bit);
    CHECK(message(path) == damaged);
  }
  write_text(path, std::string(seal_size, '\0') + whole.substr(seal_size));
  CHECK(message(path) == damaged);
}

TEST_CASE("one flipped bit anywhere is seen") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "flux.h5";
  const std::string whole = flux_bytes(folder.path());
  for (std::size_t i = 0; i < whole.size(); i += whole.size() / 50) {
    std::string bytes = whole;
    bytes[i] = static_cast<char>(bytes[i] ^ 0x10);
    write_text(path, bytes);
    INFO("byte " << i);
    CHECK(message(path) == path.string() + " is damaged (its bytes are not those that were written)" + again);
  }
}

TEST_CASE("a file that another program has changed is read once it is sealed again, and HDF5's own checksums hold") {
  const TemporaryFolder folder;
  const fs::path path = without_seal(folder.path());
  CHECK(message(path) == no_seal(path));
  CHECK(reseal_file(path));
  CHECK(message(path) == "no error");
  CHECK_FALSE(reseal_file(path));  // it is whole
  write_text(path, read_text(path).substr(seal_size));
  std::string bytes = read_text(path);
  haddr_t place = 0;
  hsize_t size = 0;
  {
    const H5::H5File file(path.string(), H5F_ACC_RDONLY);
    const hsize_t first[3] = {1, 0, 0};
    unsigned filters = 0;
    REQUIRE(H5Dget_chunk_info_by_coord(file.openDataSet("counts").getId(), first, &filters, &place, &size) >= 0);
  }
  bytes[place + size / 2] = static_cast<char>(bytes[place + size / 2] ^ 1);
  write_text(path, bytes);
  CHECK(message_once_sealed(path) ==
        path.string() + " is damaged at /counts (data error detected by Fletcher32 checksum)" + again);
}

TEST_CASE("datasets that are missing, of another shape, of another type, or without sense") {
  const TemporaryFolder folder;
  const fs::path path = without_seal(folder.path());
  const std::string damaged = path.string() + " is damaged at ";
  SECTION("missing") {
    H5::H5File(path.string(), H5F_ACC_RDWR).unlink("live_time");
    CHECK(message_once_sealed(path) == damaged + "/live_time (it is missing)" + again);
  }
  SECTION("missing group") {
    H5::H5File(path.string(), H5F_ACC_RDWR).unlink("acquisitions");
    CHECK(message_once_sealed(path) == damaged + "/acquisitions (it is missing)" + again);
  }
  SECTION("missing attribute") {
    H5::H5File(path.string(), H5F_ACC_RDWR).openGroup("/").removeAttr("separation");
    CHECK(message_once_sealed(path) == damaged + "/@separation (it is missing)" + again);
  }
  SECTION("attribute of another type") {
    H5::H5File file(path.string(), H5F_ACC_RDWR);
    file.openGroup("/").removeAttr("separation");
    file.openGroup("/").createAttribute("separation", H5::PredType::STD_I32LE, H5::DataSpace(H5S_SCALAR));
    file.close();
    CHECK(message_once_sealed(path) == damaged + "/@separation (its values are of another type)" + again);
  }
  SECTION("shape") {
    replace_array<std::uint8_t>(path, "mask", H5::PredType::STD_U8LE, {256, 255}, 0);
    CHECK(message_once_sealed(path) == damaged + "/mask (its shape is [256, 255], not [256, 256])" + again);
  }
  SECTION("rank") {
    replace_array<std::uint8_t>(path, "mask", H5::PredType::STD_U8LE, {65536}, 0);
    CHECK(message_once_sealed(path) == damaged + "/mask (its shape is [65536], not [256, 256])" + again);
  }
  SECTION("lists of different lengths") {
    replace_array<double>(path, "live_time", H5::PredType::IEEE_F64LE, {4}, 1.0);
    CHECK(message_once_sealed(path) == damaged + "/live_time (its shape is [4], not [3])" + again);
  }
  SECTION("type") {
    replace_array<double>(path, "threshold", H5::PredType::IEEE_F64LE, {3}, 1.0);
    CHECK(message_once_sealed(path) == damaged + "/threshold (its values are of another type)" + again);
  }
  SECTION("a group where an array should be") {
    H5::H5File file(path.string(), H5F_ACC_RDWR);
    file.unlink("counts");
    file.createGroup("counts");
    file.close();
    CHECK_THAT(message_once_sealed(path), Catch::StartsWith(damaged + "/counts ("));
  }
}

TEST_CASE("words and numbers in a fit that mean nothing") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "fit.h5";
  write_fit(path, sample_fit(), sample_provenance());
  write_text(path, read_text(path).substr(seal_size));
  const auto fails_with = [&](const std::string& problem) {
    reseal_file(path);
    CHECK_THROWS_WITH(read_fit(path, sample_provenance()),
                      path.string() + " is damaged at " + problem + ". Make the fit anew");
  };
  SECTION("status") {
    replace_array<std::int8_t>(path, "status", H5::PredType::STD_I8LE, {256, 256}, 2);
    fails_with("/status (it holds a number that means nothing)");
  }
  SECTION("reason") {
    const H5::H5File file(path.string(), H5F_ACC_RDWR);
    const H5::DataSet reason = file.openDataSet("reason");
    const std::vector<std::uint8_t> values(pixel_count, status_reason_names.size());
    reason.write(values.data(), H5::PredType::NATIVE_UINT8);
    H5Fflush(file.getId(), H5F_SCOPE_GLOBAL);
    fails_with("/reason (it holds a number that means nothing)");
  }
  SECTION("statistic") {
    {
      const H5::H5File file(path.string(), H5F_ACC_RDWR);
      const H5::Attribute statistic = file.openGroup("/").openAttribute("statistic");
      statistic.write(statistic.getStrType(), std::string("guess"));
    }
    fails_with("/@statistic (unknown statistic \"guess\" (there are neyman, poisson))");
  }
}

TEST_CASE("reasons are known by name: a file written before reasons were added keeps its meaning") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "fit.h5";
  ScanFit fit = sample_fit();
  for (std::uint8_t& reason : fit.pixels.reason) reason = reason % 2;
  write_fit(path, fit, sample_provenance());
  write_text(path, read_text(path).substr(seal_size));
  {
    const H5::H5File file(path.string(), H5F_ACC_RDWR);
    const H5::DataSet reason = file.openDataSet("reason");
    reason.removeAttr("names");
    const std::array<const char*, 2> names{"masked", "no hits"};
    const hsize_t count = names.size();
    H5::StrType type(H5::PredType::C_S1, H5T_VARIABLE);
    type.setCset(H5T_CSET_UTF8);
    reason.createAttribute("names", type, H5::DataSpace(1, &count)).write(type, names.data());
  }
  reseal_file(path);
  const PixelFits pixels = read_fit(path, sample_provenance()).value.pixels;
  for (const std::size_t pixel : {0u, 1u, 2u, 13u}) {
    const StatusReason expected = fit.pixels.reason[pixel] == 0 ? StatusReason::masked : StatusReason::no_hits;
    CHECK(static_cast<StatusReason>(pixels.reason[pixel]) == expected);
  }
}

TEST_CASE("a flux that is not whole, and an impossible baseline") {
  const TemporaryFolder folder;
  const fs::path path = without_seal(folder.path());
  SECTION("live time") {
    replace_array<double>(path, "live_time", H5::PredType::IEEE_F64LE, {3}, -1.0);
    CHECK(message_once_sealed(path) == path.string() + " is damaged (a live time is -1 s)" + again);
  }
  SECTION("thresholds") {
    replace_array<std::int32_t>(path, "threshold", H5::PredType::STD_I32LE, {3}, 1480);
    CHECK(message_once_sealed(path) == path.string() + " is damaged (its thresholds do not ascend)" + again);
  }
  SECTION("baseline") {
    {
      const H5::H5File file(path.string(), H5F_ACC_RDWR);
      const std::vector<double> values(pixel_count, -1.0);
      file.openDataSet("baseline/value").write(values.data(), H5::PredType::NATIVE_DOUBLE);
    }
    CHECK_THAT(message_once_sealed(path),
               Catch::Contains(" is damaged at /baseline (the mean of the noise baseline has to be 0 "));
  }
}

TEST_CASE("who meets a result that is missing or damaged is told which to make") {
  const TemporaryFolder folder;
  const auto remedy = [&](auto read) {
    try {
      read(folder.path() / "none.h5", sample_provenance());
    } catch (const InputError& error) {
      return error.remedy();
    }
    return Remedy::none;
  };
  CHECK(remedy(read_flux) == Remedy::make_flux);
  CHECK(remedy(read_fit) == Remedy::make_fit);
  CHECK(remedy(read_matrices) == Remedy::make_matrices);
  CHECK(remedy(read_truth) == Remedy::make_truth);
  Provenance rows = sample_provenance();
  rows.group = "rows";
  CHECK_THROWS_WITH(read_fit("none.h5", rows), "no fit for N037/warm, group rows (none.h5). Make the fit first");
}

TEST_CASE("results of another dataset, scan, group or kind") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "flux.h5";
  write_flux(path, sample_cube(), sample_provenance());
  const std::string replace = ". Make the flux anew, or name another folder of results";
  Provenance expected = sample_provenance();
  SECTION("dataset") {
    expected.dataset = "N038";
    CHECK(message(path, expected) == path.string() + " belongs to dataset N037, not N038" + replace);
  }
  SECTION("scan") {
    expected.scan = "cold";
    CHECK(message(path, expected) == path.string() + " belongs to scan warm, not cold" + replace);
  }
  SECTION("group") {
    write_fit(path, sample_fit(PixelGroup::odd), sample_provenance());
    expected.group = "even";
    CHECK_THROWS_WITH(read_fit(path, expected), Catch::StartsWith(path.string() + " belongs to group odd, not even"));
    expected.group = "odd";
    CHECK_NOTHROW(read_fit(path, expected));
  }
  SECTION("schema") {
    CHECK_THROWS_WITH(read_fit(path, expected), path.string() +
                                                    " cannot be read (its schema is velocal/flux/1, not velocal/fit/1)"
                                                    ". Make the fit anew");
    CHECK_THROWS_AS(read_matrices(path, expected), InputError);
    CHECK_THROWS_AS(read_truth(path, expected), InputError);
  }
}

TEST_CASE("a failed write of a result leaves the old one readable") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "flux.h5";
  write_flux(path, sample_cube(), sample_provenance());
  const std::string old = read_text(path);
  FluxCube inconsistent = sample_cube();
  inconsistent.asic[2].error.clear();
  CHECK_THROWS_AS(write_flux(path, inconsistent, sample_provenance()), UsageError);
  CHECK_THROWS_WITH(write_flux(path, inconsistent, sample_provenance()),
                    Catch::StartsWith("the flux cube is not whole (0 points in the ASIC curve of group odd for 3 "));
  CHECK(read_text(path) == old);
}

TEST_CASE("each reseal is recorded in the file") {
  const TemporaryFolder folder;
  const fs::path path = without_seal(folder.path());
  reseal_file(path);
  {
    const H5::H5File file(path.string(), H5F_ACC_RDWR);  // in place: the seal stays and no longer fits
    file.openGroup("/").removeAttr("options");
    const H5::StrType type(H5::PredType::C_S1, H5T_VARIABLE);
    H5::StrType utf8(type);
    utf8.setCset(H5T_CSET_UTF8);
    const char* text = "";
    file.openGroup("/").createAttribute("options", utf8, H5::DataSpace(H5S_SCALAR)).write(utf8, &text);
  }
  CHECK(message(path) == path.string() + " is damaged (its bytes are not those that were written)" + again);
  CHECK(message_once_sealed(path) == "no error");
  const H5::H5File file(path.string(), H5F_ACC_RDONLY);
  CHECK(file.openGroup("/").openAttribute("resealed").getSpace().getSimpleExtentNpoints() == 2);
}

TEST_CASE("a file that would lead to another one, or fill the memory, is refused before it is read") {
  const TemporaryFolder folder;
  const fs::path path = without_seal(folder.path());
  const fs::path other = folder.path() / "whole.h5";
  const auto refused = [&](const std::string& problem) {
    CHECK_THROWS_WITH(reseal_file(path), path.string() + " cannot be sealed (" + problem + ")");
    // and sealed by somebody who knows how
    const std::string bytes = read_text(path);
    const auto file = sealed(std::as_bytes(std::span(bytes)));
    write_text(path, {reinterpret_cast<const char*>(file.data()), file.size()});
    CHECK_THAT(message(path), Catch::Contains("(" + problem + ")" + again));
  };
  SECTION("external link") {
    {
      const H5::H5File file(path.string(), H5F_ACC_RDWR);
      file.unlink("mask");
      H5Lcreate_external(other.c_str(), "/mask", file.getId(), "mask", H5P_DEFAULT, H5P_DEFAULT);
    }
    refused("it is a link to another file");
  }
  SECTION("values in another file") {
    {
      const H5::H5File file(path.string(), H5F_ACC_RDWR);
      file.unlink("mask");
      const H5::DSetCreatPropList properties;
      properties.setExternal(other.c_str(), 0, 65536);
      const hsize_t shape[2] = {256, 256};
      file.createDataSet("mask", H5::PredType::STD_U8LE, H5::DataSpace(2, shape), properties);
    }
    refused("its values lie in another file");
  }
  SECTION("an array of terabytes without any values") {
    {
      const H5::H5File file(path.string(), H5F_ACC_RDWR);
      file.unlink("counts");
      const H5::DSetCreatPropList properties;
      const hsize_t shape[3] = {hsize_t{1} << 24, 256, 256}, chunk[3] = {1, 256, 256};
      properties.setChunk(3, chunk);
      file.createDataSet("counts", H5::PredType::STD_U32LE, H5::DataSpace(3, shape), properties);
    }
    refused("it claims more values than the file can hold");
  }
}

TEST_CASE("a sealed file that crashes HDF5 crashes nothing else") {
#if defined(__SANITIZE_THREAD__)
  std::puts("SKIPPED: the thread sanitizer takes the signal, and waits");
  return;
#endif
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "flux.h5";
  std::string image = flux_bytes(folder.path()).substr(seal_size);
  constexpr std::size_t header = 16, before_size = 8;
  const std::size_t first_text = image.find("GCOL") + header;  // of HDF5's heap of texts
  REQUIRE(first_text > header);
  image.replace(first_text + before_size, 6, std::string(6, '\x7f'));  // the text is as long as the world
  const auto hostile = sealed(std::as_bytes(std::span(image)));
  write_text(path, {reinterpret_cast<const char*>(hostile.data()), hostile.size()});
  CHECK(message(path) == path.string() + " is damaged (HDF5 crashes when it reads it)" + again);
}

TEST_CASE("a parameter's name that is no word is refused: files are named after it") {
  const TemporaryFolder folder;
  ScanFit fit = sample_fit();
  fit.pixels.parameters.front().name = "..";
  write_fit(folder.path() / "fit.h5", fit, sample_provenance());
  CHECK_THROWS_WITH(read_fit(folder.path() / "fit.h5", sample_provenance()),
                    Catch::Contains("\"..\" is no name of a parameter"));
}
