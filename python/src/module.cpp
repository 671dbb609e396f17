// SPDX-License-Identifier: GPL-3.0-or-later
#include "bindings.hpp"
#include "python_progress.hpp"
#include "velocal/velocal.hpp"

namespace velocal::python {

/// What velocal/ builds on; not meant for users.
PYBIND11_MODULE(_velocal, module) {
  module.doc() = "The C++ library behind the package velocal.";
  module.attr("__version__") = std::string(version());
  module.attr("git_hash") = std::string(git_hash());
  add_errors(module);
  add_models(module);
  add_curves(module);
  add_dataset(module);
  add_flux(module);
  add_fit(module);
  add_calibration(module);
  add_source_gain(module);
  add_files(module);
  stop_work_at_exit();
}

}  // namespace velocal::python
