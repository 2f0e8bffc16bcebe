"""The window: assembles bars and panes, joins their signals, and has no opinions of its own.

What is open and what comes next is `reading`'s, feeds and sections are `subscriptions`', what is
done about one feed `repairs`', where panes stand is `panes`', what stands in their place `pages`',
and which signal goes where is written in `joining`. In: events through the mailbox. Out:
`first_list_shown`, once, when the first list is painted and there is time for everything that is
not needed to paint it; `sample_requested`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget
from shiboken6 import isValid

from reader.engine import commands as c
from reader.engine.events import CommandFailed, RefreshProgressed, UndoChanged
from reader.errors import BroadsheetError
from reader.model import Changes, Listing, Outline, Row, Selection
from reader.paths import Profile
from reader.settings import Settings
from reader.ui import icons, words
from reader.ui.action_table import Where
from reader.ui.actions import Actions
from reader.ui.article_list import ArticleList
from reader.ui.article_pane import ArticlePane, Face
from reader.ui.current_feed import CurrentFeed
from reader.ui.joining import join
from reader.ui.keys import Keys
from reader.ui.looks import Looks
from reader.ui.mailbox import Mailbox
from reader.ui.menus import ROW, Menus
from reader.ui.network import Network
from reader.ui.outline import CurrentOutline
from reader.ui.pages import Pages
from reader.ui.panes import Panes
from reader.ui.pictures import Pictures
from reader.ui.progress_line import THICKNESS, RefreshLine
from reader.ui.reading import Reading
from reader.ui.refreshing import Refreshing
from reader.ui.repairs import Repairs
from reader.ui.section_list import SectionList
from reader.ui.sidebar import Sidebar
from reader.ui.status_bar import StatusBar
from reader.ui.subscriptions import Subscriptions
from reader.ui.theme import Theme
from reader.ui.top_bar import HEIGHT, TopBar
from reader.ui.window_state import WindowState
from reader.ui.words import tr

LATEST_START = 800  # ms: what waits for the first list waits no longer


class MainWindow(QMainWindow):
    first_list_shown = Signal()
    sample_requested = Signal()

    def __init__(
        self, library: Any, settings: Settings, profile: Profile, theme: Theme, mailbox: Mailbox
    ) -> None:
        super().__init__()
        self.library, self.settings, self.theme = library, settings, theme
        self.setWindowTitle("Broadsheet")
        self.setMinimumSize(700, 500)
        self.state = WindowState(profile.window)
        self._has_shown_list = False
        self._alt_alone = False
        self._deeds = UndoChanged(None, None)
        self._build(mailbox)
        join(self, mailbox)
        self._restore()
        self.outline.load()
        self._show_first_list()
        self._latest_start = QTimer(self)
        self._latest_start.setSingleShot(True)
        self._latest_start.timeout.connect(self._announce_list)
        self._latest_start.start(LATEST_START)

    # ---- assembling ---------------------------------------------------------------------

    def _build(self, mailbox: Mailbox) -> None:
        library, theme = self.library, self.theme
        self.looks = Looks(theme, self.settings, self)
        self.outline = CurrentOutline(library, self)
        self.pictures = Pictures(library, post=mailbox.post, parent=self)
        self.top_bar = TopBar(theme, self)
        self.sections = SectionList(self.outline, theme, self.pictures, self)
        self.articles = ArticleList(library, self.outline, theme, self.pictures, self)
        self.pane = ArticlePane(library, theme, self, pictures=self.pictures)
        self.sidebar = Sidebar(library, theme, self)
        self.panes = Panes(self.sections, self.articles, self.pane, self.sidebar)
        self.status = StatusBar(theme, self)
        ground = QWidget(self)
        self.pages = Pages(library, theme, self.pictures, self.panes, self)
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addLayout(self.pages.stack, 1)
        column.addWidget(self.status)
        self.setCentralWidget(ground)
        self.refresh_line = RefreshLine(theme, ground)
        self.reading = Reading(library, self.settings, self.outline, self.articles, self.pane, self)
        self.subscriptions = Subscriptions(library, self.outline, self.sections, self)
        self.refreshing = Refreshing(library, self.outline, self)
        self.network = Network(self.settings, self)
        self.repairs = Repairs(library, self.outline, self)
        self.current_feed = CurrentFeed(self.sections, self.articles, self.pages, self.repairs)
        parts = {
            "window": self, "reading": self.reading, "articles": self.articles, "sections": self.sections,
            "subscriptions": self.subscriptions, "panes": self.panes, "looks": self.looks,
            "refreshing": self.refreshing, "pages": self.pages, "network": self.network,
            "current_feed": self.current_feed,
        }  # fmt: skip
        self.actions_table = Actions(self, parts)
        self.menus = Menus(self, self.actions_table, self._find_checks)
        self.keys = Keys(self._run_key, self._show_pending)
        self._listened: QObject | None = None  # whose next key belongs to a sequence
        self._order_tabs()

    def _order_tabs(self) -> None:
        strip = self.articles.strip.buttons
        stops = (self.top_bar.search, self.sections, *strip, self.articles, self.pane, self.sidebar)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        self.articles.setFocus()

    # ---- what happened ------------------------------------------------------------------

    def apply(self, changes: Changes) -> None:
        self.outline.apply(changes)
        self.pictures.apply(changes)
        self.articles.apply(changes)
        self.reading.apply(changes)
        self.pane.apply(changes)
        self.sidebar.apply(changes)
        self.pages.apply(changes)
        if changes.pictures:
            self.refreshing.measure_storage()

    def show_outline(self, outline: Outline) -> None:
        self.top_bar.search.show_total(outline.counts.total)
        answered = [feed.checked_at for feed in outline.feeds if feed.checked_at is not None]
        self.status.show_feeds(len(outline.feeds), max(answered, default=None))
        if not outline.feeds and not outline.sections:
            self.pages.show_welcome()
            self._announce_list()
        else:
            self.pages.leave_welcome()
        if self.reading.open_article is None and self.pane.row is None:
            self.pane.clear(Face.NOTHING_CHOSEN)

    def show_progress(self, progress: RefreshProgressed) -> None:
        self.refresh_line.show_progress(progress)
        self.status.show_progress(progress)
        self.top_bar.show_refreshing(progress.active)
        if not progress.active:
            self.pages.end_refresh()
            self.repairs.end_refresh()

    def show_online(self, online: bool, portal: str = "") -> None:
        self.network.portal = portal
        self.status.show_online(online, portal)
        self.articles.show_online(online)

    def show_store_failure(self, error: BroadsheetError) -> None:
        self.pages.show_store_failure(error)
        self._announce_list()

    def put_back(self, failed: CommandFailed) -> None:
        self.status.say(words.say_error(failed.error))
        if isinstance(failed.command, c.MarkRead | c.Save | c.MarkAllRead):
            self.reading.put_back(failed)
        self.outline.load()

    def name_undo(self, changed: UndoChanged) -> None:
        self._deeds = changed
        for action_id, verb, command in (
            ("undo", "Undo {}", changed.undo),
            ("redo", "Redo {}", changed.redo),
        ):
            name = words.name_deed(command) if command is not None else ""
            self.actions_table.rename(action_id, tr(verb, name).strip())
            self.actions_table[action_id].setEnabled(command is not None)

    # ---- panes follow each other --------------------------------------------------------

    def follow_list(self, selection: Selection) -> None:
        self.sections.show_current(selection)
        self.status.say("")
        if selection.listing is not Listing.SEARCH:
            self.top_bar.search.clear_quietly()

    def follow_article(self, row: Row) -> None:
        self.status.say("")
        self.sidebar.show_article(row, self.outline.value)

    def follow_face(self, face: Face) -> None:
        if face is Face.EMPTY_SECTION:
            self.refreshing.start()

    def follow_page(self) -> None:
        """What only works on panes rests while another page is on show."""
        self.actions_table.allow_panes(self.pages.has_panes)

    def _follow_setting(self, name: str) -> None:
        if name == "list_pictures":
            self.articles.show_pictures(self.settings.get(name))

    def follow_panes(self) -> None:
        self.settings.set("show_sidebar", self.panes.wants_sidebar)
        self.top_bar.show_width(self.width(), not self.sections.isHidden())

    def open_row_menu(self, row: Row, at: Any) -> None:
        self.articles.make_current(row.id)
        self.menus.open(ROW, at)

    # ---- what the table of actions calls --------------------------------------------------

    def undo(self) -> None:
        self._say_deed("Undone: {}.", self._deeds.undo)
        self.library.undo()

    def redo(self) -> None:
        self._say_deed("Done again: {}.", self._deeds.redo)
        self.library.redo()

    def _say_deed(self, told: str, command: c.Command | None) -> None:
        """What was said of a deed before is not true any more."""
        self.status.say(tr(told, words.name_deed(command)) if command is not None else "")

    def request_sample(self) -> None:
        self.sample_requested.emit()

    def focus_search(self) -> None:
        self.top_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top_bar.search.field.selectAll()

    def leave_search(self) -> None:
        self.top_bar.search.clear_quietly()
        self.reading.leave_search()
        self.enter_content()

    def enter_content(self) -> None:
        """The keyboard goes to what is below the search field."""
        (self.pages.feeds if self.pages.has_feeds else self.articles).setFocus()

    def escape(self) -> None:
        """Out of the page of feeds or of the search, else stop a refresh."""
        if self.pages.has_feeds:
            self.pages.leave_feeds()
        elif self.articles.selection.listing is Listing.SEARCH:
            self.leave_search()
        elif self.refreshing.is_active:
            self.refreshing.cancel()

    def toggle_menu_bar(self) -> None:
        self.menus.toggle_bar()

    def toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def show_keys(self) -> None:
        from reader.ui.dialogs.keys_sheet import KeysSheet

        KeysSheet(self).open()

    def show_about(self) -> None:
        from reader.ui.dialogs.about import AboutDialog

        AboutDialog(self).open()

    def _find_checks(self) -> dict[str, bool]:
        return {
            "theme_system": self.theme.choice == "system",
            "theme_light": self.theme.choice == "light",
            "theme_dark": self.theme.choice == "dark",
            "oldest_first": self.articles.selection.oldest_first,
            "unread_only": self.articles.selection.unread_only,
            "sections": not self.sections.isHidden(),
            "sidebar": not self.sidebar.isHidden(),
            "menu_bar": self.menus.has_bar,
        }

    # ---- keys ---------------------------------------------------------------------------

    def _run_key(self, action_id: str) -> None:
        self.actions_table.run(action_id)

    def _show_pending(self, keys: str) -> None:
        """A sequence is begun: its next key is not the widget's, which may have a use for it too."""
        self.status.show_keys(keys)
        if self._listened is not None and isValid(self._listened):
            self._listened.removeEventFilter(self)
        self._listened = self.focusWidget() if keys else None
        if self._listened is not None:
            self._listened.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self.keyPressEvent(event)
            return event.isAccepted()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no pane and no text field wanted. An open menu hands on what it does not know."""
        if QApplication.activePopupWidget() is not None:
            event.ignore()
            return
        self._alt_alone = event.key() == Qt.Key.Key_Alt
        where = Where.SECTIONS if self.panes.focused() is self.sections else Where.WINDOW
        event.setAccepted(self.keys.press(event, where))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt and self._alt_alone:
            self.menus.toggle_bar()
        self._alt_alone = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.keys.forget()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.keys.forget()
            self._alt_alone = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh_line.setGeometry(0, HEIGHT, self.width(), THICKNESS)
        self.refresh_line.raise_()
        self.top_bar.show_width(self.width(), not self.sections.isHidden())

    # ---- beginning and end ----------------------------------------------------------------

    def _restore(self) -> None:
        geometry = self.state.values.get("geometry")
        if not (isinstance(geometry, str) and self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))):
            room = QGuiApplication.primaryScreen().availableGeometry()
            self.resize(min(1440, room.width()), min(900, room.height()))
        self.panes.restore_state(self.state.get_dict("panes"))
        self.panes.wants_sidebar = self.settings.get("show_sidebar")
        self.sections.set_open_sections(n for n in self.state.get_list("open_sections") if isinstance(n, int))
        self.status.show_online(self.library.online)
        self.articles.show_pictures(self.settings.get("list_pictures"))
        self.settings.watch(self._follow_setting)

    def _show_first_list(self) -> None:
        """The list that was on show when the window was closed."""
        name, place_id = [*self.state.get_list("list"), "", 0][:2]
        known = {listing.value: listing for listing in Listing if listing is not Listing.SEARCH}
        listing = known.get(name, Listing.TODAY) if isinstance(name, str) else Listing.TODAY
        self.reading.show_list(Selection(listing, place_id if isinstance(place_id, int) else 0))

    def announce_soon(self) -> None:
        """The first list is painted: the rest follows at the next turn of the event loop."""
        self._latest_start.start(0)

    def _announce_list(self) -> None:
        if not self._has_shown_list:
            self._has_shown_list = True
            self._latest_start.stop()
            self.actions_table.make_shortcuts()
            self.setWindowIcon(icons.application_icon())
            self.refreshing.measure_storage()
            self.articles.begin_notices()
            self.first_list_shown.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._latest_start.stop()
        shown = self.reading.usual_list
        self.state.save(
            {
                "geometry": bytes(self.saveGeometry().toBase64().data()).decode(),
                "panes": self.panes.save_state(),
                "open_sections": self.sections.open_sections,
                "list": [shown.listing.value, shown.id],
            }
        )
        self.pictures.close()
        super().closeEvent(event)
