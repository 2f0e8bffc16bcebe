"""A viewport that Python made."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def use_own_viewport(area: QAbstractScrollArea) -> None:
    """Call first in an area's `__init__`.

    WORKAROUND(PySide6 6.11): when a call returns a QWidget that Python has not met, the bindings
    set up every class derived from QWidget to find out which one it is, with 63 enums of wizards,
    calendars and file dialogs: 9 ms at start. A viewport made here is one that Python has met.
    """
    viewport = QWidget()
    area.setViewport(viewport)
    area.met_viewport = viewport  # type: ignore[attr-defined]  # Python must not forget it
