// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "plot/plot_request.hpp"
#include "plot/plot_results.hpp"
#include "shell/session.hpp"
#include "velocal/plot/figure/picture.hpp"

namespace velocal {

/// What pictures are made from.
struct PlotContext {
  const PlotRequest& request;
  const Session& session;
  PlotResultsShelf& shelf;
};

/// A picture and the folder that its files go to.
struct PlacedPicture {
  std::filesystem::path folder;
  Picture picture;
};

/// The pictures of the request's kind: those of this scan or, when the kind shows all scans together, those of all. The
/// files that are needed have been read when it returns: the pictures keep views of what lies on the shelf.
/// Throws UsageError when an option does not go with the kind, and UsageError or InputError when what is asked for is
/// not there, saying what is.
std::vector<PlacedPicture> requested_pictures(const PlotContext& context, const ScanSettings& scan);

}  // namespace velocal
