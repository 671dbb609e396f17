# SPDX-License-Identifier: GPL-3.0-or-later
"""Results as tables, pictures, and arrays over the memory of the library."""
import gc

import numpy as np
import pytest
import velocal


def test_arrays_are_views_that_cannot_be_written_to(result):
    fit, flux = result.fit, result.flux
    assert np.shares_memory(fit.chi2, fit.chi2) and np.shares_memory(flux.counts, flux.counts)
    assert np.shares_memory(fit.parameters["E0"].value, fit.parameters["E0"].value)
    with pytest.raises(ValueError):
        fit.status[0, 0] = 1


def test_arrays_outlive_their_result(dataset):
    gain = velocal.open(dataset.folder()).calibration.gain.value
    gc.collect()
    assert 12 < np.nanmean(gain) < 14


def test_files_are_read_when_they_are_asked_for(dataset):
    result = velocal.open(dataset.folder())
    assert "flux" not in vars(result)
    assert result.flux is result.flux and "fit" not in vars(result)
    assert result.fit.flux is result.flux
    assert result.flux.provenance["dataset"] == "example" and "velocal: 1" in result.flux.provenance["descriptor"]
    assert result.truth.target.shape == (256, 256)
    with pytest.raises(velocal.InputError, match="baseline.h5 is missing"):
        result.baseline


def test_the_truth_is_within_the_errors(result):
    pulls = (result.calibration.target.value - result.truth.target) / result.calibration.target.error
    assert abs(np.nanmedian(pulls)) < 2


def test_html_says_what_a_result_is(result, dataset, drawn):
    assert "example" in dataset._repr_html_() and "warm" in dataset._repr_html_()
    assert "flux of example/warm" in result.flux._repr_html_() and "1484…1564 DAC" in result.flux._repr_html_()
    assert "F1_0, neyman" in result.fit._repr_html_() and "E0" in result.fit._repr_html_()
    assert "K [e-/DAC]" in result.calibration._repr_html_() and "pair energy" in result.calibration._repr_html_()
    assert "truth of example/warm" in result.truth._repr_html_() and "hits/s" in result.truth._repr_html_()
    assert "fits of 40 curves" in drawn.fit()._repr_html_()
    assert "velocal.Result" in repr(result) and "calibration" in result._repr_html_()
    assert "<" not in velocal.values.Uncertain(1.0, 0.1).__str__() and "F1_0" in velocal.models._repr_html_()
    assert velocal.models["F1_0"].formula[:7] in velocal.models["F1_0"]._repr_html_()
    for each in (dataset, result.flux, result.fit, result.calibration, result.truth, drawn.fit(), velocal.models):
        assert "velocal." in repr(each)


def test_html_escapes_texts():
    assert "&lt;b&gt;" in velocal.html.table("<b>", [])


def test_tables(result, drawn):
    pytest.importorskip("pandas")
    frame = result.fit.to_dataframe()
    assert len(frame) == 65536 and {"row", "column", "status", "reason", "E0", "E0_error", "chi2", "ndf"} <= set(frame)
    assert frame.query("row == 127 and column == 128")["E0"].item() == pytest.approx(
        result.fit.parameters["E0"].value[127, 128], nan_ok=True)
    assert set(frame["status"]) <= {"good", "bad", "not_found", "cut"}
    assert set(result.calibration.to_dataframe()) == {"row", "column", "target", "target_error", "K", "K_error"}
    flux = result.flux.to_dataframe()
    assert len(flux) == 17 and flux["flux"].notna().all() and flux["flux_error"].isna().all()  # of one acquisition each
    assert list(result.truth.to_dataframe().columns[:3]) == ["row", "column", "target"]
    assert list(drawn.fit().to_dataframe().columns[:3]) == ["row", "column", "status"]
    assert list(drawn.fit(drawn.counts[0]).to_dataframe().columns[:2]) == ["curve", "status"]
    assert len(drawn.fit(drawn.counts[0, 0]).to_dataframe()) == 1
    profile = drawn.fit(errors="profile").to_dataframe()
    assert "E0_error_low" in profile


def test_pictures(result, drawn):
    pytest.importorskip("matplotlib")
    place = tuple(np.argwhere(result.fit.status == velocal.Status.good)[0])
    assert result.flux.plot().get_xlabel() == "Column"
    assert result.flux.plot(*place).get_ylabel() == "Flux [hits/s]"
    assert result.fit.plot("s").get_ylabel() == "Row" and result.fit.plot("status") and result.calibration.plot("target")
    fitted = result.fit.plot(place).get_lines()[-1].get_ydata()
    assert np.isfinite(fitted).all()
    assert drawn.fit().plot(2, 3).get_title() == "curve 2, 3"
    assert drawn.fit().plot("s").get_ylabel() == "Row" and drawn.fit(drawn.counts[0]).plot().get_xlabel() == "E0 [DAC]"
    with pytest.raises(velocal.UsageError, match='no map of "k"'):
        result.calibration.plot("k")
    assert result.truth.plot("width").get_ylabel() == "Row"


def test_a_fit_goes_through_the_flux(result):
    place = tuple(np.argwhere(result.fit.status == velocal.Status.good)[0])
    value, error = result.flux.flux(*place)
    fitted = result.fit.fitted_flux(*place, result.flux.thresholds)
    seen = value > 0
    assert np.sum(((value - fitted) / error)[seen] ** 2) == pytest.approx(result.fit.chi2[place], rel=1e-6)
