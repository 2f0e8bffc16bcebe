"""Keys without Ctrl: letters, sequences, and where they mean something."""

from __future__ import annotations

from collections import defaultdict

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from reader.ui.action_table import TABLE, Where
from reader.ui.keys import Keys, is_plain, name_key

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def press(text: str, key: int = 0, modifiers: Qt.KeyboardModifier = NONE) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key or (ord(text.upper()) if text else 0), modifiers, text)


class Pressed:
    def __init__(self) -> None:
        self.ran: list[str] = []
        self.pending: list[str] = []
        self.keys = Keys(self.ran.append, self.pending.append)

    def type(self, letters: str, where: Where = Where.WINDOW) -> list[bool]:
        return [self.keys.press(press(letter), where) for letter in letters]


def test_a_letter_runs_its_action() -> None:
    pressed = Pressed()
    assert pressed.type("j") == [True]
    assert pressed.ran == ["next"]


def test_a_sequence_waits_for_its_second_key_and_shows_that_it_does() -> None:
    pressed = Pressed()
    pressed.type("g")
    assert pressed.ran == []
    assert pressed.pending == ["g"]
    pressed.type("a")
    assert pressed.ran == ["go_all"]
    assert pressed.pending == ["g", ""]


def test_a_sequence_that_leads_nowhere_does_nothing_at_all() -> None:
    pressed = Pressed()
    assert pressed.type("gj") == [True, True]
    assert pressed.ran == []
    pressed.type("j")
    assert pressed.ran == ["next"]


def test_keys_of_the_section_list_mean_nothing_elsewhere() -> None:
    pressed = Pressed()
    assert pressed.type("#") == [False]
    pressed.type("#", Where.SECTIONS)
    assert pressed.ran == ["remove"]


def test_caps_lock_does_not_turn_letters_into_others() -> None:
    assert name_key(press("J", modifiers=NONE)) == "j"
    assert name_key(press("A", modifiers=SHIFT)) == "Shift+A"
    assert name_key(press("a", modifiers=SHIFT)) == "Shift+A"


@pytest.mark.parametrize(
    ("event", "name"),
    [
        (press(" ", Qt.Key.Key_Space), "Space"),
        (press(" ", Qt.Key.Key_Space, SHIFT), "Shift+Space"),
        (press("?", Qt.Key.Key_Question, SHIFT), "?"),
        (press("\r", Qt.Key.Key_Return), "Enter"),
        (press("", Qt.Key.Key_F2), "F2"),
        (press("\x0e", Qt.Key.Key_N, CONTROL), ""),
        (press("", Qt.Key.Key_Shift, SHIFT), ""),
    ],
)
def test_keys_are_named_as_the_table_names_them(event: QKeyEvent, name: str) -> None:
    assert name_key(event) == name


def test_no_key_means_two_things() -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for action in TABLE:
        for keys in action.keys:
            owners[keys].append(action.id)
    assert {keys: ids for keys, ids in owners.items() if len(ids) > 1} == {}


def test_no_sequence_begins_with_a_key_that_acts_by_itself() -> None:
    plain = {keys for action in TABLE for keys in action.keys if is_plain(keys)}
    assert {keys for keys in plain if " " in keys and keys.split()[0] in plain} == set()
