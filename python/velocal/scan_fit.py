# SPDX-License-Identifier: GPL-3.0-or-later
"""Fits of all pixels of a chip."""
from __future__ import annotations

import math
import warnings

import numpy as np

from . import _velocal, frames, html, plotting
from .dataset import as_dataset
from .flux import FluxCube, index_of, title_of
from .models import Model
from .problems import expect, numbers, thread_count, usage_error
from .progress import ProgressOption, reporting
from .values import Parameters, Uncertain, parameters_of


class ScanFit(_velocal.ScanFit):
    """Fits of all pixels of a scan and of the chip's curves; fit() makes it.

    Arrays (256, 256), views without copies: status (velocal.Status), reason (velocal.Reason), chi2, ndf, dropped, and
    parameters[name].value and .error, NaN unless the pixel is good.
    """

    dataset = None  #: Dataset: that of the flux; None where it is not known.
    label = None  #: str: the scan's label.
    provenance = None  #: dict[str, str]: where a result that was read comes from; None for one that was computed.
    #: The flux that was fitted, for plots; None where it is not known.
    flux: FluxCube | None = None

    @property
    def parameters(self) -> Parameters:
        """The model's parameters by name, each with unit, value (256, 256) and error (256, 256).

        >>> import velocal
        >>> fit = velocal.open(velocal.read_dataset("examples/scan.yaml").folder()).fit
        >>> list(fit.parameters), fit.parameters["E0"].unit, fit.parameters["E0"].value.shape
        (['f', 'A', 's', 'E0'], 'DAC', (256, 256))
        """
        return parameters_of(self.parameter_rows)

    @property
    def shared(self) -> dict[str, Uncertain]:
        """What the whole chip has in common, by name."""
        return {name: Uncertain(value, error) for name, _, value, error in self.shared_rows}

    @property
    def settings(self) -> dict[str, object]:
        """The settings that the fit was made with, by their names in descriptors; an automatic background is NaN.

        fit(flux, **settings) makes the same fit again.
        """
        return dict(self.setting_rows)

    @property
    def dispersion(self) -> Uncertain:
        """Variance of the counts over Poisson's."""
        return Uncertain(*super().dispersion)

    @property
    def thresholds(self) -> list[tuple[int, str, int]]:
        """Threshold [DAC], its use (used, outside the range, noise, glitch), and how many pixels' fits left it out."""
        return self.threshold_rows

    def fitted_flux(self, row: int, column: int, thresholds):
        """Flux that the fit of a pixel expects at thresholds [raw DAC] of any shape, hits/s; NaN unless it is good."""
        x = numbers("thresholds", thresholds)
        return self.flux_of_pixel(index_of(row, column), x.ravel()).reshape(x.shape)

    def to_dataframe(self):
        """A pandas.DataFrame with a row a pixel: row, column, status, reason, parameters with errors, chi2, ndf."""
        return frames.fit_frame(self)

    def plot(self, what: str | tuple[int, int] = "E0", ax=None):
        """The map of a parameter, "chi2" or "status"; or for a pixel (row, column) its flux with the fit.

        Returns the matplotlib axes.
        """
        if isinstance(what, str):
            parameter = None if what in ("chi2", "status") else self.parameters[what]
            values, unit = (getattr(self, what), "") if parameter is None else (parameter.value, parameter.unit)
            return plotting.plot_map(values, what, unit, ax)
        if self.flux is None:
            raise usage_error("this fit knows no counts to draw", "it was read without the flux",
                              "Set its attribute flux, or open the folder of the results")
        if not isinstance(what, tuple) or len(what) != 2:
            raise usage_error(f"what is {what!r:.60}", "it has to be a name, or row and column of a pixel", "Give (12, 40)")
        row, column = what
        fine = plotting.finely(self.flux.thresholds)
        return plotting.plot_curve(self.flux.thresholds, *self.flux.flux(row, column), f"row {row}, column {column}",
                                   (fine, self.fitted_flux(row, column, fine)), ax)

    def _repr_html_(self) -> str:
        settings = self.settings
        rows = [("model", f"{settings['model']}, {settings['statistic']}, {settings['covariance']}", ""),
                *[(name, number, "") for name, number in html.status_rows(frames.status_counts(self.status))],
                *frames.median_rows(self.parameters),
                *[(name, value, "shared") for name, value in self.shared.items()],
                ("background", html.number(self.background, self.background_error), "hits/s"),
                ("dispersion", self.dispersion, "")]
        return html.table(title_of("fit", self), rows)

    def __repr__(self) -> str:
        good = frames.status_counts(self.status)["good"]
        return f"<velocal.ScanFit {self.settings['model']}: {good} good pixels>"


def setting_text(name: str, value) -> str:
    """A setting's value as it is written in a descriptor or on a command line. Raises UsageError for a range that is none."""
    if isinstance(value, Model):
        return value.name
    if value is None and name in ("range", "shared"):
        return ""
    if value is None or (name == "background" and isinstance(value, float) and math.isnan(value)):
        return "auto"
    if isinstance(value, (bool, np.bool_)):
        return str(value).lower()
    if name == "range" and not isinstance(value, str):
        is_pair = isinstance(value, (list, tuple)) and len(value) == 2
        ends = dict(zip(("from", "to"), value)) if is_pair else value
        if not isinstance(ends, dict) or not set(ends) <= {"from", "to"}:
            raise usage_error(f"range is {value!r:.60}", "it has two ends [DAC]", "Give (1500, 1580), or {'from': 1500}")
        return "..".join("" if ends.get(end) is None else str(ends[end]) for end in ("from", "to"))
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return repr(float(value)) if isinstance(value, float) else str(value)


def scan_of(result, dataset, scan):
    """Dataset and scan: those named, or else those that the result was made for. Raises UsageError where the dataset has no
    scan of that label, unless one is named."""
    dataset = result.dataset if dataset is None else as_dataset(dataset)
    if dataset is None:
        raise usage_error("the scan is not known", "the result was read from a file", "Name the dataset (dataset=…)")
    return dataset, dataset.only_scan(scan or result.label or (result.provenance or {}).get("scan"))


def fit(flux: FluxCube, *, dataset=None, scan: str | None = None, group: str = "all", engine: str = "fast",
        threads: int = 0, progress: ProgressOption = None, **settings) -> ScanFit:
    """Fits every pixel of a group, and the curves of the chip.

    The settings are those of the descriptor's section `fit`, by the same names (docs/descriptor.md): model, shared,
    statistic, covariance, errors, start, baseline, significance, max_zero_fraction, background, robust, range, fixed_fit.
    What is not given is the dataset's. `dataset` and `scan` are needed for a flux that was read from a file. A pixel
    whose fit fails has a status. Raises UsageError for settings that there are not.

    >>> import velocal
    >>> flux = velocal.open(velocal.read_dataset("examples/scan.yaml").folder()).flux
    >>> fit = velocal.fit(flux, dataset="examples/scan.yaml", group="rows", statistic="poisson", start="auto")
    >>> bool((fit.status[15] == velocal.Status.good).mean() > 0.8)
    True
    """
    expect("flux", flux, FluxCube, "a velocal.FluxCube")
    dataset, scan = scan_of(flux, dataset, scan)
    chosen = _velocal.FitSettings(dataset.fit_settings)
    expect("group", group, str, "a word")
    expect("engine", engine, str, "a word")
    threads = thread_count(threads)
    expect("model", settings.get("model", ""), (str, Model), "a name, or one of velocal.models")
    for name, value in settings.items():
        chosen.set(name, setting_text(name, value))
    given = setting_text("background", settings.get("background"))
    if given != "auto" and dict(chosen.rows())["statistic"] == "neyman":
        warnings.warn("a background with the statistic neyman is not used: only poisson fits have one", stacklevel=2)
    with reporting(progress) as report:
        made = ScanFit(_velocal.fit_scan(flux, scan, chosen, group, engine, threads, report))
    made.dataset, made.label, made.flux = dataset, scan.label, flux
    return made
