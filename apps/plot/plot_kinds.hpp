// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "plot/plot_request.hpp"
#include "plot/plot_results.hpp"
#include "shell/session.hpp"
#include "velocal/plot/figure/figure.hpp"

namespace velocal {

/// One picture to be drawn, once the folder is known.
struct Picture {
  std::filesystem::path folder;
  std::string name;                         ///< of the file, without ending
  std::function<Figure()> draw;             ///< may be called on any thread
  std::function<std::string()> table = {};  ///< the numbers drawn as CSV, beside the picture; empty: none
};

/// What the pictures of one kind are made from.
struct PlotContext {
  const PlotRequest& request;
  const Session& session;
  PlotResultsShelf& shelf;

  PlotResults& results(const ScanSettings& scan) const { return shelf.of(session.dataset, scan.label, session.group); }
  /// Where pictures of one scan, of the whole dataset, and of several go.
  std::filesystem::path scan_folder(const ScanSettings& scan) const;
  std::filesystem::path dataset_folder() const;
  std::filesystem::path common_folder() const;
};

/// The files that are needed have been read when these return. They throw UsageError or InputError when what is asked
/// for is not there, saying what is.
std::vector<Picture> heatmap_pictures(const PlotContext& context, const ScanSettings& scan);
std::vector<Picture> distribution_pictures(const PlotContext& context, const ScanSettings& scan);
std::vector<Picture> flux_pictures(const PlotContext& context, const ScanSettings& scan);
std::vector<Picture> quality_pictures(const PlotContext& context, const ScanSettings& scan);
std::vector<Picture> collection_pictures(const PlotContext& context);
std::vector<Picture> summary_pictures(const PlotContext& context);

/// Throws UsageError naming the kinds there are.
void require_plot_kind(const std::string& kind);
bool takes_several_datasets(const std::string& kind);
/// The kind's pictures are of all scans together.
bool is_of_all_scans(const std::string& kind);
/// A line for each kind.
std::string plot_kind_list();

/// The pictures of the request's kind for this scan. Throws UsageError when an option does not go with the kind.
std::vector<Picture> requested_pictures(const PlotContext& context, const ScanSettings& scan);

}  // namespace velocal
