// SPDX-License-Identifier: GPL-3.0-or-later
// What users type wrong, and what the programs say of themselves. No data are needed.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "program_runner.hpp"
#include "small_scan.hpp"

namespace velocal::test {
namespace {

const std::vector<std::string> programs{"velocal-simulate", "velocal-baseline", "velocal-export",
                                        "velocal-flux",     "velocal-fit",      "velocal-matrices"};

}  // namespace

TEST_CASE("help: usage, then examples, then options") {
  for (const std::string& program : programs) {
    const Outcome outcome = run(program, {"--help"});
    CAPTURE(program, outcome.out);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    CHECK(outcome.out.starts_with("Usage: " + program + " DATASET.yaml"));
    const std::size_t examples = outcome.out.find("Examples:\n  " + program + " datasets/");
    REQUIRE(examples != std::string::npos);
    CHECK(examples < outcome.out.find("--threads"));
    CHECK(run(program, {"-h"}).out == outcome.out);
  }
}

TEST_CASE("help for programs is one JSON document with every option of the text") {
  for (const std::string& program : programs) {
    const auto help = nlohmann::json::parse(run(program, {"--help", "--json"}).out);
    const std::string text = run(program, {"--help"}).out;
    CHECK(help["program"] == program);
    CHECK(help["common_options"].size() == 13);
    for (const auto& table : {help["options"], help["common_options"]}) {
      for (const auto& option : table) CHECK(contains(text, "--" + option["name"].get<std::string>()));
    }
  }
}

TEST_CASE("the help of the fit lists models and engines") {
  const std::string help = run("velocal-fit", {"--help"}).out;
  CAPTURE(help);
  CHECK(contains(help, "--engine fast|gsl"));
  for (const char* model : {"F1, F1_0", "F2sAB", "timepix"}) CHECK(contains(help, model));
}

TEST_CASE("version: ours, the commit, the libraries and the processor") {
  for (const std::string& program : programs) {
    const Outcome outcome = run(program, {"--version"});
    CAPTURE(outcome.out);
    CHECK(outcome.status == 0);
    CHECK(outcome.out.starts_with(program + " "));
    for (const char* part : {"(git ", "HDF5 1.", "GSL 2.", "Eigen 3.", "Boost 1.", "yaml-cpp 0.", "fmt ", "SIMD: "}) {
      CHECK(contains(outcome.out, part));
    }
  }
}

TEST_CASE("wrong usage ends with 2, names the mistake and points to the help") {
  const SmallScan scan;
  const auto expect = [&](const std::string& stage, std::vector<std::string> arguments, const std::string& message) {
    const Outcome outcome = scan.run(stage, std::move(arguments));
    CAPTURE(outcome.err);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(contains(outcome.err, message));
    CHECK(contains(outcome.err, "see velocal-" + stage + " --help"));
  };
  expect("flux", {"--thread", "2"}, "unknown option \"--thread\". Did you mean \"--threads\"?");
  expect("flux", {"--model", "F1"}, "unknown option \"--model\"");
  expect("flux", {"--threads", "0"}, "--threads: must be a whole number from 1 to 1024, got \"0\"");
  expect("flux", {"--threads", "two"}, "--threads: must be a whole number from 1 to 1024, got \"two\"");
  expect("flux", {"-j", "1000000"}, "got \"1000000\"");
  expect("flux", {"--quiet", "--verbose"}, "--quiet and --verbose exclude each other");
  expect("flux", {"--results", ""}, "--results: must be a folder, got nothing");
  expect("flux", {"--data", ""}, "--data: must be a folder, got nothing");
  expect("flux", {"other.yaml"}, "2 descriptors given (small.yaml, other.yaml)");
  expect("flux", {"--scan", "wram"}, "small has no scan \"wram\" (it has warm)");
  expect("fit", {"--model", "F7"}, "unknown flux model \"F7\" (there are F1, F1_0, ");
  expect("fit", {"--statistic", "poison"}, "unknown statistic \"poison\" (there are neyman, poisson)");
  expect("fit", {"--significance", "1.5"}, "--significance: must be a number between 0 and 1, got \"1.5\"");
  expect("fit", {"--significance", "0,05"}, "got \"0,05\"");
  expect("fit", {"--background", "nan"}, "--background: must be \"auto\" or a number >= 0");
  expect("fit", {"--separation", "left"}, "unknown separation \"left\" (there are even, odd, rows)");
  expect("fit", {"--group", "left"}, "unknown group \"left\" (there are even, odd, rows, all)");
  expect("flux", {"--group", "left"}, "unknown group \"left\" (there are even, odd, rows, all)");
  for (const char* stage : {"flux", "fit", "matrices"}) {
    expect(stage, {"--separation", "odd", "--group", "all"},
           "--group and --separation name different groups (all and odd). Give --group alone");
  }
  expect("fit", {"--engine", "warp"}, "there is no fit engine \"warp\" (there are ");
  expect("simulate", {"--seed", "-1x"}, "--seed");
}

TEST_CASE("no descriptor: status 2 - one that is not there or is wrong: status 3") {
  const Outcome none = run("velocal-flux", {});
  CHECK(none.status == 2);
  CHECK(contains(none.err, "no dataset descriptor given"));
  CHECK(run("velocal-flux", {"no/such.yaml"}).status == 3);

  const SmallScan scan;
  scan.edit_descriptor("thresholds:", "treshholds:");
  const Outcome wrong = scan.run("flux");
  CAPTURE(wrong.err);
  CHECK(wrong.status == 3);
  CHECK(contains(wrong.err, "small.yaml:13:5:"));
}

}  // namespace velocal::test
