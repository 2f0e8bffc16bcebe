"""What can be taken back, and what can be done again.

Two stacks of commands. Only the writer thread, which carries commands out one after the
other, may touch them; the window hears of the tops through `UndoChanged`.
"""

from __future__ import annotations

from collections import deque

from reader.engine.commands import Command

DEPTH = 200  # deeds remembered; an inverse may hold many ids


class History:
    def __init__(self) -> None:
        self._undo: deque[tuple[Command, Command]] = deque(maxlen=DEPTH)  # (deed, its inverse)
        self._redo: deque[tuple[Command, Command]] = deque(maxlen=DEPTH)

    def note(self, deed: Command, inverse: Command) -> None:
        """Something new was done; what was undone before can no longer be redone."""
        self._undo.append((deed, inverse))
        self._redo.clear()

    def next_undo(self) -> Command | None:
        """The command that takes back the last deed, or None."""
        return self._undo[-1][1] if self._undo else None

    def next_redo(self) -> Command | None:
        return self._redo[-1][1] if self._redo else None

    def undone(self, inverse_of_undo: Command | None) -> None:
        """The last deed was taken back; `inverse_of_undo` would do it again."""
        deed, _ = self._undo.pop()
        if inverse_of_undo is not None:
            self._redo.append((deed, inverse_of_undo))

    def redone(self, inverse_of_redo: Command | None) -> None:
        deed, _ = self._redo.pop()
        if inverse_of_redo is not None:
            self._undo.append((deed, inverse_of_redo))

    @property
    def tops(self) -> tuple[Command | None, Command | None]:
        """The deeds that undo and redo would concern, for the window's words."""
        return (
            self._undo[-1][0] if self._undo else None,
            self._redo[-1][0] if self._redo else None,
        )
