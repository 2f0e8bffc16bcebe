"""The panel beside the table: one feed, or the activity of all. Scrolls as a whole."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from reader.ui.feeds_page.activity_card import ActivityCard
from reader.ui.feeds_page.feed_card import FeedCard
from reader.ui.scroll_bar import OverlayScrollBar
from reader.ui.theme import Theme
from reader.ui.viewport import use_own_viewport


class Panel(QWidget):
    """`feed` and `activity` are shown one at a time."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_below = False
        self._area = _Area(self)
        content = QWidget()
        self.feed, self.activity = FeedCard(theme, content), ActivityCard(theme, content)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.feed)
        column.addWidget(self.activity)
        self._area.setWidget(content)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 0, 0, 0)
        self._layout.addWidget(self._area)
        self.feed.hide()
        theme.changed.connect(self._recolour)
        self._recolour()

    def show_feed(self, is_feed: bool) -> None:
        """One feed's card, else the activity of all; from its beginning when it was not on show."""
        if self.feed.isHidden() == is_feed:
            self.feed.setVisible(is_feed)
            self.activity.setVisible(not is_feed)
            self.scroll_to_top()

    def scroll_to_top(self) -> None:
        self._area.verticalScrollBar().setValue(0)

    def stand_below(self, is_below: bool) -> None:
        """Under the table, with the rule above it, or at its right with the rule at the left."""
        self._is_below = is_below
        self.feed.stand_below(is_below)
        self.activity.stand_below(is_below)
        self._layout.setContentsMargins(0 if is_below else 1, 1 if is_below else 0, 0, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colours.side)
        rule = (0, 0, self.width(), 1) if self._is_below else (0, 0, 1, self.height())
        painter.fillRect(*rule, self._theme.colours.line)

    def _recolour(self) -> None:
        palette = self.palette()
        for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
            palette.setColor(role, self._theme.colours.side)
        self.setPalette(palette)
        self.update()


class _Area(QScrollArea):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        use_own_viewport(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        OverlayScrollBar(self)
        self.verticalScrollBar().setSingleStep(40)
