// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/parts/nexus_entry.hpp"

#include <catch2/catch.hpp>

#include "store/hdf5_text.hpp"
#include "store/samples.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/matrices_file.hpp"
#include "velocal/store/truth_file.hpp"

using namespace velocal;
using test::text;

namespace {

/// The array that a viewer shows on opening: it goes down by `default`, as the NeXus manual has it.
H5::DataSet shown(const H5::H5File& file) {
  CHECK(text(file.openGroup("/"), "NX_class") == "NXroot");
  const H5::Group entry = file.openGroup(text(file.openGroup("/"), "default"));
  CHECK(text(entry, "NX_class") == "NXentry");
  const H5::Group data = entry.openGroup(text(entry, "default"));
  CHECK(text(data, "NX_class") == "NXdata");
  CHECK(data.nameExists("row"));
  CHECK(data.nameExists("column"));
  return data.openDataSet(text(data, "signal"));
}

/// Whether both are one object of the file.
bool is_one_object(const H5::DataSet& a, const H5::DataSet& b) {
  H5O_info_t first, second;
  return H5Oget_info1(a.getId(), &first) >= 0 && H5Oget_info1(b.getId(), &second) >= 0 && first.addr == second.addr;
}

}  // namespace

TEST_CASE("a NeXus viewer shows the gain of matrices.h5, the line of fit.h5, the flux of flux.h5") {
  const test::TemporaryFolder folder;
  const auto at = [&](const std::string& name) { return (folder.path() / name).string(); };
  write_flux(at("flux.h5"), test::sample_cube(), test::sample_provenance());
  write_fit(at("fit.h5"), test::sample_fit(), test::sample_provenance());
  write_matrices(at("matrices.h5"), test::sample_calibration(), test::sample_fit(), test::sample_provenance());
  const auto opened = [&](const std::string& name) { return H5::H5File(at(name), H5F_ACC_RDONLY); };
  CHECK(is_one_object(shown(opened("matrices.h5")), opened("matrices.h5").openDataSet("/K/value")));
  CHECK(is_one_object(shown(opened("flux.h5")), opened("flux.h5").openDataSet("/total_flux/value")));
  CHECK(is_one_object(shown(opened("fit.h5")), opened("fit.h5").openDataSet("/parameters/E0/value")));
}

TEST_CASE("counts, status and chi2 can be drawn, too, and status stands in matrices.h5") {
  const test::TemporaryFolder folder;
  write_flux(folder.path() / "flux.h5", test::sample_cube(), test::sample_provenance());
  write_fit(folder.path() / "fit.h5", test::sample_fit(), test::sample_provenance());
  write_matrices(folder.path() / "matrices.h5", test::sample_calibration(), test::sample_fit(),
                 test::sample_provenance());
  const auto check = [&](const std::string& name, const std::string& array) {
    INFO(name << ": " << array);
    const H5::H5File file((folder.path() / name).string(), H5F_ACC_RDONLY);
    const H5::Group data = file.openGroup("/entry/" + array);
    CHECK(text(data, "NX_class") == "NXdata");
    CHECK(text(data, "signal") == array);
    CHECK(is_one_object(data.openDataSet(array), file.openDataSet(array)));
  };
  check("flux.h5", "counts");
  check("fit.h5", "status");
  check("fit.h5", "chi2");
  check("matrices.h5", "status");
  const H5::H5File flux((folder.path() / "flux.h5").string(), H5F_ACC_RDONLY);
  CHECK(is_one_object(flux.openDataSet("/entry/counts/threshold"), flux.openDataSet("/threshold")));
}
