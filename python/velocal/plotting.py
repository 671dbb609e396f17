# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures with matplotlib: a map, a distribution, a curve with its fit."""
from __future__ import annotations

import numpy as np

from .problems import needed, usage_error


def axes(ax):
    """The axes given, or new ones."""
    if ax is not None:
        return ax
    return needed("matplotlib.pyplot", "plots need", "python3-matplotlib").subplots()[1]


def label(name: str, unit: str) -> str:
    """`K [e-/DAC]`"""
    return f"{name} [{unit}]" if unit else name


def plot_map(values: np.ndarray, name: str, unit: str, ax=None):
    """Values of pixels (rows, columns) as colours, from the 1st to the 99th percentile."""
    ax = axes(ax)
    finite = values[np.isfinite(values)]
    low, high = np.percentile(finite, [1, 99]) if finite.size else (0, 1)
    image = ax.imshow(values, origin="lower", interpolation="nearest", vmin=low, vmax=high)
    ax.figure.colorbar(image, ax=ax, label=label(name, unit))
    ax.set(xlabel="Column", ylabel="Row")
    return ax


def plot_one_of(maps: dict[str, tuple[np.ndarray, str]], what: str, whose: str, ax=None):
    """The map of that name, each with its unit. Raises UsageError for another name."""
    if not isinstance(what, str) or what not in maps:
        raise usage_error(f'there is no map of "{what}"', f"{whose} has {', '.join(maps)}")
    values, unit = maps[what]
    return plot_map(values, what, unit, ax)


def plot_distribution(values: np.ndarray, name: str, unit: str, ax=None):
    """Histogram of the finite values."""
    ax = axes(ax)
    ax.hist(values[np.isfinite(values)].ravel(), bins=100, histtype="step")
    ax.set(xlabel=label(name, unit), ylabel="Curves")
    return ax


def plot_curve(thresholds, flux, error, title: str, line=None, ax=None):
    """Flux against threshold with error bars; `line`: thresholds and flux of the fit."""
    ax = axes(ax)
    ax.errorbar(thresholds, flux, error, fmt=".", markersize=3, elinewidth=0.8, label="counts")
    if line is not None:
        ax.plot(*line, label="fit")
        ax.legend()
    ax.set(xlabel="Threshold [DAC]", ylabel="Flux [hits/s]", title=title)
    return ax


def finely(thresholds) -> np.ndarray:
    """Thresholds to draw a line through."""
    return np.linspace(thresholds[0], thresholds[-1], 600)
