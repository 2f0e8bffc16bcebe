"""The article list as the window sees it. In: a Selection, Changes, what gestures did.
Out: which row is current, and wishes: open this row, open it in the browser, a menu here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QTimer, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from reader.engine.commands import MarkRead
from reader.model import ArticleId, Changes, Feed, FeedId, Listing, Row, SectionId, Selection
from reader.ui import words
from reader.ui.article_list.face import ListFace, choose_face
from reader.ui.article_list.feed_health import HealthOfFeed
from reader.ui.article_list.filling import Filling
from reader.ui.article_list.header import ListHeader
from reader.ui.article_list.model import ArticleListModel
from reader.ui.article_list.news_pill import NewsPill
from reader.ui.article_list.notice import Notice, choose_notice
from reader.ui.article_list.notice_strip import NoticeStrip
from reader.ui.article_list.row_layout import RowLayout
from reader.ui.article_list.row_painter import RowPainter
from reader.ui.article_list.view import ArticleListView
from reader.ui.outline import CurrentOutline
from reader.ui.pictures import Pictures
from reader.ui.theme import Theme
from reader.ui.words import tr

DEEPEST_LANDING = 20  # pages loaded to find the row to land on
AFRESH_PAUSE = 300  # ms between two readings of the same list while news pours in


class ArticleList(QWidget):
    row_opened = Signal(object)  # Row: the reader clicked it
    browser_requested = Signal(object)  # Row
    row_menu_requested = Signal(object, QPoint)
    order_menu_requested = Signal(QPoint)
    order_changed = Signal(object)  # Selection: its order or filter is another now
    action_requested = Signal(str)
    repair_requested = Signal(str, object)  # its name, FeedId
    rows_changed = Signal()  # neighbours may be others now

    def __init__(
        self,
        library: Any,
        outline: CurrentOutline,
        theme: Theme,
        pictures: Pictures | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._library, self._outline, self._theme = library, outline, theme
        self._online = True
        self._landing: Row | None = None
        self._current: ArticleId | None = None
        self.model = ArticleListModel(self._name_feed, self)
        self.filling = Filling(library, self.model, self)
        self._health = HealthOfFeed(library, self)
        layout = RowLayout()
        self._layout = layout
        painter = RowPainter(layout, theme, pictures, self._name_feed)
        self.header = ListHeader(theme, self)
        self.strip = NoticeStrip(theme, self)
        self.view = ArticleListView(self.model, layout, painter, self)
        self.face = ListFace(theme, self)
        self.pill = NewsPill(theme, self.view)
        self._body = QStackedLayout()
        self._body.addWidget(self.view)
        self._body.addWidget(self.face)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(self.strip)
        whole.addLayout(self._body, 1)
        self.setFocusProxy(self.view)
        self._afresh = QTimer(self)
        self._afresh.setSingleShot(True)
        self._afresh.timeout.connect(self._load_afresh)
        self._connect(pictures)
        self._recolour()

    def _connect(self, pictures: Pictures | None) -> None:
        view, filling = self.view, self.filling
        view.row_clicked.connect(self._open_number)
        view.row_middle_clicked.connect(lambda number: self._emit_row(self.browser_requested, number))
        view.menu_requested.connect(
            lambda number, at: self.row_menu_requested.emit(self.model.row(number), at)
        )
        view.end_neared.connect(filling.load_more)
        view.scrolled.connect(self._clear_pill_at_top)
        view.grew_above.connect(self.pill.add)
        self.pill.clicked.connect(self.go_to_top)
        filling.state_changed.connect(self._show_state)
        filling.first_page_arrived.connect(self._land)
        filling.news_waiting.connect(self._note_news)
        self.header.menu_requested.connect(self.order_menu_requested)
        self.strip.repair_requested.connect(self._ask_repair)
        self.face.repair_requested.connect(self._ask_repair)
        self.face.action_requested.connect(self.action_requested)
        self._health.arrived.connect(self._show_state)
        self._outline.arrived.connect(self._show_outline)
        self._outline.counts_changed.connect(lambda _: self._show_header())
        self._theme.changed.connect(self._recolour)
        if pictures is not None:
            pictures.thumbnail_arrived.connect(lambda _: self.view.viewport().update())

    # ---- which list ---------------------------------------------------------------------

    @property
    def selection(self) -> Selection:
        return self.filling.selection

    def show_list(self, selection: Selection, land_on: Row | None = None) -> None:
        """Show a list from its beginning; with `land_on`, that row becomes the current one."""
        self._landing = land_on
        self._current = land_on.id if land_on else None
        self._layout.forget()
        self.pill.clear()
        self.view.setCurrentIndex(QModelIndex())
        self._health.follow(FeedId(selection.id) if selection.listing is Listing.FEED else None)
        self.filling.show(selection)
        self._show_header()

    def show_pictures(self, shown: bool) -> None:
        """Whether rows have a picture beside the headline."""
        if shown != self._layout.shows_pictures:
            self._layout.shows_pictures = shown
            self.view.measure_again()

    def toggle_order(self) -> None:
        self._change(replace(self.selection, oldest_first=not self.selection.oldest_first))

    def toggle_unread_only(self) -> None:
        self._change(replace(self.selection, unread_only=not self.selection.unread_only))

    def _change(self, selection: Selection) -> None:
        self.show_list(selection)
        self.order_changed.emit(selection)

    def go_to_top(self) -> None:
        """To the newest, reading the list afresh where news is waiting."""
        if self.filling.is_behind:
            self.filling.load_afresh()
        self.pill.clear()
        self.view.verticalScrollBar().setValue(0)

    # ---- which row ----------------------------------------------------------------------

    @property
    def current_row(self) -> Row | None:
        return self.model.row(self._current_number())

    def make_current(self, article_id: ArticleId) -> bool:
        """False where the row is not loaded."""
        number = self.model.number_of(article_id)
        if number < 0:
            return False
        self._set_current(number)
        return True

    def seek(self, row: Row) -> None:
        """Make a row current that may not be loaded yet, loading further pages to find it."""
        self._landing = row
        self._look_further()

    def find_neighbours(self, article_id: ArticleId) -> tuple[Row | None, Row | None]:
        """The rows before and after, as loaded."""
        number = self.model.number_of(article_id)
        if number < 0:
            return None, None
        return self.model.row(number - 1), self.model.row(number + 1)

    def step(self, by: int) -> Row | None:
        """Move up or down; the row moved to, None at either end."""
        if self.filling.is_stale:
            return None
        number = self._current_number()
        target = number + by if number >= 0 else 0
        row = self.model.row(target)
        if row is not None:
            self._set_current(target)
        return row

    def move_down(self) -> None:
        self.step(1)

    def move_up(self) -> None:
        self.step(-1)

    def find_next_unread(self) -> Row | None:
        """After the current row, else, where all rows are loaded, from the top."""
        if self.filling.is_stale:
            return None
        number = self._current_number()
        found = self.model.find_unread(number + 1)
        if found < 0 and not self.filling.has_more:
            found = self.model.find_unread(0, max(number, 0))
        return self.model.row(found)

    def mark_above_read(self) -> None:
        number = self._current_number()
        ids = tuple(row.id for row in self.model.rows[:number] if not row.is_read) if number > 0 else ()
        if ids:
            self.model.show_read(ids, True)
            self._library.do(MarkRead(ids))

    # ---- what happened ------------------------------------------------------------------

    def apply(self, changes: Changes) -> None:
        self.filling.apply(changes)
        self._health.apply(changes)

    def begin_notices(self) -> None:
        """The first list is painted: there is time to ask how its feed is doing."""
        self._health.begin()

    def show_online(self, online: bool) -> None:
        self._online = online
        self._show_state()

    # ---- inside -------------------------------------------------------------------------

    def _name_feed(self, feed_id: FeedId) -> str:
        feed = self._outline.feed(feed_id)
        return feed.title if feed else ""

    def _current_number(self) -> int:
        if self._current is None or self.filling.is_stale:
            return -1
        return self.model.number_of(self._current)

    def _set_current(self, number: int) -> None:
        row = self.model.rows[number]
        self._current = row.id
        self.view.setCurrentIndex(self.model.index(number))
        self.view.reveal(number)

    def _open_number(self, number: int) -> None:
        self._set_current(number)
        self._emit_row(self.row_opened, number)

    def _emit_row(self, signal: Any, number: int) -> None:
        row = self.model.row(number)
        if row is not None:
            signal.emit(row)

    def _land(self) -> None:
        """The first page is here: find the row to stand on, through further pages if need be."""
        number = self._current_number()
        if number >= 0:
            self.view.setCurrentIndex(self.model.index(number))
            if self._landing is not None:
                self.view.reveal(number)
            self._landing = None
        else:
            self.view.setCurrentIndex(QModelIndex())
        if self.filling.is_behind:
            self._note_news()

    def _look_further(self) -> None:
        if self._landing is None or self.filling.is_loading:
            return
        if self.make_current(self._landing.id) or not self.filling.has_more:
            self._landing = None
        elif len(self.model.rows) < DEEPEST_LANDING * 100:
            self.filling.load_more()
        else:
            self._landing = None

    def _note_news(self) -> None:
        if self.view.is_at_top and self._current is None:
            if not self._afresh.isActive():
                self._afresh.start(AFRESH_PAUSE)
        elif not self.filling.is_loading:
            self.pill.add(0)

    def _load_afresh(self) -> None:
        if self.filling.is_loading:
            self._afresh.start(AFRESH_PAUSE)
        elif self.view.is_at_top and self._current is None:
            self.filling.load_afresh()
        else:
            self.pill.add(0)

    def _clear_pill_at_top(self) -> None:
        if self.view.is_at_top and not self.filling.is_behind:
            self.pill.clear()

    def _show_outline(self) -> None:
        self._show_header()
        self._show_state()
        self.view.viewport().update()

    def _show_state(self) -> None:
        self._look_further()
        if self.model.rows:
            self._bring_up(self.view)
        elif not self.filling.is_loading:
            face = choose_face(
                self.selection,
                is_loading=not self._outline.is_known,
                online=self._online,
                has_feeds=bool(self._outline.value.feeds),
                feed=self._feed(),
                notice=self._find_notice(),
            )
            self.face.show_face(face)
            self._bring_up(self.face)
        self._show_header()
        self.rows_changed.emit()

    def _bring_up(self, widget: QWidget) -> None:
        """Rows or a sentence; the keyboard stays in the list if it was there."""
        if self._body.currentWidget() is widget:
            return
        # Asked of the window, not of the program: a dialog may have the keyboard just now.
        had_keyboard = self.window().focusWidget() is self._body.currentWidget()
        self.setFocusProxy(widget)
        self._body.setCurrentWidget(widget)
        if had_keyboard:
            widget.setFocus()

    def _feed(self) -> Feed | None:
        return self._outline.feed(self.selection.id) if self.selection.listing is Listing.FEED else None

    def _show_header(self) -> None:
        self.header.show_list(words.name_list(self.selection, self._outline.value), self._describe())
        # Where there are no rows at all their place says what is the matter.
        feed = self._feed()
        is_said_below = feed is not None and not feed.total and not self.model.rows
        self.strip.show_notice(None if is_said_below else self._find_notice())

    def _find_notice(self) -> Notice | None:
        feed = self._feed()
        return choose_notice(feed, self._health.value, datetime.now(UTC).astimezone()) if feed else None

    def _ask_repair(self, name: str) -> None:
        self.repair_requested.emit(name, FeedId(self.selection.id))

    def _describe(self) -> str:
        """42 unread · newest first"""
        if self.selection.listing is Listing.SEARCH:
            found = len(self.model.rows)
            count = tr("{}+ found", found) if self.filling.has_more else tr("{} found", found)
            return "" if self.filling.is_loading else count
        order = tr("oldest first") if self.selection.oldest_first else tr("newest first")
        number = self._count_unread()
        if self.selection.listing is Listing.SAVED:
            return f"{words.count_stories(self._outline.counts.saved)} · {order}"
        about = words.count_unread(number) if self._outline.is_known else ""
        if self.selection.unread_only:
            about = tr("{} unread only", words.say_number(number))
        return f"{about} · {order}" if about else order

    def _count_unread(self) -> int:
        counts = self._outline.counts
        match self.selection.listing:
            case Listing.TODAY:
                return counts.today
            case Listing.SECTION:
                return counts.by_section.get(SectionId(self.selection.id), 0)
            case Listing.FEED:
                return counts.by_feed.get(FeedId(self.selection.id), 0)
        return counts.unread

    def _recolour(self) -> None:
        palette = self.palette()
        for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
            palette.setColor(role, self._theme.colours.list)
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self.view.setPalette(palette)
        self._show_header()
        self.view.viewport().update()
        self.header.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pill.place()
