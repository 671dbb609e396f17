# SPDX-License-Identifier: GPL-3.0-or-later
"""Fits of curves of counts against threshold, of any detector."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Integral, Real

import numpy as np

from . import _velocal, frames, html, plotting
from .models import Model, find_model
from .problems import array_of, expect, has_masked, input_error, numbers, thread_count, usage_error
from .progress import ProgressOption, reporting
from .values import Parameters, Reason, Status, Uncertain, parameters_of


class CurveFits:
    """Fits of curves; fit_curves() makes it. Arrays have the leading shape of the counts, and are views without copies.

    model, thresholds, counts, live_time and origin are what was fitted, with the thresholds on the last axis. The counts
    are those that were given, where their type is uint32 or int32: what is changed there later shows in flux() and plot().
    """

    def __init__(self, fits: _velocal.CurveFits, shape: tuple[int, ...], model: Model, curves):
        self._fits = fits
        self.shape = shape
        self.model = model
        self.thresholds, self.counts, self.live_time, self.origin = curves

    @property
    def status(self) -> np.ndarray:
        """How each fit ended, int8: numbers of velocal.Status."""
        return self._fits.status.reshape(self.shape)

    @property
    def reason(self) -> np.ndarray:
        """Why, uint8: numbers of velocal.Reason."""
        return self._fits.reason.reshape(self.shape)

    @property
    def good(self) -> np.ndarray:
        """True where the fit is good."""
        return self.status == Status.good

    @property
    def parameters(self) -> Parameters:
        """The model's parameters by name, each with unit, value and error; NaN unless the fit is good."""
        return parameters_of(self._fits.parameter_rows, self.shape)

    @property
    def chi2(self) -> np.ndarray:
        """Chi-square at the minimum; NaN where no fit converged."""
        return self._fits.chi2.reshape(self.shape)

    @property
    def ndf(self) -> np.ndarray:
        """Points less parameters; 0 where no fit converged."""
        return self._fits.ndf.reshape(self.shape)

    @property
    def line_bias(self) -> np.ndarray:
        """What few counts leave E0 off on average [DAC]; it is not taken off the values. 0 where it is not known."""
        return self._fits.line_bias.reshape(self.shape)

    @property
    def dropped(self) -> np.ndarray:
        """Points that fits have left out (M, 2): place of the curve in row-major order, and of the threshold."""
        return self._fits.dropped

    @property
    def background(self) -> Uncertain:
        """Flat background of a curve, hits/s; without an error where it was given."""
        return Uncertain(self._fits.background, self._fits.background_error)

    @property
    def background_assumed(self) -> bool:
        """True: the scan ends too near the line to tell the background, which was assumed."""
        return self._fits.background_assumed

    @property
    def dispersion(self) -> Uncertain:
        """Variance of the counts over Poisson's; NaN where it cannot be told."""
        return Uncertain(*self._fits.dispersion)

    @property
    def mean_evaluations(self) -> float:
        """Mean number of times that a fit computed the model's gradient, over the curves that were fitted."""
        return self._fits.mean_evaluations

    def flux(self, *place: int) -> tuple[np.ndarray, np.ndarray]:
        """Flux N/L of a curve and its uncertainty √N/L, each (T,) hits/s; NaN at thresholds without live time."""
        self._check(place)
        live = self.live_time if self.live_time.ndim == 1 else self.live_time[place]
        live = np.where(live > 0, live, np.nan)
        return self.counts[place] / live, np.sqrt(self.counts[place]) / live

    def fitted_flux(self, *place: int, thresholds=None) -> np.ndarray:
        """Flux that the fit of a curve expects, background included, hits/s; NaN unless it is good.

        >>> import velocal
        >>> counts = [980, 984, 960, 931, 880, 724, 452, 190, 49, 8, 2, 0, 1]
        >>> fits = velocal.fit_curves(range(1520, 1585, 5), counts, 1000.0)
        >>> fits.fitted_flux(thresholds=[1530.0]).round(1)
        array([1.])
        """
        x = numbers("thresholds", self.thresholds if thresholds is None else thresholds)
        self._check(place)
        if not self.good[place]:
            return np.full(x.shape, np.nan)
        origin = 0.0 if self.origin is None else self.origin[place]
        values = [parameter.value[place] for parameter in self.parameters.values()]
        return self.model.flux(x - origin, *values) + self.background.value

    def _check(self, place: tuple[int, ...]) -> None:
        """Raises UsageError where there is no curve."""
        there = len(place) == len(self.shape) and all(
            isinstance(at, Integral) and not isinstance(at, bool) and -size <= at < size
            for at, size in zip(place, self.shape))
        if not there:
            raise usage_error(f"there is no curve {', '.join(map(str, place))}", f"the curves have the shape {self.shape}",
                              "Give one number an axis" if self.shape else "It is one curve: give no number")

    def to_dataframe(self):
        """A pandas.DataFrame with a row a curve: its place, status, reason, parameters with errors, chi2, ndf."""
        return frames.fit_frame(self)

    def plot(self, *what: str | int, ax=None):
        """Draws flux and fit of the curve at a place, such as plot(3) or plot(12, 40). For a name ("E0", which is the
        default, another parameter, or "chi2") it draws the map where the counts have rows and columns, else the distribution.

        Returns the matplotlib axes.
        """
        if what and not isinstance(what[0], str) or self.shape == ():
            fine = plotting.finely(self.thresholds)
            line = (fine, self.fitted_flux(*what, thresholds=fine))
            title = f"curve {', '.join(map(str, what))}".strip()
            return plotting.plot_curve(self.thresholds, *self.flux(*what), title, line, ax)
        name = what[0] if what else "E0"
        values, unit = (self.chi2, "") if name == "chi2" else (self.parameters[name].value, self.parameters[name].unit)
        draw = plotting.plot_map if len(self.shape) == 2 else plotting.plot_distribution
        return draw(values, name, unit, ax)

    def _repr_html_(self) -> str:
        counts = frames.status_counts(self.status)
        rows = [("model", self.model.name, ""), *[(name, number, "") for name, number in html.status_rows(counts)],
                *frames.median_rows(self.parameters), ("background", self.background, "hits/s"),
                ("dispersion", self.dispersion, "")]
        return html.table(f"fits of {self.status.size} curves", rows)

    def __repr__(self) -> str:
        return f"<velocal.CurveFits {self.model.name}: {np.count_nonzero(self.good)} of {self.status.size} curves good>"


def take_thresholds(thresholds) -> np.ndarray:
    """The thresholds (T,). Raises InputError where they are none."""
    x = numbers("thresholds", thresholds)
    if x.ndim != 1 or x.size == 0:
        raise input_error(f"thresholds have the shape {x.shape}", "it has to be (T,)", "Give the thresholds of the counts")
    for t in np.flatnonzero(~np.isfinite(x) | np.insert(x[1:] <= x[:-1], 0, False))[:1]:
        raise input_error(f"thresholds[{t}] is {x[t]:g}", "thresholds are finite and ascend",
                          "Sort thresholds and counts, each threshold once")
    return x


def on_last_axis(name: str, array: np.ndarray, axis: int, thresholds: int) -> np.ndarray:
    """A view with the thresholds on the last axis. Raises InputError where the axis has another length."""
    if not isinstance(axis, Integral) or isinstance(axis, bool) or not -array.ndim <= axis < array.ndim:
        raise input_error(f"{name} have the shape {array.shape}, which has no axis {axis}",
                          f"the {thresholds} thresholds have to be on one", "Name it with axis=")
    if array.shape[axis] != thresholds:
        expected = ["…"] * array.ndim
        expected[axis] = str(thresholds)
        raise input_error(f"{name} have the shape {array.shape}",
                          f"it has to be ({', '.join(expected)}): there are {thresholds} thresholds on axis {axis}",
                          "Name the axis of the thresholds with axis=")
    return np.moveaxis(array, axis, -1)


def take_counts(counts, axis: int, thresholds: int) -> np.ndarray:
    """Counts as uint32 with the thresholds on the last axis, without a copy where their type allows it."""
    if has_masked(counts):
        raise input_error("counts have masked entries", "fits would take what is below the mask",
                          "Give 0 hits and a live time of 0 there, or leave out whole curves with mask=")
    array = array_of("counts", counts)
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind == "b":
        array = array.astype(np.uint8)
    elif kind == "f" and size not in (4, 8):
        array = array.astype(np.float64)
    elif kind in "iuf" and not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    return on_last_axis("counts", _velocal.whole_counts(array), axis, thresholds)


def require_all(name: str, values: np.ndarray, good: np.ndarray, reason: str, suggestion: str) -> None:
    """Raises InputError naming the first value that is not good."""
    for place in np.argwhere(~good)[:1]:
        where = f"[{', '.join(map(str, place))}]" if place.size else ""
        raise input_error(f"{name}{where} is {values[tuple(place)]:g}", reason, suggestion)


def take_live_time(live_time, counts: np.ndarray, axis: int) -> np.ndarray:
    """Live time (T,), or of the shape of the counts. Raises InputError for another."""
    time = numbers("live_time", live_time)
    thresholds = counts.shape[-1:]
    as_given = np.moveaxis(counts, -1, axis).shape
    if time.shape not in ((), thresholds, as_given):
        raise input_error(f"live_time has the shape {time.shape}",
                          f"it has to be (), {thresholds} or that of the counts, {as_given}",
                          "Give seconds for all, a threshold, or a curve and threshold")
    require_all("live_time", time, np.isfinite(time) & (time >= 0), "live times are seconds, finite and >= 0",
                "Give 0 where nothing was measured")
    if time.ndim == 0:
        return np.full(thresholds, time)
    return time if time.ndim == 1 else np.moveaxis(time, axis, -1)


def take_each(name: str, values, shape: tuple[int, ...], kind: type) -> np.ndarray | None:
    """One value a curve, of the leading shape; None stays None. Raises InputError for another shape."""
    if values is None:
        return None
    given = numbers(name, values)
    array = given.astype(kind)
    if array.shape not in ((), shape):
        raise input_error(f"{name} has the shape {array.shape}", f"it has to be that of the curves, {shape}",
                          "Give one value a curve")
    if kind is float:
        require_all(name, given, ~np.isinf(given), "it is finite, or NaN for a curve that has none", "Give NaN there")
    if kind is bool and np.isnan(given).any():
        raise input_error(f"{name} has NaN", "it tells which curves are left out", "Give True or False")
    return np.broadcast_to(array, shape)


def skipped_curves(mask: np.ndarray | None, origin: np.ndarray | None) -> np.ndarray:
    """Why curves are left out; empty where none is."""
    if mask is None and (origin is None or not np.isnan(origin).any()):
        return np.empty(0, np.uint8)
    reasons = np.zeros((mask if origin is None else origin).shape, np.uint8)
    if origin is not None:
        reasons[np.isnan(origin)] = Reason.no_baseline
    if mask is not None:
        reasons[mask] = Reason.masked
    return reasons.ravel()


def start_values(start, model: Model) -> list[float]:
    """Start values in the model's order; [] where each curve's own points give them."""
    if start is None:
        return []
    if not isinstance(start, Mapping):
        expect("start", start, (Sequence, np.ndarray), "values by name or in the model's order, or None")
        if isinstance(start, str) or len(start) == 0:
            raise usage_error(f"start is {start!r}", "it has to be values by name or in the model's order",
                              "Leave it out (None): each curve's own points give them")
        return numbers("start", start).ravel().tolist()
    names = [parameter.name for parameter in model.parameters]
    if sorted(start) != sorted(names):
        raise usage_error(f"start values of {', '.join(map(str, start))} for model {model.name}",
                          f"it has {', '.join(names)}", "Give one value a parameter, or none")
    return numbers("start", [start[name] for name in names]).tolist()


def curve_settings(*, start: list[float], robust: bool, threads: int, **named) -> _velocal.CurveSettings:
    """Settings of the library. Raises UsageError naming one of a wrong type."""
    for name in ("statistic", "covariance", "errors", "engine"):
        expect(name, named[name], str, "a word")
    for name in ("significance", "max_zero_fraction"):
        expect(name, named[name], Real, "a number")
    for name in ("background", "dispersion"):
        expect(name, named[name], (Real, type(None)), "a number or None")
    expect("robust", robust, (bool, np.bool_), "True or False")
    if named["background"] is not None and named["statistic"] == "neyman":
        raise usage_error("background with the statistic neyman", "only poisson fits have one", "Leave it out, or fit poisson")
    return _velocal.CurveSettings(start=start, robust=bool(robust), threads=thread_count(threads), **named)


def fit_curves(thresholds, counts, live_time, *, model: Model | str = "F1_0", statistic: str = "poisson",
               covariance: str = "absolute", errors: str = "hessian", origin=None, mask=None, axis: int = -1,
               source: _velocal.Source | str | None = None, sensor: _velocal.Sensor | None = None,
               start: Mapping[str, float] | Sequence[float] | None = None, significance: float = 0.05,
               max_zero_fraction: float = 0.8, background: float | None = None, robust: bool = True,
               dispersion: float | None = None, engine: str = "fast", threads: int = 0,
               progress: ProgressOption = None) -> CurveFits:
    """Fits curves of counts against threshold, of any detector.

    - thresholds: (T,) DAC, or any unit in which the line is above 0 and its width is 0.05 to 450, ascending. For others
      fits were not made: give millivolts, not volts.
    - counts: (..., T), such as (T,), (N, T) or (rows, columns, T); integers of any type, or floats that hold whole numbers.
      They are copied only where their type is not uint32 or int32, or where they lie backwards.
    - live_time: s, a number, (T,), or of the shape of the counts. 0 leaves a threshold out.
    - axis: of the thresholds, in counts and in a live time of their shape.
    - origin: of the leading shape, DAC, taken off each curve's thresholds; curves with NaN are left out.
    - mask: of the leading shape; curves with True are left out.
    - source, sensor: for the model over all lines of a source, with thresholds above the noise (origin).
    - start: start values by name or in the model's order; None: from each curve's own points.
    - background: hits/s a curve, of poisson alone; None: estimated from all curves.
    - dispersion: variance of the counts over Poisson's; None: from the smoothness of the curves.
    - model, statistic, covariance, errors, significance, max_zero_fraction, robust: as in a descriptor's section fit.
    - engine: "fast", or "gsl", which is slower and independent.
    - threads: <= 0: all. The result does not depend on it.
    - progress: None: shown in terminals and notebooks; True or False; or a function of task, done, total and unit.

    Other threads of Python run meanwhile, and Ctrl-C ends the work. A curve whose fit fails has a status. Raises
    InputError for arrays that are no curves, naming argument, shape found and expected; UsageError for settings.

    >>> import numpy as np, velocal
    >>> thresholds = np.arange(1480, 1601)
    >>> truth = velocal.models["F1_0"].flux(thresholds, f=4e-4, A=10, s=4.5, E0=1549)
    >>> counts = np.random.default_rng(1).poisson(262.0 * truth, size=(3, 4, 121))
    >>> fits = velocal.fit_curves(thresholds, counts, 262.0)
    >>> fits.status.shape, bool(abs(fits.parameters["E0"].value - 1549).max() < 3)
    ((3, 4), True)
    """
    x = take_thresholds(thresholds)
    curves = take_counts(counts, axis, x.size)
    shape = curves.shape[:-1]
    live = take_live_time(live_time, curves, axis)
    origins = take_each("origin", origin, shape, float)
    reasons = skipped_curves(take_each("mask", mask, shape, bool), origins)
    chosen = find_model(model, source, sensor)
    settings = curve_settings(
        statistic=statistic, covariance=covariance, errors=errors, start=start_values(start, chosen),
        significance=significance, max_zero_fraction=max_zero_fraction, background=background, robust=robust,
        dispersion=dispersion, engine=engine, threads=threads)
    flat_origins = np.empty(0) if origins is None else origins.ravel()
    with reporting(progress) as report:
        fits = _velocal.fit_curves(x, curves.reshape(-1, x.size), live.ravel(), flat_origins, reasons, chosen, settings,
                                   report)
    curves = curves.view()
    curves.flags.writeable = False
    return CurveFits(fits, shape, chosen, (x.copy(), curves, live.copy(), origins))
