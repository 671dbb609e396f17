# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest
import velocal
from conftest import TRUTH


def same(one, other):
    """All that two fits say, whatever their shape."""
    for name in ("status", "reason", "chi2", "ndf"):
        np.testing.assert_array_equal(getattr(one, name).ravel(), getattr(other, name).ravel())
    for name, parameter in one.parameters.items():
        np.testing.assert_array_equal(parameter.value.ravel(), other.parameters[name].value.ravel())
        np.testing.assert_array_equal(parameter.error.ravel(), other.parameters[name].error.ravel())
    return True


def test_parameters_are_those_that_counts_were_drawn_from(drawn):
    fits = drawn.fit()
    assert np.count_nonzero(fits.good) >= 0.85 * fits.status.size
    for name, truth in TRUTH.items():
        parameter = fits.parameters[name]
        pulls = ((parameter.value - truth) / parameter.error)[fits.good]
        assert abs(pulls.mean()) < 5 / np.sqrt(pulls.size), name
    assert fits.parameters["E0"].unit == "DAC"


def test_results_have_the_leading_shape(drawn):
    whole = drawn.fit()
    assert whole.status.shape == whole.chi2.shape == whole.parameters["E0"].value.shape == (5, 8)
    rows = drawn.fit(drawn.counts.reshape(40, -1))
    assert rows.status.shape == (40,) and same(whole, rows)
    one = drawn.fit(drawn.counts[2, 3], background=whole.background.value)
    assert one.status.shape == () and one.parameters["E0"].value == whole.parameters["E0"].value[2, 3]
    none = drawn.fit(drawn.counts[:0])
    assert none.status.shape == (0, 8)


@pytest.mark.parametrize("axis", [0, 1, 2, -2])
def test_thresholds_may_be_on_any_axis(drawn, axis):
    moved = np.moveaxis(drawn.counts, -1, axis)
    assert same(drawn.fit(), drawn.fit(moved, axis=axis))
    assert same(drawn.fit(), drawn.fit(np.ascontiguousarray(moved), axis=axis))


@pytest.mark.parametrize("kind", ["u1", "u2", "u4", "u8", "i2", "i4", "i8", "f4", "f8", "f2", "longdouble", ">i4", ">f8"])
def test_counts_may_be_of_any_type(drawn, kind):
    assert drawn.counts.max() < 256 * 8
    counts = np.minimum(drawn.counts, 255) if kind == "u1" else drawn.counts
    assert same(drawn.fit(counts), drawn.fit(counts.astype(kind)))


def test_counts_may_lie_in_any_order(drawn):
    assert same(drawn.fit(), drawn.fit(np.asfortranarray(drawn.counts)))
    backwards = np.ascontiguousarray(drawn.counts[..., ::-1]).astype("uint32")[..., ::-1]
    assert same(drawn.fit(), drawn.fit(backwards))
    every_second = np.repeat(drawn.counts.astype("uint32"), 2, axis=1)[:, ::2]
    assert same(drawn.fit(), drawn.fit(every_second))
    on_top = np.broadcast_to(drawn.counts[0, 0].astype("uint32"), (3, drawn.thresholds.size))
    assert len(set(drawn.fit(on_top).chi2)) == 1
    assert same(drawn.fit(), drawn.fit(drawn.counts.tolist()))


@pytest.mark.parametrize("kind", ["uint32", "int32"])
def test_counts_are_not_copied_where_their_type_allows_it(drawn, kind):
    counts = drawn.counts.astype(kind)
    assert np.shares_memory(drawn.fit(counts).counts, counts)
    images = np.ascontiguousarray(np.moveaxis(counts, -1, 0))
    assert np.shares_memory(drawn.fit(images, axis=0).counts, images)


def test_arrays_are_views_that_outlive_the_fits(drawn):
    fits = drawn.fit()
    assert np.shares_memory(fits.chi2, fits.chi2) and not fits.chi2.flags.writeable
    expected = fits.parameters["E0"].value.copy()
    kept = fits.parameters["E0"].value
    del fits
    np.testing.assert_array_equal(kept, expected)


def test_live_time_may_be_one_for_all_or_each(drawn):
    each = np.full(drawn.thresholds.size, 262.0)
    own = np.broadcast_to(each, drawn.counts.shape)
    for live_time in (each, own):
        fits = velocal.fit_curves(drawn.thresholds, drawn.counts, live_time)
        assert same(drawn.fit(), fits)
    moved = velocal.fit_curves(drawn.thresholds, np.moveaxis(drawn.counts, -1, 0), np.moveaxis(own, -1, 0), axis=0)
    assert same(drawn.fit(), moved)


def test_masked_curves_and_those_without_an_origin_are_left_out(drawn):
    mask = np.zeros((5, 8), bool)
    mask[1, 2] = True
    origin = np.full((5, 8), 1400.0)
    origin[3, 4] = np.nan
    fits = drawn.fit(mask=mask, origin=origin)
    assert fits.reason[1, 2] == velocal.Reason.masked and fits.reason[3, 4] == velocal.Reason.no_baseline
    assert np.count_nonzero(fits.status == velocal.Status.cut) == 2
    assert abs(np.nanmedian(fits.parameters["E0"].value) - 149.0) < 0.5
    assert abs(fits.fitted_flux(0, 0) - drawn.fit().fitted_flux(0, 0)).max() < 1e-3


def test_a_curve_without_a_line_has_a_status_not_an_exception(drawn):
    flat = np.zeros_like(drawn.counts)
    flat[0] = 100
    fits = drawn.fit(flat)
    assert not fits.good.any() and (fits.reason[1] == velocal.Reason.no_hits).all()
    assert np.isnan(fits.parameters["E0"].value).all() and np.isnan(fits.fitted_flux(0, 0)).all()


def test_results_do_not_depend_on_the_number_of_threads(drawn):
    assert same(drawn.fit(threads=1), drawn.fit(threads=3))


def test_settings_are_taken(drawn):
    profile = drawn.fit(errors="profile").parameters["E0"]
    assert (profile.error_low > 0).any() and drawn.fit().parameters["E0"].error_low is None
    started = drawn.fit(start=TRUTH)
    assert abs(started.parameters["E0"].value - drawn.fit().parameters["E0"].value)[started.good].max() < 1e-3
    assert drawn.fit(background=1e-3).background == (1e-3, 0.0)
    assert list(drawn.fit(model=velocal.models["FAB_0"]).parameters) == ["B", "A", "s", "E0"]
    assert drawn.fit(statistic="neyman").good.any()


def test_models_over_all_lines_of_a_source(drawn):
    both = velocal.models["F1_0"].for_source("Fe55")
    above = drawn.thresholds - 1425.0
    counts = np.random.default_rng(3).poisson(262.0 * both.flux(above, **TRUTH | {"E0": 124.0}), drawn.counts.shape)
    origin = np.full((5, 8), 1425.0)
    fits = drawn.fit(counts, source="Fe55", origin=origin)
    parameter = fits.parameters["E0"]
    pulls = ((parameter.value - 124.0) / parameter.error)[fits.good]
    assert pulls.size > 30 and abs(pulls.mean()) < 5 / np.sqrt(pulls.size)
    assert np.nanmean(drawn.fit(counts, origin=origin).parameters["E0"].value) > 124.5


def test_what_was_fitted_stays_as_it_was(drawn):
    counts, thresholds = drawn.counts.copy(), np.array(drawn.thresholds, float)
    live = np.full(len(thresholds), 100.0)
    live[0] = 0
    fits = velocal.fit_curves(thresholds, counts, live)
    before = fits.fitted_flux(1, 1)
    thresholds += 20
    live[:] = 1
    np.testing.assert_array_equal(fits.fitted_flux(1, 1), before)
    assert np.isnan(fits.flux(1, 1)[0][0]) and np.isfinite(fits.flux(1, 1)[0][1:]).all()
    assert not fits.counts.flags.writeable and counts.flags.writeable
