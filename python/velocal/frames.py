# SPDX-License-Identifier: GPL-3.0-or-later
"""Results as tables of pandas."""
from __future__ import annotations

import numpy as np

from .problems import needed
from .values import Parameters, Reason, Status


def frame(columns: dict[str, np.ndarray]):
    """A pandas.DataFrame of these columns."""
    return needed("pandas", "tables need", "python3-pandas").DataFrame(columns)


def places(shape: tuple[int, ...]) -> dict[str, np.ndarray]:
    """Columns that say which curve or pixel a row is of."""
    names = {0: (), 1: ("curve",), 2: ("row", "column")}.get(len(shape), [f"axis_{i}" for i in range(len(shape))])
    return {name: place.ravel() for name, place in zip(names, np.indices(shape))}


def status_columns(status: np.ndarray, reason: np.ndarray) -> dict[str, list[str]]:
    """Statuses and reasons as words."""
    statuses = {int(member): member.name for member in Status}
    reasons = [member.name for member in Reason]
    return {"status": [statuses[number] for number in status.ravel().tolist()],
            "reason": [reasons[number] for number in reason.ravel().tolist()]}


def fit_frame(fits):
    """A row a curve or pixel: its place, status, reason, parameters with their errors, chi2 and ndf."""
    columns = places(fits.status.shape) | status_columns(fits.status, fits.reason)
    for parameter in fits.parameters.values():
        columns |= {parameter.name: parameter.value.ravel(), f"{parameter.name}_error": parameter.error.ravel()}
        if parameter.error_low is not None:
            columns |= {f"{parameter.name}_error_low": parameter.error_low.ravel(),
                        f"{parameter.name}_error_high": parameter.error_high.ravel()}
    return frame(columns | {"chi2": fits.chi2.ravel(), "ndf": fits.ndf.ravel()})


def status_counts(status: np.ndarray) -> dict[str, int]:
    """How many fits ended how."""
    return {member.name: int(np.count_nonzero(status == member)) for member in Status}


def median_text(values: np.ndarray) -> str:
    """Median and spread of the finite values."""
    finite = values[np.isfinite(values)]
    return f"{np.median(finite):.5g}, spread {np.std(finite):.2g}" if finite.size else "none"


def median_rows(parameters: Parameters) -> list[tuple[str, str, str]]:
    """Name, median and spread, and unit of each parameter, over the good fits."""
    return [(each.name, median_text(each.value), each.unit) for each in parameters.values()]
