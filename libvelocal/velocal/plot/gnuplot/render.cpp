// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/gnuplot/render.hpp"

#include <fmt/format.h>

#include "velocal/core/error.hpp"
#include "velocal/plot/gnuplot/child_process.hpp"
#include "velocal/plot/gnuplot/gnuplot_script.hpp"

namespace velocal {
namespace {

using namespace std::string_view_literals;

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// gnuplot's message: the lines ahead of it point into the script.
std::string_view last_line(std::string_view text) {
  text = trimmed(text);
  const auto end = text.rfind('\n');
  return trimmed(end == std::string_view::npos ? text : text.substr(end + 1));
}

}  // namespace

bool is_complete_picture(std::string_view contents, PictureFormat format) {
  const std::string_view whole = trimmed(contents);
  switch (format) {
    case PictureFormat::png:
      return contents.starts_with("\x89PNG\r\n\x1a\n"sv) && contents.ends_with("\0\0\0\0IEND\xae\x42\x60\x82"sv);
    case PictureFormat::pdf: return whole.starts_with("%PDF-") && whole.ends_with("%%EOF");
    case PictureFormat::svg: return whole.starts_with("<?xml") && whole.ends_with("</svg>");
  }
  return false;
}

std::string render(const Figure& figure, PictureFormat format) {
  GnuplotData between_the_commands;
  const std::string input = gnuplot_commands(figure, format, "", between_the_commands);
  const ChildOutcome gnuplot = run_child({"gnuplot", "--default-settings"}, input, "Install Debian's gnuplot-nox");
  if (gnuplot.status != 0) {
    throw OutputError("gnuplot failed", fmt::format("status {}: {}", gnuplot.status, last_line(gnuplot.messages)));
  }
  if (!is_complete_picture(gnuplot.output, format)) {
    throw OutputError("gnuplot left an incomplete picture",
                      gnuplot.messages.empty() ? "it gave no reason" : std::string(last_line(gnuplot.messages)),
                      "Free memory and try again");
  }
  return gnuplot.output;
}

PictureScript picture_script(const Figure& figure, PictureFormat format, std::string_view name) {
  GnuplotData in_a_file(fmt::format("{}.dat", name));
  const std::string picture = fmt::format("{}.{}", name, format_name(format));
  std::string commands = gnuplot_commands(figure, format, picture, in_a_file);
  return {std::move(commands), in_a_file.bytes()};
}

}  // namespace velocal
