"""What the page asks the library, and when. In: changes, the chosen feed, whether it can be seen.
Out: the health of all feeds, the traffic, the last requests.

Asks nothing while the page is hidden; at most twice a second while it is not, and never again
before the last answers have come; once a minute by itself, because time passes.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from reader.engine.events import Ticket
from reader.engine.questions import Health, TrafficOf, Visits
from reader.model import FeedId

REST = 500  # ms between two rounds of questions
MINUTE = 60_000  # ms
DAYS = 7  # of traffic
OF_ONE, OF_ALL = 20, 24  # requests shown of one feed, of all


class Inquiry(QObject):
    health_arrived = Signal(object)  # tuple[FeedHealth, ...]
    traffic_arrived = Signal(object)  # tuple[Traffic, ...]
    visits_arrived = Signal(object, object)  # FeedId or None, tuple[VisitRecord, ...]
    minute_passed = Signal()

    def __init__(self, library: Any, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._feed_id: FeedId | None = None
        self._asked: dict[str, Ticket] = {}
        self._is_awake = False
        self._is_wanted = False  # something changed since the last round of questions
        self._rest = self._make_timer(REST, self._end_rest, is_single=True)
        self._minute = self._make_timer(MINUTE, self._pass_minute, is_single=False)

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is under way."""
        return bool(self._asked)

    def wake(self) -> None:
        self._is_awake = True
        self._minute.start()
        self._ask_all()

    def sleep(self) -> None:
        self._is_awake = self._is_wanted = False
        self._rest.stop()
        self._minute.stop()
        for ticket in self._asked.values():
            ticket.cancel()
        self._asked.clear()

    def note_change(self) -> None:
        """Something may be otherwise now."""
        if not self._is_awake:
            return
        if self._rest.isActive() or self._asked:
            self._is_wanted = True
        else:
            self._ask_all()

    def follow(self, feed_id: FeedId | None) -> None:
        """Whose requests are of interest from now on; None: those of all feeds."""
        self._feed_id = feed_id
        if self._is_awake:
            self._ask_visits()

    # ---- inside -------------------------------------------------------------------------

    def _ask_all(self) -> None:
        self._is_wanted = False
        self._rest.start()
        self._ask("health", Health(), self.health_arrived.emit)
        self._ask("traffic", TrafficOf(DAYS), self.traffic_arrived.emit)
        self._ask_visits()

    def _ask_visits(self) -> None:
        feed_id = self._feed_id
        question = Visits(feed_id, OF_ALL if feed_id is None else OF_ONE)
        self._ask("visits", question, lambda visits: self.visits_arrived.emit(feed_id, visits))

    def _ask(self, name: str, question: Any, tell: Any) -> None:
        if name in self._asked:
            self._asked.pop(name).cancel()

        def receive(answer: Any) -> None:
            self._asked.pop(name, None)
            tell(answer)
            if self._is_wanted and not self._asked and not self._rest.isActive():
                self._ask_all()

        self._asked[name] = self._library.ask(question, receive)

    def _end_rest(self) -> None:
        if self._is_wanted and not self._asked:
            self._ask_all()

    def _pass_minute(self) -> None:
        self.minute_passed.emit()
        self.note_change()

    def _make_timer(self, interval: int, call: Any, *, is_single: bool) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        timer.setSingleShot(is_single)
        timer.setTimerType(Qt.TimerType.CoarseTimer if is_single else Qt.TimerType.VeryCoarseTimer)
        timer.timeout.connect(call)
        return timer
