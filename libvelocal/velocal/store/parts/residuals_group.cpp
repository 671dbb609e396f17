// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/parts/residuals_group.hpp"

#include <cstdint>

#include "velocal/store/hdf5/hdf5_attribute.hpp"
#include "velocal/store/parts/nexus.hpp"

namespace velocal {

void write_residuals(const H5::Group& root, const StackedResiduals& stack) {
  const H5::Group group = write_curve(root, "residuals", "counts less those expected, per good pixel",
                                      {stack.offset, stack.residual, stack.error}, "threshold - E0");
  label(write_values(group, "expected", {stack.bins()}, stack.expected), {hits_per_second, "expected flux"});
  const ResidualSummary summary = summarise(stack);
  write_number<std::uint64_t>(group, "pixels", stack.curves);
  write_number<double>(group, "largest", summary.largest.value);
  write_number<double>(group, "largest_error", summary.largest.error);
  write_number<double>(group, "largest_offset", summary.offset);
  write_number<double>(group, "largest_share", summary.share);
  write_number<double>(group, "significance", summary.significance);
  write_number<double>(group, "chi2", summary.chi2);
  write_number<std::uint64_t>(group, "bins", summary.bins);
}

StackedResiduals read_residuals(const H5::Group& root) {
  if (!has_member(root, "residuals")) return {};
  FluxCurve curve = read_curve(root, "residuals");
  const H5::Group group = open_group(root, "residuals");
  const std::size_t bins = curve.threshold.size();
  return {std::move(curve.threshold), std::move(curve.flux), std::move(curve.error),
          read_values<double>(group, "expected", {bins}), read_number<std::uint64_t>(group, "pixels")};
}

}  // namespace velocal
