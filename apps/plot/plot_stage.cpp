// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/plot_stage.hpp"

#include <fmt/format.h>

#include <cmath>

#include "plot/plot_kinds.hpp"
#include "shell/signals.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/plot/gnuplot/render.hpp"
#include "velocal/store/output/file_transaction.hpp"

namespace velocal {
namespace {

std::filesystem::path file_of(const PlacedPicture& placed, std::string_view ending) {
  return placed.folder / fmt::format("{}.{}", placed.picture.name, ending);
}

/// What the JSON summary says of a picture.
Json json_of(const PlacedPicture& picture, const Figure& figure, PictureFormat format) {
  Json numbers = Json::object();
  for (const ShownNumber& number : figure.numbers) {
    numbers[number.name] = std::isfinite(number.value.error) ? to_json(number.value) : Json(number.value.value);
  }
  return {{"file", file_of(picture, format_name(format)).string()},
          {"title", figure.title},
          {"subtitle", figure.subtitle},
          {"numbers", numbers}};
}

Json make(const PlacedPicture& placed, const PlotRequest& request) {
  const Picture& picture = placed.picture;
  Figure figure = picture.draw();
  if (!request.title.empty()) figure.title = request.title;
  FileTransaction files;
  if (request.script) {
    const PictureScript script = picture_script(figure, request.format, picture.name);
    files.add(file_of(placed, "gp"), script.commands);
    files.add(file_of(placed, "dat"), script.data);
  }
  if (picture.table) files.add(file_of(placed, "csv"), picture.table());
  files.add(file_of(placed, format_name(request.format)), render(figure, request.format));
  files.commit();
  return json_of(placed, figure, request.format);
}

}  // namespace

bool PlotStage::is_of_all_scans() const {
  return find_plot_kind(request_.kind).of_scans != nullptr || is_of_all_chips();
}

bool PlotStage::is_of_all_chips() const {
  return find_plot_kind(request_.kind).of_detector != nullptr;
}

const std::vector<PlacedPicture>& PlotStage::pictures(const Session& session, const ScanSettings& scan) {
  if (session.dataset.name != dataset_) {  // the chip before is done: its results need no room any more
    pictures_.clear();
    shelf_ = {};
    dataset_ = session.dataset.name;
  }
  const auto [place, is_new] = pictures_.try_emplace(scan.label);
  if (is_new) place->second = requested_pictures({request_, session, shelf_}, scan);
  return place->second;
}

Step PlotStage::plan(const Session& session, const ScanSettings& scan) {
  Step step;
  step.computes = fmt::format("pictures: {}", request_.kind);
  for (const PlacedPicture& placed : pictures(session, scan)) {
    step.writes.emplace_back(file_of(placed, format_name(request_.format)));
    if (request_.script) step.writes.emplace_back(file_of(placed, "gp"));
    if (request_.script) step.writes.emplace_back(file_of(placed, "dat"));
    if (placed.picture.table) step.writes.emplace_back(file_of(placed, "csv"));
  }
  const auto read = is_of_all_scans() ? shelf_.files() : shelf_.of(session.dataset, scan.label, session.group).files();
  for (const std::filesystem::path& file : read) step.reads.emplace_back(file);
  return step;
}

Report PlotStage::run(const Session& session, const ScanSettings& scan) {
  const std::vector<PlacedPicture>& asked = pictures(session, scan);
  std::vector<Json> drawn(asked.size());
  const auto progress = session.progress(scan);
  progress->start("drawing", asked.size(), "pictures");
  parallel_for(asked.size(), session.threads, [&](std::size_t i, int) {
    throw_if_interrupted();
    drawn[i] = make(asked[i], request_);
    progress->advance(1);
  });
  progress->finish();
  ReportText text(fmt::format("{}: {}", is_of_all_scans() ? session.name() : session.title(scan), request_.kind));
  return {text.text(), {{"pictures", drawn}}};
}

}  // namespace velocal
