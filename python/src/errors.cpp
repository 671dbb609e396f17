// SPDX-License-Identifier: GPL-3.0-or-later
#include "bindings.hpp"
#include "velocal/velocal.hpp"

namespace py = pybind11;

namespace velocal::python {
namespace {

template <class CppError>
py::object add_error(py::module_& module, const char* name, const char* doc, PyObject* base) {
  py::object error = py::register_exception<CppError>(module, name, base);
  error.attr("__module__") = "velocal";
  error.attr("__doc__") = doc;
  return error;
}

}  // namespace

void add_errors(py::module_& module) {
  const py::object base = add_error<Error>(module, "Error", "Base of all errors of velocal.", PyExc_Exception);
  add_error<UsageError>(module, "UsageError", "A call that asks for what does not exist.", base.ptr());
  add_error<DescriptorError>(module, "DescriptorError", "A descriptor that cannot be used.", base.ptr());
  add_error<InputError>(module, "InputError", "Data that are missing, damaged, or belong to something else.",
                        base.ptr());
  module.def("error_message", &error_message, py::arg("problem"), py::arg("reason"), py::arg("suggestion"));
  add_error<OutputError>(module, "OutputError", "A result that cannot be written.", base.ptr());
}

}  // namespace velocal::python
