"""What tests of dialogs share: a library that answers slow questions when the test says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fake_library import FakeLibrary
from office import Office
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from reader.engine.questions import Outlined
from reader.model import Outline
from reader.ui.theme import Theme


@pytest.fixture
def office(library: FakeLibrary, theme: Theme) -> Office:
    made = Office(library.post)
    top = made.add_section("Top News")
    made.add_section("Local", top)
    made.add_section("World")
    made.add_feed("The Daily Harbour", top)
    return made


@pytest.fixture
def outline(office: Office) -> Outline:
    value: Outline = office._answer(Outlined())
    return value


@pytest.fixture
def open_dialog(qtbot: QtBot) -> Callable[[QDialog], Any]:
    def show(dialog: QDialog) -> Any:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        return dialog

    return show
