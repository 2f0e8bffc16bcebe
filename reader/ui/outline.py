"""The outline in force: which sections and feeds there are, and how much is unread.

In: Changes. Out: `arrived` with a new Outline when sections, feeds or their state moved, and
`counts_changed` when only numbers did. Panes share this one copy. During a refresh hundreds of
feeds change within seconds: the outline is asked for again at most a few times a second.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from reader.engine.questions import Outlined
from reader.model import Changes, Counts, Feed, FeedId, Outline, Section, SectionId

EMPTY = Outline((), (), Counts())
PAUSE = 250  # ms between two questions while changes pour in


class CurrentOutline(QObject):
    arrived = Signal(object)  # Outline
    counts_changed = Signal(object)  # Counts

    def __init__(self, library: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self.value = EMPTY
        self.is_known = False
        self._feeds: dict[FeedId, Feed] = {}
        self._sections: dict[SectionId, Section] = {}
        self._is_asked = False
        self._should_ask_again = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._end_pause)

    @property
    def counts(self) -> Counts:
        return self.value.counts

    def feed(self, feed_id: int) -> Feed | None:
        return self._feeds.get(FeedId(feed_id))

    def section(self, section_id: int) -> Section | None:
        return self._sections.get(SectionId(section_id))

    def load(self) -> None:
        """Ask for the outline, unless it is being asked for already."""
        if self._is_asked or self._pause.isActive():
            self._should_ask_again = True
            return
        self._is_asked = True
        self._should_ask_again = False
        self._library.ask(Outlined(), self._take)

    def apply(self, changes: Changes) -> None:
        if changes.counts is not None:
            self.value = replace(self.value, counts=changes.counts)
            self.counts_changed.emit(changes.counts)
        if changes.outline_changed:
            self._pause.stop()
            self.load()
        elif changes.feeds:
            self.load()

    def _take(self, outline: Outline) -> None:
        self._is_asked = False
        self.value = outline
        self.is_known = True
        self._feeds = {feed.id: feed for feed in outline.feeds}
        self._sections = {section.id: section for section in outline.sections}
        self._pause.start(PAUSE)
        self.arrived.emit(outline)

    def _end_pause(self) -> None:
        if self._should_ask_again:
            self.load()
