// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/stl.h>

#include "bindings.hpp"
#include "python_progress.hpp"
#include "views.hpp"

namespace py = pybind11;

namespace velocal::python {
namespace {

using Made = std::shared_ptr<Calibration>;

py::tuple pair(Uncertain value) {
  return py::make_tuple(value.value, value.error);
}

/// Pixels, mean, standard deviation, and the error of the mean.
py::tuple means(const PixelMeans& of) {
  return py::make_tuple(of.pixels, of.mean, of.standard_deviation, of.mean_error);
}

py::tuple arrays(const py::object& self, const UncertainMatrix& matrix) {
  return py::make_tuple(view(self, matrix.value), view(self, matrix.error));
}

py::list budget(const Calibration& calibration) {
  py::list rows;
  for (const BudgetRow& row : calibration.budget.rows) {
    rows.append(py::make_tuple(row.cause, row.common, row.target, row.gain));
  }
  return rows;
}

py::dict statuses(const Calibration& calibration) {
  const StatusCounts& counts = calibration.statuses;
  py::dict dict;
  dict["good"] = counts.good;
  dict["bad"] = counts.bad;
  dict["not_found"] = counts.not_found;
  dict["cut"] = counts.cut;
  dict["masked"] = counts.masked;
  dict["outside"] = counts.outside;
  dict["live"] = counts.live();
  return dict;
}

py::tuple residuals(const py::object& self) {
  const StackedResiduals& stack = self.cast<Calibration&>().residuals;
  return py::make_tuple(view(self, stack.offset), view(self, stack.residual), view(self, stack.error),
                        view(self, stack.expected));
}

/// Gains [e-/DAC] by variant, differences, quadrature, mean |dK|, and distance to the design.
py::tuple systematics_row(const GainSystematics& of) {
  py::list gain;
  for (const Uncertain& each : of.gain) gain.append(pair(each));
  return py::make_tuple(gain, of.difference, of.quadrature, of.mean_absolute, of.distance);
}

py::tuple compare(const std::vector<Made>& made) {
  std::vector<Calibration> variants;
  for (const Made& each : made) variants.push_back(*each);
  const Systematics of = systematics(variants);
  return py::make_tuple(systematics_row(of.mean), systematics_row(of.asic), systematics_row(of.asic_good));
}

Made make_calibration(const ScanFit& fit, const Source& source, const std::string& uncertainty) {
  const auto of = parse_word<BaselineUncertainty>(uncertainty);
  const OthersMayRun others_may_run;
  return std::make_shared<Calibration>(calibrate(fit, source, of));
}

}  // namespace

void add_calibration(py::module_& module) {
  py::class_<Calibration, Made>(module, "Calibration")
      .def(py::init([](Made made) { return made; }))
      .def_property_readonly("target_arrays",
                             [](const py::object& self) { return arrays(self, self.cast<Calibration&>().target); })
      .def_property_readonly("gain_arrays",
                             [](const py::object& self) { return arrays(self, self.cast<Calibration&>().gain); })
      .def_property_readonly("target_means", [](const Calibration& c) { return means(c.target_means); })
      .def_property_readonly("gain_means", [](const Calibration& c) { return means(c.gain_means); })
      .def_property_readonly("asic_target", [](const Calibration& c) { return pair(c.asic.target); })
      .def_property_readonly("asic_gain", [](const Calibration& c) { return pair(c.asic.gain); })
      .def_property_readonly("asic_good_target", [](const Calibration& c) { return pair(c.asic_good.target); })
      .def_property_readonly("asic_good_gain", [](const Calibration& c) { return pair(c.asic_good.gain); })
      .def_property_readonly("common_gain_error", &Calibration::common_gain_error)
      .def_property_readonly("budget_rows", &budget)
      .def_property_readonly("status_counts", &statuses)
      .def_property_readonly("residual_arrays", &residuals)
      .def_property_readonly("source", [](const Calibration& c) { return c.source.text(); });
  module.def("calibrate", &make_calibration, py::arg("fit"), py::arg("source"), py::arg("uncertainty"));
  module.def("compare", &compare, py::arg("variants"));
  module.attr("design_gain") = pair(design_gain());
}

}  // namespace velocal::python
