# SPDX-License-Identifier: GPL-3.0-or-later
"""Results that the programs have made."""
from __future__ import annotations

import functools
import os
import pathlib

from . import _velocal, html
from .calibration import Calibration
from .flux import FluxCube
from .maps import MeasuredBaseline, Truth
from .problems import input_error
from .scan_fit import ScanFit
from .source_gain import SourceGain

GROUPS = ("even", "odd", "rows")
FILES = {"flux": "flux.h5", "fit": "fit.h5", "calibration": "matrices.h5", "truth": "truth.h5", "baseline": "baseline.h5",
         "gain": "gain.h5"}
OF_ALL_SCANS = ("baseline", "gain")
PROGRAMS = {"flux": "velocal-flux", "fit": "velocal-fit", "calibration": "velocal-matrices", "truth": "velocal-simulate",
            "baseline": "velocal-baseline", "gain": "velocal-gain"}
READERS = {"flux": (_velocal.read_flux, FluxCube), "fit": (_velocal.read_fit, ScanFit),
           "calibration": (_velocal.read_matrices, Calibration), "truth": (_velocal.read_truth, Truth),
           "baseline": (_velocal.read_baseline, MeasuredBaseline), "gain": (_velocal.read_gain, SourceGain)}


def is_file(path: pathlib.Path) -> bool:
    """Raises InputError where nobody can look."""
    try:
        return path.is_file()
    except OSError as error:
        raise input_error(f"cannot read {path}", error.strerror or str(error)) from None


def read(stage: str, path: pathlib.Path):
    """What a file of the stage holds."""
    reader, kind = READERS[stage]
    value, provenance = reader(path)
    result = kind(value)
    result.provenance = provenance
    return result


class Result:
    """The results of a scan or of a dataset; open() gives it. Each attribute is read when it is first asked for.

    Of a scan: flux (FluxCube), fit (ScanFit), calibration (Calibration, also called matrices), and truth (of a simulated
    scan). Of all scans of a dataset: baseline (of its noise scans) and gain (SourceGain, from several sources). One that
    has not been made raises InputError.
    """

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.group = folder.name if folder.name in GROUPS else None
        self._scan = folder.parent if self.group else folder
        of_a_scan = any(is_file(self.path(stage)) for stage in FILES if stage not in OF_ALL_SCANS)
        self._dataset = self._scan.parent if of_a_scan else folder
        if not self.stages:
            raise input_error(f"{folder} is no folder of results", "it has none of " + ", ".join(FILES.values()),
                              "Name <results>/<dataset>/<scan>, such as results/N037/warm")

    def path(self, stage: str) -> pathlib.Path:
        """The file of a stage. Flux and truth of a group are those of the whole scan."""
        if stage in OF_ALL_SCANS:
            of_group = stage == "gain" and self.group
            return self._dataset / (f"gain_{self.group}.h5" if of_group else FILES[stage])
        return (self._scan if stage in ("flux", "truth") else self.folder) / FILES[stage]

    @property
    def stages(self) -> list[str]:
        """What has been made."""
        return [stage for stage in FILES if is_file(self.path(stage))]

    def _read(self, stage: str):
        path = self.path(stage)
        if not is_file(path):
            raise input_error(f"there is no {stage} of {self.folder}", f"{path.name} is missing",
                              f"Run {PROGRAMS[stage]} first")
        return read(stage, path)

    @functools.cached_property
    def flux(self) -> FluxCube:
        """flux.h5: counts and live time."""
        return self._read("flux")

    @functools.cached_property
    def fit(self) -> ScanFit:
        """fit.h5: status and parameters of each pixel."""
        fit = self._read("fit")
        fit.flux = self.flux if is_file(self.path("flux")) else None
        return fit

    @functools.cached_property
    def calibration(self) -> Calibration:
        """matrices.h5: target and gain of each pixel."""
        return self._read("calibration")

    @property
    def matrices(self) -> Calibration:
        """The calibration, as its file is called."""
        return self.calibration

    @functools.cached_property
    def truth(self) -> Truth:
        """truth.h5: what a simulated scan was drawn from."""
        return self._read("truth")

    @functools.cached_property
    def baseline(self) -> MeasuredBaseline:
        """baseline.h5 of the dataset: what its noise scans gave."""
        return self._read("baseline")

    @functools.cached_property
    def gain(self) -> SourceGain:
        """gain.h5 of the dataset: gain and zero from several sources."""
        return self._read("gain")

    def _repr_html_(self) -> str:
        return html.table(str(self.folder), [(stage, self.path(stage).name) for stage in self.stages])

    def __repr__(self) -> str:
        return f"<velocal.Result {self.folder}: {', '.join(self.stages)}>"


def open(path: str | os.PathLike):
    """The results of a scan: `<results>/<dataset>/<scan>`, for a group of pixels `<results>/<dataset>/<scan>/<group>`.

    A dataset's folder gives what it has of all scans. A file gives what it holds: `gain.h5` a SourceGain, `baseline.h5`
    a MeasuredBaseline, and so on. Raises InputError where there are no results. Dataset.folder() names a scan's folder.

    >>> import velocal
    >>> folder = velocal.read_dataset("examples/scan.yaml").folder("warm")
    >>> result = velocal.open(folder)
    >>> result.stages
    ['flux', 'fit', 'calibration', 'truth']
    >>> bool(result.calibration.gain_means.mean > 12)
    True
    >>> velocal.open(folder / "matrices.h5").gain.unit
    'e-/DAC'
    """
    path = pathlib.Path(path)
    if not is_file(path):
        if not path.exists():
            raise input_error(f"{path} does not exist", "", "Name the folder <results>/<dataset>/<scan>, or a file in it")
        return Result(path)
    first = path.stem.split("_")[0]
    for stage, name in FILES.items():
        if name == f"{first}{path.suffix}":
            return read(stage, path)
    raise input_error(f"{path} is no file of results", "these are called " + ", ".join(FILES.values()),
                      "Name one of them, or the folder <results>/<dataset>/<scan>")
