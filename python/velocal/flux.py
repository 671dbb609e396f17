# SPDX-License-Identifier: GPL-3.0-or-later
"""From the files of a scan to the counts of each pixel."""
from __future__ import annotations

import os
import warnings
from numbers import Integral

import numpy as np

from . import _velocal, frames, html, plotting
from .dataset import Dataset, as_dataset
from .problems import expect, thread_count
from .progress import ProgressOption, reporting
from .values import Quantity, Uncertain


def index_of(row: int, column: int, shape: tuple[int, int] = (256, 256)) -> int:
    """Place of a pixel in row-major order. Raises UsageError for one that there is not."""
    for name, value in (("row", row), ("column", column)):
        expect(name, value, Integral, "a whole number")
    if 0 <= row < shape[0] and 0 <= column < shape[1]:
        return row * shape[1] + column
    raise _velocal.UsageError(_velocal.error_message(
        f"there is no pixel {row}, {column}", f"rows are 0…{shape[0] - 1}, columns 0…{shape[1] - 1}", ""))


class FluxCube(_velocal.FluxCube):
    """Hits of each pixel at each of T thresholds over the good acquisitions of a scan; accumulate_flux() makes it.

    Views without copies: thresholds (T,) DAC, live_time (T,) s, counts (T, 256, 256) and mask (256, 256). A copy:
    acquisitions (T, 4), how many were good, bad, empty and rejected.
    """

    #: Dataset and label of its scan, which the next steps take; None where it was read from a file.
    dataset: Dataset | None = None
    label: str | None = None
    #: Where it comes from, where it was read from a file: root attributes by name.
    provenance: dict[str, str] | None = None

    @property
    def dispersion(self) -> Uncertain:
        """Variance of the counts over Poisson's; NaN where it cannot be told."""
        return Uncertain(*super().dispersion)

    @property
    def baseline(self) -> Quantity | None:
        """Noise baseline (256, 256), DAC, 0 where there is none; None: the scan names none."""
        arrays = self.baseline_arrays
        return arrays and Quantity(arrays[0], arrays[2], "DAC")

    @property
    def baseline_width(self) -> np.ndarray | None:
        """Width of each pixel's noise (256, 256), DAC; None: the scan names no baseline."""
        arrays = self.baseline_arrays
        return arrays and arrays[1]

    def flux(self, row: int, column: int) -> tuple[np.ndarray, np.ndarray]:
        """Flux N/L of a pixel and its uncertainty √N/L, each (T,) hits/s; NaN at thresholds without live time.

        >>> import velocal
        >>> flux = velocal.open(velocal.read_dataset("examples/scan.yaml").folder()).flux
        >>> value, error = flux.flux(127, 128)
        >>> value.shape, bool(value[0] > value[-1])
        ((17,), True)
        """
        return self.pixel_curve(index_of(row, column))[1:]

    def to_dataframe(self):
        """A pandas.DataFrame with a row a threshold: live time, acquisitions by quality, and the chip's flux with its error
        from the spread over the acquisitions, NaN where there is but one."""
        tally = dict(zip(("good", "bad", "empty", "rejected"), self.acquisitions.T))
        _, flux, error = self.asic_curve()
        error = np.where(tally["good"] > 1, error, np.nan)
        return frames.frame({"threshold": self.thresholds, "live_time": self.live_time, **tally, "flux": flux,
                             "flux_error": error})

    def plot(self, row: int | None = None, column: int | None = None, ax=None):
        """Flux of the pixel at row and column against the threshold; without them, the map of the flux summed over all
        thresholds.

        Returns the matplotlib axes.
        """
        if row is None and column is None:
            return plotting.plot_map(self.total_flux(), "total flux", "hits/s", ax)
        return plotting.plot_curve(self.thresholds, *self.flux(row, column), f"row {row}, column {column}", ax=ax)

    def _repr_html_(self) -> str:
        good, bad, empty, rejected = self.acquisitions.sum(axis=0)
        rows = [("thresholds", f"{len(self.thresholds)}, {self.thresholds[0]}…{self.thresholds[-1]} DAC"),
                ("acquisitions", f"{good} good, {bad} bad, {empty} empty, {rejected} rejected"),
                ("live time", f"{self.live_time.min():g}…{self.live_time.max():g} s a threshold"),
                ("hits", f"{self.counts.sum(dtype=np.uint64)} in {np.count_nonzero(~self.mask)} pixels"),
                ("dispersion", self.dispersion), ("baseline", "yes" if self.baseline else "none")]
        return html.table(title_of("flux", self), rows)

    def __repr__(self) -> str:
        return f"<velocal.FluxCube {len(self.thresholds)} thresholds>"


def title_of(what: str, result) -> str:
    """`flux of N037/warm`"""
    if result.dataset is not None:
        return f"{what} of {result.dataset.name}/{result.label}"
    if result.provenance is not None:
        return f"{what} of {result.provenance['dataset']}/{result.provenance['scan']}"
    return what


def accumulate_flux(dataset: Dataset | str | os.PathLike, scan: str | None = None, *, threads: int = 0,
                    progress: ProgressOption = None) -> FluxCube:
    """Reads all acquisitions of a scan, its mask and its noise baseline, and sums the hits of the good acquisitions.

    `scan` is the label; a dataset of one scan needs none. `threads` <= 0: all. Raises InputError when files are missing
    or damaged. Warns (warnings.warn) where there is no mask file, and of thresholds without a good acquisition.

    >>> import velocal
    >>> flux = velocal.accumulate_flux(velocal.read_dataset("examples/scan.yaml"), "warm")
    >>> flux.counts.shape, flux.counts.dtype.name, flux.live_time[0]
    ((17, 256, 256), 'uint32', 4000.0)
    """
    dataset = as_dataset(dataset)
    label = dataset.only_scan(scan).label
    threads = thread_count(threads)
    with reporting(progress) as report:
        cube = FluxCube(_velocal.accumulate_flux(dataset, label, threads, report))
    cube.dataset, cube.label = dataset, label
    if not cube.mask_found:
        warnings.warn(f"{dataset.name}/{label}: no mask file. No pixel is masked", stacklevel=2)
    if lost := cube.thresholds[cube.acquisitions[:, 0] == 0].tolist():
        warnings.warn(f"{dataset.name}/{label}: {len(lost)} of {len(cube.thresholds)} thresholds have no good acquisition "
                      f"({', '.join(map(str, lost))})", stacklevel=2)
    return cube
