// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

#include <string>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/flux/flux_cube.hpp"
#include "velocal/scan/noise_baseline.hpp"
#include "velocal/store/hdf5_object.hpp"

// Quantities as NeXus NXdata groups: `value`, `value_errors`, and one axis a dimension.

namespace velocal {

/// How a quantity is labelled where it is shown.
struct Label {
  std::string units;  ///< "" = dimensionless
  std::string long_name;
};

inline const std::string hits_per_second = "hits/s";

void label(const H5::H5Object& array, const Label& label);

/// Once a file: the axes `/row` and `/column` that all its matrices share.
void write_pixel_axes(const H5::Group& root);

/// `errors` null: the quantity has none.
void write_quantity(const H5::Group& parent, const std::string& name, const Label& label,
                    const PixelMatrix<double>& value, const PixelMatrix<double>* errors = nullptr);
/// Value and errors of `name` in place of what the matrices held.
void read_quantity(const H5::Group& parent, const std::string& name, PixelMatrix<double>& value,
                   PixelMatrix<double>* errors = nullptr);

void write_curve(const H5::Group& parent, const std::string& name, const std::string& long_name,
                 const FluxCurve& curve);
FluxCurve read_curve(const H5::Group& parent, const std::string& name);

/// Group `baseline`: the mean of the noise is the value, its width the error. Nothing is written where there is none.
void write_baseline(const H5::Group& parent, const std::optional<NoiseBaseline>& baseline);
std::optional<NoiseBaseline> read_baseline(const H5::Group& parent);

}  // namespace velocal
