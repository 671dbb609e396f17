// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include "chain/chain.hpp"
#include "velocal/store/provenance.hpp"
#include "velocal/store/stage_inputs.hpp"

// Each of these writes into `result` what is not as it was when the result was made, or what cannot be looked at.
namespace velocal {

/// What the command line chose when the result was made stays chosen; `asked` chooses anew.
void compare_settings(StageResult& result, const Provenance& provenance, const StageInputs& now,
                      const AskedStage* asked);

/// Whether the result was made of that of the stage before; a stage before that is missing tells nothing.
void compare_with_stage_before(StageResult& result, const Provenance& provenance, const StageResult& before);

/// `changes`: of the files that it was made of; empty: there are none.
void compare_files(StageResult& result, const std::function<std::string()>& changes);

/// Whether all that was drawn with a truth is there.
void compare_with_scan(const ChainOf& of, StageResult& result);

/// Whether the files beside it are those that were written with it.
void compare_companions(const ChainOf& of, StageResult& result, const Provenance& provenance);

/// A program that was killed while it put its files in place leaves the table without the result.
void look_for_lone_companion(const ChainOf& of, StageResult& result);

}  // namespace velocal
