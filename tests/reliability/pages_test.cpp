// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages.hpp"

#include <catch2/catch.hpp>
#include <span>
#include <string>
#include <vector>

#include "velocal/store/page/report_page.hpp"

namespace velocal::test {
namespace {

/// A page of two scans with an array, as velocal-report makes it.
Contents page(const std::string& first, const std::string& second, const std::vector<float>& values) {
  const std::string head = R"({"version":"0.1.0","scans":[)" + first + "," + second + "]}";
  const std::vector arrays{packed(std::span(values))};
  return Contents(report_page("<html>" + std::string(report_data_mark) + "</html>\n", head, arrays));
}

}  // namespace

TEST_CASE("a page under a fault has the numbers, arrays and claims of the undisturbed one, or the fault") {
  const std::vector<float> values{1.5F, 2.5F}, others{1.5F, 3.5F};
  const std::string first = R"({"K":12.5,"map":{"array":0},"list":["a 1.5","b 2.5"]})", second = R"({"K":13.5})";
  const Contents undisturbed = page(first, second, values);
  const auto is_true = [&](const Contents& now) {
    return has_true_leaves(now, &undisturbed, [](const std::string& text) { return text == "EIO"; });
  };
  CHECK(is_true(undisturbed));
  CHECK(is_true(page(R"({"K":null,"list":["EIO"]})", second, values)));
  CHECK(is_true(page(R"({"K":12.5,"list":["b 2.5"]})", second, {})));
  CHECK_FALSE(is_true(page(first, first, values)));  // the number of another scan
  CHECK_FALSE(is_true(page(first, second, others)));
  CHECK_FALSE(is_true(page(R"({"K":12.5,"list":["a 1.6"]})", second, values)));
  CHECK_FALSE(is_true(page(R"({"K":12.5,"n":1})", second, values)));
  CHECK_FALSE(is_true(Contents(undisturbed.bytes().substr(0, undisturbed.bytes().size() / 2))));
  CHECK_FALSE(has_true_leaves(undisturbed, nullptr, [](const std::string&) { return false; }));
}

}  // namespace velocal::test
