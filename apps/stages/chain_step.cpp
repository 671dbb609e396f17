// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/chain_step.hpp"

#include <optional>
#include <vector>

namespace velocal {

ChainOf chain_of(const Session& session, const ScanSettings& scan) {
  return {session.dataset, scan.label, session.group, session.verify, session.threads};
}

AskedStage asked_of(const Session& session) {
  return {session.engine, session.seed, session.overrides, session.from_csv};
}

void add_result(Step& step, const StageResult& result) {
  step.up_to_date = result.up_to_date();
  step.obstacle = result.comparable ? result.unreadable_stray : result.unreadable;
  if (result.exists && !result.up_to_date()) step.stale = result.complaint();
}

void add_chain(Step& step, const Session& session, const ScanSettings& scan, Stage stage) {
  const ChainOf of = chain_of(session, scan);
  std::optional<AskedStage> asked;
  if (stage != Stage::matrices) asked = asked_of(session);
  std::vector<StageResult> chain = look_at_chain(of, stage, asked);
  add_result(step, chain.back());
  chain.pop_back();
  if (!chain.empty() && !step.obstacle) step.obstacle = obstacle_in(of, chain);
}

}  // namespace velocal
