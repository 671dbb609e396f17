// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

#include "velocal/fit/scan_fit.hpp"

namespace velocal {

/// Root attributes that say how a fit was made: a setting of fit_settings_table() each, as used; engine, background.
void write_fit_settings(const H5::Group& root, const ScanFit& fit);

/// A setting that the file lacks has the value of files older than the setting. Throws Hdf5Problem for a word that
/// there is not, an attribute of another type, and a file without engine or background.
void read_fit_settings(const H5::Group& root, ScanFit& fit);

}  // namespace velocal
