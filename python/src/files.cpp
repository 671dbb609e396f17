// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/stl/filesystem.h>

#include "bindings.hpp"
#include "python_progress.hpp"
#include "views.hpp"

namespace py = pybind11;

namespace velocal::python {
namespace {

/// A file of any dataset, scan and group.
const Provenance anything{.dataset = "", .scan = "", .group = "", .descriptor = "", .options = "", .inputs_sha256 = ""};

py::dict provenance_dict(const Provenance& provenance, const std::string& sha256) {
  py::dict dict;
  dict["dataset"] = provenance.dataset;
  dict["scan"] = provenance.scan;
  dict["group"] = provenance.group;
  dict["descriptor"] = provenance.descriptor;
  dict["options"] = provenance.options;
  dict["inputs_sha256"] = provenance.inputs_sha256;
  dict["settings"] = to_text(provenance.settings);
  dict["sha256"] = sha256;
  return dict;
}

/// What `read` makes of a file, and its provenance.
template <class T>
py::tuple read_with(Stored<T> (*read)(const std::filesystem::path&, const Provenance&),
                    const std::filesystem::path& file) {
  auto stored = [&] {
    const OthersMayRun others_may_run;
    return read(file, anything);
  }();
  return py::make_tuple(std::make_shared<T>(std::move(stored.value)),
                        provenance_dict(stored.provenance, stored.sha256));
}

template <class T>
void add_reader(py::module_& module, const char* name,
                Stored<T> (*read)(const std::filesystem::path&, const Provenance&)) {
  module.def(
      name, [read](const std::filesystem::path& file) { return read_with(read, file); }, py::arg("file"));
}

void add_truth(py::module_& module) {
  py::class_<Truth, std::shared_ptr<Truth>> truth(module, "Truth",
                                                  "What a simulated scan was drawn from, arrays (256, 256).");
  add_view(
      truth, "target", [](const Truth& t) -> auto& { return t.target; }, "Line above the baseline, DAC.");
  add_view(
      truth, "line", [](const Truth& t) -> auto& { return t.line; }, "E0, DAC.");
  add_view(
      truth, "width", [](const Truth& t) -> auto& { return t.width; }, "Noise, DAC.");
  add_view(
      truth, "amplitude", [](const Truth& t) -> auto& { return t.amplitude; }, "A of F1_0, DAC hits/s.");
  add_view(
      truth, "shelf", [](const Truth& t) -> auto& { return t.shelf; }, "f of F1_0.");
  truth.def(py::init([](std::shared_ptr<Truth> made) { return made; }))
      .def_property_readonly(
          "mask", [](const py::object& self) { return view_mask(self, self.cast<Truth&>().mask); }, "True: masked.")
      .def_readonly("background", &Truth::background, "Flat background, hits/s per pixel.")
      .def_readonly("seed", &Truth::seed, "Of the random numbers.");
}

/// The noise baseline of any chip; it has no stage before it that its provenance could name.
py::tuple read_baseline(const std::filesystem::path& file) {
  auto stored = [&] {
    const OthersMayRun others_may_run;
    return read_measured_baseline(file, "");
  }();
  return py::make_tuple(std::make_shared<MeasuredBaseline>(std::move(stored.value)),
                        provenance_dict(stored.provenance, stored.sha256));
}

void add_baseline(py::module_& module) {
  py::class_<MeasuredBaseline, std::shared_ptr<MeasuredBaseline>> type(
      module, "MeasuredBaseline", "What the noise scans of a chip gave, arrays (256, 256); NaN where undefined.");
  using Of = const MeasuredBaseline&;
  add_view(
      type, "baseline", [](Of b) -> auto& { return b.prediction.baseline; }, "Predicted mean of the noise, DAC.");
  add_view(
      type, "error", [](Of b) -> auto& { return b.prediction.error; }, "Its uncertainty, DAC.");
  add_view(
      type, "trim", [](Of b) -> auto& { return b.prediction.trim; }, "Trims, 0 to 15; 0 where masked.");
  add_view(
      type, "mask", [](Of b) -> auto& { return b.prediction.mask; }, "Why the equalisation masks it; 0: not.");
  add_view(
      type, "trim0_mean", [](Of b) -> auto& { return b.trim0.noise.mean; }, "Mean of the noise at trim 0, DAC.");
  add_view(
      type, "trim0_width", [](Of b) -> auto& { return b.trim0.noise.width; }, "Its width, DAC.");
  add_view(
      type, "trimF_mean", [](Of b) -> auto& { return b.trimF.noise.mean; }, "Mean of the noise at trim F, DAC.");
  add_view(
      type, "trimF_width", [](Of b) -> auto& { return b.trimF.noise.width; }, "Its width, DAC.");
  type.def(py::init([](std::shared_ptr<MeasuredBaseline> made) { return made; }))
      .def_readonly("asic", &MeasuredBaseline::asic, "The chip.")
      .def_readonly("estimator", &MeasuredBaseline::estimator, "How mean and width were found.");
  module.def("read_baseline", &read_baseline, py::arg("file"));
}

}  // namespace

void add_files(py::module_& module) {
  add_truth(module);
  add_baseline(module);
  add_reader(module, "read_flux", read_flux);
  add_reader(module, "read_fit", read_fit);
  add_reader(module, "read_matrices", read_matrices);
  add_reader(module, "read_truth", read_truth);
  add_reader(module, "read_gain", read_gain);
}

}  // namespace velocal::python
