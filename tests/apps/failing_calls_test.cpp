// SPDX-License-Identifier: GPL-3.0-or-later
// Calls fail one after the other in what the runs of tests/reliability do not have: a fit with noisy pixels, and
// sealing.
#include <catch2/catch.hpp>
#include <cstdio>
#include <functional>

#include "small_scan.hpp"
#include "support/files.hpp"
#include "support/sanitized.hpp"

namespace fs = std::filesystem;

namespace velocal::test {
namespace {

/// Runs the program until it makes no further call of the kind; each time the next one fails, and `look` is called.
void let_each_fail(const SmallScan& scan, const std::string& call, const std::string& program,
                   const std::vector<std::string>& arguments, const std::function<void(const Outcome&)>& look) {
  const fs::path report = scan.folder() / "report";
  bool has_failed = true;
  int number = 1;
  for (; has_failed; ++number) {
    Surroundings surroundings = with_failing_calls(call.substr(0, call.find(' ')) + " " + std::to_string(number) +
                                                   call.substr(call.find(' ')) + " once");
    surroundings.environment["VELOCAL_FAULT_REPORT"] = report.string();
    const Outcome outcome = scan.run(program, arguments, surroundings);
    has_failed = contains(read_text(report), "failed");
    fs::remove(report);
    CAPTURE(call, number, outcome.status, outcome.err);
    if (!has_failed) CHECK(outcome.status == 0);
    look(outcome);
  }
  CAPTURE(call, program);
  CHECK(number > 2);  // one call at least
}

/// Each with its errno.
const std::vector<std::string> calls{"write 28", "fsync 5", "rename 5", "unlink 5"};

bool skipped_under_sanitizers() {
  if (is_sanitized) std::puts("SKIPPED: a sanitizer has to be loaded before the failing calls");
  return is_sanitized;
}

/// A fit and the mask of its noisy pixels; empty: there is none.
struct FitWithMask {
  std::string fit, mask;

  static fs::path mask_in(const SmallScan& scan) { return scan.results() / "noisy_mask.csv"; }
  static FitWithMask in(const SmallScan& scan) {
    return {read_text(scan.results() / "fit.h5"), fs::exists(mask_in(scan)) ? read_text(mask_in(scan)) : ""};
  }
  void put_in(const SmallScan& scan) const {
    write_text(scan.results() / "fit.h5", fit);
    if (mask.empty()) fs::remove(mask_in(scan));
    if (!mask.empty()) write_text(mask_in(scan), mask);
  }
};

}  // namespace

TEST_CASE("whatever call of a fit fails, its mask of noisy pixels is its own, or velocal-status tells") {
  if (skipped_under_sanitizers()) return;
  const SmallScan scan;
  scan.edit_descriptor("statistic: neyman", "statistic: poisson");
  scan.make({"simulate"});
  scan.make_one_pixel_noisy();
  scan.make({"flux", "fit"});
  const FitWithMask noisy = FitWithMask::in(scan);
  REQUIRE_FALSE(noisy.mask.empty());
  const std::vector<std::string> without_noise{"--range", "..1558"};
  REQUIRE(scan.run("fit", {"--range", "..1558", "--force"}).status == 0);
  const FitWithMask quiet = FitWithMask::in(scan);
  REQUIRE(quiet.mask.empty());
  for (const bool becomes_noisy : {true, false}) {
    const FitWithMask &before = becomes_noisy ? quiet : noisy, &after = becomes_noisy ? noisy : quiet;
    std::vector<std::string> arguments{"--force"};
    if (!becomes_noisy) arguments.insert(arguments.end(), without_noise.begin(), without_noise.end());
    before.put_in(scan);
    for (const std::string& call : calls) {
      let_each_fail(scan, call, "fit", arguments, [&](const Outcome& outcome) {
        const FitWithMask now = FitWithMask::in(scan);
        CHECK((now.fit == before.fit || now.fit == after.fit));
        CHECK((now.mask == before.mask || now.mask == after.mask));
        const FitWithMask& whole = now.fit == before.fit ? before : after;
        if (now.mask != whole.mask) CHECK(contains(scan.run("status").out, "noisy_mask.csv"));
        if (outcome.status == 0) CHECK((now.fit == after.fit && now.mask == after.mask));
        before.put_in(scan);
      });
    }
  }
}

TEST_CASE("whatever call fails while a file is sealed, it is the old or the sealed one") {
  if (skipped_under_sanitizers()) return;
  const SmallScan scan;
  scan.make({"simulate", "flux"});
  const fs::path flux = scan.results() / "flux.h5";
  const std::string unsealed = read_text(flux).substr(512);
  const std::vector<std::string> arguments{"--reseal", "results/small/warm/flux.h5"};
  write_text(flux, unsealed);
  REQUIRE(scan.run("status", arguments).status == 0);
  const std::string sealed = read_text(flux);
  REQUIRE(sealed != unsealed);
  for (const std::string& call : calls) {
    write_text(flux, unsealed);
    let_each_fail(scan, call, "status", arguments, [&](const Outcome& outcome) {
      const std::string now = read_text(flux);
      CHECK((now == sealed || (now == unsealed && outcome.status == 5)));
      write_text(flux, unsealed);
    });
  }
}

}  // namespace velocal::test
