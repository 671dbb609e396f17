// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "shell/report.hpp"
#include "shell/session.hpp"
#include "velocal/store/detector_file.hpp"

namespace velocal {

/// How many chips were read, and stand how; the median and scatter of each quantity; the outliers.
Report detector_report(const Session& session, const Detector& detector, std::size_t read);

/// Names the chosen chips and scans without a result; empty: there are none.
std::string loss_of(const Session& session, const DetectorTable& table);

/// "K_mean of Module3_VP0-1 warm is 10.1, the median 12.9 (-45 times the scale)"
std::string outlier_text(const Detector& detector, const ChipOutlier& outlier);

/// The outliers as lines of the report and in the document.
void add_outliers(ReportText& text, Json& json, const Detector& detector);

}  // namespace velocal
