"""The page itself: puts header, table and panel together and joins them. Asks through `inquiry`.

In: the library, changes, which feed to show. Out: `left`, `feed_opened`, `repair_requested`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QStackedLayout, QVBoxLayout, QWidget

from reader.model import Changes, FeedHealth, FeedId, Traffic, VisitRecord
from reader.ui import fonts
from reader.ui.article_list.face import Face, ListFace
from reader.ui.article_list.header import ElidedLabel
from reader.ui.feeds_page.activity_words import say_summary
from reader.ui.feeds_page.header import Header
from reader.ui.feeds_page.inquiry import Inquiry
from reader.ui.feeds_page.judging import Group
from reader.ui.feeds_page.model import FeedsModel
from reader.ui.feeds_page.panel import Panel
from reader.ui.feeds_page.repairs import OPEN_ARTICLES
from reader.ui.feeds_page.table import FeedsTable
from reader.ui.keys import name_key
from reader.ui.pictures import Pictures
from reader.ui.theme import Theme
from reader.ui.words import tr

ABREAST_FROM = 960  # px: the panel at the right of the table
# Keys that stay the window's while the page is on show: places, refreshing, adding, the sheet of keys.
PASSED_ON = ("g", "r", "i", "+", "?", "Shift+?")
LISTS = {str(number): group for number, group in enumerate(Group, start=1)}


def read_clock() -> datetime:
    return datetime.now().astimezone()


class FeedsPage(QWidget):
    left = Signal()
    feed_opened = Signal(object)  # FeedId
    repair_requested = Signal(str, object)  # the name of a repair, FeedHealth

    def __init__(
        self,
        library: Any,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        pictures: Pictures | None = None,
        clock: Callable[[], datetime] = read_clock,
    ) -> None:
        """`pictures`: for favicons; without them feeds show their first letter."""
        super().__init__(parent)
        self._theme, self._clock = theme, clock
        self._is_known = False
        self._wanted: FeedId | None = None  # to be chosen as soon as it is known
        self._traffic: tuple[Traffic, ...] = ()
        self._visits: tuple[FeedId | None, tuple[VisitRecord, ...]] = (None, ())
        self.setAccessibleName(tr("Feeds and their health"))
        self.model = FeedsModel(clock, self)
        self.inquiry = Inquiry(library, self)
        self.header = Header(theme, self)
        self.table = FeedsTable(self.model, theme, pictures, self)
        self.panel = Panel(theme, self)
        self._face = ListFace(theme, self)
        self._help = ElidedLabel(self)
        self._help_line = QHBoxLayout()
        self._lay_out()
        self._join(pictures)
        self._show_table()

    def _lay_out(self) -> None:
        self._help.setFont(fonts.sans(11.5))
        self._help.setForegroundRole(self.header.sentence.foregroundRole())
        self._help.setText(
            tr(
                "j k move · Enter its articles · < > sort by another column · o turn round · / filter · 1–5 lists"
            )
        )
        self._help.setToolTip(self._help.text())
        self._help.setFixedHeight(28)
        self._middle = QStackedLayout()
        self._middle.addWidget(self.table)
        self._middle.addWidget(self._face)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(self._middle, 1)
        self._help_line.addWidget(self._help)
        column.addLayout(self._help_line)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(0)
        self._body.addLayout(column, 1)
        self._body.addWidget(self.panel)
        outer = QVBoxLayout(self)
        # What is abreast in a wide window must not keep it from becoming a narrow one.
        outer.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addLayout(self._body, 1)

    def _join(self, pictures: Pictures | None) -> None:
        self.header.query_changed.connect(self._narrow)
        self.header.group_chosen.connect(self._show_group)
        self.header.filter_left.connect(self._escape)
        self.header.entered.connect(self._enter_table)
        self.header.back_pressed.connect(self.left)
        self.table.feed_chosen.connect(self._follow_choice)
        self.table.entered.connect(self._open_articles)
        self.table.key_pressed.connect(self._run_letter)
        self.panel.feed.repair_pressed.connect(self.repair)
        self.panel.feed.closed.connect(self._close_feed)
        self.panel.activity.feed_entered.connect(self._show_anywhere)
        self.inquiry.health_arrived.connect(self._show_health)
        self.inquiry.traffic_arrived.connect(self._show_traffic)
        self.inquiry.visits_arrived.connect(self._show_visits)
        self.inquiry.minute_passed.connect(self._pass_minute)
        self._theme.changed.connect(self.update)
        if pictures is not None:
            pictures.thumbnail_arrived.connect(self._show_icon)

    # ---- in -----------------------------------------------------------------------------

    def show(self, feed_id: FeedId | None = None) -> None:
        """Come up with a feed chosen, or with none; the table gets the keyboard."""
        super().show()
        self._show_anywhere(feed_id)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def apply(self, changes: Changes) -> None:
        """What was read or saved says nothing of how the feeds are."""
        if changes.feeds or changes.outline_changed or changes.added or changes.removed:
            self.inquiry.note_change()

    def ask_again(self) -> None:
        """Something was fetched, though it may have changed nothing that `apply` is told of."""
        self.inquiry.note_change()

    @property
    def chosen(self) -> FeedHealth | None:
        return self.table.chosen

    # ---- answers --------------------------------------------------------------------------

    def _show_health(self, feeds: tuple[FeedHealth, ...]) -> None:
        is_first = not self._is_known
        self._is_known = True
        self.model.put(feeds)
        self._show_table()
        if is_first and self._wanted is not None:
            self._show_anywhere(self._wanted)
        self._follow_model()

    def _show_traffic(self, traffic: tuple[Traffic, ...]) -> None:
        self._traffic = traffic
        self.panel.activity.show_traffic(traffic, self._clock())
        self._say_summary()

    def _show_visits(self, feed_id: FeedId | None, visits: tuple[VisitRecord, ...]) -> None:
        self._visits = (feed_id, visits)
        self._fill_visits()

    def _fill_visits(self) -> None:
        feed_id, visits = self._visits
        if feed_id is None:
            titles = {feed.id: feed.title for feed in self.model.feeds}
            self.panel.activity.show_visits(visits, titles, self.model.now)
        else:
            self.panel.feed.show_visits(visits, self.model.now)

    def _pass_minute(self) -> None:
        self.model.note_time()
        self._follow_model()

    def _follow_model(self) -> None:
        """What was said of the feeds before may not be true any more."""
        for group in Group:
            self.header.chips.show_count(group, self.model.count(group))
        if self.chosen is not None:
            self.panel.feed.show_feed(self.chosen, self.model.now)
        self._fill_visits()
        self._say_summary()
        self._show_table()

    def _say_summary(self) -> None:
        if self._is_known and self.model.feeds:
            attention = self.model.count(Group.ATTENTION)
            self.header.say(say_summary(len(self.model.feeds), attention, self._traffic, self.model.now))
        else:
            self.header.say("")

    def _show_table(self) -> None:
        face = self._choose_face()
        if face is not None:
            self._face.show_face(face)
        had_focus = self.table.hasFocus() or self._face.hasFocus()
        shown = self.table if face is None else self._face
        self._middle.setCurrentWidget(shown)
        self.setFocusProxy(shown)
        if had_focus:
            shown.setFocus()
        has_feeds = bool(self.model.feeds)
        self.panel.setVisible(has_feeds)
        self._help.setVisible(has_feeds and self.height() >= HELP_FROM)

    def _choose_face(self) -> Face | None:
        if not self._is_known:
            return Face("", tr("Loading…"))
        if not self.model.feeds:
            return Face("feed", tr("No feeds yet."), tr("Ctrl+N adds the address of a site you like."))
        if self.model.rows:
            return None
        if self.model.query:
            return Face("search", tr("No feed matches “{}”.", self.model.query), tr("Esc clears the filter."))
        return Face("cup", tr("None here."), tr("Key 1 shows all feeds."))

    def _show_icon(self, address: str) -> None:
        if any(feed.icon == address for feed in self.model.rows):
            self.table.viewport().update()

    # ---- choosing ---------------------------------------------------------------------------

    def _narrow(self, query: str) -> None:
        self.model.narrow(query)
        self._show_table()

    def _show_group(self, group: Group) -> None:
        self.model.show_group(group)
        self._show_table()

    def _show_anywhere(self, feed_id: int | None) -> None:
        """Choose a feed even where the filter hides it: then the filter gives way."""
        self._wanted = FeedId(feed_id) if feed_id is not None else None
        if self._wanted is not None and self._is_known and self.model.find_row(self._wanted) < 0:
            self.header.filter.field.clear()
            self.header.chips.choose(Group.ALL)
        self.table.choose(self._wanted)

    def _follow_choice(self, feed: FeedHealth | None) -> None:
        self.inquiry.follow(feed.id if feed is not None else None)
        if feed is not None:
            self.panel.feed.show_feed(feed, self.model.now)
            self.panel.feed.show_visits((), self.model.now)
            self.panel.scroll_to_top()
        self.panel.show_feed(feed is not None)

    def _close_feed(self) -> None:
        self.table.choose(None)
        self.table.setFocus()

    def _enter_table(self) -> None:
        """Enter or Down in the filter: on to what it found."""
        if self.model.rows:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.table.currentIndex().isValid():
                self.table.step(0)

    # ---- doing ------------------------------------------------------------------------------

    def repair(self, name: str) -> None:
        """Ask for a repair of the chosen feed."""
        if self.chosen is None:
            return
        if name == OPEN_ARTICLES:
            self.feed_opened.emit(self.chosen.id)
        else:
            self.repair_requested.emit(name, self.chosen)

    def _open_articles(self) -> None:
        self.repair(OPEN_ARTICLES)

    def _run_letter(self, key: str) -> None:
        """A key in the table: a repair that fits the chosen feed, the way out of a feed."""
        repairs = self.panel.feed.repairs if self.chosen is not None else ()
        wanted = "Delete" if key == "#" else key
        found = next((repair for repair in repairs if repair.key == wanted), None)
        self.table.is_taken = True
        if found is not None:
            self.repair(found.name)
        elif key == "Backspace":
            self._close_feed()
        else:
            self.table.is_taken = False

    def _escape(self) -> None:
        """Out of the filter, else out of the page."""
        if self.header.filter.field.text():
            self.header.filter.field.clear()
        else:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is meant for a list of articles must not reach the one behind this page."""
        key = name_key(event)
        if key == "Esc":
            self._escape()
        elif key == "/":
            self.header.filter.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.header.filter.field.selectAll()
        elif key in LISTS:
            self.header.chips.choose(LISTS[key])
        elif not key or key in PASSED_ON:
            event.ignore()

    # ---- being seen ---------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, 300)

    def showEvent(self, event: QEvent) -> None:
        self.inquiry.wake()

    def hideEvent(self, event: QEvent) -> None:
        self.inquiry.sleep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        width, height = event.size().width(), event.size().height()
        inset = 28 if width >= ABREAST_FROM else 16
        self.header.show_width(width, inset)
        self.table.set_inset(inset)
        self._help_line.setContentsMargins(inset, 0, inset, 0)
        is_abreast = width >= ABREAST_FROM
        direction = QBoxLayout.Direction
        self._body.setDirection(direction.LeftToRight if is_abreast else direction.TopToBottom)
        self.panel.stand_below(not is_abreast)
        self.panel.setMinimumSize(0, 0)
        self.panel.setMaximumSize(NO_LIMIT, NO_LIMIT)
        if is_abreast:
            self.panel.setFixedWidth(max(330, min(420, round(width * 0.29))))
        else:
            self.panel.setFixedHeight(max(130, round(height * 0.36)))
        self._help.setVisible(bool(self.model.feeds) and height >= HELP_FROM)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colours.page)


NARROWEST = 480  # px of width
NO_LIMIT = 16_777_215  # px; QWIDGETSIZE_MAX
HELP_FROM = 560  # px of height: below, the line of keys gives its room to the table
