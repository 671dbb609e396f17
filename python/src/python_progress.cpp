// SPDX-License-Identifier: GPL-3.0-or-later
#include "python_progress.hpp"

namespace py = pybind11;

namespace velocal::python {
namespace {

constexpr std::chrono::milliseconds interval{100};

}  // namespace

void PythonProgress::start(std::string_view task, std::size_t total, std::string_view unit) {
  task_ = task;
  unit_ = unit;
  total_ = total;
  done_ = 0;
  due_ = std::chrono::steady_clock::now() + interval;
}

void PythonProgress::advance(std::size_t units) {
  done_ += units;
  if (std::this_thread::get_id() != caller_ || std::chrono::steady_clock::now() < due_) return;
  due_ = std::chrono::steady_clock::now() + interval;
  look();
}

void PythonProgress::finish() {
  look();
}

void PythonProgress::look() {
  const py::gil_scoped_acquire lock;
  try {
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    if (!report_.is_none()) report_(task_, done_.load(), total_, unit_);
  } catch (py::error_already_set& error) {
    raised = std::move(error);
  }
  if (raised) throw Stopped();
}

}  // namespace velocal::python
