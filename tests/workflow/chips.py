# SPDX-License-Identifier: GPL-3.0-or-later
"""Drawn chips, the programs, the workflow, and comparisons of results, for the tests of this folder."""
import hashlib
import importlib.machinery
import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = ("velocal-flux", "velocal-fit", "velocal-matrices")

DESCRIPTOR = """velocal: 1
name: detector
asics: [{asics}]
data: {data}
results: results
source: {{photon_energy_eV: 5900}}
{more}scans:
{scans}"""

SCAN = """  - label: {label}
    folder: {label}/${{ASIC}}
    shutter: {shutter}
    acquisitions: {acquisitions}
    thresholds: {{from: 1480, to: 1600, step: {step}}}
    baseline: {{folder: "{label}/${{ASIC}}/equalisation"}}
    simulation: {{spot: {{floor: 1}}, masked_pixels: 20, pixels_without_baseline: 20{simulation}}}
"""


class Failure(Exception):
    pass


def say(text: str) -> None:
    print(text, flush=True)


def require(condition: bool, text: str) -> None:
    if not condition:
        raise Failure(text)


def skip(why: str) -> None:
    """With a status that who asked for the check does not take for success."""
    say(f"SKIPPED: {why}")
    sys.exit(3)


class Chips:
    """A dataset of drawn chips in a folder of its own. `status`: of programs that work on all of them."""

    def __init__(self, build: pathlib.Path, folder: pathlib.Path, asics: str, labels=("warm", "cold"), step: int = 5,
                 acquisitions: int = 1, shutter: str = "260s0ms", simulation: str = "", more: str = "", status: int = 0):
        self.folder = folder
        self.status = status
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.dataset = folder / "detector.yaml"
        scans = "".join(SCAN.format(label=label, step=step, acquisitions=acquisitions, shutter=shutter,
                                    simulation=simulation)
                        for label in labels)
        self.dataset.write_text(DESCRIPTOR.format(asics=f'"{asics}"', data=folder / "data", more=more, scans=scans))
        self.environment = dict(os.environ, PATH=f"{build / 'bin'}:{os.environ['PATH']}")

    def start(self, command: list[str], **more) -> subprocess.Popen:
        return subprocess.Popen(command, cwd=self.folder, env=dict(self.environment, **more), text=True, errors="backslashreplace",
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def run(self, *command: str, status: int | None = 0, **more) -> str:
        process = self.start([str(word) for word in command], **more)
        text = process.communicate()[0]
        if status is not None and process.returncode != status:
            raise Failure(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{text[-4000:]}")
        return text

    def has(self, program: str) -> bool:
        return shutil.which(program, path=self.environment["PATH"]) is not None

    def without_memory_once(self, program: str) -> str:
        """A PATH whose program says the first time that it finds no memory."""
        folder = self.folder / f"no_memory_{program}"
        folder.mkdir()
        real = shutil.which(program, path=self.environment["PATH"])
        (folder / program).write_text(f"#!/bin/sh\nif mkdir '{folder}/tried' 2>/dev/null; then exit 7; fi\n"
                                      f"exec '{real}' \"$@\"\n")
        (folder / program).chmod(0o755)
        return f"{folder}:{self.environment['PATH']}"

    def draw(self) -> None:
        self.run("velocal-simulate", self.dataset, "--quiet")

    def calibrate(self, results: str, *more: str) -> None:
        for program in PROGRAMS:
            self.run(program, self.dataset, "--results", results, "--quiet", *more, status=self.status)

    def command(self, results: str, *more: str) -> list[str]:
        return [str(SOURCE / "workflow/velocal-workflow"), str(self.dataset), "--results", results, *more]

    def workflow(self, results: str, *more: str, status: int | None = 0, **environment) -> str:
        return self.run(*self.command(results, *more), status=status, **environment)

    def finish(self, results: str) -> None:
        """What is made of all chips."""
        self.run("velocal-detector", self.dataset, "--results", results, "--quiet", status=self.status)
        self.run("velocal-plot", "detector", self.dataset, "--results", results, "--quiet", "--force", status=0)

    def digests(self, results: str) -> dict[str, str]:
        """Of all files but those that tell of times."""
        root = self.folder / results
        return {str(file.relative_to(root)): hashlib.sha256(file.read_bytes()).hexdigest()
                for file in sorted(root.rglob("*"))
                if file.is_file() and file.name != "velocal.log" and "workflow" not in file.relative_to(root).parts
                and not file.name.endswith(".lock")}

    def flux_times(self, results: str) -> dict[str, float]:
        return {str(file): file.stat().st_mtime_ns for file in (self.folder / results).rglob("flux.h5")}

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def load_workflow():
    loader = importlib.machinery.SourceFileLoader("velocal_workflow", str(SOURCE / "workflow/velocal-workflow"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def wait_for(condition, what: str, seconds: int = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        require(time.monotonic() < end, f"{what}: not within {seconds} s")
        time.sleep(0.2)


def require_same(first: dict[str, str], second: dict[str, str]) -> None:
    different = [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)]
    require(not different and bool(first), f"{len(different)} of {len(first)} files differ: {sorted(different)[:10]}")


def chips_to_be_done(text: str) -> int:
    return int(re.search(r"chips, (\d+) to be done", text)[1])


def run_all(tests, chips: Chips) -> None:
    """Ends with 1 at the first that fails, whose files stay."""
    try:
        for test in tests:
            say(test.__name__)
            test(chips)
    except Failure as failure:
        say(f"FAILED: {failure}")
        raise SystemExit(1) from None
    chips.remove()
