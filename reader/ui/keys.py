"""Keys that need no Ctrl: letters, sequences such as "g a", Space, arrows.

In: key presses that no widget wanted. Text fields take their letters before anything gets here,
so letters never fire while somebody writes. Out: the id of the action to run. A begun sequence
waits for its next key as long as it takes and is shown meanwhile; there is no clock in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from reader.ui.action_table import TABLE, Action, Where

_K = Qt.Key
_NAMED = {
    _K.Key_Space.value: "Space",
    _K.Key_Return.value: "Enter",
    _K.Key_Enter.value: "Enter",
    _K.Key_Escape.value: "Esc",
    _K.Key_Left.value: "Left",
    _K.Key_Right.value: "Right",
    _K.Key_Up.value: "Up",
    _K.Key_Down.value: "Down",
    _K.Key_Delete.value: "Delete",
    _K.Key_Home.value: "Home",
    _K.Key_End.value: "End",
    _K.Key_F2.value: "F2",
}
_COMMANDING = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def is_plain(keys: str) -> bool:
    """Whether this module sees to these keys; the others are Qt's shortcuts."""
    return not any(mark in keys for mark in ("Ctrl+", "Alt+")) and (keys == "F2" or not is_function_key(keys))


def is_function_key(keys: str) -> bool:
    return len(keys) > 1 and keys[0] == "F" and keys[1:].isdigit()


def name_key(event: QKeyEvent) -> str:
    """ "j", "Shift+J", "?", "Space", "Shift+Space"; empty for what is no key of ours."""
    if event.modifiers() & _COMMANDING:
        return ""
    is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    named = _NAMED.get(event.key())
    if named:
        return f"Shift+{named}" if is_shifted else named
    text = event.text()
    if len(text) != 1 or not text.isprintable():
        return ""
    # Caps Lock must not turn j into another key: the letter counts, and whether Shift is down.
    return f"Shift+{text.upper()}" if is_shifted and text.isalpha() else text.lower()


class Keys:
    """The sequences in force and how far the current one has got."""

    def __init__(
        self,
        run: Callable[[str], None],
        show_pending: Callable[[str], None],
        table: Iterable[Action] = TABLE,
    ) -> None:
        self._run, self._show_pending = run, show_pending
        self._pending: tuple[str, ...] = ()
        self._whole: dict[tuple[str, ...], list[Action]] = {}
        self._begun: set[tuple[str, ...]] = set()
        for action in table:
            for keys in action.keys:
                if is_plain(keys):
                    steps = tuple(keys.split(" "))
                    self._whole.setdefault(steps, []).append(action)
                    self._begun.update(steps[:n] for n in range(1, len(steps)))

    def press(self, event: QKeyEvent, where: Where) -> bool:
        """Whether the key meant something. `where` is the pane that has the keyboard."""
        key = name_key(event)
        if not key:
            return False
        steps = (*self._pending, key)
        if steps in self._begun:
            self._wait_for(steps)
            return True
        was_pending = bool(self._pending)
        self._wait_for(())
        for action in self._whole.get(steps, ()):
            if action.where is not Where.SECTIONS or where is Where.SECTIONS:
                self._run(action.id)
                return True
        return was_pending  # a sequence that leads nowhere ends; its last key does nothing else

    def forget(self) -> None:
        """A begun sequence is dropped: the window lost the keyboard, or the mouse was used."""
        self._wait_for(())

    def _wait_for(self, steps: tuple[str, ...]) -> None:
        if steps != self._pending:
            self._pending = steps
            self._show_pending(" ".join(steps))
