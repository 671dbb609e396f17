// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "shell/session.hpp"

namespace velocal {

/// `<results>/<name>/report.html`, of a group `report_<group>.html`.
std::filesystem::path page_path(const Session& session);

}  // namespace velocal
