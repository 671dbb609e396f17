// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace velocal {

/// Cumulants of D = 2 [mu - N + N ln(N/mu)] over N drawn from a Poisson distribution of mean mu. At large mu D follows
/// the chi-square distribution of one degree of freedom (1, 2, 8, 0); at small mu it does not, which is why a
/// likelihood chi-square must be compared with its own moments (Kaastra, A&A 605 (2017) A51, who parametrises the
/// first two; here all are summed over the distribution).
struct DevianceCumulants {
  double mean;
  double variance;
  double third;                  ///< third central moment
  double covariance_with_count;  ///< of D and N; equals mu d(mean)/d(mu)
};

/// By summation over N, to rounding. mu > 0.
DevianceCumulants deviance_cumulants(double mu);

/// The same from a table, made once, of 64 values from each power of two to the next: within 1e-4 for mu >= 2^-24; all
/// 0 below.
class DevianceTable {
 public:
  static const DevianceTable& instance();
  DevianceCumulants at(double mu) const;

 private:
  DevianceTable();
  std::vector<DevianceCumulants> table_;
};

}  // namespace velocal
