// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pybind11/numpy.h>

namespace velocal::python {

/// Counts as the library takes them: the same array where it holds uint32, a view of it where it holds int32, else a
/// copy of its shape. Takes integers of 8 to 64 bits, and float32 or float64 that hold whole numbers. Throws InputError
/// that names the place of what is no count, and the type of what has none.
pybind11::array_t<std::uint32_t> whole_counts(const pybind11::array& counts);

}  // namespace velocal::python
