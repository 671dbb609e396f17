# SPDX-License-Identifier: GPL-3.0-or-later
import io
import os
import signal
import subprocess
import sys
import threading
import time
import types

import numpy as np
import pytest
import velocal
from velocal import progress

# Some ten seconds of the processor, were it not interrupted.
LONG = """
import sys, time
import numpy as np, velocal
x = np.arange(1480, 1601)
flux = velocal.models["F1_0"].flux(x, 4e-4, 10, 4.5, 1549)
counts = np.random.default_rng(1).poisson(100 * flux, (30000, 121)).astype("uint32")
print("fitting", flush=True)
begin = time.process_time()
try:
    velocal.fit_curves(x, counts, 100.0, model="F2s_0", threads=1, progress=False)
except KeyboardInterrupt:
    print(time.process_time() - begin)
    sys.exit(42)
"""


def test_control_c_ends_the_work():
    process = subprocess.Popen([sys.executable, "-c", LONG], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "fitting\n"
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    taken = process.communicate(timeout=60)[0]
    longest = 8 if "asan" in os.environ.get("LD_PRELOAD", "") else 4  # of forty seconds, of ten
    assert process.returncode == 42 and float(taken) < longest


def test_other_threads_run_meanwhile_and_are_called_with_what_is_done(drawn):
    counts = np.tile(drawn.counts.reshape(40, -1), (250, 1))
    ticks, calls = [0], []
    done = threading.Event()

    def tick():
        while not done.wait(0.001):
            ticks[0] += 1

    thread = threading.Thread(target=tick)
    thread.start()
    fits = drawn.fit(counts, progress=lambda *call: calls.append(call))
    done.set()
    thread.join()
    assert ticks[0] > 3
    assert calls[-1] == ("fitting", 10000, 10000, "curves") and fits.good.any()


def test_what_a_progress_function_raises_ends_the_work(drawn):
    def refuse(*_):
        raise ZeroDivisionError("enough")
    with pytest.raises(ZeroDivisionError, match="enough"):
        drawn.fit(progress=refuse)
    assert drawn.fit().good.any()


def test_the_sum_of_the_curves_can_be_ended_too(drawn):
    def refuse(task, *_):
        if task == "summing":
            raise ZeroDivisionError("enough")
    with pytest.raises(ZeroDivisionError, match="enough"):
        drawn.fit(progress=refuse, statistic="poisson")


def test_fits_may_run_in_several_threads_of_python(drawn):
    expected = drawn.fit().chi2
    results = []
    threads = [threading.Thread(target=lambda: results.append(drawn.fit().chi2)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 3 and all(np.array_equal(each, expected, equal_nan=True) for each in results)


def test_a_terminal_gets_a_line_that_is_erased(drawn, monkeypatch):
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", terminal)
    drawn.fit()
    assert terminal.getvalue().endswith("\r\033[K")
    with progress.reporting(None) as bar:
        bar("fitting", 30, 60, "curves")
        assert "fitting: 50 % (30 of 60 curves)" in terminal.getvalue()
    terminal.isatty = lambda: False
    with progress.reporting(None) as bar:
        assert bar is None


def test_a_notebook_gets_a_bar(monkeypatch):
    shown = []

    class Handle:
        def update(self, bar):
            shown.append(bar._repr_html_())

    def display(bar, display_id):
        shown.append(bar._repr_html_())
        return Handle()

    ipython = types.ModuleType("IPython")
    ipython.get_ipython = lambda: types.SimpleNamespace(kernel=True)
    ipython.display = types.ModuleType("IPython.display")
    ipython.display.display = display
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    monkeypatch.setitem(sys.modules, "IPython.display", ipython.display)
    with progress.reporting(None) as bar:
        bar("fitting", 30, 60, "curves")
        bar("fitting", 60, 60, "curves")
    assert "value='30' max='60'" in shown[0] and "fitting: 100 %" in shown[1] and shown[2] == ""


# A thread that the interpreter does not wait for is in the middle of a fit at its end.
DAEMON = LONG.split("print")[0] + """
import threading
threading.Thread(target=lambda: velocal.fit_curves(x, counts, 100.0, model="F2s_0", progress=False), daemon=True).start()
time.sleep(0.3)
"""


@pytest.mark.parametrize("_", range(4))
def test_the_interpreter_ends_while_a_thread_fits(_):
    ended = subprocess.run([sys.executable, "-c", DAEMON], capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0 and ended.stderr == ""


# Likewise one that reads results, while what is left in the end takes its time.
READING_DAEMON = """
import threading, time, velocal
class Slow:
    def __del__(self):
        time.sleep(0.3)
slow = Slow()
def read():
    while True:
        velocal.open({folder!r}).flux
threading.Thread(target=read, daemon=True).start()
time.sleep(0.1)
"""


def test_the_interpreter_ends_while_a_thread_reads(result):
    program = READING_DAEMON.format(folder=str(result.folder))
    for _ in range(3):
        ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
        assert ended.returncode == 0 and ended.stderr == ""
