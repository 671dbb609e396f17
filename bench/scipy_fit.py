# SPDX-License-Identifier: GPL-3.0-or-later
"""scipy's curve_fit on the good pixels of every 16th row of a scan, those that velocal_bench fits, as an analysis in
Python would do it: statistic neyman, model F1_0, numeric Jacobian, the descriptor's start values.

usage: scipy_fit.py FLUX.h5 FIT.h5     (of the same scan; the fits made with neyman and F1_0 by velocal)

Prints JSON: microseconds of the processor and calls of the model a pixel, in how many pixels E0 is velocal's, and
how far it is there at most, in its uncertainty.
"""
import json
import sys
import time
import warnings

import h5py
import numpy as np
from scipy.optimize import curve_fit
from scipy.special import erfc

START = [0.0005, 6.0, 5.0, 1549.0]  # `initial` of datasets/demo.yaml
ROWS = 16  # every 16th row

warnings.simplefilter("ignore")  # of a fit that ends elsewhere


def f1_0(threshold, f, a, s, e0):
    """docs/physics.md, "Models"."""
    d = threshold - e0
    shelf = s / np.sqrt(np.pi) * np.exp(-((d / s) ** 2)) - d * erfc(d / s)
    peak = erfc(d / (np.sqrt(2) * s)) / (np.sqrt(2 * np.pi) * s)
    return f * a / 2 * shelf + (1 - f) * a / 2 * peak


def points(counts, threshold, live_time):
    """Flux and its error, zeros at both ends trimmed."""
    seen = np.flatnonzero(counts)
    used = slice(seen[0], seen[-1] + 1)
    live = live_time[used]
    return threshold[used], counts[used] / live, np.sqrt(counts[used]) / live


def main(flux_file, fit_file):
    with h5py.File(flux_file) as flux, h5py.File(fit_file) as fit:
        good = np.argwhere(fit["status"][:] == 1)
        pixels = good[good[:, 0] % ROWS == 0]
        counts = flux["counts"][:].astype(float)[:, pixels[:, 0], pixels[:, 1]].T
        threshold = flux["threshold"][:].astype(float)
        live_time = flux["live_time"][:]
        ours = fit["parameters/E0/value"][:][tuple(pixels.T)]
        error = fit["parameters/E0/value_errors"][:][tuple(pixels.T)]
    problems = [points(pixel, threshold, live_time) for pixel in counts]
    lines, calls = [], 0
    start = time.process_time()
    for x, y, sigma in problems:
        try:
            best, _, info, _, _ = curve_fit(f1_0, x, y, p0=START, sigma=sigma, full_output=True)
            lines.append(best[3])
            calls += info["nfev"]
        except RuntimeError:  # given up
            lines.append(np.nan)
    seconds = time.process_time() - start
    difference = np.abs(np.array(lines) - ours) / error
    agree = difference < 0.01  # from a start value far off, curve_fit now and then ends elsewhere
    print(json.dumps({
        "pixels": len(pixels),
        "microseconds": 1e6 * seconds / len(pixels),
        "evaluations": calls / len(pixels),
        "agree": int(np.sum(agree)),
        "difference": float(np.max(difference[agree])),
    }))


if __name__ == "__main__":
    main(*sys.argv[1:])
