# SPDX-License-Identifier: GPL-3.0-or-later
"""Descriptors."""
from __future__ import annotations

import os
import pathlib

from . import _velocal, html
from .problems import expect, usage_error


class Dataset(_velocal.Dataset):
    """Scans of one chip that are analysed in one way; read_dataset() makes it.

    name, asic, data_root, results_root, scans, file and text are as in the descriptor.
    """

    @property
    def settings(self) -> dict[str, object]:
        """Section `fit`, by name."""
        return dict(self.fit_settings.rows())

    def only_scan(self, label: str | None = None) -> _velocal.Scan:
        """The scan of that label, or the only one. Raises UsageError naming the labels there are."""
        expect("scan", label, (str, type(None)), "the label of a scan")
        if label is None and len(self.scans) > 1:
            labels = ", ".join(scan.label for scan in self.scans)
            raise usage_error(f"{self.name} has {len(self.scans)} scans", labels, "Name one of them")
        return self.scan(self.scans[0].label if label is None else label)

    def folder(self, label: str | None = None) -> pathlib.Path:
        """Where the results of the scan of that label, or of the only one, are: for velocal.open()."""
        return self.folder_of(self.only_scan(label).label)

    def _repr_html_(self) -> str:
        rows = [(scan.label, scan.folder, f"{scan.thresholds[0]}…{scan.thresholds[-1]} DAC", scan.acquisitions,
                 f"{scan.shutter_s:g} s") for scan in self.scans]
        return html.table(f"{self.name} ({self.asic})", rows, ("scan", "folder", "thresholds", "acquisitions", "shutter"))

    def __repr__(self) -> str:
        return f"<velocal.Dataset {self.name}: {', '.join(scan.label for scan in self.scans)}>"


def read_dataset(file: str | os.PathLike, asic: str = "") -> Dataset:
    """Reads and validates a descriptor (docs/descriptor.md); no data are touched. Of one with many chips `asic` names one.

    Raises DescriptorError with file, line, column and a way out.

    >>> import velocal
    >>> dataset = velocal.read_dataset("examples/scan.yaml")
    >>> dataset.name, dataset.scan("warm").shutter_s
    ('example', 4000.0)
    """
    expect("asic", asic, str, "the name of a chip")
    return Dataset(_velocal.read_dataset(os.fspath(file), asic))


def as_dataset(dataset: Dataset | str | os.PathLike) -> Dataset:
    """A dataset, or that of the descriptor of this name."""
    return dataset if isinstance(dataset, Dataset) else read_dataset(dataset)
