// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "velocal/plot/figure/picture.hpp"
#include "velocal/plot/figure/picture_format.hpp"

namespace velocal {

/// What the command line of velocal-plot asks for.
struct PlotRequest {
  std::string kind;
  PictureRequest pictures;           ///< what the kind is asked for
  std::vector<std::string> options;  ///< names of the options given, without "--"
  PictureFormat format = PictureFormat::png;
  std::optional<std::filesystem::path> output;
  std::optional<std::filesystem::path> collection;  ///< a results collection whose rows are shown, too
  bool script = false;
  std::string title;  ///< "": that of the scan
};

}  // namespace velocal
