"""Keeps None, True and False alive where Qt's bindings lose references to them.

WORKAROUND(PySide6 6.12.0): its wheels return None, True and False without taking a reference,
which is right from CPython 3.12 on, where they are immortal, and fatal before: each call that
returns nothing takes one reference from None, and after some thousand calls the interpreter
ends with "none_dealloc: deallocating None". A count that no program can use up makes them
immortal there too. Costs 3 ms (ctypes), once, on CPython 3.11 only.
"""

from __future__ import annotations

import sys


def make_immortal() -> None:
    """Must run before the first call into Qt."""
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return
    import ctypes

    for value in (None, True, False, NotImplemented):
        ctypes.c_ssize_t.from_address(id(value)).value = sys.maxsize // 2
