// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plot/plot_kinds.hpp"
#include "plot/plot_request.hpp"
#include "shell/numbers.hpp"
#include "stages/group_options.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/near_miss.hpp"

namespace velocal {
namespace {

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts{""};
  for (const char letter : text) {
    if (letter == ',') {
      parts.emplace_back();
    } else {
      parts.back() += letter;
    }
  }
  return parts;
}

[[noreturn]] void refuse(std::string_view option, std::string_view meaning, const std::string& text) {
  throw UsageError(fmt::format("{}: must be {}, got \"{}\"", option, meaning, text));
}

Pixel parse_pixel(std::string_view option, std::string_view meaning, const std::vector<std::string>& parts,
                  const std::string& text) {
  const Pixel pixel{parse_number<int>(option, parts[0], "ROW from 0 to 255"),
                    parse_number<int>(option, parts[1], "COLUMN from 0 to 255")};
  const auto within = [](int place) { return place >= 0 && place < pixel_rows; };
  if (!within(pixel.row) || !within(pixel.column)) refuse(option, meaning, text);
  return pixel;
}

void add_pixel(PlotRequest& request, const std::string& text) {
  constexpr std::string_view meaning = "ROW,COLUMN, both from 0 to 255";
  const std::vector<std::string> parts = split(text);
  if (parts.size() != 2) refuse("--pixel", meaning, text);
  request.pixels.push_back(parse_pixel("--pixel", meaning, parts, text));
}

void set_area(PlotRequest& request, const std::string& text) {
  constexpr std::string_view meaning = "ROW,COLUMN,RADIUS, row and column from 0 to 255, the radius > 0 pixels";
  const std::vector<std::string> parts = split(text);
  if (parts.size() != 3) refuse("--area", meaning, text);
  const auto radius = parse_number<double>("--area", parts[2], "a RADIUS > 0");
  if (!(radius > 0.0 && radius < 1000.0)) refuse("--area", meaning, text);
  request.area = PixelArea{parse_pixel("--area", meaning, parts, text), radius};
}

Palette parse_palette(const std::string& text) {
  if (text == "viridis") return Palette::viridis;
  if (text == "cividis") return Palette::cividis;
  throw UsageError(fmt::format("unknown palette \"{}\"", text), "there are viridis, cividis");
}

using Apply = std::function<void(const std::string&)>;

ProgramOption option(std::string name, std::string placeholder, std::string description, Apply apply) {
  return {.name = std::move(name),
          .placeholder = std::move(placeholder),
          .description = std::move(description),
          .apply = [apply = std::move(apply)](Session&, const std::string& text) { apply(text); },
          .recorded = false};
}

ProgramOption repeatable(ProgramOption option) {
  option.repeatable = true;
  return option;
}

}  // namespace

LeadingWord plot_kind_word(PlotRequest& request) {
  return {.placeholder = "KIND",
          .list = plot_kind_list(),
          .apply =
              [&request](const std::string& word) {
                require_plot_kind(word);
                request.kind = word;
              },
          .several_datasets = [](const std::string& word) { return takes_several_datasets(word); }};
}

std::vector<ProgramOption> plot_options(PlotRequest& r) {
  using Value = const std::string&;
  std::vector<ProgramOption> options = {
      repeatable(option("param", "NAME", "this parameter only (E0, K, chi2_ndf, ...); may be repeated",
                        [&r](Value name) { r.parameters.push_back(name == "chi2/ndf" ? "chi2_ndf" : name); })),
      option("format", "png|pdf|svg", "of the pictures (default: png)",
             [&r](Value name) { r.format = parse_format(name); }),
      option("output", "DIR",
             "folder of the pictures, with several scans one in it for each (default: <results>/<name>/<label>/plots)",
             [&r](Value folder) { r.output = folder; }),
      option("script", "", "keep the gnuplot script and its data beside the picture", [&r](Value) { r.script = true; }),
      option("title", "TEXT", "in place of dataset and scan in the title", [&r](Value text) { r.title = text; }),
      option("palette", "viridis|cividis", "colours of heatmaps",
             [&r](Value name) { r.palette = parse_palette(name); }),
      repeatable(option("pixel", "ROW,COL", "flux of this pixel (default: 127,128); may be repeated",
                        [&r](Value text) { add_pixel(r, text); })),
      option("area", "ROW,COL,RADIUS", "flux of five good pixels spread over this circle",
             [&r](Value text) { set_area(r, text); }),
      option("asic", "", "flux of the whole ASIC", [&r](Value) { r.asic = true; }),
      option("asic-good", "", "flux of the good pixels", [&r](Value) { r.asic_good = true; }),
      option("residuals", "", "with the flux: data - fit below", [&r](Value) { r.below.residuals = true; }),
      option("pulls", "", "with the flux: (data - fit)/error below", [&r](Value) { r.below.pulls = true; }),
      option("discrepancy", "asic|asic-good", "with distribution and collection: distance to the ASIC's value",
             [&r](Value word) { r.discrepancy = parse_asic_reference(word); }),
      option("qq", "", "with collection: against normal quantiles", [&r](Value) { r.qq = true; }),
  };
  const std::vector<ProgramOption> group = group_options();
  options.insert(options.begin(), group.begin(), group.end());
  return options;
}

}  // namespace velocal
