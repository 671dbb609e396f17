// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/program.hpp"
#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// --keep-going: what is missing is left out, and counted.
ProgramOption keep_going_option();

/// --from-csv: the fluxes that the replaced analysis wrote stand for the acquisitions.
ProgramOption from_csv_option();

/// velocal-flux: the acquisitions of a scan, or fluxes made of them, become flux.h5.
Step plan_flux(const Session& session, const ScanSettings& scan);
Report run_flux(const Session& session, const ScanSettings& scan);

}  // namespace velocal
