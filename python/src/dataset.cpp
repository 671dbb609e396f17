// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "bindings.hpp"
#include "velocal/velocal.hpp"

namespace py = pybind11;

namespace velocal::python {
namespace {

void add_settings(py::module_& module) {
  py::class_<FitSettings>(module, "FitSettings", "Section `fit` of a descriptor.")
      .def(py::init<>())
      .def(py::init<const FitSettings&>())
      .def("set", &set_named, py::arg("name"), py::arg("text"))
      .def("rows", &named_settings);
}

void add_scan(py::module_& module) {
  py::class_<ScanSettings>(module, "Scan", "One entry of `scans` of a descriptor.")
      .def_readonly("label", &ScanSettings::label, "Names the scan's folder of results.")
      .def_readonly("folder", &ScanSettings::folder, "Where its files are, below the dataset's data_root.")
      .def_readonly("source", &ScanSettings::source, "The source in front of the chip.")
      .def_readonly("sensor", &ScanSettings::sensor, "The chip's sensor.")
      .def_property_readonly(
          "shutter_s", [](const ScanSettings& scan) { return scan.shutter.seconds; }, "Time of an acquisition [s].")
      .def_property_readonly(
          "thresholds", [](const ScanSettings& scan) { return scan.thresholds.values(); }, "Thresholds [DAC].")
      .def_property_readonly(
          "acquisitions", [](const ScanSettings& scan) { return scan.acquisitions.count; }, "Number a threshold.")
      .def_property_readonly("has_baseline", &ScanSettings::has_baseline, "Whether it names a noise baseline.")
      .def_property_readonly(
          "baseline_uncertainty",
          [](const ScanSettings& scan) { return std::string(to_string(scan.baseline_uncertainty)); },
          "What of the baseline enters u(target): error or width.")
      .def("__repr__", [](const ScanSettings& scan) { return "<velocal.Scan " + scan.label + ">"; });
}

}  // namespace

void add_dataset(py::module_& module) {
  add_settings(module);
  add_scan(module);
  py::class_<Dataset, std::shared_ptr<Dataset>>(module, "Dataset")
      .def(py::init<const Dataset&>())
      .def_readonly("name", &Dataset::name, "Names the folder of the results.")
      .def_readonly("asic", &Dataset::asic, "The chip: <module>_<velopix>.")
      .def_readonly("data_root", &Dataset::data_root, "Root of the scans' folders.")
      .def_readonly("results_root", &Dataset::results_root, "Root of the results.")
      .def_readonly("fit_settings", &Dataset::fit, "Section `fit`.")
      .def_readonly("scans", &Dataset::scans, "Its scans.")
      .def_readonly("file", &Dataset::file, "The descriptor, as it was named.")
      .def_readonly("text", &Dataset::text, "Its YAML with what it extends.")
      .def("scan", &Dataset::scan, py::arg("label"), py::return_value_policy::reference_internal,
           "The scan of that label. Raises UsageError naming the labels there are.")
      .def(
          "folder_of",
          [](const Dataset& dataset, const std::string& label) {
            return ResultPaths(dataset, label).flux().parent_path();
          },
          py::arg("label"), "Where the results of a scan are.");
  module.def(
      "read_dataset",
      [](const std::filesystem::path& file, const std::string& asic) {
        return std::make_shared<Dataset>(asic.empty() ? read_dataset(file) : read_chips(file).chip(asic).dataset);
      },
      py::arg("file"), py::arg("asic") = "");
}

}  // namespace velocal::python
