// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/model_for_source.hpp"

#include "velocal/model/model_registry.hpp"

namespace velocal {
namespace {

/// The source of one of its lines alone.
PhotonSource line_alone(const PhotonSource& source, std::size_t line) {
  PhotonSource alone = source;
  const PhotonLine& only = source.lines[line];
  alone.energy_eV *= only.energy_ratio;
  alone.lines = {{1.0, 1.0, only.pairs, only.attenuation_um}};
  return alone;
}

}  // namespace

std::shared_ptr<const FluxModel> model_for_source(std::string_view name, const PhotonSource& source,
                                                  LineExtras extras) {
  const FluxModel& model = ModelRegistry::instance().get(name);
  if (!extras.share && !extras.zero) {
    if (auto own = model.for_source(source)) return own;
    if (source.lines.size() == 1) return {std::shared_ptr<void>(), &model};
  }
  std::vector<LineSum::Line> lines;
  for (std::size_t i = 0; i < source.lines.size(); ++i) {
    auto of_line = model.for_source(line_alone(source, i));
    if (!of_line) of_line = {std::shared_ptr<void>(), &model};
    lines.push_back({std::move(of_line), source.lines[i].energy_ratio, source.lines[i].share});
  }
  return std::make_shared<LineSum>(std::move(lines), extras);
}

}  // namespace velocal
