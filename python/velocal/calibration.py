# SPDX-License-Identifier: GPL-3.0-or-later
"""Target and gain of each pixel, and how far they depend on the analysis."""
from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from . import _velocal, frames, html, plotting
from .flux import title_of
from .problems import expect, usage_error
from .scan_fit import ScanFit, scan_of
from .values import BudgetRow, Means, Quantity, Uncertain


class Calibration(_velocal.Calibration):
    """Target and gain of each pixel and of the chip; calibrate() makes it."""

    dataset = None  #: Dataset: that of the fit.
    label = None  #: str: the scan's label.
    provenance = None  #: dict[str, str]: where a result that was read comes from; None for one that was computed.

    @property
    def target(self) -> Quantity:
        """Photon line above the noise: value and error (256, 256), DAC; NaN where undefined."""
        return Quantity(*self.target_arrays, "DAC")

    @property
    def gain(self) -> Quantity:
        """Gain K: value and error (256, 256), e-/DAC; NaN where undefined.

        >>> import velocal
        >>> result = velocal.open(velocal.read_dataset("examples/scan.yaml").folder())
        >>> result.calibration.gain.value.shape, result.calibration.gain.unit
        ((256, 256), 'e-/DAC')
        """
        return Quantity(*self.gain_arrays, "e-/DAC")

    @property
    def target_means(self) -> Means:
        """Means of the target over the pixels, DAC."""
        return Means(*super().target_means)

    @property
    def gain_means(self) -> Means:
        """Means of the gain over the pixels, e-/DAC."""
        return Means(*super().gain_means)

    @property
    def asic(self) -> dict[str, Uncertain]:
        """`target` [DAC] and `gain` [e-/DAC] of the chip's own curve."""
        return {"target": Uncertain(*self.asic_target), "gain": Uncertain(*self.asic_gain)}

    @property
    def asic_good(self) -> dict[str, Uncertain]:
        """The same of the mean curve over the good pixels."""
        return {"target": Uncertain(*self.asic_good_target), "gain": Uncertain(*self.asic_good_gain)}

    @property
    def budget(self) -> list[BudgetRow]:
        """What the uncertainties are made of."""
        return [BudgetRow(*row) for row in self.budget_rows]

    @property
    def residuals(self) -> dict[str, np.ndarray]:
        """Residuals of the good pixels, stacked by E - E0: offset [DAC], residual, error and expected [hits/s]."""
        return dict(zip(("offset", "residual", "error", "expected"), self.residual_arrays))

    def to_dataframe(self):
        """A pandas.DataFrame with a row a pixel: row, column, target, target_error, K, K_error."""
        target, gain = self.target, self.gain
        return frames.frame(frames.places((256, 256)) | {
            "target": target.value.ravel(), "target_error": target.error.ravel(),
            "K": gain.value.ravel(), "K_error": gain.error.ravel()})

    def plot(self, what: str = "K", ax=None):
        """The map of "K" or "target". Returns the matplotlib axes."""
        maps = {name: (each.value, each.unit) for name, each in (("K", self.gain), ("target", self.target))}
        return plotting.plot_one_of(maps, what, "a calibration", ax)

    def _repr_html_(self) -> str:
        def row(name, target, gain):
            return name, html.number(*target), html.number(*gain)
        target, gain = self.target_means, self.gain_means
        rows = [row("mean", (target.mean, target.mean_error), (gain.mean, gain.mean_error)),
                row("spread", (target.standard_deviation,), (gain.standard_deviation,)),
                row("ASIC", self.asic["target"], self.asic["gain"]),
                row("good pixels", self.asic_good["target"], self.asic_good["gain"]),
                *[row(each.cause + (" (common)" if each.common else ""), (each.target,), (each.gain,))
                  for each in self.budget]]
        return html.table(f"{title_of('calibration', self)}: {gain.pixels} pixels", rows,
                          ("", "target [DAC]", "K [e-/DAC]"))

    def __repr__(self) -> str:
        means = self.gain_means
        return f"<velocal.Calibration K = {Uncertain(means.mean, means.mean_error)} e-/DAC over {means.pixels} pixels>"


def calibrate(fit: ScanFit, *, source: _velocal.Source | str | None = None, uncertainty: str | None = None, dataset=None,
              scan: str | None = None) -> Calibration:
    """Target and gain of each pixel and of the chip.

    `source` and `uncertainty` ("error" or "width": what of the baseline enters u(target)) are the scan's where they are
    not given. `dataset` and `scan` are needed for a fit that was read from a file. Raises InputError when the fit carries
    no baseline.

    >>> import velocal
    >>> fit = velocal.open(velocal.read_dataset("examples/scan.yaml").folder()).fit
    >>> calibration = velocal.calibrate(fit, dataset="examples/scan.yaml")
    >>> bool(12 < calibration.gain_means.mean < 14)
    True
    """
    expect("fit", fit, ScanFit, "a velocal.ScanFit")
    label = fit.label or scan
    if source is None or uncertainty is None or dataset is not None or scan is not None:
        dataset, named = scan_of(fit, dataset, scan)
        label = named.label
        source = named.source if source is None else source
        uncertainty = uncertainty or named.baseline_uncertainty
    expect("source", source, (_velocal.Source, str), "a velocal.Source or the name of one")
    expect("uncertainty", uncertainty, str, "a word")
    if isinstance(source, str):
        source = _velocal.Source(source)
    made = Calibration(_velocal.calibrate(fit, source, uncertainty))
    made.dataset, made.label, made.provenance = dataset or fit.dataset, label, fit.provenance
    return made


class Comparison:
    """Gains of variants of an analysis, the first of which is the reference; compare() makes it.

    For each estimate ("mean", "ASIC", "good pixels"): gain[estimate] by variant [e-/DAC], difference[estimate] to the
    reference, systematic[estimate] their quadratic sum, mean_absolute[estimate], and distance[estimate] of the reference
    to the chip's design in standard deviations.
    """

    def __init__(self, names: list[str], rows):
        self.names = names
        of = dict(zip(("mean", "ASIC", "good pixels"), rows))
        self.gain = {key: [Uncertain(*gain) for gain in row[0]] for key, row in of.items()}
        self.difference, self.systematic, self.mean_absolute, self.distance = (
            {key: row[place] for key, row in of.items()} for place in range(1, 5))

    def to_dataframe(self):
        """A pandas.DataFrame with a row a variant: gain, error and difference of each estimate [e-/DAC]."""
        columns = {"variant": self.names}
        for key, gains in self.gain.items():
            columns |= {key: [gain.value for gain in gains], f"{key} error": [gain.error for gain in gains],
                        f"{key} difference": self.difference[key]}
        return frames.frame(columns)

    def _repr_html_(self) -> str:
        rows = [(name, *[html.number(*gains[i]) for gains in self.gain.values()]) for i, name in enumerate(self.names)]
        rows += [("systematic", *map(html.number, self.systematic.values())),
                 ("σ from design", *map(html.number, self.distance.values()))]
        return html.table("K [e-/DAC]", rows, ("", *self.gain))

    def __repr__(self) -> str:
        gain, systematic = self.gain["mean"][0], self.systematic["mean"]
        tail = "" if math.isnan(systematic) else f" ± {systematic:.2g} (systematic)"
        return f"<velocal.Comparison K = {gain}{tail} e-/DAC of {len(self.names)} variants>"


def compare(calibrations, names: list[str] | None = None) -> Comparison:
    """How far the gain depends on the analysis: variants of one scan, the first of which is the reference.

    `calibrations` are Calibrations, or finished results as velocal.open() gives them. Raises UsageError when there are
    none.

    >>> import velocal
    >>> result = velocal.open(velocal.read_dataset("examples/scan.yaml").folder())
    >>> velocal.compare([result, result], ["one", "the same"]).difference["mean"]
    [0.0, 0.0]
    """
    expect("calibrations", calibrations, Iterable, "a list of velocal.Calibration, or of results that have one")
    variants = [getattr(each, "calibration", each) for each in calibrations]
    for each in variants:
        expect("a calibration", each, Calibration, "a velocal.Calibration, or a result that has one")
    if names is None:
        names = [title_of("calibration", each).removeprefix("calibration of ") for each in variants]
    expect("names", names, (list, tuple), "a list of texts")
    if len(names) != len(variants):
        raise usage_error(f"{len(names)} names for {len(variants)} calibrations", "each has one")
    return Comparison(list(names), _velocal.compare(variants))
