# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests share: the scan of the examples, drawn and calibrated by the programs, and curves drawn from known truth."""
import os
import pathlib

import numpy as np
import pytest
import velocal

SOURCE = pathlib.Path(os.environ["VELOCAL_SOURCE"])
TRUTH = {"f": 4e-4, "A": 10.0, "s": 4.5, "E0": 1549.0}


@pytest.fixture(autouse=True)
def in_the_checkout(monkeypatch):
    """Names of descriptors are from its root."""
    monkeypatch.chdir(SOURCE)


@pytest.fixture(scope="session")
def dataset():
    return velocal.read_dataset(SOURCE / "examples/scan.yaml")


@pytest.fixture(scope="session")
def result(dataset):
    return velocal.open(dataset.folder())


class Drawn:
    """Curves of F1_0 with a flat background."""

    def __init__(self, shape=(5, 8)):
        self.thresholds = np.arange(1490.0, 1591.0, 2.0)
        flux = velocal.models["F1_0"].flux(self.thresholds, **TRUTH) + 2e-6
        self.live_time = 262.0
        self.counts = np.random.default_rng(7).poisson(flux * self.live_time, (*shape, self.thresholds.size))

    def fit(self, counts=None, **options):
        return velocal.fit_curves(self.thresholds, self.counts if counts is None else counts, self.live_time, **options)


@pytest.fixture(scope="session")
def drawn():
    return Drawn()
