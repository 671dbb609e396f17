// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pybind11/pybind11.h>

// What each file of this folder adds to the module; in this order, since types come before what returns them.

namespace velocal::python {

void add_errors(pybind11::module_& module);
void add_models(pybind11::module_& module);
void add_curves(pybind11::module_& module);
void add_dataset(pybind11::module_& module);
void add_flux(pybind11::module_& module);
void add_fit(pybind11::module_& module);
void add_calibration(pybind11::module_& module);
void add_source_gain(pybind11::module_& module);
void add_files(pybind11::module_& module);

}  // namespace velocal::python
