// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pybind11/pybind11.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>

#include "velocal/velocal.hpp"

namespace velocal::python {

/// Hands progress to a Python function, and has Python look for signals. Only the thread that made the object does
/// so: others would wait for the interpreter's lock.
class PythonProgress final : public Progress {
 public:
  /// `report`: None, or a function that is called with task, units done, units in all, and their name.
  explicit PythonProgress(pybind11::object report) : report_(std::move(report)) {}

  void start(std::string_view task, std::size_t total, std::string_view unit) override;
  void advance(std::size_t units) override;
  void finish() override;

  /// What a signal or the function has raised.
  std::optional<pybind11::error_already_set> raised;

 private:
  /// Throws Stopped when Python has raised anything.
  void look();

  pybind11::object report_;
  const std::thread::id caller_ = std::this_thread::get_id();
  std::string task_, unit_;
  std::size_t total_ = 0;
  std::atomic<std::size_t> done_{0};
  std::chrono::steady_clock::time_point due_{};
};

/// Ends the work of the library; what Python raised is in the progress.
struct Stopped {};

/// While it lives, the work of a thread goes on. The interpreter does not end before.
class RunningWork {
 public:
  /// Raises SystemExit, of this thread, when the interpreter ends already.
  RunningWork();
  ~RunningWork();
  RunningWork(const RunningWork&) = delete;
  RunningWork& operator=(const RunningWork&) = delete;
};

/// While it lives, other threads of Python may run, and the interpreter does not end.
class OthersMayRun {
  RunningWork running_;
  pybind11::gil_scoped_release without_lock_;
};

/// Has the interpreter, before it ends, stop the work of threads that it does not wait for.
void stop_work_at_exit();

/// Runs work(progress) without the interpreter's lock, and raises what was raised meanwhile.
template <class Work>
auto with_progress(pybind11::object report, Work&& work) {
  const RunningWork running;
  PythonProgress progress(std::move(report));
  try {
    const pybind11::gil_scoped_release others_may_run;
    return work(static_cast<Progress&>(progress));
  } catch (const Stopped&) {
  }
  if (progress.raised) throw std::move(*progress.raised);
  PyErr_SetNone(PyExc_SystemExit);  // of this thread: the interpreter ends
  throw pybind11::error_already_set();
}

}  // namespace velocal::python
