// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/stl.h>

#include "bindings.hpp"
#include "model.hpp"
#include "numbers.hpp"
#include "python_progress.hpp"
#include "views.hpp"
#include "whole_counts.hpp"

namespace py = pybind11;

namespace velocal::python {
namespace {

using Counts = py::array_t<std::uint32_t>;
using Reasons = py::array_t<std::uint8_t, py::array::c_style | py::array::forcecast>;

/// Whether neighbours along the axis lie a whole number of counts behind one another.
bool is_plain(const Counts& counts, py::ssize_t axis) {
  return counts.shape(axis) < 2 || (counts.strides(axis) > 0 && counts.strides(axis) % counts.itemsize() == 0);
}

/// A view [N][T] of the array, wherever its counts lie.
CountsView counts_in(const Counts& counts) {
  const auto curves = static_cast<std::size_t>(counts.shape(0)), thresholds = static_cast<std::size_t>(counts.shape(1));
  if (curves == 0 || thresholds == 0) return {{}, curves, thresholds, thresholds, 1};
  const auto stride = [&](py::ssize_t axis) {
    return counts.shape(axis) < 2 ? 1 : static_cast<std::size_t>(counts.strides(axis) / counts.itemsize());
  };
  const std::size_t size = (curves - 1) * stride(0) + (thresholds - 1) * stride(1) + 1;
  return {{counts.data(), size}, curves, thresholds, stride(0), stride(1)};
}

/// Arrays of a call, [N][T] and [T] or [N]; copies are made only of counts that lie backwards or on top of each other.
struct CurveArrays {
  Numbers threshold;
  Counts counts;
  Numbers live_time_s;
  Numbers origin;   ///< empty: none
  Reasons skipped;  ///< StatusReason; empty: none

  CurveArrays(Numbers thresholds, Counts all, Numbers live_times, Numbers origins, Reasons reasons)
      : threshold(std::move(thresholds)),
        counts(std::move(all)),
        live_time_s(std::move(live_times)),
        origin(std::move(origins)),
        skipped(std::move(reasons)) {
    if (counts.ndim() != 2) throw UsageError("counts have to be of shape [N][T] here");
    if (!is_plain(counts, 0) || !is_plain(counts, 1)) {
      counts = py::array_t<std::uint32_t, py::array::c_style>::ensure(counts.attr("copy")());
    }
    for (py::ssize_t i = 0; i < skipped.size(); ++i) reasons_.push_back(static_cast<StatusReason>(skipped.data()[i]));
  }

  Curves curves() const {
    return {span_of(threshold), counts_in(counts), span_of(live_time_s), span_of(origin), reasons_};
  }

 private:
  std::vector<StatusReason> reasons_;
};

CurveSettings make_settings(std::string statistic, const std::string& covariance, const std::string& errors,
                            std::vector<double> start, double significance, double max_zero_fraction,
                            std::optional<double> background, bool robust, std::optional<double> dispersion,
                            std::string engine, int threads) {
  return {.statistic = std::move(statistic),
          .covariance = parse_word<Covariance>(covariance),
          .errors = parse_word<Errors>(errors),
          .start = std::move(start),
          .significance = significance,
          .max_zero_fraction = max_zero_fraction,
          .background = background,
          .robust = robust,
          .dispersion = dispersion,
          .engine = std::move(engine),
          .threads = threads};
}

std::shared_ptr<CurveFits> fit(const CurveArrays& arrays, const Model& model, const CurveSettings& settings,
                               const py::object& report) {
  return with_progress(report, [&](Progress& progress) {
    return std::make_shared<CurveFits>(fit_curves(arrays.curves(), *model.of, settings, progress));
  });
}

py::array statuses(const py::object& owner, const std::vector<PixelStatus>& status) {
  return view(owner, reinterpret_cast<const std::int8_t*>(status.data()), {static_cast<py::ssize_t>(status.size())});
}

py::array reasons(const py::object& owner, const std::vector<StatusReason>& reason) {
  return view(owner, reinterpret_cast<const std::uint8_t*>(reason.data()), {static_cast<py::ssize_t>(reason.size())});
}

/// Name, unit, value, error and, where the profile was asked for, errors downwards and upwards.
py::list parameters(const py::object& self) {
  py::list list;
  for (const CurveParameter& each : self.cast<CurveFits&>().parameters) {
    const auto or_none = [&](const std::vector<double>& values) -> py::object {
      return values.empty() ? py::object(py::none()) : view(self, values);
    };
    list.append(py::make_tuple(each.name, each.unit, view(self, each.value), view(self, each.error),
                               or_none(each.error_low), or_none(each.error_high)));
  }
  return list;
}

/// [M][2]: curve and threshold of each point that was left out.
py::array dropped(const CurveFits& fits) {
  py::array_t<std::int64_t> points({static_cast<py::ssize_t>(fits.dropped.size()), py::ssize_t{2}});
  auto* place = points.mutable_data();
  for (const DroppedPoint& point : fits.dropped) {
    *place++ = static_cast<std::int64_t>(point.curve);
    *place++ = static_cast<std::int64_t>(point.threshold);
  }
  return points;
}

void add_fits(py::module_& module) {
  py::class_<CurveFits, std::shared_ptr<CurveFits>> fits(module, "CurveFits", "Fits of N curves, as flat arrays [N].");
  fits.def_property_readonly("status",
                             [](const py::object& self) { return statuses(self, self.cast<CurveFits&>().status); });
  fits.def_property_readonly("reason",
                             [](const py::object& self) { return reasons(self, self.cast<CurveFits&>().reason); });
  add_view(
      fits, "chi2", [](const CurveFits& f) -> auto& { return f.chi2; }, "Chi-square at the minimum [N].");
  add_view(
      fits, "ndf", [](const CurveFits& f) -> auto& { return f.ndf; }, "Degrees of freedom [N].");
  add_view(
      fits, "line_bias", [](const CurveFits& f) -> auto& { return f.line_bias; }, "Bias of E0 [N], DAC.");
  fits.def_property_readonly("parameter_rows", &parameters)
      .def_property_readonly("dropped", &dropped)
      .def_readonly("mean_evaluations", &CurveFits::mean_evaluations)
      .def_readonly("background", &CurveFits::background)
      .def_readonly("background_error", &CurveFits::background_error)
      .def_readonly("background_assumed", &CurveFits::background_assumed)
      .def_property_readonly("dispersion",
                             [](const CurveFits& f) { return py::make_tuple(f.dispersion.value, f.dispersion.error); });
}

/// The words of statuses and reasons with their numbers.
void add_vocabulary(py::module_& module) {
  py::dict status;
  status["good"] = static_cast<int>(PixelStatus::good);
  status["bad"] = static_cast<int>(PixelStatus::bad);
  status["not_found"] = static_cast<int>(PixelStatus::not_found);
  status["cut"] = static_cast<int>(PixelStatus::cut);
  module.attr("status_numbers") = status;
  py::list reasons;
  for (const std::string_view name : status_reason_names) reasons.append(std::string(name));
  module.attr("reason_names") = reasons;
}

}  // namespace

void add_curves(py::module_& module) {
  add_vocabulary(module);
  add_fits(module);
  module.def("whole_counts", &whole_counts, py::arg("counts"));
  py::class_<CurveSettings>(module, "CurveSettings", "How curves are fitted.")
      .def(py::init(&make_settings), py::kw_only(), py::arg("statistic"), py::arg("covariance"), py::arg("errors"),
           py::arg("start"), py::arg("significance"), py::arg("max_zero_fraction"), py::arg("background"),
           py::arg("robust"), py::arg("dispersion"), py::arg("engine"), py::arg("threads"));
  module.def(
      "fit_curves",
      [](Numbers threshold, Counts counts, Numbers live_time, Numbers origin, Reasons skipped, const Model& model,
         const CurveSettings& settings, const py::object& report) {
        const CurveArrays arrays(std::move(threshold), std::move(counts), std::move(live_time), std::move(origin),
                                 std::move(skipped));
        return fit(arrays, model, settings, report);
      },
      py::arg("threshold"), py::arg("counts"), py::arg("live_time"), py::arg("origin"), py::arg("skipped"),
      py::arg("model"), py::arg("settings"), py::arg("report"));
}

}  // namespace velocal::python
