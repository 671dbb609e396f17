// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/acquisition_name.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <functional>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

constexpr std::size_t most_digits = 9;
constexpr std::size_t most_others = 3;

/// Takes the text behind the last `mark` off `name`; empty where there is none.
std::optional<std::string_view> take_behind(std::string_view& name, std::string_view mark) {
  const std::size_t at = name.rfind(mark);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view taken = name.substr(at + mark.size());
  name = name.substr(0, at);
  return taken;
}

std::optional<int> number_of(std::string_view digits) {
  if (digits.empty() || digits.size() > most_digits) return std::nullopt;
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || number < 0) return std::nullopt;
  return number;
}

bool take_ending(std::string_view& name, std::string_view ending) {
  if (!name.ends_with(ending)) return false;
  name.remove_suffix(ending.size());
  return true;
}

}  // namespace

std::optional<AcquisitionName> parse_acquisition_name(std::string_view name) {
  if (!take_ending(name, ".gz")) take_ending(name, ".zst");
  if (!take_ending(name, ".csv")) return std::nullopt;
  const auto acquisition = number_of(take_behind(name, "_").value_or(""));
  const auto threshold = number_of(take_behind(name, "_THR_").value_or(""));
  const auto shutter = take_behind(name, "_ECS_data_ST_");
  if (!acquisition || !threshold || !shutter || name.empty()) return std::nullopt;
  return AcquisitionName{name, *shutter, *threshold, *acquisition};
}

bool is_compressed(std::string_view name) {
  return name.ends_with(".gz") || name.ends_with(".zst");
}

void AcquisitionNames::add(std::string_view name) {
  const auto found = parse_acquisition_name(name);
  if (!found) return;
  if (found->asic != asic_ || found->shutter != shutter_) {
    ++others_[{std::string(found->asic), std::string(found->shutter)}];
    return;
  }
  const auto [place, is_new] = names_.emplace(std::pair{found->threshold, found->acquisition}, name);
  if (is_new) return;
  throw InputError(fmt::format("acquisition {} of threshold {} is there twice", found->acquisition, found->threshold),
                   fmt::format("as {} and as {}", place->second, name), "Leave one of them in its place");
}

const std::string* AcquisitionNames::find(int threshold, int acquisition) const {
  const auto found = names_.find({threshold, acquisition});
  return found == names_.end() ? nullptr : &found->second;
}

std::string AcquisitionNames::others() const {
  std::vector<std::pair<std::size_t, std::string>> lines;
  for (const auto& [names, count] : others_) {
    lines.emplace_back(count, fmt::format("{} files with {} and ST_{}", count, names.first, names.second));
  }
  std::ranges::sort(lines, std::greater{}, &std::pair<std::size_t, std::string>::first);
  std::vector<std::string> shown;
  for (const auto& [count, line] : lines) shown.push_back(line);
  if (shown.size() > most_others) shown.resize(most_others);
  return fmt::format("{}", fmt::join(shown, ", "));
}

}  // namespace velocal
