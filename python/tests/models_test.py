# SPDX-License-Identifier: GPL-3.0-or-later
import ctypes
import math
import os

import numpy as np
import pytest
import velocal

X = np.linspace(1480, 1600, 25)


def f1_0(e, f, a, s, e0):
    """docs/physics.md, "Models"."""
    d = e - e0
    shelf = s / math.sqrt(math.pi) * math.exp(-((d / s) ** 2)) - d * math.erfc(d / s)
    return f * a / 2 * shelf + (1 - f) * a / 2 * math.erfc(d / (math.sqrt(2) * s)) / (math.sqrt(2 * math.pi) * s)


def test_the_flux_is_the_formula():
    values = (4e-4, 10.0, 4.5, 1549.0)
    expected = [f1_0(x, *values) for x in X]
    np.testing.assert_allclose(velocal.models["F1_0"].flux(X, *values), expected, rtol=1e-12, atol=1e-15)


def test_values_may_be_named_and_thresholds_of_any_shape():
    model = velocal.models["F1_0"]
    grid = X.reshape(5, 5)
    np.testing.assert_array_equal(model.flux(grid, 4e-4, 10.0, E0=1549.0, s=4.5),
                                  model.flux(X, 4e-4, 10.0, 4.5, 1549.0).reshape(5, 5))
    assert model.flux(1549, 4e-4, 10, 4.5, 1549).shape == ()


def test_gradients_are_the_slopes():
    model, values = velocal.models["FAB_0"], np.array([5.0, 2e-3, 4.5, 1549.0])
    gradient = model.gradient(X, *values)
    assert gradient.shape == (4, 25)
    for k in range(4):
        step = np.zeros(4)
        step[k] = 1e-5 * values[k]
        slope = (model.flux(X, *(values + step)) - model.flux(X, *(values - step))) / (2 * step[k])
        np.testing.assert_allclose(gradient[k], slope, rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize("name", list(velocal.models))
def test_what_is_no_number_gives_none(name):
    model = velocal.models[name]
    if model.above_baseline:
        model = model.for_source("Fe55")
    line = 124.0 if model.above_baseline else 1549.0
    values = [line if p.name == "E0" else (p.lower + min(p.upper, p.lower + 2.0)) / 2.0 for p in model.parameters]
    flux = model.flux([np.nan, *X], *values)
    assert np.isnan(flux[0]) and np.isfinite(flux[1:]).all()
    assert np.isnan(model.gradient([np.nan] * 3, *values)[:, 0]).any()
    assert model.gradient([], *values).shape == (len(values), 0)
    for k in range(len(values)):
        assert np.isnan(model.flux(X, *values[:k], np.nan, *values[k + 1:])).any()


def test_each_has_a_name_a_formula_and_parameters_with_units():
    assert {"F1_0", "F1", "F2s_0", "FAB_0", "FAB", "F2sAB", "F4", "timepix", "diffusion"} <= set(velocal.models)
    for name, model in velocal.models.items():
        assert model.name == name and model.formula and model.parameters[-1].name in ("E0", "s"), name
        for parameter in model.parameters:
            assert parameter.lower < parameter.upper
    assert velocal.models["diffusion"].above_baseline and not velocal.models["F1_0"].above_baseline
    with pytest.raises(velocal.UsageError):
        velocal.models["F9"]


def test_a_model_over_the_lines_of_a_source_has_their_shares():
    values = (4e-4, 10.0, 4.5, 124.0)
    both = velocal.models["F1_0"].for_source("Fe55")
    x = np.linspace(60, 180, 25)
    one = velocal.models["F1_0"].flux(x, *values)
    assert both.above_baseline and both.flux(x, *values)[-8] > one[-8]
    sensor = velocal.Sensor(thickness_um=300.0, illuminated="front")
    thick, usual = (velocal.models["diffusion"].for_source("Fe55", each) for each in (sensor, velocal.Sensor()))
    assert sensor.illuminated == "front" and usual.above_baseline
    # Absorbed near the electrodes, where the cloud is narrow, fewer photons share their charge.
    assert thick.flux(100.0, 0.9, 4.5, 4.6, 124.0) > usual.flux(100.0, 0.9, 4.5, 4.6, 124.0)


def test_models_that_c_plus_plus_has_added_show_up_and_are_fitted(drawn):
    assert "step" not in velocal.models
    ctypes.CDLL(os.environ["VELOCAL_OWN_MODEL"])
    assert velocal.models["step"].formula.startswith("A erfc") and "step" in list(velocal.models)
    fits = drawn.fit(model="step")
    assert abs(np.nanmedian(fits.parameters["E0"].value) - 1549) < 2  # without the shelf it comes out low
