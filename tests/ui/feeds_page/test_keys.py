"""The keys the sheet tells of are those the page has."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from reader.ui.feeds_page import FeedsPage
from reader.ui.feeds_page.keys import KEYS

NAMED = {"Down": Qt.Key.Key_Down, "Up": Qt.Key.Key_Up, "Enter": Qt.Key.Key_Return}
NAMED |= {"Delete": Qt.Key.Key_Delete, "Backspace": Qt.Key.Key_Backspace}


def test_no_key_the_sheet_tells_of_is_left_to_the_window(page: FeedsPage) -> None:
    for _, keys in KEYS:
        for key in keys:
            letter = key.removeprefix("Shift+").split("–")[0]
            shift = Qt.KeyboardModifier.ShiftModifier if key.startswith("Shift+") else Qt.KeyboardModifier(0)
            code = NAMED.get(letter, Qt.Key(ord(letter[0].upper())))
            text = "" if letter in NAMED else letter
            event = QKeyEvent(QEvent.Type.KeyPress, code, shift, text)
            page.table.setFocus()
            QApplication.sendEvent(page.table, event)
            assert event.isAccepted(), key


def test_no_key_is_told_of_twice() -> None:
    told = [key for _, keys in KEYS for key in keys]
    assert len(set(told)) == len(told)
