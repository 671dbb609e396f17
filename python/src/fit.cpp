// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/stl.h>

#include "bindings.hpp"
#include "group.hpp"
#include "python_progress.hpp"
#include "views.hpp"

namespace py = pybind11;

namespace velocal::python {
namespace {

std::shared_ptr<ScanFit> fit_cube(const FluxCube& cube, const ScanSettings& scan, const FitSettings& settings,
                                  const std::string& group, const std::string& engine, int threads,
                                  const py::object& report) {
  const FitOptions options{.group = parse_group(group), .engine = engine, .threads = threads};
  return with_progress(report, [&](Progress& progress) {
    return std::make_shared<ScanFit>(fit_scan(cube, scan, settings, options, progress));
  });
}

/// Name, unit, value, error, and errors downwards and upwards where there are some.
py::tuple parameter_row(const py::object& self, const ParameterMap& map) {
  const auto or_none = [&](const std::optional<PixelMatrix<double>>& matrix) -> py::object {
    return matrix ? py::object(view(self, *matrix)) : py::none();
  };
  return py::make_tuple(map.name, map.unit, view(self, map.value), view(self, map.error), or_none(map.error_low),
                        or_none(map.error_high));
}

py::list pixel_parameters(const py::object& self) {
  py::list list;
  for (const ParameterMap& map : self.cast<ScanFit&>().pixels.parameters) list.append(parameter_row(self, map));
  return list;
}

/// Name, unit, value and error of what the whole chip has in common.
py::list shared(const ScanFit& fit) {
  py::list list;
  for (const SharedParameter& each : fit.shared) {
    list.append(py::make_tuple(each.name, each.unit, each.value.value, each.value.error));
  }
  return list;
}

py::dict curve_of(const py::object& self, const AsicFit& asic) {
  py::dict dict;
  dict["thresholds"] = view(self, asic.curve.threshold);
  dict["flux"] = view(self, asic.curve.flux);
  dict["error"] = view(self, asic.curve.error);
  py::dict parameters;
  for (std::size_t k = 0; k < asic.fit.names.size(); ++k) {
    const Uncertain value = asic.fit.found ? asic.fit.parameters[k] : Uncertain{};
    parameters[py::str(asic.fit.names[k])] = py::make_tuple(value.value, value.error);
  }
  dict["found"] = asic.fit.found;
  dict["parameters"] = parameters;
  dict["chi2"] = asic.fit.chi2;
  dict["ndf"] = asic.fit.ndf;
  return dict;
}

py::array flux_of_pixel(const ScanFit& fit, std::size_t pixel,
                        const py::array_t<double, py::array::c_style | py::array::forcecast>& threshold) {
  const auto flux = fitted_flux(fit, pixel, {threshold.data(), static_cast<std::size_t>(threshold.size())});
  return py::array_t<double>(static_cast<py::ssize_t>(flux.size()), flux.data());
}

/// Threshold, use (a word), and pixels whose fit left it out.
py::list thresholds(const ScanFit& fit) {
  py::list list;
  for (std::size_t t = 0; t < fit.thresholds.threshold.size(); ++t) {
    const auto use = static_cast<std::size_t>(fit.thresholds.use[t]);
    list.append(py::make_tuple(fit.thresholds.threshold[t], std::string(threshold_use_names.at(use)),
                               fit.thresholds.dropped[t]));
  }
  return list;
}

}  // namespace

void add_fit(py::module_& module) {
  py::class_<ScanFit, std::shared_ptr<ScanFit>> type(module, "ScanFit");
  type.def(py::init([](std::shared_ptr<ScanFit> made) { return made; }));
  add_view(
      type, "status", [](const ScanFit& f) -> auto& { return f.pixels.status; },
      "How each fit ended (256, 256), int8: numbers of velocal.Status.");
  add_view(
      type, "reason", [](const ScanFit& f) -> auto& { return f.pixels.reason; },
      "Why (256, 256), uint8: numbers of velocal.Reason.");
  add_view(
      type, "chi2", [](const ScanFit& f) -> auto& { return f.pixels.chi2; },
      "Chi-square at the minimum (256, 256); NaN where no fit converged.");
  add_view(
      type, "ndf", [](const ScanFit& f) -> auto& { return f.pixels.ndf; },
      "Degrees of freedom (256, 256); 0 where no fit converged.");
  add_view(
      type, "dropped", [](const ScanFit& f) -> auto& { return f.pixels.dropped; },
      "Thresholds that the fit left out (256, 256), uint8.");
  type.def_property_readonly("parameter_rows", &pixel_parameters)
      .def_property_readonly("shared_rows", &shared)
      .def_property_readonly("setting_rows", [](const ScanFit& f) { return named_settings(f.settings); })
      .def_property_readonly("threshold_rows", &thresholds)
      .def_property_readonly(
          "asic", [](const py::object& self) { return curve_of(self, self.cast<ScanFit&>().asic); },
          "Curve of the chip and its fit: thresholds, flux, error, found, parameters, chi2, ndf.")
      .def_property_readonly(
          "asic_good", [](const py::object& self) { return curve_of(self, self.cast<ScanFit&>().asic_good); },
          "The same of the mean over the good pixels.")
      .def_property_readonly(
          "group", [](const ScanFit& f) { return std::string(group_name(f.group)); }, "Its pixels.")
      .def_property_readonly(
          "source", [](const ScanFit& f) { return f.source.text(); }, "The lines, in words.")
      .def_readonly("engine", &ScanFit::engine, "Name of the minimiser.")
      .def_readonly("background", &ScanFit::background, "Flat background, hits/s per pixel.")
      .def_readonly("background_error", &ScanFit::background_error, "Its uncertainty; 0 where it was given.")
      .def_readonly("background_assumed", &ScanFit::background_assumed,
                    "True: the scan ends too near the line to tell.")
      .def_property_readonly(
          "dispersion", [](const ScanFit& f) { return py::make_tuple(f.dispersion.value, f.dispersion.error); },
          "Variance of the counts over Poisson's, and its error.")
      .def("flux_of_pixel", &flux_of_pixel, py::arg("pixel"), py::arg("threshold"));
  module.def("fit_scan", &fit_cube, py::arg("cube"), py::arg("scan"), py::arg("settings"), py::arg("group"),
             py::arg("engine"), py::arg("threads"), py::arg("report"));
}

}  // namespace velocal::python
