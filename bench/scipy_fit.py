# SPDX-License-Identifier: GPL-3.0-or-later
"""scipy's curve_fit on the good pixels of every 16th row of a scan, those that velocal_bench fits, as an analysis in
Python would do it: statistic neyman, model F1_0, numeric Jacobian, the descriptor's start values.

usage: scipy_fit.py FLUX.h5 FIT.h5     (of the same scan; the fits made with neyman and F1_0 by velocal)

As with velocal_bench, a fit goes from a pixel's counts to its status. Prints JSON: microseconds of the processor and
calls of the model a pixel, in how many pixels E0 is velocal's, and how far it is there at most, in its uncertainty.
"""
import json
import sys
import time
import warnings

import numpy as np
from scipy.optimize import curve_fit
from scipy.special import chdtri, erfc

START = [0.0005, 6.0, 5.0, 1549.0]  # `initial` of datasets/demo.yaml
ROWS = 16  # every 16th row
SIGNIFICANCE = 0.05

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


def fit_pixel(counts, threshold, live_time):
    """E0, if the fit is good, and the calls of the model."""
    x, y, sigma = points(counts, threshold, live_time)
    try:
        best, covariance, info, _, _ = curve_fit(f1_0, x, y, p0=START, sigma=sigma, full_output=True)
    except RuntimeError:  # given up
        return np.nan, 0
    errors = np.sqrt(np.diag(covariance))
    chi2 = np.sum(((y - f1_0(x, *best)) / sigma)**2)
    good = np.all(best > 0) and np.all(np.isfinite(errors)) and 0 < chi2 < chdtri(len(x) - len(best), SIGNIFICANCE)
    return best[3] if good else np.nan, info["nfev"]


def main(flux_file, fit_file):
    import h5py  # python_fit.py, which takes the formula alone, does without
    with h5py.File(flux_file) as flux, h5py.File(fit_file) as fit:
        good = np.argwhere(fit["status"][:] == 1)
        pixels = good[good[:, 0] % ROWS == 0]
        counts = flux["counts"][:].astype(float)[:, pixels[:, 0], pixels[:, 1]].T
        threshold = flux["threshold"][:].astype(float)
        live_time = flux["live_time"][:]
        ours = fit["parameters/E0/value"][:][tuple(pixels.T)]
        error = fit["parameters/E0/value_errors"][:][tuple(pixels.T)]
    lines, calls = [], 0
    start = time.process_time()
    for pixel in counts:
        line, pixel_calls = fit_pixel(pixel, threshold, live_time)
        lines.append(line)
        calls += pixel_calls
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
