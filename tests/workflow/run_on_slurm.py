#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chips on a real Slurm of four nodes on this machine, whose results are compared with those of the programs alone.

run_on_slurm.py BUILD [--whole]: four small chips; --whole: 48 chips of two scans, a node that is killed, a job that is
shot, and the overhead of a job. Says SKIPPED where there is no Slurm.
"""
import argparse
import pathlib
import shutil
import signal
import subprocess
import time

from chips import SOURCE, Chips, Failure, chips_to_be_done, require, require_same, say, skip, wait_for

SLURM = SOURCE / "workflow/slurm-here"
LOST = ("--profile", "slurm", "--retries", "0", "--chips-per-job")


class Slurm:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        started = subprocess.run([SLURM, "start", folder], text=True, capture_output=True, check=False)
        if started.returncode == 3:
            self.stop()
            skip(started.stderr.strip().splitlines()[-1].removeprefix("SKIPPED: "))
        require(started.returncode == 0, started.stderr)
        self.environment = {"SLURM_CONF": str(folder / "slurm.conf")}

    def run(self, *command: str) -> str:
        return subprocess.run(command, env={"PATH": "/usr/bin:/usr/sbin:/bin", **self.environment}, text=True,
                              capture_output=True, check=False).stdout

    def running(self) -> dict[str, str]:
        """Node of each running job."""
        return dict(line.split() for line in
                    self.run("squeue", "--noheader", "--states=R", "--format=%A %N").splitlines() if len(line.split()) == 2)

    def call(self, what: str, *more: str) -> None:
        subprocess.run([SLURM, what, self.folder, *more], check=True, stdin=subprocess.DEVNULL)

    def stop(self) -> None:
        subprocess.run([SLURM, "stop", self.folder], check=False)


def shoot(slurm: Slurm, job: str) -> None:
    """The job's program is killed, as by a lack of memory."""
    slurm.run("scancel", "--signal=KILL", "--full", job)


def lose(chips: Chips, slurm: Slurm, each: int, node: bool) -> None:
    process = chips.start(chips.command("lost", *LOST, str(each)), **slurm.environment)
    try:
        lose_jobs(process, chips, slurm, each, node)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def lose_jobs(process, chips: Chips, slurm: Slurm, each: int, node: bool) -> None:
    """A job is shot, and a node dies; the rest goes on. The next workflow does what is missing, and nothing else."""
    wait_for(lambda: len(slurm.running()) >= (3 if node else 1), "jobs run")
    time.sleep(2)
    jobs = slurm.running()
    lost_node = "n2" if node and "n2" in jobs.values() else None
    shot = next(job for job, where in jobs.items() if where != lost_node)
    shoot(slurm, shot)
    if lost_node:
        slurm.call("kill", lost_node)
    text = process.communicate(timeout=1800)[0]
    require(process.returncode == 6, f"a workflow that lost jobs ended with {process.returncode}:\n{text}")
    log = next((chips.folder / "lost").rglob("lost.log")).read_text()
    require(f"job {shot} " in log, f"the shot job {shot} is not in the log:\n{log}")
    if lost_node:
        require(f"on {lost_node}: NODE_FAIL" in log, f"the lost node is not in the log:\n{log}")
        slurm.call("node", lost_node)
    say(log.rstrip())
    before = chips.flux_times("lost")
    whole = finished_chips(chips, "lost")
    again = chips.workflow("lost", "--profile", "slurm", "--chips-per-job", str(each), **slurm.environment)
    after = chips.flux_times("lost")
    require(chips_to_be_done(again) == len(chips_of(chips)) - len(whole), f"not only what is missing is done:\n{again}")
    redone = [name for name, written in before.items()
              if pathlib.Path(name).parents[1].name in whole and after[name] != written]
    require(not redone, f"made anew: {redone}")
    say(f"lost: {len(chips_of(chips)) - len(whole)} of {len(chips_of(chips))} chips, and only they were done again")


def chips_of(chips: Chips) -> list[str]:
    return sorted(path.name for path in (chips.folder / "alone/detector").iterdir()
                  if path.is_dir() and path.name.startswith("Module"))


def finished_chips(chips: Chips, results: str) -> set[str]:
    labels = 2
    return {asic for asic in chips_of(chips)
            if len(list((chips.folder / results / "detector" / asic).rglob("matrices.h5"))) == labels}


def timed(action) -> float:
    begin = time.monotonic()
    action()
    return time.monotonic() - begin


def check(chips: Chips, slurm_folder: pathlib.Path, each: int, whole: bool) -> None:
    drawn = timed(chips.draw)
    alone = timed(lambda: chips.calibrate("alone"))
    say(f"drawn in {drawn:.0f} s; flux, fit and matrices by the programs alone: {alone:.0f} s")
    slurm = Slurm(slurm_folder)
    try:
        on_slurm = timed(lambda: chips.workflow("slurm", "--profile", "slurm", "--chips-per-job", str(each),
                                                **slurm.environment))
        say(f"on Slurm, {each} chips a job: {on_slurm:.0f} s")
        lose(chips, slurm, each, whole)
    finally:
        slurm.stop()
    results = ("alone", "slurm", "lost")
    if chips.has("velocal-detector"):
        for folder in results:
            chips.finish(folder)
    for folder in results[1:]:
        require_same(chips.digests("alone"), chips.digests(folder))
    say(f"{len(chips.digests('alone'))} files of results are byte-identical: alone, on Slurm, and after losses")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    if shutil.which("snakemake") is None:
        skip("there is no snakemake. apt-get install snakemake")
    folder = options.build.resolve() / "cluster"
    asics = "Module{0..3}_VP{0..3}-{0..2}" if options.whole else "Module0_VP{0..3}-0"
    chips = Chips(options.build.resolve(), folder / "chips", asics, step=8 if options.whole else 10)
    try:
        check(chips, folder / "slurm", 4 if options.whole else 1, options.whole)
    except Failure as failure:
        say(f"FAILED: {failure}")
        raise SystemExit(1) from None
    chips.remove()


if __name__ == "__main__":
    main()
