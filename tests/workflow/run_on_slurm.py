#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chips on a real Slurm of four nodes on this machine, whose results are compared with those of the programs alone.

run_on_slurm.py BUILD: four small chips. Says SKIPPED where there is no Slurm. run_detector.py has 48 of full size.
"""
import collections
import json
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

from chips import SOURCE, Chips, Failure, chips_to_be_done, require, require_same, say, skip, wait_for

SLURM = SOURCE / "workflow/slurm-here"
LOST = ("--profile", "slurm", "--retries", "0", "--chips-per-job")


class Slurm:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        started = subprocess.run([SLURM, "start", folder], text=True, capture_output=True, check=False)
        if started.returncode == 3:
            skip(started.stderr.strip().splitlines()[-1].removeprefix("SKIPPED: "))
        require(started.returncode == 0, started.stderr)
        self.environment = {"SLURM_CONF": str(folder / "slurm.conf")}

    def run(self, *command: str) -> str:
        return subprocess.run(command, env={"PATH": "/usr/bin:/usr/sbin:/bin", **self.environment}, text=True,
                              capture_output=True, check=False).stdout

    def running(self) -> dict[str, tuple[str, str]]:
        """Node and name of each running job."""
        lines = [line.split() for line in
                 self.run("squeue", "--noheader", "--states=R", "--format=%A %N %j").splitlines()]
        return {line[0]: (line[1], line[2].removeprefix("velocal-")) for line in lines if len(line) == 3}

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


def chips_of_jobs(chips: Chips) -> dict[str, list[str]]:
    plan = chips.folder / "lost/detector/workflow/plan.json"
    return json.loads(plan.read_text())["jobs"] if plan.exists() else {}


def has(chips: Chips, asic: str, file: str) -> bool:
    return any((chips.folder / "lost/detector" / asic).rglob(file))


def at_work(chips: Chips, slurm: Slurm) -> dict[str, tuple[str, list[str]]]:
    """Node and chips of the jobs that have made a flux and no matrices yet: a program of theirs runs."""
    planned = chips_of_jobs(chips)
    jobs = {job: (node, planned.get(name, [])) for job, (node, name) in slurm.running().items()}
    return {job: (node, asics) for job, (node, asics) in jobs.items()
            if any(has(chips, asic, "flux.h5") for asic in asics)
            and not any(has(chips, asic, "matrices.h5") for asic in asics)}


def processes_of(job: str) -> list[str]:
    """What a job has started says so in its environment."""
    found = []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if f"SLURM_JOB_ID={job}".encode() in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            pass  # it has ended
    return found


def kill_node(slurm: Slurm, node: str, job: str) -> None:
    require(bool(processes_of(job)), f"job {job} has ended before its node is killed")
    slurm.call("kill", node)
    left = processes_of(job)
    require(not left, f"processes of job {job} go on after the kill of {node}: {left}")


def require_told(text: str, lost: set[str], left: set[str]) -> None:
    """The chips that lost jobs have left are named, none that is done, and logs that say something."""
    told = dict(re.findall(r"^  (\S+): was not finished.*\((.*)\)$", text, re.MULTILINE))
    require(lost <= told.keys() <= left, f"lost are {lost}:\n{text}")
    require(all(pathlib.Path(log).stat().st_size for log in told.values()), f"empty logs:\n{text}")


def lose_jobs(process, chips: Chips, slurm: Slurm, each: int, node: bool) -> None:
    """A job is shot, and a node dies; the rest goes on. The next workflow does what is missing, and nothing else."""
    count = 2 if node else 1
    wait_for(lambda: len(at_work(chips, slurm)) >= count, f"programs of {count} jobs run")
    jobs = at_work(chips, slurm)
    require(len(jobs) >= count, f"jobs have ended too early: {jobs} run")
    (shot, (_, interrupted)), *others = jobs.items()
    shoot(slurm, shot)
    if node:
        other, (lost_node, asics) = others[0]
        kill_node(slurm, lost_node, other)
        interrupted = interrupted + asics
    text = process.communicate(timeout=1800)[0]
    require(process.returncode == 6, f"a workflow that lost jobs ended with {process.returncode}:\n{text}")
    log = next((chips.folder / "lost").rglob("lost.log")).read_text()
    require(f"job {shot} " in log, f"the shot job {shot} is not in the log:\n{log}")
    if node:
        require(f"on {lost_node}: NODE_FAIL" in log, f"the lost node is not in the log:\n{log}")
        slurm.call("node", lost_node)
    say(log.rstrip())
    before = chips.flux_times("lost")
    whole = finished_chips(chips, "lost")
    require_told(text, set(interrupted), set(chips_of(chips)) - whole)
    require(not whole & set(interrupted), f"chips of lost jobs are whole: {whole & set(interrupted)} of {interrupted}")
    again = chips.workflow("lost", "--profile", "slurm", "--chips-per-job", str(each), status=chips.status,
                           **slurm.environment)
    after = chips.flux_times("lost")
    require(chips_to_be_done(again) == len(chips_of(chips)) - len(whole), f"not only what is missing is done:\n{again}")
    redone = [name for name, written in before.items()
              if pathlib.Path(name).parents[1].name in whole and after[name] != written]
    require(not redone, f"made anew: {redone}")
    say(f"lost: {len(chips_of(chips)) - len(whole)} of {len(chips_of(chips))} chips, and only they were done again")


def memories(slurm: Slurm) -> list[list[int]]:
    """MB of the tries of each job."""
    tries = collections.defaultdict(list)
    for line in slurm.run("scontrol", "--oneliner", "show", "job").splitlines():
        tries[re.search(r"JobName=(\S+)", line)[1]].append(int(re.search(r"MinMemoryNode=(\d+)M", line)[1]))
    return sorted(tries.values())


def try_twice(chips: Chips, slurm: Slurm) -> None:
    """The second try is a job of its own, with twice the memory."""
    chips.workflow("slurm", "--profile", "slurm", "--chips-per-job", "2", PATH=chips.without_memory_once("velocal-fit"),
                   **slurm.environment)
    tried = memories(slurm)
    require(tried == [[1000], [1000, 2000]], f"a job without memory was tried with {tried} MB")


def leave_other_processes(folder: pathlib.Path) -> None:
    """After a reboot the numbers in pid files are those of other processes."""
    left = folder / "left"
    (left / "munge").mkdir(parents=True, exist_ok=True)
    (left / "slurm.conf").write_text(f"StateSaveLocation={left}/state\n")
    with subprocess.Popen(["sleep", "100"]) as other:
        for name in ("n1.pid", "slurmctld.pid", "munge/pid"):
            (left / name).write_text(f"{other.pid}\n")
        for what in (("kill", left, "n1"), ("stop", left)):
            subprocess.run([SLURM, *what], check=True)
        lives = other.poll() is None
        other.terminate()
    require(lives and not left.exists(), "a process that only has the number of a node was killed")


def leave_other_folders(folder: pathlib.Path) -> None:
    """A folder with the configuration of another Slurm, or with anything else, is not removed."""
    for file, text in (("slurm.conf", "StateSaveLocation=/var/spool/slurmctld\n"), ("thesis.tex", "")):
        other = folder / "other"
        shutil.rmtree(other, ignore_errors=True)
        other.mkdir(parents=True)
        (other / file).write_text(text)
        for what in ("stop", "start"):
            status = subprocess.run([SLURM, what, other], capture_output=True, check=False).returncode
            require(status in (2, 3) and [path.name for path in other.iterdir()] == [file], f"{what} took {file}")


def chips_of(chips: Chips) -> list[str]:
    return sorted(path.name for path in (chips.folder / "data/warm").iterdir())


def finished_chips(chips: Chips, results: str) -> set[str]:
    labels = 2
    return {asic for asic in chips_of(chips)
            if len(list((chips.folder / results / "detector" / asic).rglob("matrices.h5"))) == labels}


def timed(action) -> float:
    begin = time.monotonic()
    action()
    return time.monotonic() - begin


def check(build: pathlib.Path, slurm: Slurm) -> None:
    chips = Chips(build, build / "slurm_test/chips", "Module0_VP{0..3}-0", step=10)
    chips.draw()
    chips.calibrate("alone")
    try_twice(chips, slurm)
    lose(chips, slurm, 1, node=True)
    for folder in ("alone", "slurm", "lost"):
        chips.finish(folder)
    for folder in ("slurm", "lost"):
        require_same(chips.digests("alone"), chips.digests(folder))
    say(f"{len(chips.digests('alone'))} files of results are byte-identical: alone, on Slurm, and after losses")
    chips.remove()


def with_slurm(folder: pathlib.Path, work) -> None:
    """Where one runs already nothing is touched: its chips may lie here."""
    slurm = Slurm(folder)
    try:
        work(slurm)
    finally:
        slurm.stop()


def run_check(work) -> None:
    """With the end that ctest and people understand."""
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    if shutil.which("snakemake") is None:
        skip("there is no snakemake. apt-get install snakemake")
    try:
        work()
    except Failure as failure:
        say(f"FAILED: {failure}")
        raise SystemExit(1) from None


def main() -> None:
    build = pathlib.Path(sys.argv[1]).resolve()
    leave_other_processes(build / "slurm_test")
    leave_other_folders(build / "slurm_test")
    with_slurm(build / "slurm_test/slurm", lambda slurm: check(build, slurm))


if __name__ == "__main__":
    run_check(main)
