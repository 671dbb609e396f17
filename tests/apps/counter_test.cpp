// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "small_scan.hpp"
#include "support/files.hpp"
#include "support/scan_files.hpp"
#include "velocal/scan/counts_parser.hpp"

using namespace velocal;
using Catch::Matchers::Contains;

namespace {

/// A small scan whose counters stay at 63.
void fill_counters(const test::SmallScan& scan) {
  for (int threshold = 1520; threshold <= 1580; threshold += 2) {
    const auto file = scan.acquisition(threshold);
    const std::string text = test::read_text(file);
    PixelCounts counts;
    parse_counts(text, file, counts);
    for (std::uint32_t& count : counts) count = std::min(count, 63u);
    test::write_text(file, test::counts_csv(counts));
  }
}

}  // namespace

TEST_CASE("full counters are seen, printed, stored, and their pixels cut with a warning") {
  const test::SmallScan scan;
  scan.make({"simulate"});
  fill_counters(scan);
  const test::Outcome flux = scan.run("flux");
  REQUIRE(flux.status == 0);
  CHECK_THAT(flux.out, Contains("full at 63 hits"));
  const test::Outcome fit = scan.run("fit", {"--statistic", "poisson", "--json"});
  REQUIRE(fit.status == 0);
  CHECK_THAT(fit.err, Contains("counters are full at 63 hits. 1536 pixels are cut as saturated"));
  const auto json = nlohmann::json::parse(fit.out);
  CHECK_THAT(json.dump(), Contains("\"full_at\":63"));

  // Another word in the descriptor is another flux.
  scan.edit_descriptor("    acquisitions: 1\n", "    acquisitions: 1\n    counter: none\n");
  const test::Outcome stale = scan.run("fit", {"--force"});
  CHECK(stale.status == 4);
  CHECK_THAT(stale.err, Contains("counter: 63 in the file, none in the descriptor"));
}
