// SPDX-License-Identifier: GPL-3.0-or-later
// Results as CSV files of the established names, and fluxes read back from them.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "small_scan.hpp"
#include "support/files.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/matrices_file.hpp"

namespace velocal::test {
namespace {

using Catch::Matchers::Contains;

const std::string csv = "results/small/warm/csv";

std::string flux_name(const std::string& quantity, const std::string& thresholds) {
  return fmt::format("{}_Module0_VP3-1_ECS_data_ST_260s0ms_warm_THR_{}.csv", quantity, thresholds);
}

/// The small scan whose flux is exported and whose acquisitions are gone; the mask stays.
struct OldCampaign : SmallScan {
  OldCampaign() : SmallScan(most_masked) {
    make({"simulate", "flux", "fit"});
    const Outcome outcome = run("export", {"--what", "flux"});
    if (outcome.status != 0) throw std::runtime_error(outcome.err);
    for (int threshold = 1520; threshold <= 1580; threshold += 2) std::filesystem::remove(acquisition(threshold));
  }
  Outcome again(const std::string& stage, std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--results", "again"});
    return run(stage, more);
  }
  Outcome read_csv() const { return again("flux", {"--from-csv", csv}); }
  void expect_refusal(const std::string& message) const {
    const std::string before = snapshot();
    const Outcome outcome = again("flux", {"--from-csv", csv, "--force"});
    CAPTURE(outcome.err);
    CHECK(outcome.status == 4);
    CHECK_THAT(outcome.err, Contains(message));
    CHECK(snapshot() == before);
  }
};

bool same(const PixelMatrix<double>& a, const PixelMatrix<double>& b) {
  return std::ranges::equal(a, b, [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

void check_same_fits(const ScanFit& ours, const ScanFit& old) {
  CHECK(ours.pixels.status == old.pixels.status);
  CHECK(ours.pixels.reason == old.pixels.reason);
  CHECK(same(ours.pixels.chi2, old.pixels.chi2));
  REQUIRE(ours.pixels.parameters.size() == old.pixels.parameters.size());
  for (std::size_t k = 0; k < ours.pixels.parameters.size(); ++k) {
    CHECK(same(ours.pixels.parameters[k].value, old.pixels.parameters[k].value));
    CHECK(same(ours.pixels.parameters[k].error, old.pixels.parameters[k].error));
    CHECK(ours.asic.fit.parameters[k].value == Approx(old.asic.fit.parameters[k].value).epsilon(1e-9));
    CHECK(ours.asic.fit.parameters[k].error == Approx(old.asic.fit.parameters[k].error).epsilon(1e-9));
  }
}

}  // namespace

TEST_CASE("fluxes that were exported and read back give identical fits") {
  const OldCampaign scan;
  const Outcome made = scan.read_csv();
  CAPTURE(made.err);
  REQUIRE(made.status == 0);
  CHECK_THAT(made.err, Contains("fluxes do not tell whether a pixel's counter was full"));
  const auto again = scan.folder() / "again/small/warm";
  const auto old_flux = read_flux(scan.results() / "flux.h5", small_warm),
             flux = read_flux(again / "flux.h5", small_warm);
  CHECK(flux.value.counts == old_flux.value.counts);
  CHECK(flux.value.live_time_s == old_flux.value.live_time_s);
  CHECK(flux.value.acquisitions == old_flux.value.acquisitions);
  CHECK(flux.value.asic[0].flux == old_flux.value.asic[0].flux);
  CHECK(flux.provenance.options == "--from-csv " + csv);
  CHECK_THAT(flux.value.inputs, Contains("\n" + flux_name("UncertaintyFluxperpixel", "1580") + " "));

  REQUIRE(scan.again("fit").status == 0);
  check_same_fits(read_fit(again / "fit.h5", small_warm).value, read_fit(scan.results() / "fit.h5", small_warm).value);

  // The chain knows what the flux was made of.
  REQUIRE(scan.again("matrices").status == 0);
  const Outcome status = scan.again("status");
  CHECK_THAT(status.out, !Contains("stale") && !Contains("missing"));
  CHECK_THAT(scan.read_csv().out, Contains("up to date"));
  const Outcome plain = scan.again("flux");
  CHECK(plain.status == 5);
  CHECK_THAT(plain.err, Contains("from-csv: " + csv + " in the file, nothing on the command line"));
  const auto file = scan.folder() / csv / flux_name("Fluxperpixel", "1540");
  write_text(file, read_text(file) + "\n");
  const Outcome stale = scan.again("matrices", {"--force"});
  CHECK(stale.status == 4);
  CHECK_THAT(stale.err, Contains("was made of other files (" + file.filename().string()));
  CHECK_THAT(stale.err, Contains("Run velocal-flux small.yaml --results again --from-csv " + csv + " --force first"));
}

TEST_CASE("a folder that a result cannot record is refused, for it would hide that the settings have changed") {
  const OldCampaign scan;
  for (const char* const name : {"x --shutter y", "two\nlines"}) {
    std::filesystem::rename(scan.folder() / csv, scan.folder() / name);
    const Outcome outcome = scan.again("flux", {"--from-csv", name});
    CHECK(outcome.status == 2);
    CHECK_THAT(outcome.err, Contains("a result cannot record the folder '" + std::string(name) + "'"));
    std::filesystem::rename(scan.folder() / name, scan.folder() / csv);
  }
}

TEST_CASE("the command that reads fluxes back is one for a shell, whatever their folder is called") {
  const OldCampaign scan;
  const std::string folder = "old files; touch x";
  std::filesystem::rename(scan.folder() / csv, scan.folder() / folder);
  REQUIRE(scan.again("flux", {"--from-csv", folder}).status == 0);
  const auto file = scan.folder() / folder / flux_name("Fluxperpixel", "1540");
  write_text(file, read_text(file) + "\n");
  CHECK_THAT(scan.again("fit").err, Contains("--from-csv '" + folder + "' --force first"));
}

TEST_CASE("fluxes of no whole numbers of hits are refused, and so are missing and damaged files") {
  const OldCampaign scan;
  const auto file = scan.folder() / csv / flux_name("Fluxperpixel", "1540");
  const std::string text = read_text(file);
  write_text(file, text + "\n");
  scan.expect_refusal(file.filename().string() + " is not the file that was written (SHA256SUMS");
  write_text(file, text);
  const auto asic = file_that_begins("FluxperASIC", scan.folder() / csv);
  const std::string fluxes = read_text(asic);
  // A list that somebody cut or changed does not switch the comparison off.
  const auto sums = scan.folder() / csv / "SHA256SUMS";
  const std::string listed = read_text(sums), lines = listed.substr(0, listed.find('\n') + 1);
  for (const std::string& changed : {std::string(), "# " + listed, listed.substr(0, listed.size() - 1)}) {
    write_text(sums, changed);
    scan.expect_refusal(csv + "/SHA256SUMS is no list of checksums");
  }
  write_text(sums, lines);
  scan.expect_refusal(" is not listed in SHA256SUMS. Make the files anew, or remove SHA256SUMS");
  write_text(sums, listed);
  write_text(asic, fluxes.substr(0, fluxes.size() - 3));
  scan.expect_refusal(asic.filename().string() + " is not the file that was written (SHA256SUMS");
  std::filesystem::remove(scan.folder() / csv / "SHA256SUMS");
  scan.expect_refusal(asic.filename().string() + ":31: the line has no end (the file is cut short)");
  write_text(asic, fluxes);
  scan.edit_descriptor("shutter: 260s0ms", "shutter: 130s0ms");
  scan.expect_refusal("62 of 62 files of fluxes are missing in " + csv);
  scan.edit_descriptor("shutter: 130s0ms", "shutter: 260s0ms");
  std::filesystem::remove(file);
  scan.expect_refusal("1 of 62 files of fluxes are missing in " + csv + ":\n  " + file.filename().string());
  write_text(file, "x" + text);
  scan.expect_refusal(":1:1: expected a number >= 0");
  std::string wrong = text;
  const std::size_t digit = wrong.find_first_of("123456789");
  wrong.replace(digit, 1, wrong[digit] == '9' ? "8" : "9");
  write_text(file, wrong);
  scan.expect_refusal(file.filename().string() + ": the flux");
  write_text(file, text);
  CHECK(scan.again("flux", {"--from-csv", csv, "--keep-going"}).status == 2);
  CHECK(scan.read_csv().status == 0);
}

TEST_CASE("an export is the same bytes each time, and is made of nothing missing or stale") {
  const SmallScan scan(most_masked);
  scan.make({"simulate", "flux", "fit"});
  const Outcome early = scan.run("export");
  CHECK(early.status == 4);
  CHECK_THAT(early.err, Contains("no matrices for small/warm"));
  CHECK_FALSE(std::filesystem::exists(scan.folder() / csv));
  scan.make({"matrices"});
  CHECK_THAT(scan.run("export", {"--dry-run"}).out, Contains(csv + "/Fittypematrix_ST_260s0ms_warm.csv"));
  CHECK_FALSE(std::filesystem::exists(scan.folder() / csv));

  const Outcome made = scan.run("export", {"--json"});
  CAPTURE(made.err);
  REQUIRE(made.status == 0);
  const auto files = nlohmann::json::parse(made.out).at("scans").at(0).at("files");
  CHECK(files.at("flux") == 64);
  CHECK(files.at("fit") == 9);
  CHECK(files.at("matrices") == 6);
  const std::string first = scan.snapshot();
  const Outcome again = scan.run("export", {"--what", "fit"});
  CHECK(again.status == 5);
  CHECK_THAT(again.err, Contains("Fittypematrix_ST_260s0ms_warm.csv exists. Use --force"));
  CHECK(scan.run("export", {"--force", "--threads", "1"}).status == 0);
  CHECK(scan.snapshot() == first);
  CHECK(scan.run("export", {"--what", "everything"}).status == 2);

  scan.edit_descriptor("covariance: absolute", "covariance: scaled");
  const Outcome stale = scan.run("export", {"--what", "matrices", "--force"});
  CHECK(stale.status == 4);
  CHECK_THAT(stale.err, Contains("was made with other settings (fit.covariance"));
  CHECK(scan.run("export", {"--what", "flux", "--force"}).status == 0);
}

TEST_CASE("files of an earlier export with other settings are told, and are not listed with the new ones") {
  const SmallScan scan(most_masked);
  scan.make({"simulate", "flux", "fit", "matrices", "export"});
  scan.edit_descriptor("from: 1520", "from: 1522");
  for (const char* stage : {"flux", "fit", "matrices"}) REQUIRE(scan.run(stage, {"--force"}).status == 0);
  const Outcome outcome = scan.run("export", {"--force"});
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err,
             Contains("and 3 more are of an earlier export with other settings. Remove what you do not need"));
  const auto exported = scan.results() / "csv";
  CHECK_THAT(read_text(exported / "SHA256SUMS"), !Contains("THR_1520"));
  const Outcome status = scan.run("status");
  CHECK_THAT(status.out, Contains("is not listed in SHA256SUMS. Run velocal-export small.yaml --scan warm --what flux "
                                  "--force, and remove it if it stays"));
}

TEST_CASE("each file that an export would replace needs --force, also those of another program") {
  const SmallScan scan(most_masked);
  scan.make({"simulate", "flux", "fit", "matrices"});
  const auto folder = scan.results() / "csv";
  for (const char* name :
       {"Fluxperpixel_Module0_VP3-1_ECS_data_ST_260s0ms_warm_THR_1530.csv", "targetmatrix_ST_260s0ms_warm.csv"}) {
    write_text(folder / name, "of an old script");
    const std::string what = name[0] == 'F' ? "flux" : "matrices";
    const Outcome outcome = scan.run("export", {"--what", what});
    CAPTURE(outcome.err);
    CHECK(outcome.status == 5);
    CHECK_THAT(outcome.err, Contains(std::string("results/small/warm/csv/") + name + " exists. Use --force"));
    CHECK(read_text(folder / name) == "of an old script");
    CHECK(scan.run("export", {"--what", what, "--force"}).status == 0);
  }
}

TEST_CASE("an export that did not come to its end is told by velocal-status") {
  const SmallScan scan(most_masked);
  scan.make({"simulate", "flux", "fit", "matrices", "export"});
  std::filesystem::remove(scan.results() / "csv/SHA256SUMS");
  CHECK_THAT(scan.run("status").out,
             Contains("export         stale: results/small/warm/csv/SHA256SUMS is missing. Run velocal-export"));
}

TEST_CASE("an old script reads the exported K with numpy") {
  if (std::system("/usr/bin/python3 -c 'import numpy' 2>/dev/null") != 0) {
    fmt::print("SKIPPED: /usr/bin/python3 has no numpy\n");
    return;
  }
  const SmallScan scan(most_masked);
  scan.make({"simulate", "flux", "fit", "matrices"});
  REQUIRE(scan.run("export", {"--what", "matrices"}).status == 0);
  const auto script = scan.folder() / "script.py", answer = scan.folder() / "answer";
  write_text(script, fmt::format(R"(import numpy as np
K = np.loadtxt("{0}/K_matrix_ST_260s0ms_warm.csv", delimiter=",")
uK = np.genfromtxt("{0}/uK_matrix_ST_260s0ms_warm.csv", delimiter=",")
assert K.shape == uK.shape == (256, 256)
print(repr(float(K[K != 0].mean())))
)",
                                 (scan.folder() / csv).string()));
  REQUIRE(std::system(fmt::format("/usr/bin/python3 '{}' > '{}'", script.string(), answer.string()).c_str()) == 0);
  const auto calibration = read_matrices(scan.results() / "matrices.h5", small_warm);
  CHECK(std::stod(read_text(answer)) == Approx(calibration.value.gain_means.mean).epsilon(1e-8));
}

}  // namespace velocal::test
