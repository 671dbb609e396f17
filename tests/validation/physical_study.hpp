// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "physical_fit.hpp"

namespace velocal::test {

/// The same pixels fitted with something wrong in the analysis.
struct MistakenFits {
  std::string mistake;
  std::vector<PhysicalFit> fits;  ///< with the physical curve, and where it matters with F1_0
};

/// The first one is without.
std::vector<MistakenFits> study_mistakes(const Seen& right);

/// The same pixels, seen from this threshold on.
struct LateScan {
  int first_threshold;
  std::vector<PhysicalFit> fits;  ///< with the physical curve and F1_0
};

struct ChipFits {
  PhysicalFit physical;
  PhysicalFit formula;  ///< F1_0
};

struct PhysicalStudy {
  std::size_t pixels = 0;              ///< of each chip that the physical curve is fitted to
  std::size_t model_pixels = 0;        ///< of each that all models are
  std::size_t whole_pixels = 0;        ///< of that
  std::vector<PhysicalFit> models;     ///< all models on some truths, one truth after the other
  std::vector<PhysicalFit> truths;     ///< the physical one on all truths
  std::vector<MistakenFits> mistakes;  ///< the first one has none
  std::vector<LateScan> begins;
  std::vector<ChipFits> whole_chips;  ///< one chip, by exposure: a full and a short one
};

/// Draws and fits all, the whole chip with so many `pixels`; says on standard error how far it is. `brief`: with few
/// truths and models, to see that it can be done.
PhysicalStudy run_physical_study(std::size_t pixels, std::uint64_t seed, bool brief);

}  // namespace velocal::test
