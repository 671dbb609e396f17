// SPDX-License-Identifier: GPL-3.0-or-later
// Each row of the tables of settings reaches the descriptor's reader and the command line, whatever its setting is.
#include "velocal/descriptor/setting_tables.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "descriptor/physics_models.hpp"
#include "support/files.hpp"
#include "support/other_values.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using Catch::Matchers::Contains;

namespace {

const Vocabulary vocabulary = test::physics_models;

/// A descriptor that takes `entry` in the section `fit` beside what it needs.
Dataset read_with(const std::string& entry, const Vocabulary& words = vocabulary) {
  const test::TemporaryFolder folder;
  const std::string start = entry.starts_with("start:") ? "initial: {f: 1, A: 1, s: 1, E0: 1}, " : "";
  test::write_text(folder.path() / "dataset.yaml",
                   "velocal: 1\nname: d\nasic: M_V\ndata: data\nresults: results\nfit: {" + entry + "}\n" +
                       "scans: [{" + start +
                       "label: warm, folder: warm, shutter: 1s, acquisitions: 3, baseline: {folder: b}, "
                       "thresholds: {from: 1, to: 9}}]\n");
  return read_dataset(folder.path() / "dataset.yaml", words);
}

/// A section with one setting of each kind.
struct Sample {
  std::string text = "a";
  int count = 3;
  bool flag = true;
  std::optional<double> share;
};
const Setting<Sample> text_row{"text", member<&Sample::text>, AnyText{}};
const Setting<Sample> count_row{"count", member<&Sample::count>, Integer{1, 9}};
const Setting<Sample> flag_row{"flag", member<&Sample::flag>, TrueOrFalse{}};
const Setting<Sample> share_row{"share", member<&Sample::share>, Number{from_0_to_1, true}};

SettingValue parse(const Setting<Sample>& row, const std::string& text) {
  return parse_setting(row.domain, text, {}, "--option");
}

}  // namespace

TEST_CASE("every row of the fit section is read from descriptors and from command lines") {
  for (const Setting<FitSettings>& row : fit_settings_table()) {
    CAPTURE(row.key);
    const SettingValue other = test::other_value(row, vocabulary);
    REQUIRE(other != row.default_value());
    const bool is_list = std::holds_alternative<NameList>(row.domain);
    const bool is_range = std::holds_alternative<DacRange>(row.domain);
    const std::string text = is_list    ? "[" + test::text_of(other) + "]"
                             : is_range ? "{from: 1490, to: 1600}"
                                        : test::text_of(other);
    const FitSettings read = read_with(fmt::format("{}: {}", row.key, text)).fit;
    CHECK(row.member.get(read) == other);
    CHECK(parse_setting(row.domain, test::text_of(other), vocabulary, "--x") == other);
  }
}

TEST_CASE("every row of the fit section refuses what it does not allow") {
  for (const Setting<FitSettings>& row : fit_settings_table()) {
    CAPTURE(row.key);
    if (std::holds_alternative<AnyText>(row.domain)) continue;
    const bool is_integer = std::holds_alternative<Integer>(row.domain);
    const std::string allowed = is_integer ? "an integer" : allowed_values(row.domain, vocabulary);
    CHECK_THROWS_WITH(read_with(fmt::format("{}: -x", row.key)), Contains(fmt::format("fit.{}: must be ", row.key)) &&
                                                                     Contains(allowed) && Contains("got \"-x\""));
    CHECK_THROWS_AS(parse_setting(row.domain, "-x", vocabulary, "--x"), UsageError);
  }
}

TEST_CASE("models and statistics are those of the vocabulary, also where the default is taken") {
  const Vocabulary words{{{"FAB", {"B", "A", "s", "E0"}}}, {"neyman"}};
  CHECK(read_with("model: FAB", words).fit.model == "FAB");
  CHECK_THROWS_WITH(read_with("model: FAB_0", words),
                    Contains("fit.model: must be one of FAB, got \"FAB_0\"") && Contains("Did you mean \"FAB\"?"));
  CHECK_THROWS_WITH(read_with("model: FAB, statistic: poisson", words),
                    Contains("fit.statistic: must be one of neyman, got \"poisson\""));
  CHECK_THROWS_WITH(read_with("covariance: absolute", words),
                    Contains("fit.model: must be one of FAB, got nothing (the default is F1_0)"));
}

TEST_CASE("no two rows have one key or one attribute, and all have a line of help") {
  std::set<std::string> keys, attributes;
  for (const Setting<FitSettings>& row : fit_settings_table()) {
    CHECK(keys.emplace(row.key).second);
    CHECK(attributes.emplace(row.attribute_name()).second);
    CHECK_FALSE(row.help.empty());
  }
  CHECK_THROWS_WITH(read_with("signifcance: 0.1"), Contains("Did you mean \"significance\"?"));
  CHECK_THROWS_WITH(read_with("isotope: Fe55"),
                    Contains("keys here are model, shared, statistic, covariance, ") &&
                        Contains(", max_zero_fraction, background, robust, range, fixed_fit"));
}

TEST_CASE("each kind of value is read from a text, and everything else refused with what is allowed") {
  CHECK(parse(text_row, "b") == SettingValue("b"));
  CHECK(parse(count_row, "9") == SettingValue(9));
  CHECK(parse(flag_row, "false") == SettingValue(false));
  CHECK(parse(share_row, "0.25") == SettingValue(0.25));
  CHECK(std::isnan(std::get<double>(parse(share_row, "auto"))));
  for (const char* text : {"0", "10", "3.5", "3x", "", "99999999999"}) {
    CHECK_THROWS_WITH(parse(count_row, text),
                      fmt::format("--option: must be an integer from 1 to 9, got \"{}\"", text));
  }
  for (const char* text : {"1.5", "nan", "inf", "1e999", "0,5", "Auto"}) {
    CHECK_THROWS_WITH(parse(share_row, text),
                      fmt::format("--option: must be auto or a number from 0 to 1, got \"{}\"", text));
  }
  CHECK_THROWS_WITH(parse(flag_row, "yes"), "--option: must be true or false, got \"yes\"");
}

TEST_CASE("a member is set from the plain form, and `auto` is no value") {
  Sample sample{.share = 0.5};
  share_row.member.set(sample, std::numeric_limits<double>::quiet_NaN());
  CHECK_FALSE(sample.share.has_value());
  count_row.member.set(sample, 7);
  CHECK(sample.count == 7);
}

TEST_CASE("results older than a setting have its default, or what the row says was in force") {
  Setting<Sample> row = count_row;
  CHECK(row.value_of_older_files() == SettingValue(3));
  row.formerly = 2;
  CHECK(row.value_of_older_files() == SettingValue(2));
  CHECK(row.default_value() == SettingValue(3));
}
