// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plot/plot_request.hpp"
#include "plot/plot_results.hpp"
#include "velocal/plot/figure/picture.hpp"
#include "velocal/plot/figure/plotted_detector.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// A kind of picture. A row of the table in plot_kinds.cpp is all that velocal-plot has to know of it.
struct PlotKind {
  std::string_view name;
  std::string_view meaning;                    ///< for the help
  std::vector<std::string_view> options = {};  ///< those that not all kinds take, without "--"
  std::vector<ResultFile> needs = {};          ///< read in this order; `all` leaves the kind out where one is missing
  /// Asked for by name, the kind needs only the files that its parameters are in, and takes all others there are.
  bool needs_depend_on_parameters = false;
  bool takes_trims = false;  ///< shows the trims of the scan where they are known

  /// One of the two makes the pictures: the first if the kind shows one scan, the second if it shows all together. The
  /// kind `all` has neither: it draws the pictures of the others.
  std::vector<Picture> (*of_scan)(const PlottedScan&, const PictureRequest&) = nullptr;
  std::vector<Picture> (*of_scans)(const std::vector<PlottedScan>&, const PictureRequest&) = nullptr;
  /// Instead of both, of a kind that shows all chips of a descriptor together.
  std::vector<Picture> (*of_detector)(const PlottedDetector&, const PictureRequest&) = nullptr;
  bool several_datasets = false;  ///< takes one descriptor or more
  bool even_with_odd = false;     ///< shows the even and the odd columns together when either is asked for
  /// Throws UsageError for a request that results cannot make right, before any is read.
  void (*check)(const PictureRequest&) = nullptr;
};

/// All kinds, in the order of the help.
const std::vector<PlotKind>& plot_kinds();

/// Throws UsageError naming the kinds there are.
const PlotKind& find_plot_kind(std::string_view name);

/// A line for each kind.
std::string plot_kind_list();

/// An option without effect is a mistake to be told. Throws UsageError when one does not go with the request's kind.
void check_options(const PlotRequest& request);

}  // namespace velocal
