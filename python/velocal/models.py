# SPDX-License-Identifier: GPL-3.0-or-later
"""Flux models."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from numbers import Real
from typing import NamedTuple

import numpy as np

from . import _velocal, html
from .problems import expect, numbers, usage_error


class ModelParameter(NamedTuple):
    """A parameter of a model. It means something between `lower` and `upper`, with `may_vanish` also at `lower`."""

    name: str
    unit: str
    lower: float
    upper: float
    may_vanish: bool


class Model(_velocal.Model):
    """Flux of a pixel [hits/s] as a function of the threshold [DAC]; velocal.models has them by name."""

    @property
    def parameters(self) -> list[ModelParameter]:
        """Its parameters, in their order."""
        return [ModelParameter(*row) for row in self.parameter_rows()]

    def flux(self, thresholds, *values: float, **named: float) -> np.ndarray:
        """Flux [hits/s] at thresholds [DAC] of any shape, for parameters in their order or by name.

        >>> import velocal
        >>> velocal.models["F1_0"].flux([1500, 1549, 1600], f=4e-4, A=10, s=4.5, E0=1549).round(4)
        array([1.0822, 0.4482, 0.    ])
        """
        x = numbers("thresholds", thresholds)
        return self.flux_of(self._in_order(values, named), x.ravel()).reshape(x.shape)

    def gradient(self, thresholds, *values: float, **named: float) -> np.ndarray:
        """Derivatives of the flux by each parameter, of shape (parameters, ...): those of the thresholds follow.

        >>> import velocal
        >>> velocal.models["F1_0"].gradient([1500, 1549], 4e-4, 10, 4.5, 1549).shape
        (4, 2)
        """
        x = numbers("thresholds", thresholds)
        return self.gradient_of(self._in_order(values, named), x.ravel()).reshape(len(self.parameters), *x.shape)

    def for_source(self, source: _velocal.Source | str, sensor: _velocal.Sensor | None = None) -> Model:
        """The model over all lines of a source in a sensor; thresholds and E0 then count from the noise baseline.

        >>> import velocal
        >>> velocal.models["diffusion"].for_source("Cd109").name
        'diffusion'
        """
        return find_model(self.name, source, sensor)

    def _in_order(self, values, named) -> list[float]:
        """Values by place or by name as one list."""
        for value in (*values, *named.values()):
            expect("a parameter", value, Real, "a number")
        if not named:
            return list(values)
        names = [parameter.name for parameter in self.parameters]
        by_name = dict(zip(names, values)) | named
        if sorted(by_name) == sorted(names) and len(values) + len(named) == len(names):
            return [by_name[name] for name in names]
        given = ", ".join([*names[:len(values)], *named])
        raise usage_error(f"{given} are not the parameters of {self.name}", f"it has {', '.join(names)}",
                          "Give each once, in this order or by name")

    def _repr_html_(self) -> str:
        rows = [(p.name, p.unit, p.lower, p.upper) for p in self.parameters]
        return html.table(f"{self.name}: F(E) = {self.formula}", rows, ("parameter", "unit", "above", "below"))

    def __repr__(self) -> str:
        return f"<velocal.Model {self.name}({', '.join(parameter.name for parameter in self.parameters)})>"


def find_model(model: Model | str, source=None, sensor: _velocal.Sensor | None = None) -> Model:
    """The model of that name, for a source if one is given."""
    expect("source", source, (_velocal.Source, str, type(None)), "a velocal.Source or the name of one")
    expect("sensor", sensor, (_velocal.Sensor, type(None)), "a velocal.Sensor")
    if source is None and sensor is not None:
        raise usage_error("a sensor without a source", "a model depends on it only where it is made for a source",
                          'Give source=, such as source="Fe55"')
    if isinstance(model, Model):
        if source is None:
            return model
        model = model.name
    expect("model", model, str, "a name, or one of velocal.models")
    if isinstance(source, str):
        source = _velocal.Source(source)
    return Model(_velocal.find_model(model, source, sensor or _velocal.Sensor()))


class Models(Mapping):
    """The flux models by name: ours, and those that C++ code of this process has added to the registry.

    >>> import velocal
    >>> "F1_0" in velocal.models
    True
    >>> [(parameter.name, parameter.unit) for parameter in velocal.models["F1_0"].parameters]
    [('f', ''), ('A', 'DAC hits/s'), ('s', 'DAC'), ('E0', 'DAC')]
    """

    def __getitem__(self, name: str) -> Model:
        return find_model(name)

    def get(self, name: str, default=None):
        """The model of that name, or the default where there is none."""
        return self[name] if name in self else default

    def __contains__(self, name: object) -> bool:
        return name in _velocal.model_names()

    def __iter__(self) -> Iterator[str]:
        return iter(_velocal.model_names())

    def __len__(self) -> int:
        return len(_velocal.model_names())

    def _repr_html_(self) -> str:
        rows = [(model.name, ", ".join(p.name for p in model.parameters), model.formula) for model in self.values()]
        return html.table("flux models", rows, ("name", "parameters", "F(E)"))

    def __repr__(self) -> str:
        return f"<velocal.models {', '.join(self)}>"


models = Models()
