// SPDX-License-Identifier: GPL-3.0-or-later
// A program that has planned, while another one is still making the same result, and gets the lock when that has ended.
#include "shell/result_locks.hpp"

#include <catch2/catch.hpp>
#include <utility>

#include "descriptor/environment_variable.hpp"
#include "many_chips.hpp"
#include "shell/program.hpp"
#include "shell/work.hpp"
#include "small_scan.hpp"
#include "stages/detector_stage.hpp"
#include "stages/fit_stage.hpp"
#include "stages/pack_stage.hpp"
#include "support/files.hpp"
#include "velocal/velocal.hpp"

namespace velocal::test {
namespace {

/// A session in this process, whatever its working folder.
Session session_of(const SmallScan& scan) {
  Session session{.console = Console("velocal-fit"), .dataset = read_dataset(scan.descriptor())};
  session.dataset.data_root = scan.folder() / "data";
  session.dataset.results_root = scan.folder() / "results";
  session.scans = session.dataset.scans;
  session.progress_style = ProgressStyle::silent;
  return session;
}

/// velocal-fit, between whose plan and locks another velocal-fit begins and ends. Returns what it says of the scan.
Json fit_after_another(const SmallScan& scan, const std::vector<std::string>& options_of_the_other,
                       bool force = false) {
  const EnvironmentVariable no_questions("TERM", "dumb");
  Program program{.name = "velocal-fit", .sentence = {}, .examples = {}, .options = {}, .plan = {}, .run = run_fit};
  bool is_first = true;
  program.plan = [&](const Session& session, const ScanSettings& settings) {
    Step step = plan_fit(session, settings);
    if (std::exchange(is_first, false)) REQUIRE(scan.run("fit", options_of_the_other).status == 0);
    return step;
  };
  Session session = session_of(scan);
  session.force = force;
  CommandLine line;
  line.quiet = true;
  RunLog log(program.name, {});
  WorkReport done;
  work_on(program, line, session, log, done);
  return done.scans.at(0);
}

}  // namespace

TEST_CASE("the result that another program made between plan and lock is not replaced without force") {
  const SmallScan scan(most_masked);
  scan.make({"simulate", "flux"});
  const SmallScan other(most_masked);
  other.make({"simulate", "flux"});
  REQUIRE(other.run("fit", {"--covariance", "scaled"}).status == 0);
  CHECK_THROWS_WITH(
      fit_after_another(scan, {"--covariance", "scaled"}),
      Catch::Contains("fit.h5 was made with other settings (fit.covariance: scaled in the file, absolute") &&
          Catch::Contains("Use --force to overwrite"));
  CHECK(read_text(scan.results() / "fit.h5") == read_text(other.results() / "fit.h5"));
  CHECK_FALSE(std::filesystem::exists(scan.results() / ".fit.h5.lock"));

  std::filesystem::remove(scan.results() / "fit.h5");
  CHECK_FALSE(fit_after_another(scan, {"--covariance", "scaled"}, true).contains("up_to_date"));
  CHECK(read_text(scan.results() / "fit.h5") != read_text(other.results() / "fit.h5"));
}

TEST_CASE("there is nothing to do when another program made the very result between plan and lock") {
  const SmallScan scan(most_masked);
  scan.make({"simulate", "flux"});
  CHECK(fit_after_another(scan, {}).at("up_to_date") == true);
}

TEST_CASE("files that are removed between plan and work are not lost from the archive") {
  const SmallScan scan;
  scan.make({"simulate", "pack"});
  const auto archive = scan.folder() / "data/scan.zip";
  write_text(scan.acquisition(1530), read_text(scan.acquisition(1532)) + "\n");
  const std::string packed = read_text(archive);
  const Session session = session_of(scan);
  CHECK_FALSE(plan_pack(session, session.scans.front()).obstacle);
  std::filesystem::remove(scan.acquisition(1534));
  CHECK_THROWS_WITH(run_pack(session, session.scans.front()), Catch::Contains("holds 1 file (such as"));
  CHECK(read_text(archive) == packed);
}

TEST_CASE("the row that another program put into the detector's table between plan and lock stays there") {
  const EnvironmentVariable no_questions("TERM", "dumb");
  const ManyChips chips("[Module0_VP0-0, Module0_VP0-1]");
  chips.make({"simulate", "flux", "fit", "matrices", "detector"});
  const std::string descriptor = chips.folder() / "many.yaml";
  write_text(descriptor, read_text(descriptor) + "fit: {model: F1}\n");
  for (const char* program : {"fit", "matrices"}) REQUIRE(chips.run(program, {"--force"}).status == 0);
  DetectorStage stage;
  bool is_first = true;
  const Program program{
      .name = "velocal-detector",
      .sentence = {},
      .examples = {},
      .options = {},
      .plan =
          [&](const Session& session, const ScanSettings& scan) {
            Step step = stage.plan(session, scan);
            if (std::exchange(is_first, false)) {
              REQUIRE(chips.run("detector", {"--asic", "Module0_VP0-1"}).status == 0);
            }
            return step;
          },
      .run = [&](const Session& session, const ScanSettings& scan) { return stage.run(session, scan); },
      .scans_together = [](const Session&) { return true; },
      .chips_together = [](const Session&) { return true; }};
  const std::string data = chips.folder() / "data", results = chips.folder() / "results";
  const std::vector<const char*> words{"velocal-detector", descriptor.c_str(), "--data",
                                       data.c_str(),       "--results",        results.c_str(),
                                       "--asic",           "Module0_VP0-0",    "--quiet"};
  CHECK(run_program(program, static_cast<int>(words.size()), words.data()) == 0);
  CHECK_FALSE(is_first);
  CHECK_THAT(chips.run("detector").out, Catch::Contains("many: up to date"));
}

}  // namespace velocal::test
