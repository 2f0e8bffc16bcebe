"""What stands between the two bars: the panes, or in their place a whole page.

In: that there are no feeds, that the store failed, that somebody wants to see how the feeds are.
Out: the page on show, its wishes, and the keyboard back where it was when the page is left. Pages
are made when they are first needed.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget
from shiboken6 import isValid

from reader.errors import BroadsheetError
from reader.model import Changes, FeedId
from reader.ui import words
from reader.ui.panes import Panes
from reader.ui.pictures import Pictures
from reader.ui.theme import Theme


class Pages(QObject):
    turned = Signal()  # another page is on show
    import_requested = Signal()
    sample_requested = Signal()
    address_entered = Signal(str)
    feed_opened = Signal(object)  # FeedId: its articles are wanted
    repair_requested = Signal(str, object)  # name of a repair, FeedHealth

    def __init__(self, library: Any, theme: Theme, pictures: Pictures, panes: Panes, window: QWidget) -> None:
        super().__init__(window)
        self._library, self._theme, self._pictures = library, theme, pictures
        self._panes, self._window = panes, window
        self._before: QWidget | None = None  # what had the keyboard before the page of feeds
        self.welcome: QWidget | None = None
        self.feeds: Any = None  # FeedsPage
        self.stack = QStackedLayout()
        self.stack.addWidget(panes)

    @property
    def has_panes(self) -> bool:
        """Whether the panes are what is on show."""
        return self.stack.currentWidget() is self._panes

    @property
    def has_feeds(self) -> bool:
        """Whether the page of feeds is on show."""
        return self.feeds is not None and self.stack.currentWidget() is self.feeds

    # ---- no feeds, no store ---------------------------------------------------------------

    def show_welcome(self) -> None:
        if self.welcome is None:
            from reader.ui.dialogs.welcome import WelcomePage

            page = WelcomePage(self._library, self._theme, self._window)
            page.import_requested.connect(self.import_requested)
            page.sample_requested.connect(self.sample_requested)
            page.address_entered.connect(self.address_entered)
            self.welcome = page
            self.stack.addWidget(page)
        self._turn_to(self.welcome)

    def leave_welcome(self) -> None:
        """There are feeds now."""
        if self.welcome is not None and self.stack.currentWidget() is self.welcome:
            self._turn_to(self._panes)
            self._panes.articles.setFocus()

    def show_store_failure(self, error: BroadsheetError) -> None:
        """There is no news to show, and why."""
        from reader.ui.article_list.face import Face, ListFace

        face = ListFace(self._theme, self._window)
        face.show_face(Face("warning", words.say_error(error)))
        self.stack.addWidget(face)
        self._turn_to(face)

    # ---- how the feeds are ----------------------------------------------------------------

    def show_feeds(self, feed_id: FeedId | None = None) -> None:
        """The page of feeds, with one of them chosen where it is named."""
        if self.feeds is None:
            from reader.ui.feeds_page import FeedsPage

            self.feeds = FeedsPage(self._library, self._theme, self._window, pictures=self._pictures)
            self.feeds.left.connect(self.leave_feeds)
            self.feeds.feed_opened.connect(self.feed_opened)
            self.feeds.repair_requested.connect(self.repair_requested)
            self.stack.addWidget(self.feeds)
        if not self.has_feeds:
            self._before = self._window.focusWidget()
        self._turn_to(self.feeds)
        self.feeds.show(feed_id)

    def leave_feeds(self) -> None:
        """Back to the panes, with the keyboard where it was; nothing where they are on show."""
        if not self.has_feeds:
            return
        focused = self._window.focusWidget()
        had_keyboard = focused is None or focused is self.feeds or self.feeds.isAncestorOf(focused)
        self._turn_to(self._panes)
        if had_keyboard:
            before, self._before = self._before, None
            is_there = before is not None and isValid(before) and before.isVisible()
            (before if is_there and before is not None else self._panes.articles).setFocus()

    def apply(self, changes: Changes) -> None:
        if self.feeds is not None:
            self.feeds.apply(changes)

    def end_refresh(self) -> None:
        """An answer of "not modified" changes nothing that `apply` is told of, yet it is an answer."""
        if self.has_feeds:
            self.feeds.ask_again()

    def _turn_to(self, page: QWidget) -> None:
        if self.stack.currentWidget() is not page:
            self.stack.setCurrentWidget(page)
            self.turned.emit()
