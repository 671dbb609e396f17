# SPDX-License-Identifier: GPL-3.0-or-later
"""The stub of the C++ module has the names that the module has, and the annotations of the rest can be read."""
import ast
import inspect
import pathlib
import typing

import velocal
from velocal import _velocal

STUB = pathlib.Path(velocal.__file__).with_name("_velocal.pyi")


def declared(body):
    """Names that a stub declares."""
    names = set()
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.AnnAssign):
            names.add(node.target.id)
    return names


def present(thing):
    """Names that it has of its own."""
    return {name for name in vars(thing) if not name.startswith("__") or name in ("__init__", "__version__")}


def test_the_stub_has_all_names_of_the_module_and_no_others():
    tree = ast.parse(STUB.read_text())
    assert declared(tree.body) - {"__version__"} == present(_velocal) - {"__version__"}
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not issubclass(getattr(_velocal, node.name), Exception):
            own = present(getattr(_velocal, node.name)) - {"__init__"}
            assert declared(node.body) - {"__init__"} == own, node.name


def test_the_package_says_that_it_has_types():
    assert STUB.with_name("py.typed").exists()
    for name in velocal.__all__:
        thing = getattr(velocal, name)
        if inspect.isfunction(thing):
            assert typing.get_type_hints(thing)
