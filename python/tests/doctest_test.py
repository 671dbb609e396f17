# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples in docstrings give what they say, and there is one for each public function."""
import doctest
import importlib
import inspect
import pkgutil

import pytest
import velocal

MODULES = [module.name for module in pkgutil.iter_modules(velocal.__path__, "velocal.") if module.name != "velocal._velocal"]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    module = importlib.import_module(name)
    if inspect.getdoc(module.__dict__.get("models")) and name == "velocal.models":
        assert ">>>" in module.Models.__doc__
    assert doctest.testmod(module).failed == 0


def test_each_public_function_has_an_example():
    functions = [getattr(velocal, name) for name in velocal.__all__ if inspect.isfunction(getattr(velocal, name))]
    functions += [velocal.Model.flux, velocal.Model.gradient, velocal.CurveFits.fitted_flux, velocal.FluxCube.flux]
    assert len(functions) >= 10
    for function in functions:
        assert ">>>" in function.__doc__, function.__name__


def test_each_public_name_says_what_it_is():
    for name in velocal.__all__:
        thing = getattr(velocal, name)
        assert isinstance(thing, str) or inspect.getdoc(thing), name
        if not inspect.isclass(thing):
            continue
        for attribute, value in vars(thing).items():
            if not attribute.startswith("_") and isinstance(value, property) or inspect.isfunction(value):
                assert attribute.startswith("_") or inspect.getdoc(value), f"{name}.{attribute}"
