# SPDX-License-Identifier: GPL-3.0-or-later
"""Gain and zero from scans with several sources."""
from __future__ import annotations

from typing import NamedTuple

from . import _velocal, frames, html, plotting
from .flux import title_of
from .values import Means, Quantity, Uncertain


class SourceLine(NamedTuple):
    """The photon line of one scan: its energy [eV], the pairs that a photon makes, the pixels that have it, and how far it
    lies off their straight lines [DAC]."""

    label: str
    source: str
    energy_eV: float
    pairs: Uncertain
    pixels: int
    residual: Uncertain


class SourceGain(_velocal.SourceGain):
    """Gain and zero of each pixel and of the chip; velocal-gain makes it, and open() reads it.

    Arrays (256, 256), views without copies: chi2, ndf, and status, a place in status_names.
    """

    dataset = None  #: Dataset: None, since a file that was read does not know it.
    label = None  #: str: the scan's label.
    provenance = None  #: dict[str, str]: where a result that was read comes from; None for one that was computed.
    #: What became of a pixel, by its status.
    status_names: list[str] = _velocal.gain_status_names

    @property
    def gain(self) -> Quantity:
        """Gain K: value and error (256, 256), e-/DAC; NaN where undefined."""
        return Quantity(self.gain_value, self.gain_error, "e-/DAC")

    @property
    def offset(self) -> Quantity:
        """Target of no charge: value and error (256, 256), DAC; NaN where undefined."""
        return Quantity(self.offset_value, self.offset_error, "DAC")

    @property
    def gain_means(self) -> Means:
        """Means of the gain over the pixels, e-/DAC."""
        return Means(*super().gain_means)

    @property
    def offset_means(self) -> Means:
        """Means of the offset over the pixels, DAC."""
        return Means(*super().offset_means)

    @property
    def lines(self) -> list[SourceLine]:
        """The lines of the scans."""
        return [SourceLine(label, source, energy, Uncertain(*pairs), pixels, Uncertain(*residual))
                for label, source, energy, pairs, pixels, residual in self.line_rows]

    @property
    def asic(self) -> dict[str, Uncertain]:
        """`gain` [e-/DAC] and `offset` [DAC] of the chip's own curve."""
        return dict(zip(("gain", "offset"), (Uncertain(*each) for each in self.asic_row[:2])))

    @property
    def asic_good(self) -> dict[str, Uncertain]:
        """The same of the mean curve over the good pixels."""
        return dict(zip(("gain", "offset"), (Uncertain(*each) for each in self.asic_good_row[:2])))

    def to_dataframe(self):
        """A pandas.DataFrame with a row a pixel: row, column, status, K, K_error, offset, offset_error, chi2, ndf."""
        status = [self.status_names[number] for number in self.status.ravel()]
        columns = frames.places((256, 256)) | {"status": status}
        for name, of in (("K", self.gain), ("offset", self.offset)):
            columns |= {name: of.value.ravel(), f"{name}_error": of.error.ravel()}
        return frames.frame(columns | {"chi2": self.chi2.ravel(), "ndf": self.ndf.ravel()})

    def plot(self, what: str = "K", ax=None):
        """The map of "K", "offset" or "chi2". Returns the matplotlib axes."""
        maps = {"K": (self.gain.value, "e-/DAC"), "offset": (self.offset.value, "DAC"), "chi2": (self.chi2, "")}
        return plotting.plot_one_of(maps, what, "a gain from several sources", ax)

    def _repr_html_(self) -> str:
        gain, offset = self.gain_means, self.offset_means
        rows = [("mean", html.number(gain.mean, gain.mean_error), html.number(offset.mean, offset.mean_error)),
                ("spread", html.number(gain.standard_deviation), html.number(offset.standard_deviation)),
                ("common", html.number(self.common_gain_error), html.number(self.common_offset_error)),
                ("ASIC", *(html.number(*each) for each in self.asic.values())),
                ("good pixels", *(html.number(*each) for each in self.asic_good.values())),
                *[(line.label, f"{line.source}, {line.pairs.value:.1f} pairs", f"{html.number(*line.residual)} off")
                  for line in self.lines]]
        return html.table(f"{title_of('gain', self)}: {gain.pixels} pixels", rows, ("", "K [e-/DAC]", "offset [DAC]"))

    def __repr__(self) -> str:
        means = self.gain_means
        return f"<velocal.SourceGain K = {Uncertain(means.mean, means.mean_error)} e-/DAC of {len(self.lines)} lines>"
