// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/reported_scan.hpp"

namespace velocal {

/// The traffic light of a scan, "good", "doubtful" or "bad", and its reasons in words, each with a level of its own.
/// The worst of them is the light.
Json verdict_json(const Session& session, const ReportedScan& scan);

}  // namespace velocal
