// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/noise_file_name.hpp"

#include <fmt/format.h>

#include <charconv>

#include "velocal/core/error.hpp"
#include "velocal/descriptor/scan_settings.hpp"

namespace velocal {
namespace {

constexpr int most_points = largest_threshold + 1;
constexpr int most_patterns = 1024;  ///< sums of their readings fit into sixteen bits

/// Takes the fields of a name from its end.
class FieldsFromTheEnd {
 public:
  explicit FieldsFromTheEnd(std::string_view name) : name_(name), rest_(name) {}

  [[noreturn]] void fail(std::string_view reason) const {
    throw InputError(fmt::format("{} is no name of a noise scan", name_), reason,
                     "Names are <module>_<velopix>_ECS_Scan_Trim<trim>_<highest>_<step>_<points>_<i>of<n>.dat");
  }

  void take_ending(std::string_view ending, std::string_view reason) {
    if (!rest_.ends_with(ending)) fail(reason);
    rest_.remove_suffix(ending.size());
  }

  std::string_view take(std::string_view what, char separator = '_') {
    const std::size_t end = rest_.rfind(separator);
    if (end == rest_.npos) fail(fmt::format("it has no {}", what));
    const std::string_view field = rest_.substr(end + 1);
    rest_ = rest_.substr(0, end);
    return field;
  }

  int number(std::string_view text, std::string_view what, int least, int most) const {
    int value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    const bool plain = text.size() == 1 || !text.starts_with('0');  // else the name made of it is another one
    if (error == std::errc{} && stop == end && plain && value >= least && value <= most) return value;
    fail(fmt::format("its {} is \"{}\", not a number from {} to {}", what, text, least, most));
  }

  std::string_view rest() const { return rest_; }

 private:
  std::string_view name_;
  std::string_view rest_;
};

/// `<i>of<n>`
void read_pattern(const FieldsFromTheEnd& fields, std::string_view text, NoiseFileName& name) {
  const std::size_t of = text.find("of");
  if (of == text.npos) fields.fail(fmt::format("its last field is \"{}\", not <i>of<n>", text));
  name.patterns = fields.number(text.substr(of + 2), "number of masking patterns", 1, most_patterns);
  name.pattern = fields.number(text.substr(0, of), "masking pattern", 1, name.patterns);
}

}  // namespace

std::vector<int> NoiseSweep::thresholds() const {
  std::vector<int> values;
  for (int point = 0; point < points; ++point) values.push_back(highest - point * step);
  return values;
}

std::string NoiseFileName::text() const {
  return fmt::format("{}_ECS_Scan_{}_{}_{}_{}_{}of{}.dat", asic, trim, sweep.highest, sweep.step, sweep.points, pattern,
                     patterns);
}

std::vector<std::string> NoiseFileName::all_patterns() const {
  std::vector<std::string> names;
  NoiseFileName file = *this;
  for (file.pattern = 1; file.pattern <= patterns; ++file.pattern) names.push_back(file.text());
  return names;
}

NoiseFileName parse_noise_file_name(std::string_view text) {
  FieldsFromTheEnd fields(text);
  NoiseFileName name;
  fields.take_ending(".dat", "it does not end in .dat");
  read_pattern(fields, fields.take("masking pattern"), name);
  name.sweep.points = fields.number(fields.take("number of thresholds"), "number of thresholds", 1, most_points);
  name.sweep.step = fields.number(fields.take("step"), "step", 1, largest_threshold);
  name.sweep.highest = fields.number(fields.take("highest threshold"), "highest threshold", 0, largest_threshold);
  name.trim = fields.take("trim");
  fields.take_ending("_ECS_Scan", "it lacks _ECS_Scan before the trim");
  name.asic = fields.rest();
  if (name.trim.empty() || name.asic.empty()) fields.fail("its trim or its chip is missing");
  const NoiseSweep& sweep = name.sweep;
  if (static_cast<long>(sweep.points - 1) * sweep.step > sweep.highest) {
    fields.fail(
        fmt::format("{} thresholds in steps of {} from {} down go below 0", sweep.points, sweep.step, sweep.highest));
  }
  return name;
}

}  // namespace velocal
