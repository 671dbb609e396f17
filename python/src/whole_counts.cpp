// SPDX-License-Identifier: GPL-3.0-or-later
#include "whole_counts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <concepts>
#include <limits>
#include <optional>
#include <span>

#include "velocal/velocal.hpp"

namespace py = pybind11;

namespace velocal::python {
namespace {

using Counts = py::array_t<std::uint32_t>;

template <class Number>
constexpr bool is_count(Number value) {
  constexpr auto most = std::numeric_limits<std::uint32_t>::max();
  if constexpr (std::floating_point<Number>) {
    return value >= 0 && static_cast<double>(value) <= most && std::trunc(value) == value;
  } else {
    return std::cmp_greater_equal(value, 0) && std::cmp_less_equal(value, most);
  }
}

/// "3, 17" of a flat index.
std::string place(std::size_t index, const py::array& array) {
  std::vector<std::size_t> places(static_cast<std::size_t>(array.ndim()));
  for (std::size_t axis = places.size(); axis-- > 0;) {
    const auto length = static_cast<std::size_t>(array.shape(static_cast<py::ssize_t>(axis)));
    places[axis] = index % length;
    index /= length;
  }
  return fmt::format("{}", fmt::join(places, ", "));
}

template <class Number>
[[noreturn]] void refuse(std::span<const Number> values, const py::array& array) {
  const auto wrong = std::ranges::find_if_not(values, is_count<Number>);
  const auto index = static_cast<std::size_t>(wrong - values.begin());
  throw InputError(
      fmt::format("counts[{}] is {}", place(index, array), *wrong), "counts are whole numbers from 0 to 4294967295",
      "Give hits as they were counted, neither scaled nor with NaN. Where nothing was measured, give 0 hits "
      "and a live time of 0");
}

/// All of them are looked at: a loop without a way out is a fast one.
template <class Number>
bool are_counts(std::span<const Number> values) {
  bool all = true;
  for (const Number value : values) all &= is_count(value);
  return all;
}

template <class Number>
std::optional<Counts> converted(const py::array& counts) {
  if (!py::isinstance<py::array_t<Number>>(counts)) return {};
  const auto array = py::array_t<Number, py::array::c_style>::ensure(counts);
  if (!array) throw py::error_already_set();
  const std::span<const Number> values(array.data(), static_cast<std::size_t>(array.size()));
  if (!are_counts(values)) refuse(values, counts);
  if constexpr (std::same_as<Number, std::int32_t>) {
    return Counts(counts.attr("view")("uint32"));
  } else {
    Counts result(std::vector<py::ssize_t>(counts.shape(), counts.shape() + counts.ndim()));
    std::ranges::transform(values, result.mutable_data(),
                           [](Number value) { return static_cast<std::uint32_t>(value); });
    return result;
  }
}

template <class... Numbers>
std::optional<Counts> first_converted(const py::array& counts) {
  std::optional<Counts> found;
  (void)((found = converted<Numbers>(counts)).has_value() || ...);
  return found;
}

}  // namespace

Counts whole_counts(const py::array& counts) {
  if (py::isinstance<Counts>(counts)) return Counts(counts);
  const auto found = first_converted<std::int32_t, std::int64_t, double, std::uint16_t, float, std::uint8_t,
                                     std::int8_t, std::int16_t, std::uint64_t>(counts);
  if (found) return *found;
  throw InputError(fmt::format("counts are of type {}", std::string(py::str(counts.dtype()))),
                   "counts are integers, or floats that hold whole numbers",
                   "Convert them, such as with counts.astype(\"uint32\")");
}

}  // namespace velocal::python
