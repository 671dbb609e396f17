// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <pybind11/stl.h>

#include "bindings.hpp"
#include "model.hpp"
#include "numbers.hpp"

namespace py = pybind11;

namespace velocal::python {
namespace {

/// One model by name; for a source where one is given.
Model find_model(const std::string& name, const std::optional<Source>& source, const Sensor& sensor) {
  if (source) return {model_for_source(name, photon_source(*source, sensor))};
  return {{std::shared_ptr<void>(), &ModelRegistry::instance().get(name)}};
}

void require_one_each(const Model& model, std::size_t values) {
  const std::size_t count = model.of->parameters().size();
  if (values == count) return;
  throw UsageError(fmt::format("{} values for the parameters of {}", values, model.of->name()),
                   fmt::format("it has {}", count), "Give one value a parameter, in the model's order or by name");
}

py::array flux(const Model& model, const std::vector<double>& parameters, const Numbers& threshold) {
  require_one_each(model, parameters.size());
  Numbers result(threshold.size());
  model.of->flux(parameters, span_of(threshold), {result.mutable_data(), static_cast<std::size_t>(result.size())});
  return result;
}

py::array gradient(const Model& model, const std::vector<double>& parameters, const Numbers& threshold) {
  require_one_each(model, parameters.size());
  const auto points = static_cast<std::size_t>(threshold.size());
  std::vector<double> flux(points);
  Numbers result({static_cast<py::ssize_t>(parameters.size()), threshold.size()});
  model.of->flux_and_gradient(parameters, span_of(threshold), flux,
                              {result.mutable_data(), parameters.size() * points});
  return result;
}

py::list model_parameters(const Model& model) {
  py::list list;
  for (const ModelParameter& each : model.of->parameters()) {
    list.append(
        py::make_tuple(std::string(each.name), std::string(each.unit), each.lower, each.upper, each.may_vanish));
  }
  return list;
}

Source make_source(std::string name, const std::vector<std::pair<double, double>>& lines,
                   std::optional<double> photon_energy, std::optional<double> temperature,
                   std::optional<double> pair_energy, std::optional<double> pair_energy_uncertainty) {
  Source source;
  source.name = std::move(name);
  for (const auto& [energy, intensity] : lines) source.lines.push_back({energy, intensity});
  source.photon_energy_eV = photon_energy;
  source.temperature_C = temperature;
  source.pair_energy_eV = pair_energy;
  source.pair_energy_uncertainty_eV = pair_energy_uncertainty;
  photon_source(source);  // says here what contradicts each other
  return source;
}

void add_sources(py::module_& module) {
  py::options options;
  options.disable_function_signatures();  // they are in the stub; pages of documentation stumble over them
  py::class_<Source>(module, "Source",
                     "A source of photons, with the keys of a descriptor, by name: name (Fe55 where it is not given), "
                     "lines (own ones, as pairs of energy "
                     "[eV] and intensity), photon_energy_eV (a single line), "
                     "temperature_C, pair_energy_eV and pair_energy_uncertainty_eV.")
      .def(py::init(&make_source), py::arg("name") = "Fe55", py::kw_only(),
           py::arg("lines") = std::vector<std::pair<double, double>>{}, py::arg("photon_energy_eV") = py::none(),
           py::arg("temperature_C") = py::none(), py::arg("pair_energy_eV") = py::none(),
           py::arg("pair_energy_uncertainty_eV") = py::none())
      .def_readonly("name", &Source::name, "As it was given.")
      .def("__repr__", [](const Source& source) { return photon_source(source).text(); });
  py::class_<Sensor>(module, "Sensor",
                     "A sensor of square pixels, by name: "
                     "pitch_um (55), thickness_um (200) and illuminated (back or front).")
      .def(py::init([](double pitch, double thickness, const std::string& illuminated) {
             return Sensor{pitch, thickness, parse_word<IlluminatedSide>(illuminated)};
           }),
           py::kw_only(), py::arg("pitch_um") = 55.0, py::arg("thickness_um") = 200.0, py::arg("illuminated") = "back")
      .def_readonly("pitch_um", &Sensor::pitch_um, "Distance of the pixels.")
      .def_readonly("thickness_um", &Sensor::thickness_um, "Depth that absorbs photons.")
      .def_property_readonly(
          "illuminated", [](const Sensor& s) { return std::string(to_string(s.illuminated)); },
          "The side that light enters from: back or front.");
}

}  // namespace

void add_models(py::module_& module) {
  add_sources(module);
  py::class_<Model>(module, "Model", "A flux model.")
      .def(py::init<const Model&>())
      .def_property_readonly("name", [](const Model& model) { return std::string(model.of->name()); })
      .def_property_readonly("formula", [](const Model& model) { return std::string(model.of->formula()); })
      .def_property_readonly("above_baseline", [](const Model& model) { return model.of->above_baseline(); })
      .def("parameter_rows", &model_parameters)
      .def("flux_of", &flux, py::arg("parameters"), py::arg("threshold"))
      .def("gradient_of", &gradient, py::arg("parameters"), py::arg("threshold"));
  module.def("model_names", [] { return ModelRegistry::instance().names(); });
  module.def("find_model", &find_model, py::arg("name"), py::arg("source") = py::none(), py::arg("sensor") = Sensor{});
}

}  // namespace velocal::python
