// SPDX-License-Identifier: GPL-3.0-or-later
#include "python_progress.hpp"

namespace py = pybind11;

namespace velocal::python {
namespace {

constexpr std::chrono::milliseconds interval{100};

std::atomic<int> running{0};
std::atomic<bool> at_end{false};

void stop_work() {
  at_end = true;
  const py::gil_scoped_release work_may_end;
  while (running > 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

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
  if (std::this_thread::get_id() != caller_) return;
  if (at_end) throw Stopped();
  if (std::chrono::steady_clock::now() < due_) return;
  due_ = std::chrono::steady_clock::now() + interval;
  look();
}

void PythonProgress::finish() {
  look();
}

RunningWork::RunningWork() {
  if (at_end) {
    PyErr_SetNone(PyExc_SystemExit);
    throw py::error_already_set();
  }
  ++running;
}

RunningWork::~RunningWork() {
  --running;
}

void stop_work_at_exit() {
  // A child has no thread but the one that forked.
  py::module_::import("os").attr("register_at_fork")(py::arg("after_in_child") = py::cpp_function([] { running = 0; }));
  py::module_::import("atexit").attr("register")(py::cpp_function(&stop_work));
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
