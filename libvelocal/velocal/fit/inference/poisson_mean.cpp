// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/inference/poisson_mean.hpp"

#include <gsl/gsl_cdf.h>

namespace velocal {

double poisson_mean_reaching(std::uint32_t count, double probability) {
  // A Poisson number of mean m is k or more with the probability that a gamma variate of shape k is below m.
  return gsl_cdf_gamma_Pinv(probability, count, 1.0);
}

}  // namespace velocal
