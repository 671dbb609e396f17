// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/stl.h>

#include "bindings.hpp"
#include "group.hpp"
#include "python_progress.hpp"
#include "views.hpp"

namespace py = pybind11;

namespace velocal::python {
namespace {

std::shared_ptr<FluxCube> accumulate(const Dataset& dataset, const std::string& label, int threads,
                                     const py::object& report) {
  return with_progress(report, [&](Progress& progress) {
    const ScanSettings& scan = dataset.scan(label);
    const auto given = given_baseline(dataset, scan);
    return std::make_shared<FluxCube>(given ? accumulate_flux(dataset, scan, *given, threads, progress)
                                            : accumulate_flux(dataset, scan, threads, progress));
  });
}

/// Threshold, flux and its error.
py::tuple curve_arrays(const FluxCurve& curve) {
  const auto array = [](const std::vector<double>& values) {
    return py::array_t<double>(static_cast<py::ssize_t>(values.size()), values.data());
  };
  return py::make_tuple(array(curve.threshold), array(curve.flux), array(curve.error));
}

/// [T][4]: good, bad, empty and rejected acquisitions.
py::array tallies(const FluxCube& cube) {
  py::array_t<std::uint32_t> array({static_cast<py::ssize_t>(cube.acquisitions.size()), py::ssize_t{4}});
  auto* place = array.mutable_data();
  for (const AcquisitionTally& tally : cube.acquisitions) {
    for (const std::uint32_t number : {tally.good, tally.bad, tally.empty, tally.rejected}) *place++ = number;
  }
  return array;
}

py::object baseline_arrays(const py::object& self) {
  const auto& baseline = self.cast<FluxCube&>().baseline;
  if (!baseline) return py::none();
  return py::make_tuple(view(self, baseline->mean), view(self, baseline->width), view(self, baseline->error));
}

}  // namespace

void add_flux(py::module_& module) {
  py::class_<FluxCube, std::shared_ptr<FluxCube>> cube(module, "FluxCube");
  cube.def(py::init([](std::shared_ptr<FluxCube> made) { return made; }));
  add_view(
      cube, "thresholds", [](const FluxCube& c) -> auto& { return c.threshold; }, "Thresholds (T,), DAC.");
  add_view(
      cube, "live_time", [](const FluxCube& c) -> auto& { return c.live_time_s; },
      "Live time (T,), s; 0 where no acquisition was good.");
  cube.def_property_readonly(
          "counts",
          [](const py::object& self) {
            const auto& of = self.cast<FluxCube&>();
            return view(self, of.counts.data(),
                        {static_cast<py::ssize_t>(of.threshold_count()), pixel_rows, pixel_columns});
          },
          "Hits of the good acquisitions (T, 256, 256), uint32; masked pixels have 0.")
      .def_property_readonly(
          "mask", [](const py::object& self) { return view_mask(self, self.cast<FluxCube&>().mask); },
          "True in masked pixels (256, 256).")
      .def_property_readonly("acquisitions", &tallies,
                             "Good, bad, empty and rejected acquisitions of each threshold (T, 4).")
      .def_property_readonly("baseline_arrays", &baseline_arrays)
      .def_readonly("mask_found", &FluxCube::mask_found, "False: the scan has no mask file; nothing is masked.")
      .def_readonly("counter", &FluxCube::counter, "Largest count of an acquisition; 0: no end is known.")
      .def_readonly("inputs", &FluxCube::inputs, "A line with name, size and hash of each file that was read.")
      .def_property_readonly(
          "dispersion", [](const FluxCube& c) { return py::make_tuple(c.dispersion.value, c.dispersion.error); },
          "Variance of the counts over Poisson's, and its error.")
      .def("pixel_curve", [](const FluxCube& c, std::size_t pixel) { return curve_arrays(pixel_flux(c, pixel)); })
      .def(
          "asic_curve",
          [](const FluxCube& c, const std::string& group) { return curve_arrays(c.asic_curve(parse_group(group))); },
          py::arg("group") = "all",
          "Threshold [DAC], flux and its error [hits/s per pixel] of the chip or a group: all, even, odd or rows.")
      .def(
          "total_flux",
          [](const FluxCube& c) {
            const TotalFlux total = total_flux(c);
            return py::array_t<double>({pixel_rows, pixel_columns}, total.value.data());
          },
          "Sum of each pixel's flux over the thresholds (256, 256), hits/s.");
  module.def("accumulate_flux", &accumulate, py::arg("dataset"), py::arg("label"), py::arg("threads"),
             py::arg("report"));
}

}  // namespace velocal::python
