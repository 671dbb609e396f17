// SPDX-License-Identifier: GPL-3.0-or-later
// Writes how the public types lie in memory: that must not depend on the flags of who includes them.
#include <cstdio>

#include "velocal/velocal.hpp"

template <class... Types>
void print_layouts() {
  (std::printf("%zu %zu\n", sizeof(Types), alignof(Types)), ...);
}

int main() {
  print_layouts<velocal::Dataset, velocal::FluxCube, velocal::CurveFits, velocal::CurveFit, velocal::PixelFits,
                velocal::ScanFit, velocal::Calibration, velocal::Systematics>();
}
