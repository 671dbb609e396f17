# SPDX-License-Identifier: GPL-3.0-or-later
"""Each wrong argument is named with what was found and what is expected."""
import os

import numpy as np
import pytest
import velocal

T = np.arange(10.0)
COUNTS = np.ones((2, 3, 10), int)


def with_entry(value, kind=float):
    counts = COUNTS.astype(kind)
    counts[1, 2, 3] = value
    return counts


@pytest.mark.parametrize("counts, text", [
    (with_entry(np.nan), "counts[1, 2, 3] is nan (counts are whole numbers from 0 to 4294967295)"),
    (with_entry(2.5), "counts[1, 2, 3] is 2.5"),
    (with_entry(np.float32(0.5), "f4"), "counts[1, 2, 3] is 0.5"),
    (with_entry(np.inf), "counts[1, 2, 3] is inf"),
    (with_entry(-1.0), "counts[1, 2, 3] is -1"),
    (with_entry(-7, "i1"), "counts[1, 2, 3] is -7"),
    (with_entry(-7, "i4"), "counts[1, 2, 3] is -7"),
    (with_entry(2**40, "i8"), "counts[1, 2, 3] is 1099511627776"),
    (COUNTS.astype(complex), "counts are of type complex128"),
    (COUNTS.astype(str), "counts are of type <U21"),
    (COUNTS.astype(object), "counts are of type object"),
    (COUNTS[..., :9], "counts have the shape (2, 3, 9) (it has to be (…, …, 10): there are 10 thresholds on axis -1)"),
    (np.moveaxis(COUNTS, -1, 0), "counts have the shape (10, 2, 3)"),
    (np.uint32(3), "counts have the shape (), which has no axis -1"),
    (None, "counts are of type object"),
    ([[1, 2], [3]], "counts are no array of numbers"),
    (COUNTS.astype("M8[s]"), "counts are of type datetime64[s]"),
    (np.ma.array(COUNTS, mask=COUNTS > 0), "counts have masked entries"),
    ([np.ma.array(COUNTS[0], mask=COUNTS[0] > 0)] * 2, "counts have masked entries"),
])
def test_counts(counts, text):
    with pytest.raises(velocal.InputError) as error:
        velocal.fit_curves(T, counts, 1.0)
    assert text in str(error.value)


@pytest.mark.parametrize("thresholds, text", [
    (np.arange(10.0)[::-1], "thresholds[1] is 8 (thresholds are finite and ascend)"),
    ([*range(9), 8], "thresholds[9] is 8"),
    ([*range(9), np.nan], "thresholds[9] is nan"),
    ([[1.0, 2.0]], "thresholds have the shape (1, 2) (it has to be (T,))"),
    ([], "thresholds have the shape (0,)"),
    (["a"], "thresholds are no array of numbers"),
    (T.astype("M8[s]"), "thresholds are no array of numbers (they are of type datetime64[s])"),
    (T + 0j, "thresholds are no array of numbers (they are of type complex128)"),
    ([-np.inf, *range(9)], "thresholds[0] is -inf"),
])
def test_thresholds(thresholds, text):
    with pytest.raises(velocal.InputError) as error:
        velocal.fit_curves(thresholds, COUNTS, 1.0)
    assert text in str(error.value)


@pytest.mark.parametrize("live_time, text", [
    (np.ones(9), "live_time has the shape (9,) (it has to be (), (10,) or that of the counts, (2, 3, 10))"),
    (np.ones((3, 2, 10)), "live_time has the shape (3, 2, 10)"),
    (-1.0, "live_time is -1 (live times are seconds, finite and >= 0)"),
    (np.where(np.arange(10) == 4, np.nan, 1.0), "live_time[4] is nan"),
    ("long", "live_time are no array of numbers"),
    ("262", "live_time are no array of numbers"),
    (None, "live_time is nan"),
    (np.ma.masked_less(T, 1.0), "live_time have masked entries"),
])
def test_live_time(live_time, text):
    with pytest.raises(velocal.InputError) as error:
        velocal.fit_curves(T, COUNTS, live_time)
    assert text in str(error.value)


@pytest.mark.parametrize("options, text", [
    ({"origin": np.zeros((3, 2))}, "origin has the shape (3, 2) (it has to be that of the curves, (2, 3))"),
    ({"origin": np.where(np.eye(2, 3) > 0, np.inf, 0.0)}, "origin[0, 0] is inf (it is finite, or NaN"),
    ({"mask": np.zeros(2)}, "mask has the shape (2,)"),
    ({"mask": np.full((2, 3), np.nan)}, "mask has NaN"),
    ({"axis": 3}, "counts have the shape (2, 3, 10), which has no axis 3"),
    ({"axis": 2.0}, "counts have the shape (2, 3, 10), which has no axis 2.0"),
    ({"axis": "last"}, "counts have the shape (2, 3, 10), which has no axis last"),
])
def test_arrays_of_curves(options, text):
    with pytest.raises(velocal.InputError) as error:
        velocal.fit_curves(T, COUNTS, 1.0, **options)
    assert text in str(error.value)


def test_places_are_those_of_the_arrays_as_they_were_given():
    counts = np.moveaxis(COUNTS, -1, 0)
    times = np.ones(counts.shape)
    times[3, 0, 1] = -1.0
    with pytest.raises(velocal.InputError, match=r"live_time\[3, 0, 1\] is -1"):
        velocal.fit_curves(T, counts, times, axis=0)
    with pytest.raises(velocal.InputError, match=r"it has to be \(\), \(10,\) or that of the counts, \(10, 2, 3\)"):
        velocal.fit_curves(T, counts, np.ones((10, 3)), axis=0)


@pytest.mark.parametrize("options, text", [
    ({"model": "F9"}, 'there is no flux model "F9" (there are F1, F1_0'),
    ({"statistic": "poison"}, "poison"),
    ({"covariance": "relative"}, 'unknown covariance "relative"'),
    ({"errors": "none"}, 'unknown errors "none"'),
    ({"engine": "slow"}, "slow"),
    ({"significance": 0.0}, "significance is 0"),
    ({"background": -1.0}, "background is -1"),
    ({"dispersion": np.nan}, "dispersion is nan"),
    ({"start": [1.0, 2.0]}, "start values 1, 2 for model F1_0 (it has 4 parameters"),
    ({"start": {"f": 1.0, "B": 2.0}}, "start values of f, B for model F1_0 (it has f, A, s, E0)"),
    ({"source": "Fe56"}, "Fe56"),
    ({"model": None}, "model is None (it has to be a name, or one of velocal.models)"),
    ({"statistic": 1}, "statistic is 1 (it has to be a word)"),
    ({"significance": "5 %"}, "significance is '5 %' (it has to be a number)"),
    ({"background": "none"}, "background is 'none' (it has to be a number or None)"),
    ({"robust": "yes"}, "robust is 'yes' (it has to be True or False)"),
    ({"source": 1}, "source is 1 (it has to be a velocal.Source or the name of one)"),
    ({"sensor": "thick"}, "sensor is 'thick' (it has to be a velocal.Sensor)"),
    ({"threads": 2.0}, "threads is 2.0 (it has to be a whole number)"),
    ({"start": "auto"}, "start is 'auto'"),
    ({"start": []}, "start is []"),
    ({"sensor": velocal.Sensor(thickness_um=50)}, "a sensor without a source"),
    ({"statistic": "neyman", "background": 0.1}, "background with the statistic neyman"),
    ({"progress": "yes"}, "progress is 'yes' (it has to be True, False, None or a function)"),
])
def test_settings(options, text):
    with pytest.raises(velocal.UsageError) as error:
        velocal.fit_curves(T, COUNTS, 1.0, **options)
    assert text in str(error.value)


def test_errors_have_one_base():
    for error in (velocal.UsageError, velocal.DescriptorError, velocal.InputError, velocal.OutputError):
        assert issubclass(error, velocal.Error) and error.__module__ == "velocal"
    with pytest.raises(velocal.DescriptorError, match=r"scan.yaml:1:\d+"):
        velocal.read_dataset(_wrong_descriptor())
    with pytest.raises(velocal.Error, match="no-such.yaml"):
        velocal.read_dataset("no-such.yaml")


def test_names_that_are_no_text_are_named_all_the_same(tmp_path):
    """By errors of Python's part and of the library; what cannot be looked at is an error of velocal, too."""
    name = os.fsdecode(os.fsencode(tmp_path) + b"/r\xe9sults")
    with pytest.raises(velocal.InputError, match=r"r\\udce9sults does not exist"):
        velocal.open(name)
    with pytest.raises(velocal.Error, match=r"r\\xe9sults"):
        velocal.read_dataset(name)
    os.mkdir(name)
    with open(name + "/fit.h5", "w") as file:
        file.write("no results")
    with pytest.raises(velocal.InputError, match=r"r\\xe9sults/fit.h5 is damaged"):
        velocal.open(name).fit
    with pytest.raises(velocal.InputError, match="cannot read .*File name too long"):
        velocal.open(tmp_path / ("n" * 300))


def _wrong_descriptor():
    import tempfile
    file = tempfile.mkdtemp() + "/scan.yaml"
    with open(file, "w") as out:
        out.write("velocel: 1\n")
    return file


def test_parameters_that_there_are_not(drawn):
    with pytest.raises(velocal.UsageError, match=r'the model has no parameter "E1" \(it has f, A, s, E0\)'):
        drawn.fit().parameters["E1"]
    with pytest.raises(velocal.UsageError, match="f, B are not the parameters of F1_0"):
        velocal.models["F1_0"].flux(T, f=1, B=2)
    with pytest.raises(velocal.UsageError, match="2 values for the parameters of F1_0"):
        velocal.models["F1_0"].flux(T, 1, 2)
    with pytest.raises(velocal.UsageError, match="a parameter is 'a' .it has to be a number"):
        velocal.models["F1_0"].flux(T, "a", 2, 3, 4)
    assert velocal.models.get("F9") is None and velocal.models.get("F1_0").name == "F1_0"


def test_curves_that_there_are_not(drawn):
    fits = drawn.fit()
    for place in [(7, 0), (0,), (0, 0, 0), ("E0", 0)]:
        text = f"there is no curve {', '.join(map(str, place))} (the curves have the shape"
        with pytest.raises(velocal.UsageError) as error:
            fits.flux(*place)
        assert text in str(error.value)
        with pytest.raises(velocal.UsageError, match="there is no curve"):
            fits.fitted_flux(*place)


def test_steps_that_are_given_something_else(drawn):
    with pytest.raises(velocal.UsageError, match="flux is None .it has to be a velocal.FluxCube"):
        velocal.fit(None)
    with pytest.raises(velocal.UsageError, match="fit is <velocal.CurveFits .*it has to be a velocal.ScanFit"):
        velocal.calibrate(drawn.fit())
    with pytest.raises(velocal.UsageError, match="a calibration is <velocal.CurveFits"):
        velocal.compare([drawn.fit(), drawn.fit()])
    with pytest.raises(velocal.UsageError, match="calibrations is None .it has to be a list"):
        velocal.compare(None)


def test_pixels_and_groups_that_there_are_not(result, dataset):
    with pytest.raises(velocal.UsageError, match="there is no pixel 256, 0"):
        result.flux.flux(256, 0)
    with pytest.raises(velocal.UsageError, match='unknown group "odds"'):
        result.flux.asic_curve("odds")
    with pytest.raises(velocal.UsageError, match='unknown group "odds"'):
        velocal.fit(result.flux, dataset=dataset, group="odds")
    with pytest.raises(velocal.UsageError, match='unknown setting "modell" of a fit'):
        velocal.fit(result.flux, dataset=dataset, modell="F1_0")
    with pytest.raises(velocal.UsageError, match="significance: must be"):
        velocal.fit(result.flux, dataset=dataset, significance=2)
    with pytest.raises(velocal.UsageError, match="the scan is not known"):
        velocal.fit(result.flux)
    for wrong, text in [({"threads": "a"}, "threads is 'a'"), ({"group": None}, "group is None"),
                        ({"model": None}, "model is None"), ({"range": (1500, 1580, 7)}, r"range is \(1500, 1580, 7\)"),
                        ({"range": {"frm": 1500}}, "range is {'frm': 1500}"), ({"scan": 3}, "scan is 3"),
                        ({"range": (None, None)}, "range: must be two thresholds"), ({"threads": 2.5}, "threads is 2.5")]:
        with pytest.raises(velocal.UsageError, match=text):
            velocal.fit(result.flux, dataset=dataset, **wrong)
    with pytest.raises(velocal.UsageError, match="row is 1.0 .it has to be a whole number"):
        result.flux.flux(1.0, 2)
    for wrong, text in [({"source": 3}, "source is 3"), ({"uncertainty": 3}, "uncertainty is 3")]:
        with pytest.raises(velocal.UsageError, match=text):
            velocal.calibrate(result.fit, dataset=dataset, **wrong)
    with pytest.raises(velocal.Error, match="nowhere.yaml"):
        velocal.calibrate(result.fit, source="Fe55", uncertainty="error", dataset="nowhere.yaml")
    with pytest.raises(velocal.UsageError, match=r"what is \(1, 2, 3\)"):
        result.fit.plot((1, 2, 3))
    with pytest.raises(velocal.UsageError, match="column is None"):
        result.flux.plot(5)
    with pytest.raises(velocal.Error, match="warm"):
        dataset.scan("cold")


@pytest.mark.parametrize("lines, sensor, text", [
    ([(5900, 0)], {}, "the intensity of the line at 5900 eV is 0"),
    ([(5900, 1), (np.nan, 1)], {}, "the energy of a line is nan"),
    ([(5900, 1)], {"pitch_um": 0}, "the pitch of the sensor is 0"),
    ([(5900, 1)], {"thickness_um": np.nan}, "the thickness of the sensor is nan"),
])
def test_sources_and_sensors_that_there_are_not(lines, sensor, text):
    with pytest.raises(velocal.UsageError, match=text):
        velocal.models["diffusion"].for_source(velocal.Source(lines=lines), velocal.Sensor(**sensor))


def test_folders_and_files_that_are_no_results(result, tmp_path):
    with pytest.raises(velocal.InputError, match="nofile.h5 does not exist"):
        velocal.open("nofile.h5")
    with pytest.raises(velocal.InputError, match=r"no\\udcffile.h5 does not exist"):  # no UTF-8
        velocal.open("no\udcffile.h5")
    with pytest.raises(velocal.InputError, match="is no folder of results"):
        velocal.open(tmp_path)
    (tmp_path / "fit.h5").write_bytes(b"no HDF5")
    with pytest.raises(velocal.InputError, match="fit.h5 is damaged"):
        velocal.open(tmp_path).fit
    whole = result.path("fit").read_bytes()
    (tmp_path / "fit.h5").write_bytes(whole[:len(whole) // 2])
    with pytest.raises(velocal.InputError, match="fit.h5"):
        velocal.open(tmp_path).fit
    (tmp_path / "matrices.h5").write_bytes(whole)
    with pytest.raises(velocal.InputError, match="its schema is velocal/fit/1"):
        velocal.open(tmp_path).calibration
    with pytest.raises(velocal.InputError, match=r"there is no flux of .* \(flux.h5 is missing\). Run velocal-flux first"):
        velocal.open(tmp_path).flux
