# SPDX-License-Identifier: GPL-3.0-or-later
"""Results that the programs have made."""
from __future__ import annotations

import functools
import os
import pathlib

from . import _velocal, html
from .calibration import Calibration
from .flux import FluxCube
from .problems import input_error
from .scan_fit import ScanFit

GROUPS = ("even", "odd", "rows")
FILES = {"flux": "flux.h5", "fit": "fit.h5", "calibration": "matrices.h5", "truth": "truth.h5", "baseline": "baseline.h5"}
PROGRAMS = {"flux": "velocal-flux", "fit": "velocal-fit", "calibration": "velocal-matrices", "truth": "velocal-simulate",
            "baseline": "velocal-baseline"}


class Result:
    """The results of a scan; open() gives it. Each attribute is read when it is first asked for.

    flux (FluxCube), fit (ScanFit), calibration (Calibration, also called matrices), truth (of a simulated scan), and
    baseline (of the dataset's noise scans). One that has not been made raises InputError.
    """

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        if not self.stages:
            raise input_error(f"{folder} is no folder of results", "it has none of " + ", ".join(FILES.values()),
                              "Name <results>/<dataset>/<scan>, such as results/N037/warm")

    def path(self, stage: str) -> pathlib.Path:
        """The file of a stage. Flux and truth of a group are those of the whole scan."""
        scan = self.folder.parent if self.folder.name in GROUPS else self.folder
        if stage == "baseline":
            return scan.parent / FILES[stage]
        return (scan if stage in ("flux", "truth") else self.folder) / FILES[stage]

    @property
    def stages(self) -> list[str]:
        """What has been made of this scan."""
        return [stage for stage in FILES if self.path(stage).is_file() and stage != "baseline"]

    def _read(self, stage: str, reader, kind=None):
        path = self.path(stage)
        if not path.is_file():
            raise input_error(f"there is no {stage} of {self.folder}", f"{path.name} is missing",
                              f"Run {PROGRAMS[stage]} first")
        value, provenance = reader(path)
        if kind is None:
            return value
        result = kind(value)
        result.provenance = provenance
        return result

    @functools.cached_property
    def flux(self) -> FluxCube:
        """flux.h5: counts and live time."""
        return self._read("flux", _velocal.read_flux, FluxCube)

    @functools.cached_property
    def fit(self) -> ScanFit:
        """fit.h5: status and parameters of each pixel."""
        fit = self._read("fit", _velocal.read_fit, ScanFit)
        fit.flux = self.flux if self.path("flux").is_file() else None
        return fit

    @functools.cached_property
    def calibration(self) -> Calibration:
        """matrices.h5: target and gain of each pixel."""
        return self._read("calibration", _velocal.read_matrices, Calibration)

    @property
    def matrices(self) -> Calibration:
        """The calibration, as its file is called."""
        return self.calibration

    @functools.cached_property
    def truth(self) -> _velocal.Truth:
        """truth.h5: what a simulated scan was drawn from."""
        return self._read("truth", _velocal.read_truth)

    @functools.cached_property
    def baseline(self) -> _velocal.MeasuredBaseline:
        """baseline.h5 of the dataset: what its noise scans gave."""
        return self._read("baseline", _velocal.read_baseline)

    def _repr_html_(self) -> str:
        return html.table(str(self.folder), [(stage, self.path(stage).name) for stage in self.stages])

    def __repr__(self) -> str:
        return f"<velocal.Result {self.folder}: {', '.join(self.stages)}>"


def open(folder: str | os.PathLike) -> Result:
    """The results of a scan: `<results>/<dataset>/<scan>`, for a group of pixels `<results>/<dataset>/<scan>/<group>`.

    Raises InputError for a folder that has none. Dataset.folder() names that of a dataset.

    >>> import velocal
    >>> result = velocal.open(velocal.read_dataset("examples/scan.yaml").folder("warm"))
    >>> result.stages
    ['flux', 'fit', 'calibration', 'truth']
    >>> bool(result.calibration.gain_means.mean > 12)
    True
    """
    return Result(pathlib.Path(folder))
