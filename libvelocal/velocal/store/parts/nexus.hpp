// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

#include <string>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/flux/flux_cube.hpp"
#include "velocal/scan/noise_baseline.hpp"
#include "velocal/store/hdf5/hdf5_object.hpp"

// Quantities as NeXus NXdata groups: `value`, `value_errors`, and one axis a dimension.

namespace velocal {

/// How a quantity is labelled where it is shown.
struct Label {
  std::string units;  ///< "" = dimensionless
  std::string long_name;
};

inline const std::string hits_per_second = "hits/s";

void label(const H5::H5Object& array, const Label& label);

/// Writes the axes `/row` and `/column`, which all matrices of a file share; to be called once a file.
void write_pixel_axes(const H5::Group& root);

/// Writes a quantity of each pixel; `errors` null: it has none.
void write_quantity(const H5::Group& parent, const std::string& name, const Label& label,
                    const PixelMatrix<double>& value, const PixelMatrix<double>* errors = nullptr);
/// Reads value and errors of `name` into the matrices.
void read_quantity(const H5::Group& parent, const std::string& name, PixelMatrix<double>& value,
                   PixelMatrix<double>* errors = nullptr);

/// Writes the status of each pixel as the array `status` (PixelStatus).
void write_status(const H5::Group& parent, const PixelMatrix<std::int8_t>& status);

/// `axis`: what its thresholds are.
H5::Group write_curve(const H5::Group& parent, const std::string& name, const std::string& long_name,
                      const FluxCurve& curve, const std::string& axis = "threshold");
FluxCurve read_curve(const H5::Group& parent, const std::string& name);

/// Writes the group `baseline`, with the mean of the noise, its error and the noise's width. Without a baseline nothing
/// is written.
void write_baseline(const H5::Group& parent, const std::optional<NoiseBaseline>& baseline);
std::optional<NoiseBaseline> read_baseline(const H5::Group& parent);

}  // namespace velocal
