// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures.hpp"

#include <catch2/catch.hpp>

#include "support/files.hpp"
#include "support/source_tree.hpp"

namespace velocal::test {

TEST_CASE("the page is what the template and the kept figures give, and nothing in it was never run") {
  INFO(
      "After a change of the template, or of the tests that it names, write the page anew: "
      "build/release/tests/reliability/velocal_reliability tests/reliability/reliability.md docs/reliability.md");
  const std::string page = read_text(source_tree() / "docs/reliability.md");
  CHECK(page == page_of(read_text(source_tree() / "tests/reliability/reliability.md"),
                        read_figures(source_tree() / "docs/reliability.json")));
  CHECK(page.find("| (not run) |") == std::string::npos);
}

}  // namespace velocal::test
