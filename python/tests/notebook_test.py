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


def here(source):
    """A cell's text with what there is in the place of the demo and of the real scan."""
    source = source.replace("datasets/demo.yaml", "examples/scan.yaml")
    return source.replace("../shared/real-fe55", os.environ["VELOCAL_REAL_SCANS"])


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
        exec(compile(here(source), NOTEBOOK.name, "exec"), names)
    assert np.nanmean(names["calibration"].gain.value) == pytest.approx(13, abs=1)
    if pathlib.Path(os.environ["VELOCAL_REAL_SCANS"]).exists():
        good = names["real"].good
        assert good.shape == (16, 64) and good.mean() > 0.8  # tests/golden/real_scan_test.cpp says 82 %
    else:
        print("SKIPPED: there is no real scan")


def test_jupyter_runs_the_notebook(monkeypatch):
    """As the runner above, with the results shown; skipped without Debian's python3-nbconvert and python3-ipykernel."""
    pytest.importorskip("ipykernel")
    preprocessors = pytest.importorskip("nbconvert.preprocessors")
    import nbformat
    monkeypatch.delenv("MPLBACKEND", raising=False)  # pictures in the cells
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    for cell in notebook.cells:
        cell.source = here(cell.source)
    preprocessors.ExecutePreprocessor(timeout=120).preprocess(notebook, {"metadata": {"path": str(NOTEBOOK.parent)}})
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("text/html" in output.get("data", {}) for output in outputs)
    assert any("image/png" in output.get("data", {}) for output in outputs)


def test_no_output_is_kept_in_the_notebook():
    for cell in json.loads(NOTEBOOK.read_text())["cells"]:
        assert not cell.get("outputs") and cell.get("execution_count") is None
