# SPDX-License-Identifier: GPL-3.0-or-later
"""The chain gives what the programs have written, bit for bit."""
import numpy as np
import pytest
import velocal


@pytest.fixture(scope="module")
def made(dataset):
    flux = velocal.accumulate_flux(dataset, "warm")
    fit = velocal.fit(flux)
    return flux, fit, velocal.calibrate(fit)


def test_the_flux_is_that_of_velocal_flux(made, result):
    flux, stored = made[0], result.flux
    for name in ("thresholds", "counts", "live_time", "mask", "acquisitions"):
        np.testing.assert_array_equal(getattr(flux, name), getattr(stored, name))
    np.testing.assert_array_equal(flux.baseline.value, stored.baseline.value)
    assert flux.counts.shape == (17, 256, 256) and flux.mask.dtype == bool and flux.mask_found


def test_the_fit_is_that_of_velocal_fit(made, result):
    fit, stored = made[1], result.fit
    for name in ("status", "reason", "chi2", "ndf", "dropped"):
        np.testing.assert_array_equal(getattr(fit, name), getattr(stored, name))
    for name, parameter in fit.parameters.items():
        np.testing.assert_array_equal(parameter.value, stored.parameters[name].value)
        np.testing.assert_array_equal(parameter.error, stored.parameters[name].error)
    assert list(map(str, fit.settings.items())) == list(map(str, stored.settings.items()))  # NaN is `auto`
    assert fit.background == stored.background
    assert fit.asic["parameters"] == stored.asic["parameters"] and fit.asic["found"]


def test_the_calibration_is_that_of_velocal_matrices(made, result):
    calibration, stored = made[2], result.calibration
    for quantity in ("target", "gain"):
        np.testing.assert_array_equal(getattr(calibration, quantity).value, getattr(stored, quantity).value)
        np.testing.assert_array_equal(getattr(calibration, quantity).error, getattr(stored, quantity).error)
    assert calibration.gain_means == stored.gain_means and calibration.budget == stored.budget
    assert calibration.asic == stored.asic and calibration.asic_good == stored.asic_good
    assert stored.matrices if hasattr(stored, "matrices") else result.matrices is stored


def test_undefined_pixels_are_nan_and_statuses_an_enumeration(made):
    _, fit, calibration = made
    good = fit.status == velocal.Status.good
    assert good.any() and not good.all()
    for parameter in fit.parameters.values():
        np.testing.assert_array_equal(np.isfinite(parameter.value), good)
    assert np.isnan(calibration.gain.value[~good]).all()
    assert velocal.Reason(fit.reason[good][0]) is velocal.Reason.none
    assert set(map(int, np.unique(fit.status))) <= set(velocal.Status)


def test_settings_of_the_descriptor_are_overridden_by_keywords(result, dataset):
    fit = velocal.fit(result.flux, dataset=dataset, group="rows", statistic="poisson", covariance="absolute", start="auto",
                      background=1e-4, range=(1490, 1560), robust=False, max_zero_fraction=0.5)
    chosen = {"statistic": "poisson", "covariance": "absolute", "start": "auto", "background": 1e-4,
              "range": "1490..1560", "robust": False, "max_zero_fraction": 0.5, "model": "F1_0"}
    assert chosen.items() <= fit.settings.items()
    assert fit.group == "rows" and fit.background == 1e-4
    assert np.count_nonzero(fit.status == velocal.Status.good) < 16 * 256 + 1
    assert (fit.reason[0] == velocal.Reason.outside_the_group).sum() > 250
    again = velocal.fit(result.flux, dataset=dataset, group="rows", background=None, range=None, shared=[])
    assert np.isnan(again.settings["background"]) and again.settings["range"] == ""
    ends = velocal.fit(result.flux, dataset=dataset, group="rows", range={"from": 1490}).settings["range"]
    assert ends == "1490..65535" and velocal.fit(result.flux, dataset=dataset, group="rows", range=(None, 1550), shared=None)
    with pytest.warns(UserWarning, match="background with the statistic neyman"):
        velocal.fit(result.flux, dataset=dataset, group="rows", background=1e-3)
    for made in (fit, again):
        settings = velocal.fit(result.flux, dataset=dataset, group="rows", **made.settings).settings
        assert str(settings) == str(made.settings)  # NaN is not NaN


def test_variants_are_compared(result, dataset, made):
    other = velocal.calibrate(velocal.fit(result.flux, dataset=dataset, model="F1"), dataset=dataset)
    comparison = velocal.compare([made[2], other], ["F1_0", "F1"])
    difference = comparison.gain["mean"][1].value - comparison.gain["mean"][0].value
    assert comparison.difference["mean"] == [0.0, pytest.approx(difference)]
    assert comparison.systematic["mean"] == pytest.approx(abs(difference))
    assert "F1_0" in comparison._repr_html_() and "systematic" in repr(comparison)
    assert list(comparison.to_dataframe()["variant"]) == ["F1_0", "F1"]
    with pytest.raises(velocal.UsageError):
        velocal.compare([])
    with pytest.raises(velocal.UsageError, match="1 names for 2 calibrations"):
        velocal.compare([made[2], other], ["F1_0"])


def test_a_source_may_be_named_for_the_gain(made):
    twice = velocal.calibrate(made[1], source=velocal.Source(photon_energy_eV=2 * 5900), uncertainty="width")
    assert twice.gain_means.mean > 1.9 * made[2].gain_means.mean
    assert "11800 eV" in twice.source and "Cd109" in repr(velocal.Source("Cd109"))


def test_a_result_that_was_read_stays_that_of_its_scan(result, dataset, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text(dataset.text.replace("label: warm", "label: cold"))
    with pytest.raises(velocal.Error, match='no scan "warm"'):
        velocal.calibrate(result.fit, dataset=other)
    assert velocal.calibrate(result.fit, dataset=other, scan="cold").label == "cold"
    named = velocal.calibrate(result.fit, source="Fe55", uncertainty="error", dataset=dataset.file)
    assert "example/warm" in named._repr_html_()
