# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs what is measured: the programs, velocal_bench and scipy, one after another, on one drawn scan."""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

REPETITIONS = 3
DESCRIPTOR = "bench/scan.yaml"
SCAN = pathlib.Path("build/bench/results/bench/warm")
ENVIRONMENT = os.environ | {
    "VELOCAL_DATA": "build/bench/data",
    "VELOCAL_RESULTS": "build/bench/results",
    "OMP_NUM_THREADS": "1",  # numpy's threads: one core is compared with one core
    "OPENBLAS_NUM_THREADS": "1",
}
STATISTICS = {"neyman": [], "poisson": ["--statistic", "poisson", "--covariance", "absolute", "--start", "auto"]}


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(command, **more):
    """Standard output of a command; its messages are shown when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT | more)
    if done.returncode != 0:
        sys.exit(f"bench/compare: {' '.join(map(str, command))} failed:\n{done.stderr}{done.stdout}")
    return done.stdout


def timed(command):
    """Wall time [s] and peak memory [MB] of a program."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)
    messages = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit(f"bench/compare: {' '.join(map(str, command))} failed:\n{messages}")
    return seconds, usage.ru_maxrss / 1024


def draw_scan(programs):
    """Draws the scan unless it is there already, from the same descriptors."""
    made_from = pathlib.Path("build/bench/drawn_from")
    wanted = pathlib.Path(DESCRIPTOR).read_text() + pathlib.Path("datasets/demo.yaml").read_text()
    if made_from.exists() and made_from.read_text() == wanted and (SCAN / "truth.h5").exists():
        return
    say("Drawing the scan: 12,100 files, 1.6 GB in build/bench")
    shutil.rmtree(made_from.parent, ignore_errors=True)  # also what an interrupted run has left
    run([programs / "velocal-simulate", DESCRIPTOR])
    made_from.write_text(wanted)


def chain(programs):
    """{statistic: {program: (seconds, MB)}}, medians; the last fit stays, made with neyman."""
    say("Timing the chain of programs")
    run([programs / "velocal-flux", DESCRIPTOR, "--force"])  # the files are in the page cache after this
    steps = {}
    for statistic in reversed(STATISTICS):
        commands = {
            "velocal-flux": [],
            "velocal-fit": STATISTICS[statistic],
            "velocal-matrices": [],
        }
        samples = {program: [] for program in commands}
        for _ in range(REPETITIONS):
            for program, options in commands.items():
                samples[program].append(timed([programs / program, DESCRIPTOR, "--force", "--quiet", *options]))
        steps[statistic] = {
            program: (statistics.median(s for s, _ in runs), max(mb for _, mb in runs))
            for program, runs in samples.items()
        }
    return steps


def cat(processes):
    """Median time [s] that `cat` of all files of the scan takes, shared among as many processes."""
    files = sorted(str(file) for file in pathlib.Path(ENVIRONMENT["VELOCAL_DATA"]).rglob("*_THR_*.csv"))
    share = -(-len(files) // processes)
    samples = []
    for _ in range(REPETITIONS):
        start = time.perf_counter()
        subprocess.run(["xargs", f"-P{processes}", f"-n{share}", "cat"], input="\n".join(files), text=True,
                       stdout=subprocess.DEVNULL, check=True)
        samples.append(time.perf_counter() - start)
    return statistics.median(samples)


def benchmarks(build, pattern, seconds, **environment):
    """{name: result} of Google Benchmark, medians of the repetitions."""
    output = run([
        build / "bench/velocal_bench", DESCRIPTOR, f"--benchmark_filter={pattern}", f"--benchmark_min_time={seconds}",
        f"--benchmark_repetitions={REPETITIONS}", "--benchmark_report_aggregates_only=true", "--benchmark_format=json"
    ], **environment)
    return {
        result["run_name"].removesuffix("/real_time"): result
        for result in json.loads(output)["benchmarks"] if result["aggregate_name"] == "median"
    }


def models(build):
    """{SIMD level: {model: ns a point}} of the levels that this processor has."""
    levels = {}
    for level in ("scalar", "sse2", "avx2", "avx512"):
        results = benchmarks(build, "^model/", 0.1, VELOCAL_SIMD=level)
        if all(result["label"] == level for result in results.values()):
            levels[level] = {name.removeprefix("model/"): 1e9 / r["items_per_second"] for name, r in results.items()}
    return levels


def scipy():
    """What scipy_fit.py measures, or None where there is no scipy or h5py."""
    # Debian's packages are for Debian's Python, which need not be the first on the path.
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "import scipy, h5py"], capture_output=True).returncode == 0:
            say("Fitting with scipy")
            return json.loads(run([python, "bench/scipy_fit.py", SCAN / "flux.h5", SCAN / "fit.h5"]))
    say("No scipy or no h5py here (Debian: python3-scipy, python3-h5py): left out")
    return None


def python_fit(build):
    """The table of python_fit.py, or None where the Python package is not built."""
    if not (build / "python/velocal").exists():
        return None
    say("Fitting from Python")
    return run(["/usr/bin/python3", "bench/python_fit.py", build])


def report(programs, build):
    """Time, size, first view and frames a second of a report; None where it is not built."""
    program = programs / "velocal-report"
    page = build / "report/page"
    if not program.exists() or shutil.which("chromium") is None:
        return None
    say("Timing the report")
    times = [timed([program, DESCRIPTOR, "--force", "--quiet"])[0] for _ in range(3)]
    file = SCAN.parent / "report.html"
    shutil.copytree("report/tests", page / "tests", dirs_exist_ok=True)
    shown = [json.loads(run(["node", page / "tests/framerate.mjs", file])) for _ in range(3)]
    return {"seconds": statistics.median(times), "bytes": file.stat().st_size,
            **{key: statistics.median(one[key] for one in shown) for key in shown[0]}}


def machine(programs):
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    version = run([programs / "velocal-flux", "--version"]).splitlines()
    return {"cpu": cpu, "cores": len(os.sched_getaffinity(0)), "version": version}


def load():
    """Mean number of busy processes of the last minute."""
    busy = os.getloadavg()[0]
    if busy > 0.5:
        say(f"The machine is not idle (load {busy:.1f}): times will be too long")
    return busy
