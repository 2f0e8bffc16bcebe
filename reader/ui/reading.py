"""What is open and what comes next.

In: keys and clicks of the reader, as method calls. Out: the article in the pane, its neighbours,
the list and the row on show, and the commands that follow from reading (read, saved). The one
place that knows how lists, rows and the page belong together; paints nothing itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from reader.engine.commands import MarkAllRead, MarkRead, Save
from reader.engine.events import CommandFailed, Ticket
from reader.engine.questions import NextUnread
from reader.model import Changes, FeedId, Listing, Row, SectionId, Selection
from reader.settings import Settings
from reader.ui.article_list import ArticleList
from reader.ui.outline import CurrentOutline
from reader.ui.words import tr


class Reading(QObject):
    said = Signal(str)  # a quiet sentence for the status bar
    article_shown = Signal(object)  # Row
    neighbours_changed = Signal(object, object)  # Row | None, Row | None
    list_shown = Signal(object)  # Selection

    def __init__(
        self,
        library: Any,
        settings: Settings,
        outline: CurrentOutline,
        articles: ArticleList,
        pane: Any,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library, self._settings, self._outline = library, settings, outline
        self._articles, self._pane = articles, pane
        self._open: Row | None = None
        self._neighbours: tuple[Row | None, Row | None] = (None, None)
        self._before_search: Selection | None = None
        self._row_before_search: Row | None = None
        self._search_for_unread: Ticket | None = None
        self._section_of_feed: SectionId | None = None  # on show, while the outline has it
        articles.row_opened.connect(self.open_row)
        articles.browser_requested.connect(self.open_in_browser)
        articles.rows_changed.connect(self._find_neighbours)
        articles.order_changed.connect(self._keep_order)
        outline.arrived.connect(self._leave_removed_feed)

    @property
    def open_article(self) -> Row | None:
        """The article in the pane, with the status that is shown for it."""
        if self._open is None:
            return None
        listed = self._articles.model.row(self._articles.model.number_of(self._open.id))
        return listed or self._open

    @property
    def usual_list(self) -> Selection:
        """The list on show, or the one before a search."""
        return self._before_search or self._articles.selection

    # ---- lists --------------------------------------------------------------------------

    def show_list(self, selection: Selection, land_on: Row | None = None) -> None:
        """Show a list in the order and with the filter the reader has chosen."""
        self._forget_search_for_unread()
        ordered = replace(
            selection,
            oldest_first=self._settings.get("oldest_first"),
            unread_only=self._settings.get("unread_only") and selection.listing is not Listing.SAVED,
        )
        if selection.listing is not Listing.SEARCH:
            self._before_search = None
        feed = self._outline.feed(selection.id) if selection.listing is Listing.FEED else None
        self._section_of_feed = feed.section_id if feed is not None else None
        self._articles.show_list(ordered, land_on)
        self.list_shown.emit(ordered)

    def search(self, query: str) -> None:
        """Show what was found as it is typed; an empty query goes back to the list before."""
        query = query.strip()
        if not query:
            self.leave_search()
            return
        if self._before_search is None:
            self._before_search = self._articles.selection
            self._row_before_search = self._articles.current_row
        self._articles.show_list(Selection(Listing.SEARCH, query=query))
        self.list_shown.emit(self._articles.selection)

    def leave_search(self) -> None:
        if self._before_search is not None:
            row, shown = self._row_before_search, self._before_search
            is_there = row is not None and not (row.is_read and hides_read(shown))
            self.show_list(shown, row if is_there else None)

    def mark_all_read(self) -> None:
        selection = replace(self._articles.selection, unread_only=False)
        model = self._articles.model
        model.show_read([row.id for row in model.rows if not row.is_read], True)
        self._library.do(MarkAllRead(selection))
        self.said.emit(tr("All marked read. Ctrl+Z takes it back."))

    def _leave_removed_feed(self) -> None:
        """The feed on show was removed, or became another: its section is shown instead."""
        selection = self._articles.selection
        if selection.listing is not Listing.FEED:
            return
        feed = self._outline.feed(selection.id)
        if feed is not None:
            self._section_of_feed = feed.section_id
        elif self._section_of_feed is not None and self._outline.section(self._section_of_feed):
            self.show_list(Selection(Listing.SECTION, self._section_of_feed))
        else:
            self.show_list(Selection(Listing.TODAY))

    def _keep_order(self, selection: Selection) -> None:
        self._settings.set("oldest_first", selection.oldest_first)
        self._settings.set("unread_only", selection.unread_only)
        self.list_shown.emit(selection)

    # ---- articles -----------------------------------------------------------------------

    def open_row(self, row: Row) -> None:
        self._forget_search_for_unread()
        self._open = row
        self._pane.show_row(row, self._outline.value)
        self.article_shown.emit(row)
        self._find_neighbours()
        if not row.is_read:
            self._mark(row, True, passing=True)

    def open_listed(self, row: Row) -> None:
        """Open a row that stands elsewhere, in the sidebar say, and go to it where it is listed."""
        self._articles.make_current(row.id)
        self.open_row(row)

    def open_neighbour(self, side: int) -> None:
        """The story before (0) or after (1) the open one, as the page names them."""
        row = self._neighbours[side]
        if row is not None:
            self.open_listed(row)

    def open_current(self) -> None:
        row = self._articles.current_row or self._articles.step(1)
        if row is not None:
            self.open_row(row)

    def open_next(self) -> None:
        self._open_step(1)

    def open_previous(self) -> None:
        self._open_step(-1)

    def _open_step(self, by: int) -> None:
        row = self._articles.step(by)
        if row is not None:
            self.open_row(row)

    def read_on(self) -> None:
        """Page down; at the end of the article, the next unread one, wherever it is."""
        if self._open is None or not self._pane.page_down():
            self.open_next_unread()

    def read_back(self) -> None:
        self._pane.page_up()

    def scroll_to_top(self) -> None:
        self._pane.scroll_to_top()

    def open_next_unread(self) -> None:
        row = self._articles.find_next_unread()
        if row is not None:
            self.open_listed(row)
            return
        selection = self._articles.selection
        feed = self._outline.feed(selection.id) if selection.listing is Listing.FEED else None
        section_id = SectionId(selection.id) if selection.listing is Listing.SECTION else None
        question = NextUnread(
            feed.section_id if feed else section_id,
            FeedId(selection.id) if feed else None,
            self._articles.model.unconfirmed_read,
        )
        self._forget_search_for_unread()
        self._search_for_unread = self._library.ask(question, self._take_next_unread)

    def _take_next_unread(self, row: Row | None) -> None:
        self._search_for_unread = None
        if row is None:
            self.said.emit(tr("You’re all caught up."))
            return
        if self._is_in_list(row):
            self._articles.seek(row)
        else:
            self.show_list(Selection(Listing.SECTION, row.section_id), land_on=row)
        self.open_row(row)

    def _is_in_list(self, row: Row) -> bool:
        selection = self._articles.selection
        match selection.listing:
            case Listing.ALL | Listing.UNREAD:
                return True
            case Listing.FEED:
                return row.feed_id == selection.id
            case Listing.SECTION:
                return row.section_id == selection.id
        return self._articles.model.number_of(row.id) >= 0

    # ---- gestures -----------------------------------------------------------------------

    def toggle_read(self) -> None:
        row = self._find_target()
        if row is not None:
            self._mark(row, not row.is_read)

    def toggle_saved(self) -> None:
        row = self._find_target()
        if row is not None:
            self._articles.model.show_saved((row.id,), not row.is_saved)
            self._update_open(replace(row, is_saved=not row.is_saved))
            self._library.do(Save((row.id,), not row.is_saved))
            self.said.emit(tr("Removed from saved.") if row.is_saved else tr("Saved."))

    def open_in_browser(self, row: Row | None = None) -> None:
        row = row or self._find_target()
        if row is not None and not self.open_address(row.link):
            self.said.emit(tr("This story has no page of its own."))

    def open_address(self, address: str) -> bool:
        """Hand a web address to the browser; anything else is refused."""
        url = QUrl(address)
        return url.scheme() in ("http", "https") and QDesktopServices.openUrl(url)

    def copy_link(self) -> None:
        row = self._find_target()
        if row is not None and row.link:
            QGuiApplication.clipboard().setText(row.link)
            self.said.emit(tr("Link copied."))

    def _find_target(self) -> Row | None:
        """The row a gesture is about: the open one from the pane, the current one from elsewhere."""
        current = self._articles.current_row
        if current is None or self._pane.isAncestorOf(QGuiApplication.focusObject()):
            return self.open_article or current
        return current

    def _mark(self, row: Row, read: bool, *, passing: bool = False) -> None:
        self._articles.model.show_read((row.id,), read)
        self._update_open(replace(row, is_read=read))
        self._library.do(MarkRead((row.id,), read, passing))

    def _update_open(self, row: Row) -> None:
        if self._open is not None and self._open.id == row.id:
            self._open = row

    # ---- what happened ------------------------------------------------------------------

    def apply(self, changes: Changes) -> None:
        if self._open is not None and self._open.id in changes.removed:
            self._open = None
            self._find_neighbours()

    def put_back(self, failed: CommandFailed) -> None:
        """A command changed nothing: rows show again what the store says."""
        ids = getattr(failed.command, "ids", None) or tuple(row.id for row in self._articles.model.rows)
        self._articles.model.forget_gestures(ids)
        self._articles.filling.read_again(ids)

    def _find_neighbours(self) -> None:
        # Without a current row j begins at the top of the list, so the page must not promise otherwise.
        is_listed = self._open is not None and self._articles.current_row is not None
        found = self._articles.find_neighbours(self._open.id) if self._open and is_listed else (None, None)
        if found != self._neighbours:
            self._neighbours = found
            self.neighbours_changed.emit(*found)

    def _forget_search_for_unread(self) -> None:
        if self._search_for_unread is not None:
            self._search_for_unread.cancel()
            self._search_for_unread = None


def hides_read(selection: Selection) -> bool:
    """Whether a list shows only what is unread."""
    return selection.unread_only or selection.listing is Listing.UNREAD
