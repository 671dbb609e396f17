#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong around the workflow itself: signals, names, its output, the programs that it asks.

run_faults.py BUILD
"""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

from chips import SOURCE, Chips, load_workflow, require, run_all, skip, wait_for


def write_program(file: pathlib.Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)


def path_with(chips: Chips, program: str, text: str) -> str:
    """A PATH on which a program is another one."""
    folder = chips.folder / f"bin{len(list(chips.folder.glob('bin*')))}"
    write_program(folder / program, text)
    return f"{folder}:{chips.environment['PATH']}"


def interrupted_at_end(chips: Chips) -> None:
    """The program that gathers the results gets the signal, and the time to clean up."""
    begun, cleaned = chips.folder / "begun", chips.folder / "cleaned"
    path = path_with(chips, "velocal-detector", f"trap 'sleep 0.3; touch {cleaned}; exit 143' TERM; touch {begun}; sleep 60 & wait")
    process = chips.start(chips.command("results"), PATH=path)
    wait_for(begun.exists, "velocal-detector is begun")
    process.send_signal(signal.SIGTERM)
    text = process.communicate()[0]
    require(process.returncode == 143, f"it ends with {process.returncode}:\n{text}")
    require(cleaned.exists(), "velocal-detector could not clean up")
    require(not list((chips.folder / "results").rglob("lock")), "a lock is left")


def interrupted_once(chips: Chips) -> None:
    """Ctrl-C at a terminal goes to all programs of its group. The second signal would end a program at once."""
    begun, signals, end = (chips.folder / name for name in ("begun_in_group", "signals", "end"))
    path = path_with(chips, "velocal-detector",
                     f"trap 'echo INT >> {signals}' INT; touch {begun}; until test -e {end}; do sleep 0.1; done; exit 130")
    process = chips.start(["setsid", *chips.command("results")], PATH=path)
    wait_for(begun.exists, "velocal-detector is begun")
    process.send_signal(signal.SIGSTOP)  # two signals that come together count as one
    os.killpg(process.pid, signal.SIGINT)
    time.sleep(1)
    process.send_signal(signal.SIGCONT)
    wait_for(signals.exists, "velocal-detector is interrupted")
    time.sleep(1)
    end.touch()
    text = process.communicate()[0]
    require(process.returncode == 130, f"it ends with {process.returncode}:\n{text}")
    require(signals.read_text() == "INT\n", f"velocal-detector got {signals.read_text().split()}")


def nohup(chips: Chips) -> None:
    """A closed terminal does not end what was begun under nohup."""
    begun, on = chips.folder / "begun_without_terminal", chips.folder / "go_on"
    path = path_with(chips, "velocal-detector", f"touch {begun}; until test -e {on}; do sleep 0.1; done")
    process = chips.start(["nohup", *chips.command("results")], PATH=path)
    wait_for(begun.exists, "velocal-detector is begun")
    process.send_signal(signal.SIGHUP)
    on.touch()
    text = process.communicate()[0]
    require(process.returncode == 0, f"it ends with {process.returncode}:\n{text}")


def reader_that_goes(chips: Chips) -> None:
    """Nobody has to read what it says; on a full disk the results are there, and the status tells."""
    table = chips.folder / "results/detector/detector.csv"
    words = 'set -o pipefail; exec 2>&1; "$0" "$@"'
    for end, status, said in (("| true", 0, ""), ("> /dev/full", 5, "cannot write to the standard output (No space left on device)")):
        table.unlink(missing_ok=True)
        text = chips.run("bash", "-c", f"{words} {end}", *chips.command("results"), status=status)
        require(said in text, text)
        require(table.exists(), f"{end}: the results of the detector are not made")


def failure_on_full_disk(chips: Chips) -> None:
    """Chips that failed are named all the same, their status is kept, and nothing is called complete."""
    path = path_with(chips, "velocal-flux", "exit 4")
    command = chips.command("full_output", "--retries", "0")
    text = chips.run("bash", "-c", 'exec 2>&1; "$0" "$@" > /dev/full', *command, status=6, PATH=path)
    require("Module0_VP0-0: velocal-flux ended with 4" in text, text)
    require("cannot write to the standard output (No space left on device)" in text and "complete" not in text, text)


def strange_names(chips: Chips) -> None:
    """What is no UTF-8 would come back as another folder."""
    name = os.fsdecode(b"r\xe9sults")
    text = chips.workflow(name, status=2)
    require("r\\udce9sults is no UTF-8" in text, text)
    require(not list(chips.folder.glob("r*sults*/workflow")) and not (chips.folder / name).exists(), "a folder is made")


def status_that_dies(chips: Chips) -> None:
    for end, status in (("kill -KILL $$", 137), ("echo '{\"chips\": ['; kill -TERM $$", 143), ("exit 7", 7)):
        text = chips.workflow("results", status=status, PATH=path_with(chips, "velocal-status", end))
        require("velocal-workflow: error: velocal-status cannot tell which chips there are" in text, text)


def empty_note(chips: Chips) -> None:
    """A computer that lost its power may leave one."""
    note = chips.folder / "results/detector/workflow/dataset"
    noted = note.read_text()
    note.write_text("")
    chips.workflow("results")
    require(note.read_text() == noted, "the note of the dataset is not written anew")


def job_status(chips: Chips) -> None:
    """What happens to be in the environment is no answer of Slurm."""
    path = path_with(chips, "scontrol", "echo 'JobId=1 JobName=a JobState=FAILED NodeList=n'")
    told = chips.run("env", "-C", chips.folder, SOURCE / "workflow/profiles/slurm/status", "1", PATH=path, state="RUNNING")
    require(told == "failed\n", f"told is {told}")


def whole_file(chips: Chips) -> None:
    """One that cannot be written leaves nothing."""
    file = chips.folder / "note"
    limited = ["bash", "-c", 'ulimit -f 1; exec "$0" "$@"', sys.executable, "-c",
               "import importlib.machinery, pathlib, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
               "importlib.machinery.SourceFileLoader('workflow', sys.argv[1]).load_module()"
               ".write_whole(pathlib.Path(sys.argv[2]), 'x' * 5000)", str(SOURCE / "workflow/velocal-workflow"), str(file)]
    ended = subprocess.run(limited, check=False, capture_output=True, text=True)
    require("File too large" in ended.stderr, ended.stderr)
    require(not list(chips.folder.glob("note*")), f"left: {list(chips.folder.glob('note*'))}")
    load_workflow().write_whole(file, "text")
    require(file.read_text() == "text" and len(list(chips.folder.glob("note*"))) == 1, "it is not written whole")


def example_that_fails(chips: Chips) -> None:
    """The check of an example asks for its exit status, too."""
    expected = chips.folder / "expected"
    expected.write_text("text\n")
    for end, status in (("exit 0", 0), ("exit 3", 3)):
        write_program(chips.folder / "example", f"echo text; {end}")
        chips.run(SOURCE / "examples/check", expected, chips.folder / "example", status=status)


def main() -> None:
    if shutil.which("snakemake") is None:
        skip("there is no snakemake. apt-get install snakemake")
    build = pathlib.Path(sys.argv[1]).resolve()
    chips = Chips(build, build / "workflow_faults", "Module0_VP0-0", labels=("cold",), step=10)
    if not chips.has("velocal-detector"):
        skip("velocal-detector is not built")
    chips.draw()
    chips.workflow("results")
    run_all((interrupted_at_end, interrupted_once, nohup, reader_that_goes, failure_on_full_disk, strange_names, status_that_dies, empty_note, job_status,
             whole_file, example_that_fails), chips)


if __name__ == "__main__":
    main()
