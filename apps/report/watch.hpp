// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// What watch() reads and writes.
Step plan_watch(const Session& session);

/// Makes the page of scans that are being taken, from what is there, again and again until all acquisitions are taken.
/// Writes nothing but the page, and that only when there is something new. What goes wrong in one round is a warning:
/// the next one may find a whole file. Throws InputError where twice no fit can be had though all are taken.
Report watch(const Session& session, std::string_view page_template, double every_s);

}  // namespace velocal
