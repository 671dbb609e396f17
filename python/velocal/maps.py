# SPDX-License-Identifier: GPL-3.0-or-later
"""Results that are maps of a chip and little else: what a scan was drawn from, and the noise baseline."""
from __future__ import annotations

import numpy as np

from . import _velocal, frames, html, plotting
from .flux import title_of


class Maps:
    """Maps of a chip by name, as a table and as pictures."""

    dataset = None  #: Dataset: None, since a file that was read does not know it.
    label = None  #: str: None, for the same reason.
    provenance = None  #: dict[str, str]: where it comes from.
    _title = ""
    _units: dict[str, str] = {}

    def to_dataframe(self):
        """A pandas.DataFrame with a row a pixel: row, column, and its value on each map."""
        return frames.frame(frames.places((256, 256)) | {name: getattr(self, name).ravel() for name in self._units})

    def plot(self, what: str | None = None, ax=None):
        """The map of that name; the first where none is given. Returns the matplotlib axes."""
        maps = {name: (getattr(self, name), unit) for name, unit in self._units.items()}
        return plotting.plot_one_of(maps, what or next(iter(maps)), f"a {self._title}", ax)

    def _median_rows(self) -> list[tuple[str, str, str]]:
        """Name, median and spread, and unit of each map, over the pixels that are not masked."""
        used = np.asarray(self.mask) == 0
        return [(name, frames.median_text(np.asarray(getattr(self, name), float)[used]), unit)
                for name, unit in self._units.items() if name != "mask"]


class Truth(Maps, _velocal.Truth):
    """What a simulated scan was drawn from; open() reads it.

    Arrays (256, 256), views without copies: target, line (E0) and width (noise) in DAC, amplitude (A of F1_0) in
    DAC hits/s, shelf (f of F1_0), and mask. Amplitude and shelf are 0 for a scan from first principles.
    to_dataframe() has a row a pixel, plot("width") draws a map.

    >>> import velocal
    >>> truth = velocal.open(velocal.read_dataset("examples/scan.yaml").folder()).truth
    >>> truth.target.shape, truth.seed
    ((256, 256), 1)
    """

    _title = "truth"
    _units = {"target": "DAC", "line": "DAC", "width": "DAC", "amplitude": "DAC hits/s", "shelf": "", "mask": ""}

    def _repr_html_(self) -> str:
        rows = [*self._median_rows(), ("background", html.number(self.background), "hits/s"), ("seed", self.seed, "")]
        return html.table(title_of(self._title, self), rows)

    def __repr__(self) -> str:
        return f"<velocal.Truth seed {self.seed}, {np.count_nonzero(self.mask)} masked pixels>"


class MeasuredBaseline(Maps, _velocal.MeasuredBaseline):
    """What the noise scans of a chip gave; velocal-baseline makes it, and open() reads it.

    Arrays (256, 256), views without copies: baseline and error, and the mean and width of the noise at the trims 0 and F,
    in DAC, NaN where undefined; trim, 0 to 15; and mask, 0 where the equalisation does not mask the pixel.
    to_dataframe() has a row a pixel, plot("error") draws a map.
    """

    _title = "noise baseline"
    _units = {"baseline": "DAC", "error": "DAC", "trim": "", "mask": "", "trim0_mean": "DAC", "trim0_width": "DAC",
              "trimF_mean": "DAC", "trimF_width": "DAC"}

    def _repr_html_(self) -> str:
        rows = [("chip", self.asic, ""), ("estimator", self.estimator, ""), *self._median_rows()]
        return html.table(title_of(self._title, self), rows)

    def __repr__(self) -> str:
        return f"<velocal.MeasuredBaseline of {self.asic} by {self.estimator}>"
