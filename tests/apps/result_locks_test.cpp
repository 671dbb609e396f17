// SPDX-License-Identifier: GPL-3.0-or-later
// A program that has planned, while another one is still making the same result, and gets the lock when that has ended.
#include "shell/result_locks.hpp"

#include <catch2/catch.hpp>
#include <utility>

#include "descriptor/environment_variable.hpp"
#include "shell/work.hpp"
#include "small_scan.hpp"
#include "stages/fit_stage.hpp"
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
  return work_on(program, line, session, log).scans.at(0);
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

}  // namespace velocal::test
