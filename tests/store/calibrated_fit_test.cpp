// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/calibrated_fit.hpp"

#include <catch2/catch.hpp>

#include "samples.hpp"
#include "support/simulated_dataset.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"

namespace velocal::test {

TEST_CASE("a fit is not taken together with a flux that it was not made of") {
  Stored<ScanFit> fit;
  Stored<FluxCube> flux;
  fit.provenance.inputs_sha256 = flux.sha256 = "some";
  CHECK_NOTHROW(require_made_of({"fit.h5", "fit", fit}, {"flux.h5", "flux", flux}));
  flux.sha256 = "another";
  CHECK_THROWS_WITH(require_made_of({"fit.h5", "fit", fit}, {"flux.h5", "flux", flux}),
                    "fit.h5 was not made of flux.h5 (one of them was made anew meanwhile). "
                    "Run velocal-fit, then this again");
}

TEST_CASE("matrices and a fit that was made anew meanwhile are not taken together") {
  const TemporaryFolder folder;
  Dataset dataset = simulated_dataset(folder.path());
  dataset.results_root = folder.path() / "results";
  const ResultPaths paths(dataset, dataset.scans[0].label);
  const Provenance provenance = sample_provenance();
  ScanFit fit = sample_fit();
  write_fit(paths.fit(), fit, provenance);
  Provenance of_matrices = provenance;
  of_matrices.inputs_sha256 = read_fit(paths.fit(), provenance).sha256;
  write_matrices(paths.matrices(), sample_calibration(), fit, of_matrices);
  CHECK(read_calibrated_fit(paths, provenance).matrices.provenance.inputs_sha256 == of_matrices.inputs_sha256);
  fit.engine += " anew";
  write_fit(paths.fit(), fit, provenance);
  CHECK_THROWS_WITH(read_calibrated_fit(paths, provenance),
                    paths.matrices().string() + " was not made of " + paths.fit().string() +
                        " (one of them was made anew meanwhile). Run velocal-matrices, then this again");
}

}  // namespace velocal::test
