// SPDX-License-Identifier: GPL-3.0-or-later
// What is no file of the usual kind, in the place of one that is read: no program waits for it or takes all memory.
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "small_scan.hpp"
#include "support/files.hpp"

namespace fs = std::filesystem;

namespace velocal::test {
namespace {

/// What a program reads, and the command that does.
struct Input {
  fs::path file;
  std::vector<std::string> command;
  int status = 4;
};

/// Puts something else in the place of the file while it lives.
class Replacement {
 public:
  Replacement(const fs::path& file, const fs::path& aside, void (*put)(const fs::path&)) : file_(file), aside_(aside) {
    fs::rename(file_, aside_);
    put(file_);
  }
  ~Replacement() {
    fs::remove(file_);
    fs::rename(aside_, file_);
  }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

 private:
  fs::path file_, aside_;
};

/// The small scan with all results, and descriptors that take what is read another way.
struct ScanOfAllInputs : SmallScan {
  ScanOfAllInputs() {
    make({"simulate", "flux", "fit", "matrices", "export", "pack"});
    add_noise_scans();
    make({"baseline"});
    extend("child.yaml", "");
    extend("zipped.yaml", "scans: [{label: warm, folder: scan.zip}]\n");
    extend("measured.yaml", "scans: [{label: warm, baseline: {folder: ~, file: small/baseline.h5}}]\n");
  }
  fs::path data() const { return folder() / "data"; }
  fs::path noise() const { return data() / "noise"; }
  std::vector<Input> inputs() const;

  const std::string chip = "Module0_VP3-1";

 private:
  void extend(const std::string& name, const std::string& changes) const {
    write_text(folder() / name, "velocal: 1\nextends: small.yaml\n" + changes);
  }
};

std::vector<Input> ScanOfAllInputs::inputs() const {
  const fs::path exported = results() / "csv";
  const std::vector<std::string> flux{"flux", "small.yaml", "--force"}, fit{"fit", "small.yaml", "--force"},
      matrices{"matrices", "small.yaml", "--force"}, baseline{"baseline", "small.yaml", "--force"},
      from_csv{"flux", "small.yaml", "--from-csv", exported.string(), "--results", "again"};
  return {{acquisition(1520), flux},
          {data() / "scan/Module0_VP3-1_Matrix_Mask.csv", flux},
          {data() / "equalisation/Module0_VP3-1_TrimBest_Noise_Predict.csv", flux},
          {data() / "equalisation/Module0_VP3-1_Trim0_Noise_Width.csv", flux},
          {data() / "scan.zip", {"flux", "zipped.yaml", "--force"}},
          {file_that_begins(chip + "_ECS_Scan_Trim0", noise()), baseline},
          {file_that_begins(chip + "_ECS_Scan_TrimF", noise()), baseline},
          {file_that_begins("Fluxperpixel", exported), from_csv},
          {file_that_begins("UncertaintyFluxperpixel", exported), from_csv},
          {file_that_begins("FluxperASIC", exported), from_csv},
          {exported / "SHA256SUMS", from_csv},
          {folder() / "results/small/baseline.h5", {"flux", "measured.yaml", "--force"}},
          {results() / "flux.h5", fit},
          {results() / "fit.h5", matrices},
          {results() / "truth.h5", matrices},
          {results() / "matrices.h5", {"export", "small.yaml", "--force"}},
          {results() / "matrices.h5", {"recipe", "small.yaml", "--charge", "1000"}},
          {folder() / "results/results_collection.csv", matrices},
          {descriptor(), fit, 3},
          {descriptor(), {"fit", "child.yaml", "--force"}, 3}};
}

}  // namespace

TEST_CASE("a pipe, an endless device or an enormous file in the place of an input is refused, and nothing is changed") {
  const auto [name, put] = GENERATE(table<std::string, void (*)(const fs::path&)>(
      {{"pipe", [](const fs::path& file) { REQUIRE(mkfifo(file.c_str(), 0600) == 0); }},
       {"device", [](const fs::path& file) { fs::create_symlink("/dev/zero", file); }},
       {"enormous", [](const fs::path& file) {
          write_text(file, "");
          fs::resize_file(file, (std::uintmax_t{1} << 30) + 1);  // it takes no room
        }}}));
  const ScanOfAllInputs scan;
  const std::string before = scan.snapshot();
  for (const Input& input : scan.inputs()) {
    CAPTURE(name, input.file, input.command);
    {
      const Replacement replacement(input.file, scan.folder() / "aside", put);
      const Outcome outcome = run("velocal-" + input.command.front(), {input.command.begin() + 1, input.command.end()},
                                  {.folder = scan.folder()});
      CAPTURE(outcome.err);
      CHECK(outcome.status == input.status);
      CHECK(contains(outcome.err, input.file.filename()));
    }
    CHECK(scan.snapshot() == before);
  }
}

TEST_CASE("a pipe in the place of the log is told, and not waited for") {
  const SmallScan scan;
  scan.make({"simulate", "flux"});
  fs::remove(scan.results() / "velocal.log");
  REQUIRE(mkfifo((scan.results() / "velocal.log").c_str(), 0600) == 0);
  const Outcome logged = scan.run("flux", {"--force"});
  CHECK(logged.status == 0);
  CHECK(contains(logged.err, "warning: cannot write results/small/warm/velocal.log"));
}

}  // namespace velocal::test
