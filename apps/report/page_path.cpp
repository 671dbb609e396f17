// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page_path.hpp"

#include <fmt/format.h>

namespace velocal {

std::filesystem::path page_path(const Session& session) {
  const bool whole = session.group == PixelGroup::all;
  const std::string name = whole ? "report.html" : fmt::format("report_{}.html", group_name(session.group));
  return session.paths(session.scans.front()).baseline().parent_path() / name;
}

}  // namespace velocal
