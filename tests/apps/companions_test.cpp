// SPDX-License-Identifier: GPL-3.0-or-later
// Tables and matrices that programs write as texts have no seal: one digit that changes in one of them is told all the
// same.
#include <catch2/catch.hpp>
#include <cstddef>
#include <span>

#include "small_scan.hpp"
#include "support/files.hpp"
#include "velocal/core/sha256.hpp"

namespace fs = std::filesystem;

namespace velocal::test {
namespace {

using Catch::Matchers::Contains;

const std::string fixed_baseline = "False,";  // the last of a row's entries before its numbers

/// A scan with results of all kinds that have texts beside them.
struct ScanWithTexts : SmallScan {
  ScanWithTexts() {
    edit_descriptor("statistic: neyman", "statistic: poisson");
    make({"simulate"});
    add_noise_scans();
    make_one_pixel_noisy();
    make({"baseline", "flux", "fit", "matrices"});
    if (run("recipe", {"--charge", "1000"}).status != 0) throw std::runtime_error("no recipe");
  }
  std::string status() const { return run("status").out; }
};

/// The file with one digit changed, while it lives.
class ChangedDigit {
 public:
  explicit ChangedDigit(const fs::path& file, std::string_view behind = {}) : file_(file), whole_(read_text(file)) {
    change_digit(file, behind);
  }
  ~ChangedDigit() { write_text(file_, whole_); }
  ChangedDigit(const ChangedDigit&) = delete;
  ChangedDigit& operator=(const ChangedDigit&) = delete;

 private:
  fs::path file_;
  std::string whole_;
};

}  // namespace

TEST_CASE("a digit that changes in a text beside a result is told by velocal-status") {
  const ScanWithTexts scan;
  const std::string warm = "results/small/warm/";
  const std::string recipe = "recipe 1000    stale: its files are not those that one run wrote";
  struct Text {
    std::string file, told;
  };
  std::vector<Text> texts{{warm + "summary.csv", "stale: " + warm + "summary.csv does not belong to it"},
                          {warm + "noisy_mask.csv", "stale: " + warm + "noisy_mask.csv does not belong to it"},
                          {warm + "recipe_1000.csv", recipe},
                          {warm + "recipe_1000_trim.csv", recipe},
                          {warm + "recipe_1000.sha256", recipe}};
  for (const auto& entry : fs::directory_iterator(scan.folder() / "results/small/baseline")) {
    const std::string name = "results/small/baseline/" + entry.path().filename().string();
    texts.push_back({name, "stale: " + name + " does not belong to it"});
  }
  CHECK(texts.size() > 10);
  REQUIRE_THAT(scan.status(), !Contains("stale"));
  for (const Text& text : texts) {
    CAPTURE(text.file);
    const ChangedDigit changed(scan.folder() / text.file);
    CHECK_THAT(scan.status(), Contains(text.told));
  }
  CHECK_THAT(scan.status(), !Contains("stale"));
}

TEST_CASE("a digit that changes in the collection is told of the row's own result, and of no other") {
  const SmallScan scan(most_masked);
  scan.make({"simulate", "flux", "fit", "matrices"});
  const fs::path collection = scan.folder() / "results/results_collection.csv";
  const std::string own = "\nsmall,warm,260s0ms," + fixed_baseline;
  const std::string text = read_text(collection);
  const std::string row = text.substr(text.find(own) + own.size());
  write_text(collection, text + "small,cold,260s0ms," + fixed_baseline + row);
  {
    const ChangedDigit changed(collection, "\nsmall,cold,260s0ms," + fixed_baseline);
    CHECK_THAT(scan.run("status").out, !Contains("stale"));
  }
  const ChangedDigit changed(collection, own);
  CHECK_THAT(scan.run("status").out,
             Contains("stale: its row of results/results_collection.csv does not belong to it"));
}

TEST_CASE(
    "a digit that changes in an exported file is told by its SHA256SUMS, by velocal-status and who reads it back") {
  const SmallScan scan(most_masked);
  scan.make({"simulate", "flux", "fit", "matrices", "export"});
  const fs::path exported = scan.results() / "csv";
  const std::string sums = read_text(exported / "SHA256SUMS");
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(exported)) {
    const std::string name = entry.path().filename();
    if (name == "SHA256SUMS") continue;
    const std::string text = read_text(entry.path());
    CHECK_THAT(sums, Contains(sha256_hex(std::as_bytes(std::span(text))) + "  " + name + "\n"));
    ++files;
  }
  CHECK(files == 64 + 9 + 6);  // fluxes, fit, matrices
  const auto read_back = [&] { return scan.run("flux", {"--from-csv", exported.string(), "--results", "again"}); };
  for (const char* begin : {"Fluxperpixel_", "UncertaintyFluxperpixel_", "FluxperASIC_"}) {
    const fs::path file = file_that_begins(begin, exported);
    const ChangedDigit changed(file);
    const Outcome refused = read_back();
    CHECK(refused.status == 4);
    CHECK_THAT(refused.err, Contains(file.filename().string() + " is not the file that was written (SHA256SUMS"));
  }
  CHECK(read_back().status == 0);

  const fs::path gain = file_that_begins("K_matrix_", exported);
  CHECK_THAT(scan.run("status", {"--verify"}).out, !Contains("export"));
  {
    const ChangedDigit changed(gain);
    CHECK_THAT(scan.run("status", {"--verify"}).out,
               Contains("export         stale: results/small/warm/csv/" + gain.filename().string() +
                        " is not the file that was written. "
                        "Run velocal-export small.yaml --scan warm --what matrices --force\n"));
    CHECK_THAT(scan.run("status").out, !Contains("export"));  // it reads names alone
  }
  fs::remove(gain);
  CHECK_THAT(scan.run("status").out, Contains(gain.filename().string() + " is missing. Run velocal-export"));
}

}  // namespace velocal::test
