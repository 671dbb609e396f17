# SPDX-License-Identifier: GPL-3.0-or-later
"""Markdown tables of what was measured."""

PIXELS = 65536
LIMIT_NS = 9.0  # a point and pass: model with four derivatives and normal equations on AVX2 (docs/performance.md)


def table(head, rows, labels=1):
    """The first `labels` columns are text, the rest numbers."""
    rule = ["---"] * labels + ["---:"] * (len(head) - labels)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, rule, *rows])


def line(xs, ys):
    """Least squares y = intercept + slope x, and the largest deviation from it as a share of the largest y."""
    n, mean_x, mean_y = len(xs), sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / sum((x - mean_x)**2 for x in xs)
    intercept = mean_y - slope * mean_x
    worst = max(abs(y - intercept - slope * x) for x, y in zip(xs, ys))
    assert n > 2
    return intercept, slope, worst / max(ys)


def seconds(result):
    return result["real_time"] * {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}[result["time_unit"]]


def per_fit(result):
    """Microseconds of one core a fit: processor time, which other work on the machine hardly changes."""
    assert result["time_unit"] == "ms"
    return 1e3 * result["cpu_time"] / result["fits"]


def thread_counts(cores):
    return sorted({1, cores})


def machine(m, load):
    return "\n".join([f"- {m['cpu']}, {m['cores']} cores; load before the run: {load:.2f}",
                      *(f"- {text}" for text in m["version"])])


def reading(bench, cat):
    rows = []
    for threads, cat_seconds in cat.items():
        read = bench[f"scan/read/threads:{threads}"]
        flux = bench[f"scan/flux/acquisitions:100/threads:{threads}"]
        rows.append([
            str(threads), f"{cat_seconds:.3f}", f"{seconds(read):.3f}",
            f"{1e6 * threads * seconds(read) / read['files']:.1f}", f"{seconds(flux):.3f}",
            f"{seconds(flux) / cat_seconds:.2f}", f"{seconds(flux) / seconds(read):.2f}"
        ])
    rates = [bench[f"files/{what}"]["bytes_per_second"] / 1e9 for what in ("read", "parse")]
    return table(["threads", "`cat` [s]", "read only [s]", "a file and thread [µs]", "flux [s]", "flux / `cat`",
                  "flux / read only"], rows) + (
        f"\n\nOne thread, 100 files of one threshold: reading alone {rates[0]:.1f} GB/s, parsing alone, from memory, "
        f"{rates[1]:.1f} GB/s.")


def engines(bench, scipy):
    rows = []
    for statistic in ("neyman", "poisson"):
        def result(engine, start):
            return bench[f"pixel/engine:{engine}/statistic:{statistic}/start:{start}"]
        ours = per_fit(result("fast", "auto"))
        for engine in ("fast", "gsl"):
            for start in ("auto", "descriptor"):
                r = result(engine, start)
                rows.append([f"`{engine}`", statistic, start, f"{per_fit(r):.2f}", f"{r['evaluations']:.1f}",
                             f"{per_fit(r) / ours:.1f}"])
        if scipy and statistic == "neyman":
            rows.append(["scipy `curve_fit`", statistic, "descriptor", f"{scipy['microseconds']:.0f}",
                         f"{scipy['evaluations']:.1f}", f"{scipy['microseconds'] / ours:.0f}"])
    text = table(["engine", "statistic", "start", "µs a fit", "evaluations", "ratio to `fast`, auto"], rows, 3)
    if not scipy:
        return text + "\n\nscipy was not installed here, so it is not compared."
    return text + (f"\n\nscipy fitted {scipy['pixels']} good pixels; in {scipy['agree']} its E0 is ours within "
                   f"{scipy['difference']:.1g} of the uncertainty.")


def asic(bench, cores):
    rows = []
    for statistic in ("neyman", "poisson"):
        for threads in thread_counts(cores):
            r = bench[f"asic/engine:fast/statistic:{statistic}/start:auto/threads:{threads}"]
            rows.append([statistic, str(threads), f"{seconds(r):.3f}", f"{r['fits']:.0f}", f"{r['points']:.0f}",
                         f"{r['evaluations']:.2f}", f"{seconds(r) * PIXELS / r['fits']:.2f}"])
    return table(["statistic", "threads", "fit of the ASIC [s]", "fits", "points a fit", "evaluations",
                  "if all 65,536 were fitted [s]"], rows)


def limit(bench, models, cores):
    level = list(models)[-1]
    rows = []
    for statistic in ("neyman", "poisson"):
        r = bench[f"asic/engine:fast/statistic:{statistic}/start:auto/threads:{cores}"]
        passes = r["fits"] * r["points"] * r["evaluations"] / cores  # points and passes of one core
        rows.append([statistic, f"{passes * LIMIT_NS * 1e-9:.3f}", f"{passes * models[level]['F1_0'] * 1e-9:.3f}",
                     f"{seconds(r):.3f}", f"{1e9 * seconds(r) / passes:.1f}",
                     f"{seconds(r) / (passes * LIMIT_NS * 1e-9):.2f}"])
    return table(["statistic", f"limit at {LIMIT_NS:.0f} ns [s]", f"model alone, {level} [s]", "measured [s]",
                  "ns a point and pass", "measured / limit"], rows)


def threshold_growth(bench):
    rows, lines = [], []
    counts = (30, 61, 121, 241)
    for statistic in ("neyman", "poisson"):
        results = [bench[f"thresholds/count:{n}/engine:fast/statistic:{statistic}/start:auto"] for n in counts]
        times = [per_fit(r) for r in results]
        for n, r in zip(counts, results):
            rows.append([statistic, str(n), f"{r['points']:.0f}", f"{r['evaluations']:.2f}", f"{per_fit(r):.2f}"])
        a, b, off = line(counts, times)
        c, d, off_passes = line([r["points"] * r["evaluations"] for r in results], times)
        lines.append(f"- {statistic}: {a:.2f} µs + {1e3 * b:.0f} ns for each threshold, within {100 * off:.0f} % of the "
                     f"largest; {c:.2f} µs + {1e3 * d:.1f} ns for each point and pass, within {100 * off_passes:.0f} %.")
    return table(["statistic", "thresholds", "points a fit", "evaluations", "µs a fit"],
                 rows) + "\n\n" + "\n".join(lines)


def acquisition_growth(bench, cores):
    counts = (1, 10, 100)
    rows, lines = [], []
    for threads in thread_counts(cores):
        times = [seconds(bench[f"scan/flux/acquisitions:{n}/threads:{threads}"]) for n in counts]
        rows.append([str(threads), *(f"{t:.3f}" for t in times)])
        a, b, off = line(counts, times)
        lines.append(f"- {threads} thread{'s' if threads > 1 else ''}: {a:.3f} s + {1e3 * b:.1f} ms for each "
                     f"acquisition of all thresholds, within {100 * off:.0f} % of the largest.")
    return table(["threads", *(f"{n} a threshold [s]" for n in counts)], rows) + "\n\n" + "\n".join(lines)


def chain(steps):
    rows = []
    for statistic in ("neyman", "poisson"):
        programs = steps[statistic]
        total = sum(s for s, _ in programs.values())
        rows.append([statistic, *(f"{s:.2f}" for s, _ in programs.values()), f"**{total:.2f}**"])
    memory = [f"{name} {max(steps[s][name][1] for s in steps):.0f} MB" for name in steps["neyman"]]
    return table(["statistic", *(f"{name} [s]" for name in steps["neyman"]), "all [s]"], rows) + (
        "\n\nPeak memory: " + ", ".join(memory) + ".")


def report(measured):
    if measured is None:
        return "The report was not built, or there is no chromium."
    return table(["velocal-report [s]", "size [MB]", "first view [s]", "panning a zoomed map [frames/s]"],
                 [[f"{measured['seconds']:.2f}", f"{measured['bytes'] * 1e-6:.1f}",
                   f"{measured['first_view_ms'] * 1e-3:.2f}", f"{measured['frames_per_second']:.0f}"]], labels=0)


def model_times(models):
    names = sorted(next(iter(models.values())))
    return table(["model", *models], [[f"`{name}`", *(f"{models[level][name]:.1f}" for level in models)]
                                      for name in names])


def files(bench):
    rows = []
    for name in ("flux", "fit"):
        write, read = bench[f"hdf5/write/{name}"], bench[f"hdf5/read/{name}"]
        rows.append([f"{name}.h5", f"{write['bytes'] / 1e6:.1f}", f"{seconds(write):.3f}", f"{seconds(read):.3f}"])
    return table(["file", "size [MB]", "write [s]", "read [s]"], rows)
