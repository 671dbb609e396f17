# SPDX-License-Identifier: GPL-3.0-or-later
"""Calibration of VeloPix threshold scans: flux, fits, target and gain; and fits of curves of any detector.

From the files of a scan to its gain, each step a function that returns a result with NumPy arrays:

    dataset = velocal.read_dataset("datasets/demo.yaml")
    flux = velocal.accumulate_flux(dataset)
    fit = velocal.fit(flux)
    calibration = velocal.calibrate(fit)
    calibration.gain.value  # (256, 256), e-/DAC, NaN where undefined

What the programs have made is read with velocal.open(); counts in memory are fitted with velocal.fit_curves().
Wrong input raises a velocal.Error; a fit that fails has a status.
"""
from ._velocal import (DescriptorError, Error, InputError, OutputError, Scan, Sensor, Source, UsageError, __version__, git_hash)
from .calibration import Calibration, Comparison, calibrate, compare
from .curves import CurveFits, fit_curves
from .dataset import Dataset, read_dataset
from .flux import FluxCube, accumulate_flux
from .maps import MeasuredBaseline, Truth
from .models import Model, ModelParameter, models
from .opened import Result, open
from .scan_fit import ScanFit, fit
from .source_gain import SourceGain, SourceLine
from .values import BudgetRow, Means, Parameter, Parameters, Quantity, Reason, Status, Uncertain

__all__ = [
    "BudgetRow", "Calibration", "Comparison", "CurveFits", "Dataset", "DescriptorError", "Error", "FluxCube",
    "InputError", "Means", "MeasuredBaseline", "Model", "ModelParameter", "OutputError", "Parameter", "Parameters",
    "Quantity", "Reason", "Result", "Scan", "ScanFit", "Sensor", "Source", "SourceGain", "SourceLine", "Status",
    "Truth", "Uncertain", "UsageError",
    "accumulate_flux", "calibrate", "compare", "fit", "fit_curves", "models", "open", "read_dataset",
]
