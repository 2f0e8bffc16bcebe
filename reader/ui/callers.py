"""What comes to the window from outside it: the arguments of this start and of later ones.

Enters: words of a command line (addresses, OPML files), and the note that the command line
changed the store. Leaves: the window in front, a dialog with the address, an import, fresh lists.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from reader.model import Changes, Origin

if TYPE_CHECKING:
    from reader.ui.main_window import MainWindow

STORE_CHANGED = "--store-changed"


class Callers(QObject):
    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def receive(self, arguments: tuple[str, ...]) -> None:
        """Another start of the program handed over what it was asked."""
        if arguments == (STORE_CHANGED,):
            self._window.apply(Changes(Origin.IMPORT, outline_changed=True))
            return
        self._raise()
        self.open(arguments)

    def open(self, arguments: tuple[str, ...]) -> None:
        """Import what is a file, offer to subscribe to what is an address."""
        for word in arguments:
            if Path(word).is_file():
                self._window.subscriptions.import_file(word)
            else:
                self._window.subscriptions.add_feed(word.removeprefix("feed:").removeprefix("//"))

    def open_sample(self) -> None:
        """The sample newspaper opens in a window of its own, with a profile of its own."""
        import subprocess

        folder = self._window.library.profile.data / "sample"
        program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "reader"]
        subprocess.Popen([*program, "--sample", "--profile", str(folder)], start_new_session=True)

    def _raise(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
