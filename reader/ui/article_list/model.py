"""The rows of one list, in order, as far as they are loaded.

In: rows, put in by `filling`, and what a gesture did to them. Out: Qt's model signals, and
lookups by id. Asks nobody anything. A gesture shows at once: until the store has confirmed it,
rows read from the store do not undo it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reader.model import ArticleId, FeedId, Row
from reader.ui import words

Index = QModelIndex | QPersistentModelIndex


class ArticleListModel(QAbstractListModel):
    def __init__(self, name_feed: Callable[[FeedId], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self._name_feed = name_feed
        self._oldest_first = False
        self._numbers: dict[ArticleId, int] | None = None
        self._shown_read: dict[ArticleId, bool] = {}  # shown already, not yet confirmed
        self._shown_saved: dict[ArticleId, bool] = {}

    # ---- lookups ------------------------------------------------------------------------

    def number_of(self, article_id: int) -> int:
        """The row's place in the list, -1 where it is not loaded."""
        if self._numbers is None:
            self._numbers = {row.id: number for number, row in enumerate(self.rows)}
        return self._numbers.get(ArticleId(article_id), -1)

    def row(self, number: int) -> Row | None:
        return self.rows[number] if 0 <= number < len(self.rows) else None

    def find_unread(self, start: int, stop: int | None = None) -> int:
        """The first unread row from `start` on and before `stop`; -1 where there is none."""
        rows = self.rows[start:stop]
        return next((start + n for n, row in enumerate(rows) if not row.is_read), -1)

    @property
    def unconfirmed_read(self) -> tuple[ArticleId, ...]:
        return tuple(article_id for article_id, read in self._shown_read.items() if read)

    # ---- filling ------------------------------------------------------------------------

    def start_over(self, rows: Sequence[Row], oldest_first: bool) -> None:
        self.beginResetModel()
        self.rows = [self._as_shown(row) for row in rows]
        self._oldest_first = oldest_first
        self._numbers = None
        self.endResetModel()

    def append(self, rows: Sequence[Row]) -> None:
        """The next page. Rows that came in from above meanwhile are not shown twice."""
        fresh = [self._as_shown(row) for row in rows if self.number_of(row.id) < 0]
        if fresh:
            self._put(len(self.rows), fresh)

    def insert(self, rows: Iterable[Row], has_more: bool) -> int:
        """Put new rows where the order wants them; returns how many went in.

        Rows that belong after the last loaded one are left out where `has_more`: they come with
        their page.
        """
        fresh = sorted((row for row in rows if self.number_of(row.id) < 0), key=self._place)
        keys = [self._place(row) for row in self.rows]
        groups: dict[int, list[Row]] = {}
        for row in fresh:
            at = bisect_left(keys, self._place(row))
            if at < len(keys) or not has_more:
                groups.setdefault(at, []).append(self._as_shown(row))
        for at in sorted(groups, reverse=True):
            self._put(at, groups[at])
        return sum(map(len, groups.values()))

    def remove(self, ids: Iterable[ArticleId]) -> None:
        numbers = sorted((n for n in map(self.number_of, ids) if n >= 0), reverse=True)
        for number in numbers:
            self.beginRemoveRows(QModelIndex(), number, number)
            del self.rows[number]
            self._numbers = None
            self.endRemoveRows()

    def replace_rows(self, rows: Iterable[Row]) -> None:
        """Take over new text and status; every row stays where it is."""
        for row in rows:
            number = self.number_of(row.id)
            if number >= 0:
                self._set(number, self._as_shown(row))

    # ---- gestures -----------------------------------------------------------------------

    def show_read(self, ids: Iterable[ArticleId], read: bool) -> None:
        for article_id in ids:
            self._shown_read[article_id] = read
            self._restore(article_id)

    def show_saved(self, ids: Iterable[ArticleId], saved: bool) -> None:
        for article_id in ids:
            self._shown_saved[article_id] = saved
            self._restore(article_id)

    def confirm(self, ids: Iterable[ArticleId]) -> tuple[ArticleId, ...]:
        """The store has done it. Returns those of `ids` whose change was not shown already."""
        surprising = []
        for article_id in ids:
            shown = [d.pop(article_id, None) for d in (self._shown_read, self._shown_saved)]
            if shown == [None, None] and self.number_of(article_id) >= 0:
                surprising.append(article_id)
        return tuple(surprising)

    def forget_gestures(self, ids: Iterable[ArticleId]) -> None:
        """The store refused: what it says counts again."""
        for article_id in ids:
            self._shown_read.pop(article_id, None)
            self._shown_saved.pop(article_id, None)

    # ---- what Qt asks -------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._describe(row)
        return None

    # ---- inside -------------------------------------------------------------------------

    def _describe(self, row: Row) -> str:
        """What a screen reader says of a row."""
        when = words.say_when(row.at, datetime.now(row.at.tzinfo).astimezone())
        parts = [row.title, self._name_feed(row.feed_id), when]
        if not row.is_read:
            parts.insert(0, words.tr("unread"))
        if row.is_saved:
            parts.append(words.tr("saved"))
        return ", ".join(parts)

    def _place(self, row: Row) -> tuple[float, int]:
        turn = 1 if self._oldest_first else -1
        return turn * row.at.timestamp(), turn * row.id

    def _put(self, at: int, rows: list[Row]) -> None:
        self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
        self.rows[at:at] = rows
        self._numbers = None
        self.endInsertRows()

    def _set(self, number: int, row: Row) -> None:
        if row != self.rows[number]:
            self.rows[number] = row
            index = self.index(number)
            self.dataChanged.emit(index, index)

    def _restore(self, article_id: ArticleId) -> None:
        number = self.number_of(article_id)
        if number >= 0:
            self._set(number, self._as_shown(self.rows[number]))

    def _as_shown(self, row: Row) -> Row:
        read = self._shown_read.get(row.id, row.is_read)
        saved = self._shown_saved.get(row.id, row.is_saved)
        if read == row.is_read and saved == row.is_saved:
            return row
        return replace(row, is_read=read, is_saved=saved)
