#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small detector, 48 chips of two scans with faults in four of them: by the programs alone and on Slurm with losses,
compared byte by byte; compared with a second dataset; and what all that costs (docs/scale.md).

run_detector.py BUILD. Data and results are removed, but the detector's table and its pictures.
"""
import json
import os
import pathlib
import re
import resource
import shutil
import sys

from chips import Chips, require, require_same, say
from run_on_slurm import SOURCE, Slurm, lose, run_check, timed, with_slurm

FAULTS = {"Module0_VP1-1": "dead", "Module1_VP2-0": "noisy", "Module2_VP3-2": "shifted_gain",
          "Module3_VP0-0": "missing_files"}
FOUND = {chip for chip, fault in FAULTS.items() if fault != "missing_files"}
IRRADIATED = "Module1_VP0-2"  # the only chip whose gain is another one in the second dataset, beside a shift of all
EACH = 4  # chips a job
SPREAD = ", chips: {gain_spread: 0.01, noise_spread: 0.02, illumination_spread: 0.1}"
AFTER = """velocal: 1
extends: detector.yaml
name: after
data: {data}
faults: {{{chip}: shifted_gain}}
scans:
  - label: warm
    simulation: {{target: {{mean: 122}}}}
"""


def processor_time() -> float:
    """Of all programs that were started and have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def spent(action) -> tuple[float, float]:
    """Elapsed and processor time [s]."""
    before = processor_time()
    elapsed = timed(action)
    return elapsed, processor_time() - before


def daemon_time(slurm: Slurm) -> float:
    """Of Slurm's own processes."""
    ticks = 0
    for file in slurm.folder.glob("*.pid"):
        fields = pathlib.Path(f"/proc/{file.read_text().strip()}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def measuring_profile(folder: pathlib.Path) -> pathlib.Path:
    """The profile for Slurm, whose jobs say what they took as a whole."""
    profile = folder / "measured"
    profile.mkdir()
    script = folder / "measured/job"
    script.write_text("#!/bin/sh\n# properties = {properties}\ntrap times EXIT\n{exec_job}\n")
    text = (SOURCE / "workflow/profiles/slurm/config.yaml").read_text()
    (profile / "config.yaml").write_text(f"{text}jobscript: {script}\n")
    return profile


def job_times(workflow: pathlib.Path) -> list[float]:
    """Processor time of each job, with the Snakemake in it [s]."""
    times = []
    for log in (workflow / "logs").glob("slurm-*.log"):
        found = re.findall(r"^(\d+)m([\d.]+)s (\d+)m([\d.]+)s$", log.read_text(), re.MULTILINE)[-2:]
        times.append(sum(60 * int(a) + float(b) + 60 * int(c) + float(d) for a, b, c, d in found))
    require(bool(times) and min(times) > 0, f"jobs do not say their times in {workflow / 'logs'}")
    return times


def program_times(workflow: pathlib.Path) -> list[dict]:
    return [json.loads(file.read_text())["needed"] for file in (workflow / "done").glob("*.json")]


def on_slurm(chips: Chips, slurm: Slurm, results: str, each: int, *more: str, status: int, **environment) -> dict:
    """The workflow with what it took."""
    daemons = daemon_time(slurm)
    profile = str(chips.folder / "measured")
    elapsed, around = spent(lambda: chips.workflow(results, "--profile", profile, "--chips-per-job", str(each), *more,
                                                   status=status, **slurm.environment, **environment))
    workflow = chips.folder / results / "detector/workflow"
    programs = program_times(workflow)
    jobs = job_times(workflow)
    return {"elapsed": elapsed, "around": around, "jobs": len(jobs), "in_jobs": sum(jobs),
            "programs": sum(job["processor_s"] for job in programs), "memory": max(job["memory_MB"] for job in programs),
            "daemons": daemon_time(slurm) - daemons}


def empty_programs(chips: Chips) -> str:
    """A PATH with programs that do nothing; velocal-status tells what there is to do."""
    folder = chips.folder / "nothing"
    folder.mkdir()
    for program in ("velocal-flux", "velocal-fit", "velocal-matrices", "velocal-detector"):
        (folder / program).write_text("#!/bin/sh\necho '{}'\n")
        (folder / program).chmod(0o755)
    return f"{folder}:{chips.environment['PATH']}"


def job_overhead(chips: Chips, slurm: Slurm) -> float:
    """Of a job on Slurm whose programs do nothing [s of a processor]: in the job, and around it, of 12 jobs less 3."""
    path = empty_programs(chips)
    few, many = (on_slurm(chips, slurm, f"nothing{each}", each, "--asic", "Module0_*", status=0, PATH=path)
                 for each in (4, 1))
    in_job = many["in_jobs"] / many["jobs"]
    around, daemons = ((many[what] - few[what]) / (many["jobs"] - few["jobs"]) for what in ("around", "daemons"))
    say(f"a job that does nothing: {in_job:.2f} s of a processor in it, {around:.2f} s for sbatch and questions, "
        f"{daemons:.2f} s in Slurm; a workflow begins with {few['around'] - few['jobs'] * around:.1f} s")
    return in_job + around + daemons


def tell_overhead(what: str, work: float, overhead: float) -> None:
    shares = ", ".join(f"{each}: {100 * overhead / each / work:.1f} %" for each in (1, 2, 4, 8, 12, 24))
    say(f"overhead of {what}, {work:.1f} s of a processor, by chips a job: {shares}")


def outliers_of(report: dict, quantity: str | None = None) -> set[str]:
    return {outlier["asic"] for outlier in report["outliers"] if quantity in (None, outlier["quantity"])}


def require_outliers(chips: Chips) -> None:
    text = chips.run("velocal-detector", chips.dataset, "--results", "alone", "--json", "--force", "--no-progress",
                     status=chips.status)
    report = json.loads(text[text.index("{"):text.rindex("}") + 1])["scans"][0]
    say("outliers: " + ", ".join(f"{one['asic']}/{one['label']} {one['quantity']}" for one in report["outliers"]))
    require(outliers_of(report) == FOUND, f"outliers are {sorted(outliers_of(report))}, planted {sorted(FOUND)}")
    shifted = outliers_of(report, "K_mean")
    require("Module2_VP3-2" in shifted, f"the shifted gain is not found; outliers of K_mean: {sorted(shifted)}")


def compare(chips: Chips) -> None:
    """After irradiation: the gain of all chips is another one, of one chip by far. In chips with faults, which are
    there before and after, other numbers of pixels change."""
    after = chips.folder / "after.yaml"
    after.write_text(AFTER.format(data=chips.folder / "data-after", chip=IRRADIATED))
    for program in ("simulate", "flux", "fit", "matrices", "detector"):
        chips.run(f"velocal-{program}", after, "--scan", "warm", *(() if program == "simulate" else ("--results", "alone")),
                  "--quiet", status=0 if program == "simulate" else 6)
    text = chips.run("velocal-detector", "--compare", chips.dataset, after, "--results", "alone", "--scan", "warm", "--json",
                     "--no-progress")
    compared = json.loads(text[text.index("{"):text.rindex("}") + 1])["scans"][0]["compared"][0]
    require(len(compared["chips"]) == 48, f"{len(compared['chips'])} chips are compared")
    shifted, found = outliers_of(compared, "K_difference"), outliers_of(compared)
    require(shifted == {IRRADIATED}, f"outliers of K's difference are {sorted(shifted)}")
    require(found <= FOUND | shifted, f"outliers of the comparison are {sorted(found)}")
    say(f"compared with a second dataset: the gain of {IRRADIATED} alone stands out; in other quantities "
        f"{', '.join(sorted(found - shifted)) or 'none'}")


def archives(chips: Chips) -> None:
    """Of a chip of full size, from the page cache."""
    some = ("--threads", "1", "--quiet", "--no-progress")
    packed = chips.folder / "packed.yaml"
    scans = "".join(f"  - {{label: {label}, folder: \"{label}/${{ASIC}}.zip\"}}\n" for label in ("warm", "cold"))
    packed.write_text(f"velocal: 1\nextends: detector.yaml\nname: packed\nscans:\n{scans}")
    packing = spent(lambda: chips.run("velocal-pack", chips.dataset, *some))[1]
    files = spent(lambda: chips.run("velocal-flux", chips.dataset, "--results", "files", *some))[1]
    zips = spent(lambda: chips.run("velocal-flux", packed, "--results", "archives", *some))[1]
    say(f"velocal-flux of it: {files:.2f} s of a processor from files, {zips:.2f} s from archives; packing it "
        f"{packing:.2f} s")


def cores(chips: Chips) -> None:
    """6 chips by one and by two jobs at once."""
    for jobs in (1, 2):
        elapsed, processor = spent(lambda: chips.workflow(f"cores{jobs}", "--jobs", str(jobs), "--chips-per-job", "3",
                                                          "--asic", "Module0_VP{2..3}-*"))
        say(f"6 chips, {jobs} jobs at once on this machine: {elapsed:.0f} s, {processor:.0f} s of a processor")


def full_size(build: pathlib.Path, folder: pathlib.Path, slurm: Slurm, overhead: float) -> None:
    """One chip of 12,100 files a scan, as full as those of a real one."""
    chips = Chips(build, folder, "Module0_VP0-0", step=1, acquisitions=100, shutter="2s600ms")
    measuring_profile(folder)
    say(f"a chip of full size is drawn in {timed(chips.draw):.0f} s")
    took = on_slurm(chips, slurm, "slurm", 1, status=0)
    say(f"it takes {took['programs']:.1f} s of a processor and {took['memory']} MB; its job {took['in_jobs']:.1f} s")
    tell_overhead("a chip of full size", took["programs"], overhead)
    archives(chips)
    for program in ("velocal-status", "velocal-detector"):
        elapsed, processor = spent(lambda: chips.run(program, chips.dataset, "--results", "slurm", "--quiet", "--no-progress"))
        say(f"{program} of it, up to date: {processor:.2f} s of a processor")
    chips.remove()


def keep(chips: Chips, folder: pathlib.Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(chips.folder / "alone/detector/plots", folder)
    for name in ("detector.h5", "detector.csv"):
        shutil.copy(chips.folder / "alone/detector" / name, folder)
    say(f"kept: {folder}")


def calibrate_three_times(chips: Chips, slurm: Slurm) -> None:
    elapsed, processor = spent(lambda: chips.calibrate("alone"))
    say(f"48 chips by the programs alone: {elapsed:.0f} s, {processor:.0f} s of a processor")
    took = on_slurm(chips, slurm, "slurm", EACH, status=chips.status)
    say(f"on Slurm, {EACH} chips a job: {took['elapsed']:.0f} s; programs {took['programs']:.0f} s of a processor and "
        f"{took['memory']} MB, {took['jobs']} jobs {took['in_jobs']:.0f} s, the workflow around them {took['around']:.0f} s")
    lose(chips, slurm, EACH, node=True)
    for results in ("alone", "slurm", "lost"):
        say(f"{results}: table and pictures in {timed(lambda: chips.finish(results)):.0f} s")
    for results in ("slurm", "lost"):
        require_same(chips.digests("alone"), chips.digests(results))
    say(f"{len(chips.digests('alone'))} files of results are byte-identical: alone, on Slurm, and after losses")


def check(build: pathlib.Path, folder: pathlib.Path, slurm: Slurm) -> None:
    faults = ", ".join(f"{chip}: {fault}" for chip, fault in FAULTS.items())
    chips = Chips(build, folder / "chips", "Module{0..3}_VP{0..3}-{0..2}", step=8, simulation=SPREAD,
                  more=f"faults: {{{faults}}}\n", status=6)
    measuring_profile(chips.folder)
    say(f"48 chips of two scans, drawn in {timed(chips.draw):.0f} s")
    overhead = job_overhead(chips, slurm)
    calibrate_three_times(chips, slurm)
    keep(chips, folder / "pictures")
    require_outliers(chips)
    compare(chips)
    cores(chips)
    chips.remove()
    full_size(build, folder / "full", slurm, overhead)


def main() -> None:
    build = pathlib.Path(sys.argv[1]).resolve()
    folder = build / "cluster"
    with_slurm(folder / "slurm", lambda slurm: check(build, folder, slurm))


if __name__ == "__main__":
    run_check(main)
