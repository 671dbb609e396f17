// SPDX-License-Identifier: GPL-3.0-or-later
// Programs write below the results folder, and nowhere else; velocal-simulate and velocal-pack, which write into the
// data folder, are not among them.
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <span>

#include "small_scan.hpp"
#include "support/files.hpp"
#include "two_scans.hpp"
#include "velocal/core/sha256.hpp"

namespace fs = std::filesystem;

namespace velocal::test {
namespace {

/// A file's name, mode, size, contents and time of its last change; a folder's time changes with each name in it.
std::string looks_of(const fs::path& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) return path.string() + " cannot be looked at";
  const std::string contents = S_ISREG(status.st_mode) ? read_text(path) : "";
  return fmt::format("{} {:o} {} {} {}.{:09}", path.string(), status.st_mode, status.st_size,
                     sha256_hex(std::as_bytes(std::span(contents))), status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

/// Everything below the folder but the results, and what fontconfig keeps there for gnuplot.
std::vector<std::string> surroundings_of_results(const fs::path& folder) {
  std::vector<std::string> all{looks_of(folder)};
  for (auto entry = fs::recursive_directory_iterator(folder); entry != fs::recursive_directory_iterator(); ++entry) {
    if (entry->path() == folder / "results" || entry->path() == folder / "cache/fontconfig") {
      entry.disable_recursion_pending();
    } else {
      all.push_back(looks_of(entry->path()));
    }
  }
  std::ranges::sort(all);
  return all;
}

/// A drawn scan, and all other places that a program may find in its environment.
struct ScanWithSurroundings : SmallScan {
  ScanWithSurroundings() : SmallScan(most_masked) {
    make({"simulate"});
    for (const char* name : {"home", "temporary", "cache", "configuration", "work"}) {
      fs::create_directory(folder() / name);
      write_text(folder() / name / "file", name);
    }
    fs::create_directory(folder() / "cache/fontconfig");
  }
  Outcome run_aside(const std::string& program, std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--data", (folder() / "data").string(), "--results", "../results"});
    return test::run("velocal-" + program, arguments,
                     {.folder = folder() / "work",
                      .environment = {{"HOME", folder() / "home"},
                                      {"TMPDIR", folder() / "temporary"},
                                      {"XDG_CACHE_HOME", folder() / "cache"},
                                      {"XDG_CONFIG_HOME", folder() / "configuration"}}});
  }
};

}  // namespace

TEST_CASE("nothing is written outside of the results folder") {
  const ScanWithSurroundings scan;
  scan.add_noise_scans();
  write_text(scan.folder() / "many.yaml", "velocal: 1\nextends: small.yaml\nasic: ~\nasics: [Module0_VP3-1]\n");
  std::vector<std::vector<std::string>> commands{{"baseline", "../small.yaml"},
                                                 {"flux", "../small.yaml"},
                                                 {"fit", "../small.yaml"},
                                                 {"matrices", "../small.yaml"},
                                                 {"recipe", "../small.yaml", "--charge", "1000"},
                                                 {"export", "../small.yaml"},
                                                 {"status", "../small.yaml", "--verify"},
                                                 {"flux", "../many.yaml"},
                                                 {"detector", "../many.yaml"}};
  if (gnuplot_is_there()) commands.push_back({"plot", "all", "../small.yaml"});
  if (fs::exists(fs::path(VELOCAL_PROGRAMS) / "velocal-report")) commands.push_back({"report", "../small.yaml"});
  const std::vector<std::string> before = surroundings_of_results(scan.folder());
  for (const std::vector<std::string>& command : commands) {
    const Outcome outcome = scan.run_aside(command.front(), {command.begin() + 1, command.end()});
    CAPTURE(command.front(), outcome.err);
    const int status = command.front() == "detector" ? 6 : 0;  // the fit of its chip is missing
    CHECK(outcome.status == status);
    CHECK(surroundings_of_results(scan.folder()) == before);
  }
}

}  // namespace velocal::test
