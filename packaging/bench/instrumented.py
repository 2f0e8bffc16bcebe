"""The reader as it is, with a watch on its GUI thread: run in place of `-m reader` by the benchmark.

Every event Qt delivers is timed in `notify`, and a timer that should ring every 5 ms notes how
late it rings, which also shows waiting for the interpreter's lock or for a processor. Both lists
are written when the window closes, as (time.monotonic, seconds) pairs, to the file named in
BROADSHEET_BENCH_EVENTS. What the window is told of refreshes is written at once, a line each, to
the same name with `.progress`. What a figure is worth: `notify` in Python adds about 5 us to an
event.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

EVERY = 0.005


class TimedApplication(QApplication):
    """Times the outermost event: what it delivers meanwhile is part of it."""

    def __init__(self) -> None:
        super().__init__([sys.argv[0]])
        self.events: list[tuple[float, float, int]] = []
        self._depth = 0

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self._depth:
            return super().notify(receiver, event)
        kind = event.type()
        self._depth = 1
        begun = monotonic()
        try:
            return super().notify(receiver, event)
        finally:
            self._depth = 0
            self.events.append((begun, monotonic() - begun, int(kind)))


class Heartbeat:
    def __init__(self) -> None:
        self.delays: list[tuple[float, float]] = []
        self._due = monotonic() + EVERY
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ring)
        self._timer.start(int(EVERY * 1000))

    def _ring(self) -> None:
        now = monotonic()
        self.delays.append((now, max(0.0, now - self._due)))
        self._due = now + EVERY
        self._timer.start(int(EVERY * 1000))


def watch_progress(place: Path) -> None:
    """Every mailbox from now on writes down what it delivers of refreshes."""
    from reader.engine.events import RefreshProgressed
    from reader.ui.mailbox import Mailbox

    file = open(place, "w", encoding="utf-8", buffering=1)  # noqa: SIM115  open as long as the process
    begin = Mailbox.__init__

    def note(state: RefreshProgressed) -> None:
        said = {"at": monotonic(), "active": state.active, "done": state.done, "waiting": state.waiting}
        file.write(json.dumps(said) + "\n")

    def begin_watched(self: Mailbox, parent: QObject | None = None) -> None:
        begin(self, parent)
        self.refresh_progressed.connect(note)

    Mailbox.__init__ = begin_watched  # type: ignore[method-assign]


def main() -> int:
    report_file = Path(os.environ["BROADSHEET_BENCH_EVENTS"])
    application = TimedApplication()
    heartbeat = Heartbeat()
    watch_progress(report_file.with_suffix(".progress"))
    from reader.__main__ import main as run_reader

    try:
        return run_reader(sys.argv[1:])
    finally:
        report = {"events": application.events, "delays": heartbeat.delays}
        report_file.write_text(json.dumps(report), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
