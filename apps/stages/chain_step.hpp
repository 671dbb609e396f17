// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chain/chain.hpp"
#include "shell/session.hpp"

namespace velocal {

ChainOf chain_of(const Session& session, const ScanSettings& scan);

/// What the command line asks for.
AskedStage asked_of(const Session& session);

/// Says in the step how the result of this stage stands, and what is wrong with those before.
void add_chain(Step& step, const Session& session, const ScanSettings& scan, Stage stage);

/// The same of one result alone.
void add_result(Step& step, const StageResult& result);

}  // namespace velocal
