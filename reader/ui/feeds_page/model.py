"""The feeds of the table. In: the health of all feeds, a filter, an order. Out: rows for Qt.

Sorts and filters lists of Python itself: a QSortFilterProxyModel would come back to Python for
both sides of each of the 60,000 comparisons that 5,000 feeds take. Words are made when a row is painted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reader.model import FeedHealth, FeedId
from reader.ui import health_words as say
from reader.ui import words
from reader.ui.feeds_page.columns import SHAPES, Column, find_cell, sort_feeds
from reader.ui.feeds_page.judging import Group, Verdict, judge
from reader.ui.words import tr

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class FeedsModel(QAbstractTableModel):
    def __init__(self, clock: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self.now = clock()
        self.feeds: tuple[FeedHealth, ...] = ()  # all, in display order
        self.rows: list[FeedHealth] = []  # those on show, in the table's order
        self.verdicts: dict[FeedId, Verdict] = {}
        self._texts: dict[FeedId, str] = {}  # what the filter looks through
        self.group = Group.ALL
        self.query = ""
        self.column = Column.STATE
        self.is_descending = SHAPES[Column.STATE].is_descending

    # ---- in -----------------------------------------------------------------------------

    def put(self, feeds: Sequence[FeedHealth]) -> None:
        self.feeds = tuple(feeds)
        self._judge()
        self._arrange()

    def show_group(self, group: Group) -> None:
        self.group = group
        self._arrange()

    def narrow(self, query: str) -> None:
        """Show the feeds in which every word of `query` occurs."""
        self.query = query
        self._arrange()

    def order_by(self, column: Column, is_descending: bool) -> None:
        self.column, self.is_descending = column, is_descending
        self._arrange()

    def note_time(self) -> None:
        """The clock moved on: "5 min ago" is "6 min ago" now, and a pause may have ended."""
        self._judge()
        self._arrange()

    # ---- out ----------------------------------------------------------------------------

    def count(self, group: Group) -> int:
        return sum(group in verdict.groups for verdict in self.verdicts.values())

    def find_row(self, feed_id: FeedId | None) -> int:
        """-1 where the feed is not on show."""
        return next((number for number, feed in enumerate(self.rows) if feed.id == feed_id), -1)

    def find(self, feed_id: FeedId | None) -> FeedHealth | None:
        return next((feed for feed in self.feeds if feed.id == feed_id), None)

    # ---- inside -------------------------------------------------------------------------

    def _judge(self) -> None:
        self.now = self._clock()
        self.verdicts = {feed.id: judge(feed, self.now) for feed in self.feeds}
        self._texts.clear()

    def _arrange(self) -> None:
        shown = [feed for feed in self.feeds if self.group in self.verdicts[feed.id].groups]
        if wanted := self.query.casefold().split():
            shown = [feed for feed in shown if self._contains(feed, wanted)]
        ordered = sort_feeds(shown, self.column, self.is_descending, self.now)
        if [feed.id for feed in ordered] == [feed.id for feed in self.rows]:
            self.rows = ordered
            if ordered:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ordered) - 1, len(Column) - 1))
            return
        self.beginResetModel()
        self.rows = ordered
        self.endResetModel()

    def _contains(self, feed: FeedHealth, wanted: list[str]) -> bool:
        text = self._texts.get(feed.id)
        if text is None:
            said = (feed.title, words.say_address(feed.address), feed.section, say.say_state(feed, self.now))
            text = self._texts[feed.id] = "\n".join(said).casefold()
        return all(word in text for word in wanted)

    # ---- what Qt asks -------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid() or role not in (
            _Role.DisplayRole,
            _Role.ToolTipRole,
            _Role.AccessibleTextRole,
        ):
            return None
        feed, column = self.rows[index.row()], Column(index.column())
        if role == _Role.AccessibleTextRole and column is Column.FEED:
            return self._speak(feed)
        if role == _Role.ToolTipRole and column is Column.NEXT:
            return say.explain_rule(feed, self.now)
        if role == _Role.ToolTipRole and column is Column.FEED:
            return f"{feed.title}\n{words.say_address(feed.address)}"
        return " · ".join(filter(None, find_cell(column, feed, self.now)))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        shape = SHAPES[Column(section)]
        if role == _Role.ToolTipRole:
            return tr("{}. Sort with a click, or with < and >; o turns the order round.", tr(shape.hint))
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return tr(shape.name)
        return None

    def _speak(self, feed: FeedHealth) -> str:
        """What a screen reader says of a row: title, state, next."""
        return tr(
            "{}, {}, next: {}",
            feed.title,
            say.say_state(feed, self.now),
            say.say_next_and_why(feed, self.now),
        )
