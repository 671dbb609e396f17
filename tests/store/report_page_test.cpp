// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/page/report_page.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "velocal/core/error.hpp"

namespace velocal::test {

TEST_CASE("arrays are packed in the smallest type, their bytes by weight") {
  // Worked out by Python: base64.b64encode(zlib.compress(bytes([1, 2, 3, 4]), 6)).
  const PackedArray bytes = packed(std::span<const std::uint8_t>(std::vector<std::uint8_t>{1, 2, 3, 4}));
  CHECK(bytes.type == "u1");
  CHECK(bytes.size == 4);
  CHECK(bytes.text == "eJxjZGJmAQAAGAAL");
  const auto type_of = [](std::vector<std::uint32_t> values) {
    return packed(std::span<const std::uint32_t>(values)).type;
  };
  CHECK(type_of({255}) == "u1");
  CHECK(type_of({256}) == "u2");
  CHECK(type_of({65535, 65536}) == "u4");
  CHECK(type_of({}) == "u1");
  // 258 and 1: bytes 2, 1 and then 1, 0.
  CHECK(packed(std::span<const std::uint32_t>(std::vector<std::uint32_t>{258, 1})).text == "eJxjYmRkAAAAEQAF");
  CHECK(packed(std::span<const double>(std::vector<double>{1.0})).type == "f4");
}

TEST_CASE("errors are rounded to twelve significant bits, and take half the room") {
  const auto text_of = [](std::vector<double> errors) { return packed_errors(errors).text; };
  const auto exact = [](std::vector<double> values) { return packed(std::span<const double>(values)).text; };
  // 1/3 is 2730.67/8192.
  CHECK(text_of({1.0 / 3.0, -1.0 / 3.0}) == exact({2731.0 / 8192.0, -2731.0 / 8192.0}));
  CHECK(text_of({NAN, INFINITY, 0.0, 1.0}) == exact({NAN, INFINITY, 0.0, 1.0}));
  std::mt19937 engine(1);
  std::lognormal_distribution<double> draw(-1.0, 0.2);
  std::vector<double> errors(65536);
  std::ranges::generate(errors, [&] { return draw(engine); });
  CHECK(packed_errors(errors).type == "f4");
  CHECK(100 * text_of(errors).size() < 55 * exact(errors).size());
}

TEST_CASE("no text of the head can end its element") {
  const std::vector<PackedArray> arrays{{"u1", 1, "AAAA"}};
  const std::string page =
      report_page("<html><!--velocal-data--></html>", R"({"a": "</script><!-- <script>"})", arrays);
  CHECK(page.starts_with("<html><script type=\"application/json\" id=\"report\">"));
  CHECK(page.find(R"("\u003c/script\u003e\u003c!-- \u003cscript\u003e")") != std::string::npos);
  CHECK(page.find("id=\"array0\" data-type=\"u1\" data-size=\"1\">AAAA</script>") != std::string::npos);
  CHECK(page.ends_with("</html>"));
  CHECK(report_head(page) == R"({"a": "\u003c/script\u003e\u003c!-- \u003cscript\u003e"})");
  CHECK(report_head("<html></html>").empty());
  CHECK_THROWS_AS(report_page("<html></html>", "{}", {}), UsageError);
}

}  // namespace velocal::test
