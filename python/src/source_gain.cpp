// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/stl.h>

#include "bindings.hpp"
#include "views.hpp"

namespace py = pybind11;

namespace velocal::python {
namespace {

using Of = const SourceGain&;

py::tuple of_chip(const GainLine& line) {
  return py::make_tuple(py::make_tuple(line.gain.value, line.gain.error),
                        py::make_tuple(line.offset.value, line.offset.error), line.chi2, line.ndf);
}

py::tuple moments_of(const PixelMeans& of) {
  return py::make_tuple(of.pixels, of.mean, of.standard_deviation, of.mean_error);
}

/// Label, source, energy, pairs, and how far the line lies off the straight ones.
py::list line_rows(Of gain) {
  py::list rows;
  for (std::size_t i = 0; i < gain.lines.size(); ++i) {
    const SourceLine& line = gain.lines[i];
    const LineResidual& off = gain.residuals[i];
    rows.append(py::make_tuple(line.label, line.source, line.energy_eV,
                               py::make_tuple(line.pairs.value, line.pairs.error), off.pixels,
                               py::make_tuple(off.mean.value, off.mean.error)));
  }
  return rows;
}

}  // namespace

void add_source_gain(py::module_& module) {
  py::class_<SourceGain, std::shared_ptr<SourceGain>> type(module, "SourceGain");
  type.def(py::init([](std::shared_ptr<SourceGain> made) { return made; }));
  add_view(
      type, "gain_value", [](Of g) -> auto& { return g.gain.value; }, "K, e-/DAC.");
  add_view(
      type, "gain_error", [](Of g) -> auto& { return g.gain.error; }, "Its uncertainty, e-/DAC.");
  add_view(
      type, "offset_value", [](Of g) -> auto& { return g.offset.value; }, "Target of no charge, DAC.");
  add_view(
      type, "offset_error", [](Of g) -> auto& { return g.offset.error; }, "Its uncertainty, DAC.");
  add_view(
      type, "chi2", [](Of g) -> auto& { return g.chi2; }, "chi2 of the straight line.");
  add_view(
      type, "ndf", [](Of g) -> auto& { return g.ndf; }, "Lines - 2; 0 where there is no gain.");
  add_view(
      type, "status", [](Of g) -> auto& { return g.status; }, "0 good, else a place in status_names.");
  type.def_property_readonly("gain_means", [](Of g) { return moments_of(g.gain_means); })
      .def_property_readonly("offset_means", [](Of g) { return moments_of(g.offset_means); })
      .def_readonly("common_gain_error", &SourceGain::common_gain_error, "Of all gains alike, e-/DAC.")
      .def_readonly("common_offset_error", &SourceGain::common_offset_error, "Of all offsets alike, DAC.")
      .def_readonly("one_baseline", &SourceGain::one_baseline, "Whether all scans have the same noise baseline.")
      .def_property_readonly("line_rows", &line_rows)
      .def_property_readonly("asic_row", [](Of g) { return of_chip(g.asic); })
      .def_property_readonly("asic_good_row", [](Of g) { return of_chip(g.asic_good); });
  module.attr("gain_status_names") = std::vector<std::string>(gain_status_names.begin(), gain_status_names.end());
}

}  // namespace velocal::python
