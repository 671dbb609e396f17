# SPDX-License-Identifier: GPL-3.0-or-later
"""What results are made of."""
from __future__ import annotations

import dataclasses
import enum
from typing import NamedTuple

import numpy as np

from . import _velocal
from .problems import usage_error

Status = enum.IntEnum("Status", _velocal.status_numbers, module="velocal")
Status.__doc__ = """How a fit ended: good 1, bad 0, not_found -1, cut -2.

>>> import numpy as np, velocal
>>> np.array([1, 0, -2], dtype="int8") == velocal.Status.good
array([ True, False, False])
"""

Reason = enum.IntEnum("Reason", {name.replace(" ", "_"): number for number, name in enumerate(_velocal.reason_names)},
                      module="velocal")
Reason.__doc__ = """Why a fit has its status; `none` for good ones.

>>> import velocal
>>> velocal.Reason(9).name
'no_hits'
"""


class Uncertain(NamedTuple):
    """A value with its standard uncertainty; NaN where undefined."""

    value: float
    error: float

    def __str__(self) -> str:
        return f"{self.value:.6g} ± {self.error:.2g}"


class Means(NamedTuple):
    """Moments over the pixels that have a value; NaN where undefined."""

    pixels: int
    mean: float
    standard_deviation: float
    mean_error: float


class BudgetRow(NamedTuple):
    """One cause of uncertainty: of the target [DAC] and of the gain [e-/DAC]. `common` to all pixels, or each its own."""

    cause: str
    common: bool
    target: float
    gain: float


@dataclasses.dataclass(frozen=True)
class Quantity:
    """Value and standard uncertainty of each pixel, arrays (256, 256); NaN where undefined."""

    value: np.ndarray
    error: np.ndarray
    unit: str


@dataclasses.dataclass(frozen=True)
class Parameter:
    """A fit parameter of each curve or pixel; NaN unless the fit is good.

    `error_low` and `error_high`, downwards and upwards, are there for the line with errors="profile", else None.
    `unit` is "" for a pure number.
    """

    name: str
    unit: str
    value: np.ndarray
    error: np.ndarray
    error_low: np.ndarray | None = None
    error_high: np.ndarray | None = None


class Parameters(dict):
    """Parameters by name, in the model's order. Another name raises UsageError."""

    def __missing__(self, name):
        raise usage_error(f'the model has no parameter "{name}"', f"it has {', '.join(self)}", "Ask for one of these")


def parameters_of(rows, shape=None) -> Parameters:
    """Parameters from rows of the C++ library, their arrays in another shape."""
    def shaped(array):
        return array if array is None or shape is None else array.reshape(shape)
    return Parameters({name: Parameter(name, unit, *map(shaped, arrays)) for name, unit, *arrays in rows})
