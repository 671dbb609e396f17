# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors in the words that the C++ library has for them: "problem (reason). Suggestion"."""
from __future__ import annotations

from numbers import Integral

import numpy as np

from ._velocal import InputError, UsageError, error_message


def message(*parts: str) -> str:
    """The text of an error. What is no UTF-8 in the name of a file becomes an escape: C++ takes no such text."""
    return error_message(*(part.encode("utf-8", "backslashreplace").decode() for part in parts))


def usage_error(problem: str, reason: str = "", suggestion: str = "") -> UsageError:
    """A UsageError to raise."""
    return UsageError(message(problem, reason, suggestion))


def input_error(problem: str, reason: str = "", suggestion: str = "") -> InputError:
    """An InputError to raise."""
    return InputError(message(problem, reason, suggestion))


def array_of(name: str, values) -> np.ndarray:
    """The argument as an array. Raises InputError where its rows differ in length."""
    try:
        return np.asarray(values)
    except ValueError as error:
        raise input_error(f"{name} are no array of numbers", str(error)) from None


def has_masked(values) -> bool:
    """Whether it is a masked array with masked entries, or a list that holds one."""
    return np.ma.is_masked(values) or (isinstance(values, (list, tuple)) and any(map(has_masked, values)))


def numbers(name: str, values) -> np.ndarray:
    """The argument as an array of floats. Raises InputError when it holds anything else, such as texts or dates."""
    if has_masked(values):
        raise input_error(f"{name} have masked entries", "what is below the mask would be used", "Leave them out, or fill them")
    array = array_of(name, values)
    if array.dtype.kind in "cmMSUV":
        raise input_error(f"{name} are no array of numbers", f"they are of type {array.dtype}")
    try:
        return array.astype(float, copy=False)
    except (TypeError, ValueError) as error:
        raise input_error(f"{name} are no array of numbers", str(error)) from None


def expect(name: str, value, kinds, description: str) -> None:
    """Raises UsageError where a value is none of these kinds."""
    if not isinstance(value, kinds):
        raise usage_error(f"{name} is {value!r:.60}", f"it has to be {description}")


def thread_count(threads: int) -> int:
    """As many as the library takes. Raises UsageError for anything but a whole number."""
    expect("threads", threads, Integral, "a whole number")
    return max(0, min(int(threads), 1024))


def needed(module: str, purpose: str, package: str):
    """An optional module. Raises UsageError naming Debian's package where it is missing."""
    try:
        return __import__(module, fromlist=["_"])
    except ImportError:
        raise usage_error(f"{purpose} {module}", "it is not installed", f"Install {package}") from None
