// SPDX-License-Identifier: GPL-3.0-or-later
#include <exception>
#include <string_view>

#include "bindings.hpp"
#include "velocal/velocal.hpp"

namespace py = pybind11;

namespace velocal::python {
namespace {

template <class CppError>
py::handle type_of_error;

/// Bytes that are no UTF-8, which names of files may have, become escapes: with them the text would be lost.
void raise(py::handle type, std::string_view text) {
  const auto size = static_cast<Py_ssize_t>(text.size());
  const auto message = py::reinterpret_steal<py::object>(PyUnicode_DecodeUTF8(text.data(), size, "backslashreplace"));
  if (message) PyErr_SetObject(type.ptr(), message.ptr());
}

template <class CppError>
py::object add_error(py::module_& module, const char* name, const char* doc, PyObject* base) {
  const py::exception<CppError> error(module, name, base);
  type_of_error<CppError> = py::object(error).release();  // as long as the process
  py::register_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const CppError& caught) {
      raise(type_of_error<CppError>, caught.what());
    }
  });
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
