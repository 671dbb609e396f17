# SPDX-License-Identifier: GPL-3.0-or-later
"""Progress in a terminal and in a notebook."""
from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable
from typing import Union

from .problems import expect

#: None: shown in a terminal and in a notebook. True or False: shown or not. A function is called with the task, the
#: number of units done, their number in all and their name, at most ten times a second; what it raises ends the work.
ProgressOption = Union[None, bool, Callable[[str, int, int, str], None]]


def text(task: str, done: int, total: int, unit: str, seconds: float) -> str:
    """fitting: 45 % (29491 of 65536 curves), 18 s left"""
    share = done / total if total else 1.0
    left = f", {seconds * (1 - share) / share:.0f} s left" if 0 < share < 1 else ""
    return f"{task}: {100 * share:.0f} % ({done} of {total} {unit}){left}"


class TerminalBar:
    """One line of stderr, drawn again and again, and erased at the end."""

    def __init__(self):
        self.begin = time.monotonic()

    def __call__(self, task, done, total, unit):
        line = "" if done == total else text(task, done, total, unit, time.monotonic() - self.begin)
        sys.stderr.write(f"\r\033[K{line}")
        sys.stderr.flush()

    def close(self):
        """Leaves an empty line."""
        sys.stderr.write("\r\033[K")
        sys.stderr.flush()


class NotebookBar:
    """A bar in the output of a cell."""

    def __init__(self):
        self.begin = time.monotonic()
        self.handle = None
        self.bar = ""

    def _repr_html_(self):
        return self.bar

    def __repr__(self):
        return ""

    def __call__(self, task, done, total, unit):
        line = text(task, done, total, unit, time.monotonic() - self.begin)
        self.show(f"<progress value='{done}' max='{total}'></progress> {line}")

    def show(self, bar):
        """Puts it in the place of what was shown."""
        from IPython.display import display
        self.bar = bar
        if self.handle is None:
            self.handle = display(self, display_id=True)
        else:
            self.handle.update(self)

    def close(self):
        """Takes the bar away."""
        if self.handle is not None:
            self.show("")


def in_notebook() -> bool:
    """Whether a Jupyter kernel runs this."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return getattr(shell, "kernel", None) is not None


@contextlib.contextmanager
def reporting(progress: ProgressOption):
    """The function that work in C++ is to call, or None."""
    if callable(progress):
        yield progress
        return
    expect("progress", progress, (bool, type(None)), "True, False, None or a function")
    if progress is None:
        progress = in_notebook() or sys.stderr.isatty()
    if not progress:
        yield None
        return
    bar = NotebookBar() if in_notebook() else TerminalBar()
    try:
        yield bar
    finally:
        bar.close()
