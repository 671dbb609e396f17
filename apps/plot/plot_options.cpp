// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/plot_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string_view>

#include "plot/plot_kinds.hpp"
#include "shell/group_options.hpp"
#include "shell/numbers.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/quantity.hpp"

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

void add_pixel(PictureRequest& request, const std::string& text) {
  constexpr std::string_view meaning = "ROW,COLUMN, both from 0 to 255";
  const std::vector<std::string> parts = split(text);
  if (parts.size() != 2) refuse("--pixel", meaning, text);
  request.pixels.push_back(parse_pixel("--pixel", meaning, parts, text));
}

void set_area(PictureRequest& request, const std::string& text) {
  constexpr std::string_view meaning = "ROW,COLUMN,RADIUS, row and column from 0 to 255, the radius > 0 pixels";
  const std::vector<std::string> parts = split(text);
  if (parts.size() != 3) refuse("--area", meaning, text);
  const auto radius = parse_number<double>("--area", parts[2], "a RADIUS > 0");
  if (!(radius > 0.0 && radius < 1000.0)) refuse("--area", meaning, text);
  request.area = PixelArea{parse_pixel("--area", meaning, parts, text), radius};
}

/// Names of the analysis that velocal replaces.
struct OldName {
  std::string_view old;
  std::string_view ours;
};
constexpr std::array<OldName, 2> old_names{{{"Fittype", quantity::status}, {"totalflux", quantity::flux}}};

/// Says what an old name is called now.
std::string parse_parameter(const Console& console, const std::string& text) {
  const auto found = std::ranges::find(old_names, text, &OldName::old);
  if (found == old_names.end()) return text == "chi2/ndf" ? std::string(quantity::chi2_ndf) : text;
  console.note(fmt::format("{} is called {} here", found->old, found->ours));
  return std::string(found->ours);
}

ProgramOption parameter_option(PlotRequest& request) {
  return {.name = "param",
          .placeholder = "NAME",
          .description = "this parameter only (E0, K, chi2_ndf, ...); may be repeated",
          .apply =
              [&request](Session& session, const std::string& name) {
                request.pictures.parameters.push_back(parse_parameter(session.console, name));
                request.options.emplace_back("param");
              },
          .recorded = false,
          .repeatable = true};
}

Palette parse_palette(const std::string& text) {
  if (text == "viridis") return Palette::viridis;
  if (text == "cividis") return Palette::cividis;
  throw UsageError(fmt::format("unknown palette \"{}\"", text), "there are viridis, cividis");
}

Range parse_range(const std::string& text) {
  constexpr std::string_view meaning = "LOW..HIGH, two numbers";
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) refuse("--range", meaning, text);
  const Range range{parse_number<double>("--range", text.substr(0, dots), meaning),
                    parse_number<double>("--range", text.substr(dots + 2), meaning)};
  if (!(range.from < range.to) || !std::isfinite(range.to - range.from)) {
    refuse("--range", "LOW..HIGH, the first below the second", text);
  }
  return range;
}

/// Makes options that fill a request, and remembers in it which were given.
class RequestOptions {
 public:
  using Apply = std::function<void(const std::string&)>;

  explicit RequestOptions(PlotRequest& request) : request_(request) {}

  ProgramOption once(std::string name, std::string placeholder, std::string description, Apply apply) const {
    const auto take = [&request = request_, name, apply = std::move(apply)](Session&, const std::string& text) {
      apply(text);
      request.options.push_back(name);
    };
    return {.name = std::move(name),
            .placeholder = std::move(placeholder),
            .description = std::move(description),
            .apply = take,
            .recorded = false};
  }
  ProgramOption flag(std::string name, std::string description, bool& value) const {
    return once(std::move(name), "", std::move(description), [&value](const std::string&) { value = true; });
  }
  ProgramOption repeatable(std::string name, std::string placeholder, std::string description, Apply apply) const {
    ProgramOption option = once(std::move(name), std::move(placeholder), std::move(description), std::move(apply));
    option.repeatable = true;
    return option;
  }

 private:
  PlotRequest& request_;
};

}  // namespace

LeadingWord plot_kind_word(PlotRequest& request) {
  return {.placeholder = "KIND",
          .list = plot_kind_list(),
          .apply = [&request](const std::string& word) { request.kind = find_plot_kind(word).name; },
          .several_datasets = [](const std::string& word) { return find_plot_kind(word).several_datasets; }};
}

std::vector<ProgramOption> plot_options(PlotRequest& r) {
  using Value = const std::string&;
  PictureRequest& p = r.pictures;
  const RequestOptions option(r);
  std::vector<ProgramOption> options = {
      parameter_option(r),
      option.once("format", "png|pdf|svg", "of the pictures (default: png)",
                  [&r](Value name) { r.format = parse_format(name); }),
      option.once(
          "output", "DIR",
          "folder of the pictures, with several scans one in it for each (default: <results>/<name>/<label>/plots)",
          [&r](Value folder) { r.output = folder; }),
      option.flag("script", "keep the gnuplot script and its data beside the picture", r.script),
      option.once("title", "TEXT", "in place of dataset and scan in the title", [&r](Value text) { r.title = text; }),
      option.once("palette", "viridis|cividis", "colours of heatmaps",
                  [&p](Value name) { p.palette = parse_palette(name); }),
      option.once("range", "LOW..HIGH", "with heatmap and one --param: values at the ends of the colours",
                  [&p](Value text) { p.colours = parse_range(text); }),
      option.once("threshold", "DAC", "with heatmap: hits of each pixel at this threshold",
                  [&p](Value text) { p.threshold = parse_number<int>("--threshold", text, "a threshold in DAC"); }),
      option.repeatable("pixel", "ROW,COL",
                        "flux of this pixel (default: 127,128, or where the source shines); may be repeated",
                        [&p](Value text) { add_pixel(p, text); }),
      option.once("area", "ROW,COL,RADIUS", "flux of five good pixels spread over this circle",
                  [&p](Value text) { set_area(p, text); }),
      option.flag("asic-all", "flux of the whole ASIC", p.asic),
      option.flag("asic-good", "flux of the good pixels", p.asic_good),
      option.flag("residuals", "with the flux: data - fit below", p.below.residuals),
      option.flag("pulls", "with the flux: (data - fit)/error below", p.below.pulls),
      option.flag("log", "with the flux: logarithmic axis", p.below.log),
      option.once("charge", "ELECTRONS", "with recipe: the charge that the mean pixel shall fire at",
                  [&p](Value text) { p.charge = parse_charge(text); }),
      option.once("discrepancy", "asic|asic-good|VALUE",
                  "with distribution and collection: distance to the ASIC's value, or to a number",
                  [&p](Value word) { p.discrepancy = parse_discrepancy_reference(word); }),
      option.repeatable("quantity", "NAME",
                        "with detector: this quantity only (K_mean, good_share, ...); may be repeated",
                        [&p](Value name) { p.parameters.emplace_back(name); }),
      option.once("collection", "FILE", "with summary: the rows of this results collection, old or new, too",
                  [&r](Value file) { r.collection = file; }),
      option.flag("qq", "with distribution and collection: against normal quantiles", p.qq),
  };
  const std::vector<ProgramOption> group = group_options();
  options.insert(options.begin(), group.begin(), group.end());
  return options;
}

}  // namespace velocal
