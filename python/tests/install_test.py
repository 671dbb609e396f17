# SPDX-License-Identifier: GPL-3.0-or-later
"""pip installs the package into an environment of its own, with what Debian has, from a build that is ready."""
import os
import shutil
import subprocess

import pytest

FIT = """
import numpy as np, velocal
x = np.arange(1480, 1601)
counts = np.random.default_rng(1).poisson(262 * velocal.models["F1_0"].flux(x, 4e-4, 10, 4.5, 1549), (9, 121))
print(velocal.__file__, velocal.fit_curves(x, counts, 262.0).good.sum())
"""


def run(*command, **more):
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VELOCAL_SOURCE")}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_pip_installs_the_package(tmp_path):
    pytest.importorskip("wheel")
    source = tmp_path / "checkout"  # pip leaves files beside the sources
    source.mkdir()
    for name in ("pyproject.toml", "setup.py", "CMakeLists.txt", "docs/python.md"):
        (source / name).parent.mkdir(exist_ok=True)
        shutil.copy(os.path.join(os.environ["VELOCAL_SOURCE"], name), source / name)
    shutil.copytree(os.path.join(os.environ["VELOCAL_SOURCE"], "python/velocal"), source / "python/velocal")
    environment = tmp_path / "environment"
    run("/usr/bin/python3", "-m", "venv", "--system-site-packages", environment)
    run(environment / "bin/pip", "install", "--no-build-isolation", "--no-deps", "--no-index", source)
    file, good = run(environment / "bin/python", "-c", FIT, cwd=tmp_path).split()
    assert file.startswith(str(environment)) and int(good) >= 7
    assert (environment / "lib/python3.11/site-packages/velocal/_velocal.pyi").exists()
