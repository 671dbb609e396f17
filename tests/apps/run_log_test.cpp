// SPDX-License-Identifier: GPL-3.0-or-later
// What a run leaves in velocal.log.
#include <catch2/catch.hpp>

#include "small_scan.hpp"
#include "support/files.hpp"
#include "two_scans.hpp"

namespace velocal::test {

namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("each run that writes results is added to the log beside them, with command, versions and report") {
  const SmallScan scan;
  scan.make({"simulate", "flux"});
  const auto log = [&] { return read_text(scan.results() / "velocal.log"); };
  const std::string two = log();
  CAPTURE(two);
  CHECK(count(two, "Z velocal-simulate small.yaml\n  on ") == 1);
  CHECK(count(two, "Z velocal-flux small.yaml\n  on ") == 1);
  CHECK(count(two, "  Boost ") == 2);
  CHECK(count(two, "  small/warm") >= 2);
  CHECK(count(two, " with status 0\n") == 2);

  CHECK(scan.run("fit", {"--dry-run"}).status == 0);
  CHECK(scan.run("flux").status == 0);  // up to date
  CHECK(scan.run("status").status == 0);
  CHECK(scan.run("fit", {"--nonsense"}).status == 2);
  CHECK(log() == two);

  CHECK(scan.run("fit", {"--group", "even", "--quiet"}).status == 0);
  CHECK(log().starts_with(two));
  CHECK(count(log(), "Z velocal-fit small.yaml --group even --quiet\n") == 1);
}

TEST_CASE("a log that cannot be written is a warning") {
  const SmallScan scan;
  scan.make({"simulate"});
  std::filesystem::remove(scan.results() / "velocal.log");
  std::filesystem::create_directory(scan.results() / "velocal.log");
  const Outcome outcome = scan.run("flux");
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err,
             Catch::Matchers::Contains("warning: cannot write results/small/warm/velocal.log (Is a directory)"));
  CHECK(std::filesystem::exists(scan.results() / "flux.h5"));
}

TEST_CASE("a log that cannot be written keeps the run out of no other one") {
  const TwoScans two({"simulate"});
  std::filesystem::remove(two.results() / "two/warm/velocal.log");
  std::filesystem::create_directory(two.results() / "two/warm/velocal.log");
  const Outcome outcome = run("velocal-flux", {"two.yaml"}, {.folder = two.folder()});
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err, Catch::Matchers::Contains("cannot write results/two/warm/velocal.log (Is a directory)."));
  CHECK_THAT(read_text(two.results() / "two/cold/velocal.log"), Catch::Matchers::Contains("Z velocal-flux two.yaml"));
}

}  // namespace velocal::test
