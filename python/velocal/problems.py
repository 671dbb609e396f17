# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors in the words that the C++ library has for them: "problem (reason). Suggestion"."""
from __future__ import annotations

import numpy as np

from ._velocal import InputError, UsageError, error_message


def usage_error(problem: str, reason: str = "", suggestion: str = "") -> UsageError:
    """A UsageError to raise."""
    return UsageError(error_message(problem, reason, suggestion))


def input_error(problem: str, reason: str = "", suggestion: str = "") -> InputError:
    """An InputError to raise."""
    return InputError(error_message(problem, reason, suggestion))


def numbers(name: str, values) -> np.ndarray:
    """The argument as an array of floats. Raises InputError when it holds anything else."""
    try:
        return np.asarray(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise input_error(f"{name} are no array of numbers", str(error)) from None


def needed(module: str, purpose: str, package: str):
    """An optional module. Raises UsageError naming Debian's package where it is missing."""
    try:
        return __import__(module, fromlist=["_"])
    except ImportError:
        raise usage_error(f"{purpose} {module}", "it is not installed", f"Install {package}") from None
