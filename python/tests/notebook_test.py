# SPDX-License-Identifier: GPL-3.0-or-later
"""The cells of the tutorial run, with the small scan of the examples in the place of the demo's."""
import json
import os
import pathlib

import numpy as np
import pytest
import velocal

SOURCE = pathlib.Path(os.environ["VELOCAL_SOURCE"])
NOTEBOOK = SOURCE / "docs/tutorial/first-map.ipynb"


def cells():
    notebook = json.loads(NOTEBOOK.read_text())
    assert notebook["nbformat"] == 4
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def test_a_map_takes_ten_lines():
    first = next(cell for cell in cells() if "import velocal" in cell)
    lines = [line for line in first.splitlines() if line.strip()]
    assert len(lines) <= 10 and "plot(" in first


def test_the_notebook_runs(monkeypatch):
    pytest.importorskip("matplotlib")
    pytest.importorskip("pandas")
    monkeypatch.chdir(NOTEBOOK.parent)
    names = {"__name__": "__main__"}
    for source in cells():
        source = source.replace("datasets/demo.yaml", "examples/scan.yaml")
        source = source.replace("../shared/real-fe55", os.environ["VELOCAL_REAL_SCANS"])
        exec(compile(source, NOTEBOOK.name, "exec"), names)
    assert np.nanmean(names["calibration"].gain.value) == pytest.approx(13, abs=1)
    if pathlib.Path(os.environ["VELOCAL_REAL_SCANS"]).exists():
        good = names["real"].good
        assert good.shape == (16, 64) and good.mean() > 0.8  # tests/golden/real_scan_test.cpp says 82 %
    else:
        print("SKIPPED: there is no real scan")


def test_no_output_is_kept_in_the_notebook():
    for cell in json.loads(NOTEBOOK.read_text())["cells"]:
        assert not cell.get("outputs") and cell.get("execution_count") is None
