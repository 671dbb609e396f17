// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/chi2_quantile.hpp"

#include <boost/math/distributions/chi_squared.hpp>

namespace velocal {

double chi2_quantile(double significance, int ndf) {
  return boost::math::quantile(boost::math::complement(boost::math::chi_squared(ndf), significance));
}

}  // namespace velocal
