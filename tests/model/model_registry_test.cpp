// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/model_registry.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>

#include "support/infinity.hpp"
#include "support/model_formulas.hpp"
#include "velocal/core/error.hpp"
#include "velocal/model/formula_model.hpp"

using namespace velocal;
using test::infinity;

namespace {

/// A flat flux A; E0 does nothing.
struct Flat {
  static constexpr std::string_view name = "test_flat";
  static constexpr std::array<ModelParameter, 2> parameters{{{"A", "hits/s", 0.0, infinity}, {"E0", "DAC", 0.0, 1.0}}};
  template <class Real>
  static Real at(Real threshold, const double* values, Real* gradient) {
    gradient[0] = Real(1.0);
    gradient[1] = threshold * 0.0;
    return threshold * 0.0 + values[0];
  }
  static std::array<double, 2> start(const LineShape& shape) { return {shape.step, shape.line}; }
};

/// A model that is nothing but its name and parameters.
class Nameplate final : public FluxModel {
 public:
  Nameplate(std::string_view name, std::vector<ModelParameter> parameters)
      : name_(name), parameters_(std::move(parameters)) {}
  std::string_view name() const override { return name_; }
  std::span<const ModelParameter> parameters() const override { return parameters_; }
  void flux(std::span<const double>, std::span<const double>, std::span<double>) const override {}
  void flux_and_gradient(std::span<const double>, std::span<const double>, std::span<double>,
                         std::span<double>) const override {}
  void start_values(const LineShape&, std::span<double>) const override {}

 private:
  std::string_view name_;
  std::vector<ModelParameter> parameters_;
};

void add(std::string_view name, std::vector<std::string_view> parameters) {
  std::vector<ModelParameter> all;
  for (const std::string_view parameter : parameters) all.push_back({parameter, "", 0.0, infinity});
  ModelRegistry::instance().add(std::make_unique<Nameplate>(name, std::move(all)));
}

}  // namespace

TEST_CASE("the models of the table are there, with their parameters in its order") {
  const auto names = ModelRegistry::instance().parameter_names();
  for (const auto& typical : test::typical_parameters()) {
    CAPTURE(typical.model);
    REQUIRE(names.contains(typical.model));
    CHECK(names.at(typical.model) == typical.names);
    CHECK(ModelRegistry::instance().get(typical.model).name() == typical.model);
  }
}

TEST_CASE("names are sorted") {
  const auto names = ModelRegistry::instance().names();
  CHECK(names.size() >= 8);
  CHECK(std::is_sorted(names.begin(), names.end()));
}

TEST_CASE("an unknown model is refused with the ones there are") {
  CHECK_THROWS_AS(ModelRegistry::instance().get("f1_0"), UsageError);
  CHECK_THROWS_WITH(
      ModelRegistry::instance().get("F9"),
      Catch::StartsWith("there is no flux model \"F9\" (there are F1, F1_0, F2sAB, F2s_0, F4, FAB, FAB_0"));
}

TEST_CASE("domains: f between 0 and 1, all else positive - every unit is named") {
  for (const auto& typical : test::typical_parameters()) {
    for (const ModelParameter& parameter : ModelRegistry::instance().get(typical.model).parameters()) {
      CAPTURE(typical.model, parameter.name);
      CHECK(parameter.lower == 0.0);
      CHECK(parameter.upper == (parameter.name == "f" ? 1.0 : infinity));
      CHECK(parameter.unit.empty() == (parameter.name == "f"));
    }
  }
}

TEST_CASE("a parameter is found by its name") {
  const FluxModel& model = ModelRegistry::instance().get("F2s_0");
  CHECK(model.index_of("f") == 0);
  CHECK(model.index_of("s2") == 3);
  CHECK(model.index_of("E0") == 4);
  CHECK(model.index_of("B") == 5);
  CHECK(model.amplitude_index() == 1);
}

TEST_CASE("a model of others is added once") {
  static const bool added = [] {
    ModelRegistry::instance().add(std::make_unique<FormulaModel<Flat>>());
    return true;
  }();
  CHECK(added);
  std::vector<double> flux(3), gradient(6);
  const std::vector<double> parameters{2.5, 0.5}, threshold{1.0, 2.0, 3.0};
  ModelRegistry::instance().get("test_flat").flux_and_gradient(parameters, threshold, flux, gradient);
  CHECK(flux == std::vector{2.5, 2.5, 2.5});
  CHECK(gradient == std::vector{1.0, 1.0, 1.0, 0.0, 0.0, 0.0});
  CHECK_THROWS_AS(add("test_flat", {"A", "E0"}), UsageError);
  CHECK_THROWS_WITH(add("F1_0", {"A", "E0"}), Catch::StartsWith("there is a flux model F1_0 already"));
}

TEST_CASE("a model needs A and E0 and has at most eight parameters") {
  const std::string reason =
      "flux model test_plate cannot be added (a model has parameters A and E0). Name its amplitude A, or mark it as "
      "linear, and the position of its line E0";
  CHECK_THROWS_WITH(add("test_plate", {"A", "s"}), reason);
  CHECK_THROWS_WITH(add("test_plate", {"E0", "s"}), reason);
  CHECK_THROWS_WITH(add("test_plate", {"A", "E0", "a", "b", "c", "d", "e", "f", "g"}),
                    Catch::Contains("(it has 9 parameters, and fits take 1 to 8)"));
  CHECK_THROWS_AS(ModelRegistry::instance().get("test_plate"), UsageError);
  CHECK_NOTHROW(add("test_eight", {"A", "E0", "a", "b", "c", "d", "e", "f"}));
}

TEST_CASE("a model that fits cannot take is refused as it is added") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const ModelParameter A{"A", "hits/s", 0.0, infinity}, E0{"E0", "DAC", 0.0, infinity};
  const auto refused = [](std::string_view name, std::vector<ModelParameter> parameters, const std::string& reason) {
    auto model = std::make_unique<Nameplate>(name, std::move(parameters));
    CHECK_THROWS_AS(require_valid(*model), UsageError);
    CHECK_THROWS_WITH(ModelRegistry::instance().add(std::move(model)), Catch::Contains("(" + reason + "). "));
  };
  refused("", {A, E0}, "\"\" is no name");
  refused("..", {A, E0}, "\"..\" is no name");
  refused("a/b", {A, E0}, "\"a/b\" is no name");
  refused("a b", {A, E0}, "\"a b\" is no name");
  refused("test_bad", {A, E0, {"", "", 0.0, 1.0}}, "the name \"\" of a parameter is no name");
  refused("test_bad", {A, E0, {"s/2", "", 0.0, 1.0}}, "the name \"s/2\" of a parameter is no name");
  refused("test_bad", {A, E0, A}, "there are two parameters A");
  refused("test_bad", {A, E0, {"s", "", 1.0, 0.0}}, "the bounds of s are 1 and 0");
  refused("test_bad", {A, E0, {"s", "", 1.0, 1.0}}, "the bounds of s are 1 and 1");
  refused("test_bad", {A, E0, {"s", "", nan, 1.0}}, "the bounds of s are nan and 1");
  refused("test_bad", {A, E0, {"s", "", 0.0, nan}}, "the bounds of s are 0 and nan");
  ModelParameter s{"s", "DAC", -infinity, infinity};
  s.may_vanish = true;
  refused("test_bad", {A, E0, s}, "s may vanish at -inf");
  s = {"s", "DAC", 0.0, infinity};
  s.profiled = true;
  ModelParameter other = s;
  other.name = "s2";
  refused("test_bad", {A, E0, s, other}, "2 parameters are profiled, and fits take one");
  refused("test_bad", {s}, "its only parameter is profiled");
  refused("test_bad", {}, "it has 0 parameters, and fits take 1 to 8");
  CHECK_THROWS_AS(ModelRegistry::instance().add(nullptr), UsageError);
}
