# SPDX-License-Identifier: GPL-3.0-or-later
"""What belongs to all scans of a dataset: the noise baseline, and the gain from several sources."""
import os
import pathlib
import subprocess

import numpy as np
import pytest
import velocal

DESCRIPTOR = """velocal: 1
name: sources
asic: Module0_VP3-1
data: data
results: results
noise: {folder: noise}
fit: {model: F1_0}
scans:
"""
SCAN = """  - label: %s
    folder: %s
    source: {photon_energy_eV: %s, pair_energy_eV: 3.68, pair_energy_uncertainty_eV: 0.02}
    shutter: 260s0ms
    acquisitions: 1
    thresholds: {from: %s, to: %s, step: 5}
    baseline: {folder: equalisation_%s}
    simulation: {target: {mean: %s, spread: 0}, baseline: {mean: 1425, spread: 0}, spot: {floor: 1}, masked_pixels: 64000}
"""
BIN = pathlib.Path(os.environ["VELOCAL_BUILD"]) / "bin"


def counter_codes():
    """The six bits of a pixel's counter after each number of hits."""
    bits, codes = "000000", []
    for _ in range(64):
        codes.append(int(bits, 2))
        bits = bits[1:] + "01"[(bits[0] != bits[1]) != (bits[1:] == "00000")]
    return np.array(codes, "uint8")


def write_noise(folder, trim, mean):
    """A noise scan of every eighth row, 40 hits at the mean, 6 DAC wide."""
    thresholds = np.arange(mean + 40, mean - 40, -2)
    hits = np.zeros((40, 256, 256), "uint8")  # threshold, column, row
    hits[:, :, ::8] = (40 * np.exp(-0.5 * ((thresholds - mean) / 6) ** 2))[:, None, None]
    bits = np.unpackbits(counter_codes()[hits][..., None], axis=-1)[..., 2:]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"Module0_VP3-1_ECS_Scan_{trim}_{thresholds[0]}_2_40_1of1.dat").write_bytes(np.packbits(bits).tobytes())


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    iron = SCAN % ("iron", "iron", 5895, 1490, 1600, "iron", 124)
    copper = SCAN % ("copper", "copper", 8041.2, 1530, 1650, "copper", 169.1448)
    (folder / "sources.yaml").write_text(DESCRIPTOR + iron + copper)
    write_noise(folder / "data/noise", "Trim0", 1300)
    write_noise(folder / "data/noise", "TrimF", 1360)
    for program in ("baseline", "simulate", "flux", "fit", "matrices", "gain"):
        subprocess.run([BIN / f"velocal-{program}", "sources.yaml", "--quiet"], cwd=folder, check=True)
    return folder / "results/sources"


def test_a_scan_knows_what_is_of_all_scans(results):
    scan = velocal.open(results / "iron")
    assert scan.stages == ["flux", "fit", "calibration", "truth", "baseline", "gain"]
    assert scan.gain.gain.value.shape == (256, 256) and scan.gain.provenance["scan"] == "gain"
    assert np.nanmedian(scan.gain.gain.value) == pytest.approx(12.92, abs=0.3)
    assert [line.label for line in scan.gain.lines] == ["iron", "copper"]
    assert {scan.gain.status_names[number] for number in np.unique(scan.gain.status)} >= {"good", "no line"}
    assert scan.gain.asic["gain"].value == pytest.approx(12.92, abs=0.3)
    assert np.nanmean(scan.baseline.baseline) == pytest.approx(1332, abs=0.5)  # all have trim 8: 1300 + 8/15 of 60


def test_a_dataset_has_what_is_of_all_scans_and_no_scan(results):
    of_all = velocal.open(results)
    assert of_all.stages == ["baseline", "gain"]
    with pytest.raises(velocal.InputError, match="there is no fit of"):
        of_all.fit


def test_a_file_gives_what_it_holds(results):
    assert isinstance(velocal.open(results / "gain.h5"), velocal.SourceGain)
    assert isinstance(velocal.open(results / "baseline.h5"), velocal.MeasuredBaseline)
    assert isinstance(velocal.open(results / "copper/fit.h5"), velocal.ScanFit)
    (results / "another.h5").write_bytes((results / "gain.h5").read_bytes())
    with pytest.raises(velocal.InputError, match="no file of results"):
        velocal.open(results / "another.h5")
    (results / "gain_even.h5").write_bytes((results / "baseline.h5").read_bytes())
    with pytest.raises(velocal.InputError, match="gain_even.h5"):
        velocal.open(results / "gain_even.h5")


def test_a_baseline_is_a_table_and_a_picture(results):
    baseline = velocal.open(results).baseline
    assert "noise baseline of sources" in baseline._repr_html_() and baseline.asic in repr(baseline)
    pytest.importorskip("pandas")
    assert {"row", "column", "baseline", "trim", "mask"} <= set(baseline.to_dataframe())
    pytest.importorskip("matplotlib")
    assert baseline.plot().get_ylabel() == "Row"


def test_a_gain_is_a_table_and_a_picture(results):
    gain = velocal.open(results / "gain.h5")
    assert "copper" in gain._repr_html_() and "gain of sources" in gain._repr_html_() and "2 lines" in repr(gain)
    pytest.importorskip("pandas")
    assert {"status", "K", "K_error", "offset", "chi2"} <= set(gain.to_dataframe())
    pytest.importorskip("matplotlib")
    assert gain.plot("offset").get_ylabel() == "Row"
    with pytest.raises(velocal.UsageError, match="no map of"):
        gain.plot("target")
