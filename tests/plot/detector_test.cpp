// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of all chips.
#include "velocal/plot/kinds/detector.hpp"

#include <catch2/catch.hpp>

#include "velocal/core/error.hpp"
#include "velocal/plot/figure/velo_layout.hpp"
#include "velocal/plot/kinds/detector_distribution.hpp"
#include "velocal/plot/kinds/detector_map.hpp"
#include "velocal/plot/kinds/detector_scatter.hpp"

using namespace velocal;
using Catch::Matchers::Contains;

namespace {

/// Modules 0 to 3 with the chips of two sensors each; Module3_VP1-2 is far off, Module2_VP0-0 has no result, and one
/// chip has a name of its own.
Detector some_detector() {
  Detector detector{{{"warm", "cold"}, {}}, {}};
  int i = 0;
  std::vector<std::string> names{"Spare_W7"};
  for (int module = 0; module < 4; ++module) {
    for (int chip = 0; chip < 6; ++chip) {
      names.push_back("Module" + std::to_string(module) + "_VP" + std::to_string(chip / 3) + "-" +
                      std::to_string(chip % 3));
    }
  }
  for (const std::string& name : names) {
    for (const char* label : {"warm", "cold"}) {
      ChipRow row{.asic = name, .label = label, .state = ChipState::done};
      const double gain = name == "Module3_VP1-2" ? 11.0 : 13.0 + 0.01 * (i++ % 7);
      row.values[gain_mean_quantity] = {gain, 0.001};
      if (row.label == "cold") row.values[gain_difference_quantity] = {0.01 * (i % 3), 0.002};
      if (name == "Module2_VP0-0") row = {.asic = name, .label = label};
      detector.table.rows.push_back(row);
    }
  }
  detector.outliers = find_outliers(detector.table);
  return detector;
}

std::size_t cells_in(const Figure& figure, Cells::Look look) {
  std::size_t count = 0;
  for (const Panel& panel : figure.panels) {
    for (const Layer& layer : panel.layers) {
      const auto* cells = std::get_if<Cells>(&layer.drawn);
      if (cells != nullptr && cells->look == look) count += cells->x.size();
    }
  }
  return count;
}

}  // namespace

TEST_CASE("a chip's name says where it is") {
  const auto place = velo_place("Module37_VP3-1");
  REQUIRE(place);
  CHECK((place->module == 37 && place->sensor == 3 && place->chip == 1));
  CHECK(place->side() == VeloSide::a);
  CHECK(velo_place("Module0_VP0-0")->side() == VeloSide::c);
  for (const char* name : {"", "Module", "Module52_VP0-0", "Module1_VP4-0", "Module1_VP0-3", "Module1_VP0-0x", "A_B"}) {
    CAPTURE(name);
    CHECK_FALSE(velo_place(name));
  }
}

TEST_CASE("the map has a cell a chip: coloured, hatched without a value, framed where it stands out") {
  const Detector detector = some_detector();
  const PlottedDetector plotted{"velo", &detector.table, &detector.outliers};
  const Figure figure = detector_map(plotted, gain_mean_quantity, 0, Palette::viridis);
  REQUIRE(figure.panels.size() == 2);
  CHECK(cells_in(figure, Cells::Look::coloured) == 23);
  CHECK(cells_in(figure, Cells::Look::hatched) == 1);
  CHECK(cells_in(figure, Cells::Look::framed) == 1);
  CHECK_THAT(figure.subtitle,
             Contains("25 chips; framed: Module3_VP1-2; hatched: 1 without a value") && Contains("1 of other names"));
  const auto& cells = std::get<Cells>(figure.panels[0].layers[0].drawn);
  CHECK(cells.low > 12.5);  // the outlier does not stretch the colours
}

TEST_CASE("the distribution names the outliers, and two scans are set against one another") {
  const Detector detector = some_detector();
  const PlottedDetector plotted{"velo", &detector.table, &detector.outliers};
  const Figure figure = detector_distribution(plotted, gain_mean_quantity);
  std::string legend;
  for (const Layer& layer : figure.panels[0].layers) {
    for (const std::string& line : layer.legend) legend += line + "\n";
  }
  CHECK_THAT(legend, Contains("warm: 24 chips") && Contains("Module3_VP1-2\nwarm: 11"));
  CHECK_THAT(detector_scatter(plotted, 1).subtitle, Contains("24 chips"));
}

TEST_CASE("pictures are of the quantities asked for, or of all that have values") {
  const Detector detector = some_detector();
  const PlottedDetector plotted{"velo", &detector.table, &detector.outliers};
  std::vector<std::string> names;
  for (const Picture& picture : detector_pictures(plotted, {})) names.push_back(picture.name);
  CHECK(names == std::vector<std::string>{"detector-K_mean-warm", "detector-K_mean-cold",
                                          "detector-K_mean-distribution", "detector-K_difference-cold",
                                          "detector-K_difference-distribution", "detector-K_mean-cold-against-warm"});
  PictureRequest request;
  request.parameters = {"K_difference"};
  CHECK(detector_pictures(plotted, request).size() == 2);
  request.parameters = {"sigma"};
  CHECK_THROWS_WITH(detector_pictures(plotted, request), Contains("no chip of velo has a sigma"));
  request.parameters = {"K_maen"};
  CHECK_THROWS_AS(check_detector_request(request), UsageError);
}
