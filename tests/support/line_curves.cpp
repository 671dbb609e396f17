// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/line_curves.hpp"

#include <fstream>
#include <iostream>
#include <sstream>

#include "support/source_tree.hpp"

namespace velocal::test {

std::filesystem::path line_curves_file() {
  return test::source_tree() / "../shared/line/curves.csv";
}

bool have_line_curves() {
  if (std::filesystem::exists(line_curves_file())) return true;
  std::cout << "SKIPPED: there is no " << line_curves_file().string() << '\n';
  return false;
}

std::map<CurveName, CurvePoints> read_line_curves() {
  std::map<CurveName, CurvePoints> curves;
  std::ifstream stream(line_curves_file());
  std::string line;
  std::getline(stream, line);
  while (std::getline(stream, line)) {
    std::istringstream fields(line);
    CurveName name;
    for (std::string& field : name) std::getline(fields, field, ',');
    std::string threshold, flux;
    std::getline(fields, threshold, ',');
    std::getline(fields, flux, ',');
    curves[name].push_back({std::stod(threshold), std::stod(flux)});
  }
  return curves;
}

}  // namespace velocal::test
