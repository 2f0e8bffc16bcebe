"""Keeps a list's rows filled: asks for pages, follows Changes.

In: a Selection, Changes. Out: rows in the model; `state_changed` when loading began or ended,
`news_waiting` when so much is new that the list is better read afresh than added to.
Answers to questions about a list that is no longer on show are never delivered.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from reader.engine.events import Ticket
from reader.engine.questions import Rows, RowsNamed
from reader.model import ArticleId, Changes, Cursor, Listing, Origin, Row, RowPage, Selection
from reader.ui.article_list.model import ArticleListModel

PAGE = 100
LINGER = 60  # ms that the rows of the list before stay while the answer is on its way: no flash of nothing
MANY = 200  # more new articles than this at once are not added one by one


class Filling(QObject):
    state_changed = Signal()
    first_page_arrived = Signal()
    news_waiting = Signal()

    def __init__(self, library: Any, model: ArticleListModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._model = library, model
        self.selection = Selection()
        self.is_loading = False
        self.is_stale = False  # the rows on show are those of the list before
        self.is_behind = False  # the list on show lacks news; `load_afresh` gets them
        self._next: Cursor | None = None
        self._page: Ticket | None = None
        self._news: Ticket | None = None
        self._updates: Ticket | None = None
        self._new_ids: dict[ArticleId, None] = {}
        self._linger = QTimer(self)
        self._linger.setSingleShot(True)
        self._linger.timeout.connect(self._clear)

    @property
    def has_more(self) -> bool:
        return self._next is not None

    def show(self, selection: Selection) -> None:
        """Another list: what was on show goes when the first page comes, or is slow to come."""
        self.selection = selection
        self._drop_questions()
        self.is_stale = True
        self._next = None
        self._linger.start(LINGER)
        self._ask_first()

    def load_afresh(self) -> None:
        """The same list from its beginning; the old rows stay until the new ones are here."""
        self._drop_questions()
        self._ask_first()

    def load_more(self) -> None:
        if self._next is not None and self._page is None:
            self._page = self._library.ask(Rows(self.selection, self._next, PAGE), self._take_more)

    def apply(self, changes: Changes) -> None:
        if changes.removed:
            self._model.remove(changes.removed)
        if changes.updated:
            surprising = self._model.confirm(changes.updated)
            if surprising:
                self.read_again(surprising)
        if changes.added and self.selection.listing is not Listing.SEARCH:
            self._follow(changes)
        self.state_changed.emit()

    def read_again(self, ids: tuple[ArticleId, ...]) -> None:
        """What the store says of these rows now; they stay where they are."""
        self._updates = self._library.ask(RowsNamed(ids), self._model.replace_rows)

    # ---- inside -------------------------------------------------------------------------

    def _ask_first(self) -> None:
        self.is_loading = True
        self.is_behind = False
        self._page = self._library.ask(Rows(self.selection, None, PAGE), self._take_first)
        self.state_changed.emit()

    def _clear(self) -> None:
        self.is_stale = False
        self._model.start_over((), self.selection.oldest_first)

    def _take_first(self, page: RowPage) -> None:
        self._page = None
        self._linger.stop()
        self.is_loading = self.is_stale = False
        self._next = page.next
        self._model.start_over(page.rows, self.selection.oldest_first)
        self.first_page_arrived.emit()
        self.state_changed.emit()

    def _take_more(self, page: RowPage) -> None:
        self._page = None
        self._next = page.next
        self._model.append(page.rows)
        self.state_changed.emit()

    def _follow(self, changes: Changes) -> None:
        if self.is_loading or self.is_behind:
            # The page under way may have been read before these were stored.
            self.is_behind = True
            self.news_waiting.emit()
            return
        self._new_ids.update(dict.fromkeys(changes.added))
        if len(self._new_ids) > MANY or changes.origin is Origin.IMPORT:
            self._new_ids.clear()
            self.is_behind = True
            self.news_waiting.emit()
        elif self._news is None:
            self._ask_news()

    def _ask_news(self) -> None:
        ids, self._new_ids = tuple(self._new_ids), {}
        self._news = self._library.ask(RowsNamed(ids, self.selection), self._take_news)

    def _take_news(self, rows: tuple[Row, ...]) -> None:
        self._news = None
        self._model.insert(rows, self.has_more)
        if self._new_ids:
            self._ask_news()
        self.state_changed.emit()

    def _drop_questions(self) -> None:
        for ticket in (self._page, self._news, self._updates):
            if ticket is not None:
                ticket.cancel()
        self._page = self._news = self._updates = None
        self._new_ids.clear()
