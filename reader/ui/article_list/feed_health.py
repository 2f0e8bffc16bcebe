"""How the feed on show is doing. In: which feed, Changes. Out: its health, when that is known.

The list says at once what the outline knows of a feed; what only its health tells, such as a new
address, comes a moment later. Nothing is asked before the first list is painted.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from reader.engine.events import Ticket
from reader.engine.questions import Health
from reader.model import Changes, FeedHealth, FeedId


class HealthOfFeed(QObject):
    arrived = Signal()

    def __init__(self, library: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._feed_id: FeedId | None = None
        self._ticket: Ticket | None = None
        self._may_ask = False
        self.value: FeedHealth | None = None

    def begin(self) -> None:
        """The first list is painted."""
        self._may_ask = True
        self._ask()

    def follow(self, feed_id: FeedId | None) -> None:
        """Another list is on show: of this feed, or of none."""
        if feed_id != self._feed_id:
            self._feed_id, self.value = feed_id, None
            self._ask()

    def apply(self, changes: Changes) -> None:
        if changes.outline_changed or self._feed_id in changes.feeds:
            self._ask()

    def _ask(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
        if self._may_ask and self._feed_id is not None:
            self._ticket = self._library.ask(Health(self._feed_id), self._take)

    def _take(self, found: tuple[FeedHealth, ...]) -> None:
        self._ticket = None
        self.value = found[0] if found else None
        self.arrived.emit()
