"""Qt's side of the composition: the application object, its window, and what happens around it.

Enters: a library that is opening, settings, what the command line asked for. Leaves: `painted`
once the first picture is on the screen, and the exit code.
"""

from __future__ import annotations

import gc
import signal
import socket
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QObject, QSocketNotifier, Signal
from PySide6.QtWidgets import QApplication

from reader.ui import theme as themes
from reader.ui.callers import Callers
from reader.ui.mailbox import Mailbox
from reader.ui.main_window import MainWindow

if TYPE_CHECKING:
    from reader.arguments import Asked
    from reader.engine.library import Library
    from reader.settings import Settings

COLLECT_AFTER = 5_000  # container objects made since the last collection


class Application(QObject):
    """One per process. `run` returns when the window is closed."""

    painted = Signal()

    def __init__(self, library: Library, settings: Settings, asked: Asked) -> None:
        existing = QApplication.instance()
        self._qt = existing if isinstance(existing, QApplication) else QApplication([sys.argv[0]])
        super().__init__()
        QCoreApplication.setApplicationName("Broadsheet")
        QApplication.setDesktopFileName("broadsheet")
        self.theme = themes.Theme(settings.get("theme"), settings.get("text_size"))
        themes.dress(self._qt, self.theme)
        self.mailbox = Mailbox()
        self.window = MainWindow(library, settings, library.profile, self.theme, self.mailbox)
        self.callers = Callers(self.window)
        self.mailbox.handed_over.connect(self.callers.receive)
        self.window.sample_requested.connect(self.callers.open_sample)
        self.window.first_list_shown.connect(self.painted)
        if asked.sample:
            self.window.setWindowTitle("Broadsheet - sample newspaper")
        if asked.open:
            self.painted.connect(lambda: self.callers.open(asked.open))
        settings.watch(lambda name: library.save_settings())
        _collect_between_events()

    def run(self) -> int:
        """Show the window; returns the exit code when it is closed."""
        with _Interrupts(self._qt):
            self.window.show()
            return self._qt.exec()

    def destroy(self) -> None:
        """Delete the window while the application object still lives."""
        self.window.state.wait()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, 0)


def _collect_between_events() -> None:
    """Cyclic garbage is collected here only: never on a thread that owns no Qt object, and
    never in the middle of painting."""
    gc.disable()

    def collect() -> None:
        if gc.get_count()[0] > COLLECT_AFTER:
            gc.collect(1)

    QAbstractEventDispatcher.instance().aboutToBlock.connect(collect)


class _Interrupts:
    """Ctrl+C in the terminal closes the window: Python sees signals only between its own
    instructions, so a socket wakes Qt, and with it Python, when one arrives."""

    def __init__(self, qt: QApplication) -> None:
        self._qt = qt

    def __enter__(self) -> None:
        self._ear, self._bell = socket.socketpair()
        for end in (self._ear, self._bell):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ear.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(lambda: self._ear.recv(64))
        self._before = signal.set_wakeup_fd(self._bell.fileno(), warn_on_full_buffer=False)
        for which in (signal.SIGINT, signal.SIGTERM):
            signal.signal(which, lambda *_: self._qt.closeAllWindows())

    def __exit__(self, *_: object) -> None:
        signal.set_wakeup_fd(self._before)
        for which in (signal.SIGINT, signal.SIGTERM):
            signal.signal(which, signal.SIG_DFL)
        self._notifier.setEnabled(False)
        self._ear.close()
        self._bell.close()
