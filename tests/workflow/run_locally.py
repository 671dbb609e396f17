#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workflow on this machine: what goes wrong with a chip, a disk, a results folder, or a second workflow.

run_locally.py BUILD
"""
import json
import multiprocessing
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

from chips import (SOURCE, Chips, chips_to_be_done, load_workflow, require, require_same, run_all, say, skip,
                   wait_for)

RESULTS = "it's a \"$(touch broken)\" folder; results"


def same_as_alone(chips: Chips) -> None:
    chips.calibrate("alone")
    if chips.has("velocal-detector"):
        chips.run("velocal-detector", chips.dataset, "--results", "alone", "--quiet")
    text = chips.workflow(RESULTS, "--chips-per-job", "2")
    require("4 of 4 chips done in 2 jobs" in text, text)
    require_same(chips.digests("alone"), chips.digests(RESULTS))
    require(chips_to_be_done(chips.workflow(RESULTS)) == 0, "what is up to date is done again")
    require(not list(chips.folder.rglob("broken")), "a name reached a shell")


def damaged_chip(chips: Chips) -> None:
    file = next((chips.folder / "data/cold/Module0_VP1-0").glob("*_THR_1540_0.csv"))
    good = file.read_text()
    file.write_text("x" + good[1:])
    text = chips.workflow("damaged", "--chips-per-job", "4", status=6)
    require("Module0_VP1-0: velocal-flux ended with 4" in text and "3 of 4 chips done" in text, text)
    log = pathlib.Path(text.split("ended with 4 (")[1].split(")")[0])
    require(file.name in log.read_text(), "the log does not name the damaged file")
    file.write_text(good)
    require(chips_to_be_done(chips.workflow("damaged")) == 1, "more is done than was missing")
    require_same(chips.digests("alone"), chips.digests("damaged"))


def second_workflow(chips: Chips) -> None:
    lock = chips.folder / "alone/detector/workflow/lock"
    lock.parent.mkdir(exist_ok=True)
    lock.write_text("farm17 4711 12345\n")
    text = chips.workflow("alone", status=5)
    require("another workflow is at work" in text and "(process 4711 on farm17)" in text, text)
    lock.unlink()
    shutil.rmtree(lock.parent)


def is_at_work(folder: pathlib.Path) -> bool:
    """Whether a process works there: jobs outlive a workflow that is killed, and what they do is refused to others."""
    def place(process: pathlib.Path) -> str:
        try:
            return os.readlink(process / "cwd")
        except OSError:
            return ""
    return any(place(process).startswith(str(folder)) for process in pathlib.Path("/proc").glob("[0-9]*"))


def interrupted(chips: Chips) -> None:
    """The next workflow does what is missing. One that can be told so ends its jobs first, and then goes."""
    folder = chips.folder / "killed"
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # these tests may run under nohup
    for number, status in ((signal.SIGKILL, -9), (signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)):
        shutil.rmtree(folder, ignore_errors=True)
        process = chips.start(chips.command("killed", "--jobs", "1"))
        wait_for(lambda: list(folder.rglob("flux.h5")), "a chip is begun")
        process.send_signal(number)
        text = process.communicate()[0]
        require(process.returncode == status, f"signal {number} ends it with {process.returncode}:\n{text}")
        if number == signal.SIGKILL:
            wait_for(lambda: not is_at_work(chips.folder), "the jobs have ended")
        require(not is_at_work(chips.folder), f"jobs are at work after signal {number}")
        require(("Interrupted" in text) == (number != signal.SIGKILL) == (not list(folder.rglob("lock"))), text)
        left = [] if number == signal.SIGKILL else [*folder.rglob(".velocal-*"), *folder.rglob(".*.h5.lock")]
        require(not left, f"after signal {number} the programs left {left}")
        require(chips_to_be_done(chips.workflow("killed")) > 0, f"signal {number} came too late")
        require(not list(folder.rglob("lock")), "a lock is left")
        require_same(chips.digests("alone"), chips.digests("killed"))


def relative_paths(chips: Chips) -> None:
    """Of the descriptor's data and results: they begin where the workflow is started, also for its jobs."""
    own = chips.folder / "relative"
    own.mkdir()
    text = re.sub(r"^data: .*$", "data: ../data", chips.dataset.read_text(), flags=re.MULTILINE)
    (own / "relative.yaml").write_text(text)
    command = [SOURCE / "workflow/velocal-workflow", "relative.yaml", "--chips-per-job", "2"]
    told = [chips.run("env", "-C", own, *command) for _ in range(2)]
    require(list(map(chips_to_be_done, told)) == [4, 0], "\n".join(told))
    require(len(list((own / "results/detector").glob("*/cold/matrices.h5"))) == 4, "the results lie elsewhere")


def deadly_chip(chips: Chips) -> None:
    """A chip that lets a program die does not keep the others of its job from being done."""
    folder = chips.folder / "deadly"
    folder.mkdir()
    real = shutil.which("velocal-fit", path=chips.environment["PATH"])
    (folder / "velocal-fit").write_text(f"#!/bin/sh\ncase $* in *VP1-0*) kill -KILL $$ ;; esac\nexec '{real}' \"$@\"\n")
    (folder / "velocal-fit").chmod(0o755)
    text = chips.workflow("died", "--chips-per-job", "4", "--retries", "0", status=6,
                          PATH=f"{folder}:{chips.environment['PATH']}")
    require("Module0_VP1-0: velocal-fit was killed by signal 9" in text and "3 of 4 chips done in 1 jobs" in text, text)


def losses_of_first_try(chips: Chips) -> None:
    """They are told at the end, though a further try finds the results up to date; and such a chip is done. So is one
    whose next program failed in the first try."""
    folder = chips.folder / "losses"
    folder.mkdir()
    flux, fit = (str(folder / name) for name in ("flux", "fit"))
    plan = {"jobs": {"1": ["lossy", "full"]}, "directory": str(folder), "programs": [flux, fit], "status_program": "true",
            "arguments": []}
    (folder / "plan.json").write_text(json.dumps(plan))
    tries = [((6, [{"asic": "lossy", "status": 6, "error": "much"}]),
              (5, [{"asic": chip, "status": 5, "error": "no room"} for chip in ("lossy", "full")])), ((0, []), (0, []))]
    for number, ends in enumerate(tries):
        for program, (status, told) in zip((flux, fit), ends):
            pathlib.Path(program).write_text(f"#!/bin/sh\necho '{json.dumps({'chips': told})}'\nexit {status}\n")
            pathlib.Path(program).chmod(0o755)
        chips.run("env", "-C", folder, SOURCE / "workflow/calibrate-chips", "plan.json", "1", "1.json", "1.log", "1", 1 - number,
                  status=1 - number)
    failed = {"1": json.loads((folder / "1.json").read_text())["failed"]}
    require(failed == {"1": {"lossy": {"program": flux, "status": 6, "error": "much"}}}, str(failed))
    require(load_workflow().summary(failed, 2) == "2 of 2 chips done, 1 of them with more lost than is allowed", "done")


def results_of_programs(chips: Chips) -> None:
    """Stale ones that no workflow has made may be those of another descriptor: they are not replaced unasked."""
    shutil.copytree(chips.folder / "alone", chips.folder / "theirs", ignore=shutil.ignore_patterns("workflow"))
    before = chips.digests("theirs")
    text = chips.dataset.read_text()
    chips.dataset.write_text(text + "fit: {statistic: neyman}\n")
    told = chips.workflow("theirs", status=5)
    chips.dataset.write_text(text)
    require("stale results that no workflow has made" in told and "was made with other settings" in told, told)
    require_same(before, chips.digests("theirs"))
    require(chips_to_be_done(chips.workflow("theirs")) == 0, "results of this descriptor are not taken")


def other_dataset(chips: Chips) -> None:
    other = chips.folder / "other.yaml"
    shutil.copy(chips.dataset, other)
    text = chips.run(chips.command("damaged")[0], other, "--results", "damaged", status=5)
    require("holds the results of" in text and "detector.yaml, not of" in text, text)


def full_disk(chips: Chips) -> None:
    """One chip's folder is a file system of 1 MB."""
    folder = chips.folder / "full/detector/Module0_VP2-0"
    folder.mkdir(parents=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", folder], check=False, capture_output=True)
    if os.geteuid() != 0 or mounted.returncode != 0:
        say("a full disk: cannot be made here")
        return
    try:
        text = chips.workflow("full", "--retries", "1", "--chips-per-job", "4", status=6)
    finally:
        subprocess.run(["umount", folder], check=True)
    require("Module0_VP2-0: velocal-" in text and " ended with 5 (" in text and "No space left on device" in text, text)
    require("3 of 4 chips done in 1 jobs" in text, text)
    log = (chips.folder / "full/detector/workflow/snakemake.log").read_text()
    require(log.count("Trying to restart job") == 1, f"not tried twice:\n{log}")
    require(chips_to_be_done(chips.workflow("full")) == 1, "more is done than was missing")


def table_alone(chips: Chips) -> None:
    """A program that was killed between its two files has left the table. The chip is finished all the same."""
    next((chips.folder / "damaged").rglob("matrices.h5")).unlink()
    require(chips_to_be_done(chips.workflow("damaged")) == 1, "the chip without matrices is not done")
    require(chips_to_be_done(chips.workflow("damaged")) == 0, "the chip is not finished")


def options_of_fits(chips: Chips, results: str) -> dict[str, str]:
    status = json.loads(chips.run("velocal-status", chips.dataset, "--results", results, "--json"))
    fits = {chip["asic"]: stage for chip in status["chips"] for scan in chip["scans"] for stage in scan["stages"]
            if stage["stage"] == "fit"}
    require({stage["state"] for stage in fits.values()} == {"up to date"}, f"stale: {fits}")
    return {asic: stage["options"] for asic, stage in fits.items() if "options" in stage}


def chosen_options(chips: Chips) -> None:
    """A result that was made with options is up to date, and left, where a later one is missing."""
    for program, *options in (("velocal-fit", "--statistic", "neyman"), ("velocal-matrices",)):
        chips.run(program, chips.dataset, "--results", "damaged", "--asic", "Module0_VP3-0", *options, "--force", "--quiet")
    next((chips.folder / "damaged/detector/Module0_VP3-0").rglob("matrices.h5")).unlink()
    require(chips_to_be_done(chips.workflow("damaged")) == 1, "the chip without matrices is not done")
    require(options_of_fits(chips, "damaged") == {"Module0_VP3-0": "--statistic neyman"}, "the fit is another one")


def edited_descriptor(chips: Chips) -> None:
    """What no longer belongs to the descriptor is made anew, with the options that it had, and what still does is left;
    so is what the first of two tries has made anew."""
    text = chips.dataset.read_text()
    flux = chips.flux_times("damaged")
    chips.dataset.write_text(text + "fit: {model: F1}\n")
    told = chips.workflow("damaged", "--chips-per-job", "4", PATH=chips.without_memory_once("velocal-matrices"))
    require("4 of 4 chips done in 1 jobs" in told, told)
    # Snakemake begins the log anew with each try.
    log = max((chips.folder / "damaged/detector/workflow/logs").glob("*.log"), key=lambda file: file.stat().st_mtime)
    forced = [os.path.basename(name) for name in re.findall(r"^\$ (.*?) .*--force", log.read_text(), re.MULTILINE)]
    require(forced == ["velocal-matrices"], f"the second try ran {forced} with --force")
    require(chips.flux_times("damaged") == flux, "fluxes are made anew, though only the fits were out of date")
    require(chips_to_be_done(chips.workflow("damaged")) == 0, "what was made anew is out of date")
    require(options_of_fits(chips, "damaged") == {"Module0_VP3-0": "--statistic neyman"}, "options are lost")
    chips.dataset.write_text(text)


def other_data(chips: Chips) -> None:
    """The same data at another place are the same results. Other data do not replace them unasked, and where they are not
    there yet, nothing is noted."""
    for name in ("moved", "others"):
        shutil.copytree(chips.folder / "data", chips.folder / name)
    file = next((chips.folder / "others/cold/Module0_VP2-0").glob("*_THR_1540_0.csv"))
    file.write_text("99" + file.read_text()[1:])
    chips.workflow("alone")
    before = chips.digests("alone")
    for data in ("moved", "nowhere"):
        require(chips_to_be_done(chips.workflow("alone", "--data", data)) == 0, f"{data}: what is up to date is done again")
    told = chips.workflow("alone", "--data", "others", status=5)
    require(f"those of Module0_VP2-0 were in {chips.folder / 'data'}, and are in {chips.folder / 'others'} now" in told, told)
    require_same(before, chips.digests("alone"))
    note = chips.folder / "alone/detector/workflow/data.json"
    for text in (note.read_text()[:-9], "[]"):
        note.write_text(text)
        require("data.json is damaged" in chips.workflow("alone", status=5), "a damaged note is taken")
    note.unlink()
    require(chips_to_be_done(chips.workflow("alone", "--data", "others")) == 1, "what may be replaced is not")


def other_folders(chips: Chips) -> None:
    """Of a variable in a scan's folder, too. A note of former workflows tells of the data folder alone."""
    folder = chips.folder / "folders/workflow"
    folder.mkdir(parents=True)
    module, note = load_workflow(), folder / "data.json"

    def refusal(run: str, state: str) -> str:
        stages = [{"stage": stage, "state": state} for stage in ("flux", "fit", "matrices")]
        scan = {"label": "cold", "data": "/data", "folders": [f"/data/{run}", "/data/noise"], "stages": stages}
        try:
            module.require_same_data(folder, {"chips": [{"asic": "one", "scans": [scan]}]})
        except module.Refusal as refused:
            return str(refused)
        return ""

    for state in ("missing", "up to date"):
        require(not refusal("a", state), f"what is {state} is refused")
    require("those of one were in /data/a, and are in /data/b now" in refusal("b", "stale"), "another folder replaces results")
    require(not refusal("b", "up to date"), "the same data in another folder are refused")
    note.write_text('{"one": "/data"}')
    require(not refusal("a", "stale"), "a former note is refused")
    require("were in /data/a" in refusal("b", "stale"), "what a former note lacks is not added")
    note.write_text('{"one": "/elsewhere"}')
    require("were in /elsewhere, and are in /data now" in refusal("a", "stale"), "a former note tells nothing")


def status_of_failed_chip(chips: Chips) -> None:
    """A chip of which velocal-status says no more than that it failed is tried: the programs say why."""
    folder = chips.folder / "unknown"
    folder.mkdir()
    status = folder / "status"
    status.write_text("#!/bin/sh\necho '{\"chips\": [{\"asic\": \"one\", \"status\": 4, \"scans\": []}]}'\n")
    status.chmod(0o755)
    plan = {"jobs": {"1": ["one"]}, "directory": str(folder), "programs": ["false"], "status_program": str(status), "arguments": []}
    (folder / "plan.json").write_text(json.dumps(plan))
    chips.run("env", "-C", folder, SOURCE / "workflow/calibrate-chips", "plan.json", "1", "1.json", "1.log", "1", "0")
    failed = json.loads((folder / "1.json").read_text())["failed"]
    require(failed == {"one": {"program": "false", "status": 1, "error": ""}}, f"failed: {failed}")


def chosen_chips(chips: Chips) -> None:
    """Chips that are not asked for are no failure. One job at once means one."""
    told = chips.workflow("chosen", "--asic", "Module0_VP{0..1}-0", "--jobs", "1")
    require("2 of 2 chips done in 2 jobs" in told, told)
    log = (chips.folder / "chosen/detector/workflow/snakemake.log").read_text()
    require("Provided cores: 1 " in log, f"--jobs 1 is not one job at once:\n{log}")


def take_lock(module, folder: pathlib.Path, begin: float, late: float) -> None:
    """All have read the old lock before the first removes it."""
    begin_of = module.begin_of
    module.begin_of = lambda process: (begin_of(process), time.sleep(late))[0]
    time.sleep(max(0, begin - time.monotonic()))
    try:
        module.Lock(folder)
    except module.Refusal:
        os._exit(1)
    time.sleep(2)  # at work
    os._exit(0)


def dead_lock(chips: Chips) -> None:
    """Of several workflows that find the lock of a killed one, one works."""
    folder = chips.folder / "dead"
    folder.mkdir()
    module = load_workflow()
    (folder / "lock").write_text(f"{socket.gethostname()} {os.getpid()} 1\n")
    begin = time.monotonic() + 0.3
    workflows = [multiprocessing.get_context("fork").Process(target=take_lock, args=(module, folder, begin, 0.2 * i))
                 for i in range(1, 4)]
    for workflow in workflows:
        workflow.start()
    for workflow in workflows:
        workflow.join()
    ends = [workflow.exitcode for workflow in workflows]
    require(ends.count(0) == 1, f"{ends.count(0)} workflows are at work in one folder")


def fails(action) -> bool:
    try:
        action()
    except OSError:
        return True
    return False


def full_disk_at_begin(chips: Chips) -> None:
    """Neither an empty lock is left, which would keep out all others, nor an empty note of the dataset."""
    folder = chips.folder / "no_room"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4k", "none", folder], check=False, capture_output=True)
    if os.geteuid() != 0 or mounted.returncode != 0:
        say("a full disk: cannot be made here")
        return
    module = load_workflow()
    try:
        (folder / "all").write_text("x" * 4096)
        require(fails(lambda: module.Lock(folder)), "a lock is written on a full disk")
        require(fails(lambda: module.require_same_dataset(folder, "d.yaml", {"chips": []})), "a note is written on a full disk")
        left = {file.name for file in folder.iterdir()} - {"all"}
        require(not left, f"left on a full disk: {left}")
    finally:
        subprocess.run(["umount", folder], check=True)


def lost_jobs(chips: Chips) -> None:
    """Of a job that has not said what it did, the chips that are not done are told, with a log that says something."""
    folder = chips.folder / "lost"
    (folder / "logs").mkdir(parents=True)
    for name, text in {"logs/1.log": "", "logs/3.log": "$", "logs/slurm-7.log": "jobname=2", "lost.log": "velocal-1"}.items():
        (folder / name).write_text(text)
    module = load_workflow()
    told = module.failed_chips(folder, {"1": ["one", "two"]}, lambda: {"two", "three"})
    require(told == {"1": {"two": None}}, f"told is {told}")
    logs = [str(module.log_of(folder, job).relative_to(folder)) for job in "1234"]
    require(logs == ["lost.log", "logs/slurm-7.log", "logs/3.log", "snakemake.log"], f"the logs are {logs}")


def wrong_numbers(chips: Chips) -> None:
    for option, number in (("--jobs", "0"), ("--chips-per-job", "0"), ("--retries", "-1"), ("--memory", "0"), ("--minutes", "x")):
        text = chips.workflow("refused", f"{option}={number}", status=2)
        require(option in text.splitlines()[-1] and f"{number} is no number from" in text, text)


def failing_check(chips: Chips) -> None:
    """./bootstrap cluster --check ends as the check does, and starts no Slurm afterwards."""
    folder = chips.folder / "bootstrap"
    scripts = {"bin/cmake": "true", "tests/workflow/run_detector.py": "exit 3", "workflow/slurm-here": "touch started",
               "bin/dpkg-query": 'shift 2; for name; do echo "installed $name"; done'}
    for name, text in scripts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)
    shutil.copy(SOURCE / "bootstrap", folder)
    chips.run(folder / "bootstrap", "cluster", "--check", status=3, PATH=f"{folder / 'bin'}:{os.environ['PATH']}")
    require(not (folder / "started").exists(), "a check that failed starts a Slurm")


def main() -> None:
    if shutil.which("snakemake") is None:
        skip("there is no snakemake. apt-get install snakemake")
    build = pathlib.Path(sys.argv[1]).resolve()
    chips = Chips(build, build / "workflow_test", "Module0_VP{0..3}-0", labels=("cold",), step=10)
    chips.draw()
    run_all((same_as_alone, damaged_chip, second_workflow, interrupted, other_dataset, full_disk, relative_paths,
             deadly_chip, losses_of_first_try, results_of_programs, table_alone, chosen_options,
             edited_descriptor, other_data, other_folders, status_of_failed_chip, chosen_chips, dead_lock, full_disk_at_begin, lost_jobs, wrong_numbers, failing_check), chips)


if __name__ == "__main__":
    main()
