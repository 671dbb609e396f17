#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""velocal.fit_curves() from Python beside the same fit from C++, and beside scipy's curve_fit, in one run.

usage: bench/python_fit.py BUILD     (cmake --build BUILD --target velocal_python velocal_fit_counts)

65,536 curves of 121 thresholds; the two take turns, so that both see the same machine. Prints a table.
"""
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

sys.dont_write_bytecode = True
BUILD = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(BUILD / "python"))
import velocal  # noqa: E402

TURNS, CURVES, THRESHOLDS, LIVE_TIME, SCIPY_CURVES = 9, 65536, 121, 262.1, 50
TRUTH = {"f": 4e-4, "A": 10.0, "s": 4.5, "E0": 1549.0}


def draw():
    """Counts (N, T) whose lines lie a few DAC apart."""
    random = np.random.default_rng(1)
    x = np.arange(1480.0, 1480.0 + THRESHOLDS)
    steps = np.array([velocal.models["F1_0"].flux(x - shift, **TRUTH) for shift in np.linspace(-15, 15, 61)])
    return x, random.poisson(LIVE_TIME * (steps[random.integers(0, 61, CURVES)] + 2e-6)).astype("uint32")


def seconds_of(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def take_turns(x, counts):
    """Seconds of C++, of Python with uint32, and of Python with int64 on the first axis."""
    images = np.ascontiguousarray(counts.T).astype("int64")
    ways = {
        "Python, uint32 (65536, 121)": lambda: velocal.fit_curves(x, counts, LIVE_TIME, progress=False),
        "Python, int64 (121, 65536)": lambda: velocal.fit_curves(x, images, LIVE_TIME, axis=0, progress=False),
    }
    samples = {"C++": []} | {name: [] for name in ways}
    with tempfile.NamedTemporaryFile() as file:
        counts.tofile(file.name)
        with subprocess.Popen([BUILD / "bench/velocal_fit_counts", file.name, str(THRESHOLDS), str(LIVE_TIME)],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
            for _ in range(TURNS + 1):
                program.stdin.write("\n")
                program.stdin.flush()
                samples["C++"].append(float(program.stdout.readline().split()[0]))
                for name, work in ways.items():
                    samples[name].append(seconds_of(work))
            program.stdin.close()
    return {name: times[1:] for name, times in samples.items()}  # the first warms up


def scipy_seconds(x, counts):
    """Of one curve: least squares with scipy's defaults, from good start values."""
    try:
        from scipy.optimize import curve_fit
        from scipy_fit import f1_0
    except ImportError:
        return None

    def fit_all():
        for curve in counts[:SCIPY_CURVES]:
            seen = slice(0, np.flatnonzero(curve)[-1] + 1)
            error = np.sqrt(np.maximum(curve[seen], 1)) / LIVE_TIME
            curve_fit(f1_0, x[seen], curve[seen] / LIVE_TIME, p0=[5e-4, 9.0, 5.0, 1549.0], sigma=error)
    return seconds_of(fit_all) / SCIPY_CURVES


def main():
    x, counts = draw()
    good = np.count_nonzero(velocal.fit_curves(x, counts, LIVE_TIME, progress=False).good)
    samples = take_turns(x, counts)
    print(f"{CURVES} curves of {THRESHOLDS} thresholds, {good} good; median of {TURNS} turns, fastest in brackets\n")
    print("| | s | beside C++ |\n|---|---|---|")
    for name, times in samples.items():
        ratio = statistics.median(own / cpp for own, cpp in zip(times, samples["C++"]))
        print(f"| {name} | {statistics.median(times):.3f} ({min(times):.3f}) | {ratio:.3f} "
              f"({min(times) / min(samples['C++']):.3f}) |")
    one = scipy_seconds(x, counts)
    if one:
        print(f"| scipy's curve_fit, from {SCIPY_CURVES} curves | {one * CURVES:.0f} | "
              f"{one * CURVES / statistics.median(samples['C++']):.0f} |")


if __name__ == "__main__":
    main()
