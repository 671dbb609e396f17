#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes pixels.csv: real counts of some pixels of the golden scan, and what an independent fit makes of them.

Usage: make_pixels.py FOLDER > pixels.csv        (FOLDER: the golden archives, unpacked)

The fit is scipy's curve_fit (MINPACK) with the rules of docs/physics.md, "Fit of a pixel", statistic neyman, covariance
scaled; nothing is taken from the library. It is run twice, the second time from the first's minimum and with the
tightest tolerances, so that the numbers are those of the minimum itself.
"""
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import curve_fit
from scipy.special import erfc
from scipy.stats import chi2

THRESHOLDS = np.arange(1480, 1601)
ACQUISITIONS = range(8)
SHUTTER_S = 32.760
REJECTED = {(1494, 1), (1527, 6)}
LAST_COLUMN_MEAN = 18.34765625
START = (0.0009, 8.0, 12.0, 1551.0)
WANTED = {"good": 30, "bad": 10, "zero inside": 8, "dim": 6, "no baseline": 3, "masked": 3}


def read_matrix(path):
    return np.array(path.read_text().replace("\n", ",").rstrip(",").split(","), dtype=float).reshape(256, 256)


def read_scan(folder):
    """Counts [T, 256, 256] over the good acquisitions, live time [T], mask."""
    mask = read_matrix(folder / "20230803_warmFe55/Module0_VP3-1_Matrix_Mask.csv") > 0
    counts = np.zeros((len(THRESHOLDS), 256, 256), dtype=int)
    live = np.zeros(len(THRESHOLDS))
    for t, threshold in enumerate(THRESHOLDS):
        for acquisition in ACQUISITIONS:
            name = f"Module0_VP3-1_ECS_data_ST_32s760ms_THR_{threshold}_{acquisition}.csv"
            if (threshold, acquisition) in REJECTED:
                continue
            hits = read_matrix(folder / "20230803_warmFe55" / name)
            if hits.mean() <= 1e-9 or abs(hits[~mask[:, 255], 255].mean() - LAST_COLUMN_MEAN) < 0.01:
                continue
            counts[t] += hits.astype(int)
            live[t] += 1
    counts[:, mask] = 0
    return counts, live * SHUTTER_S, mask


def flux(E, f, A, s, E0):
    d = E - E0
    shelf = s / np.sqrt(np.pi) * np.exp(-((d / s) ** 2)) - d * erfc(d / s)
    return f * A / 2 * shelf + (1 - f) * A / (2 * np.sqrt(2 * np.pi) * s) * erfc(d / (np.sqrt(2) * s))


def fit(counts, live):
    """Status, and parameters, uncertainties, chi2, ndf where a fit converged."""
    nothing = [np.nan] * 9 + [0]
    if np.mean(counts == 0) >= 0.8:
        return -2, nothing
    nonzero = np.flatnonzero(counts)
    used = slice(nonzero[0], nonzero[-1] + 1)
    x, n, seconds = THRESHOLDS[used], counts[used], live[used]
    if len(x) < 4 or np.any(n == 0):
        return -1, nothing
    y, sigma = n / seconds, np.sqrt(n) / seconds
    try:
        values, _ = curve_fit(flux, x, y, p0=START, sigma=sigma)
        values, covariance = curve_fit(flux, x, y, p0=values, sigma=sigma, ftol=1e-15, xtol=1e-15, gtol=1e-15)
    except RuntimeError:
        return -1, nothing
    x2 = np.sum(((y - flux(x, *values)) / sigma) ** 2)
    ndf = len(x) - len(values)
    good = 0 < x2 < chi2.ppf(0.95, ndf) and np.all(values > 0)
    return int(good), [*values, *np.sqrt(np.diag(covariance)), x2, ndf]


def choose(counts, live, mask, baseline):
    """Pixels of each wanted kind, in a fixed random order."""
    found = {kind: [] for kind in WANTED}
    illumination = counts.sum(axis=0)
    dim = illumination < np.quantile(illumination[~mask], 0.02)
    order = [tuple(p) for p in np.argwhere(mask)] + [tuple(p) for p in np.argwhere((baseline == 0) & ~mask)]
    order += [divmod(int(index), 256) for index in np.random.default_rng(256).permutation(65536)]
    for pixel in order:
        status, _ = fit(counts[:, pixel[0], pixel[1]], live)
        kind = {1: "good", 0: "bad", -1: "zero inside"}.get(status)
        if mask[pixel]:
            kind = "masked"
        elif baseline[pixel] == 0:
            kind = "no baseline"
        elif dim[pixel]:
            kind = "dim"
        if len(found[kind]) < WANTED[kind] and pixel not in found[kind]:
            found[kind].append(pixel)
        if all(len(found[kind]) == number for kind, number in WANTED.items()):
            return found
    raise SystemExit("not enough pixels of each kind")


def main():
    folder = Path(sys.argv[1])
    counts, live, mask = read_scan(folder)
    baseline = read_matrix(folder / "20230626_warm/Module0_VP3-1_TrimBest_Noise_Predict.csv")
    print("# Made by make_pixels.py. Each pixel: row, column, kind, status, then f, A, s, E0, their uncertainties, chi2 and ndf")
    print("# where a fit converged (else nan, ndf 0), then the hits at each threshold.")
    print("threshold", *THRESHOLDS, sep=",")
    print("live_time_s", *(f"{seconds:.6g}" for seconds in live), sep=",")
    for kind, pixels in choose(counts, live, mask, baseline).items():
        for row, column in pixels:
            status, numbers = fit(counts[:, row, column], live)
            text = [f"{number:.12g}" for number in numbers]
            print("pixel", row, column, kind, status, *text, *counts[:, row, column], sep=",")


main()
