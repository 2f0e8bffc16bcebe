"""The sidebar's frame: widgets below one another, scrolling, walked through with the arrow keys.

Every widget is shown the same article and the same changes; which widgets there are, and in
which order, stands here and nowhere else.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from reader.model import Changes, Outline, Row
from reader.ui.scroll_bar import OverlayScrollBar
from reader.ui.sidebar.latest import LatestWidget
from reader.ui.sidebar.neighbours import NeighboursWidget
from reader.ui.sidebar.story_row import StoryRow
from reader.ui.sidebar.widget import SidebarWidget
from reader.ui.theme import Theme

WIDTH = 268  # px, as designed


class Sidebar(QScrollArea):
    """The column at the right of the article."""

    article_requested = Signal(object)  # Row

    def __init__(self, library: Any, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName("Sidebar")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = OverlayScrollBar(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(180)
        self.widgets: tuple[SidebarWidget, ...] = (LatestWidget(library, theme), NeighboursWidget(theme))
        ground = QWidget()
        ground.setAutoFillBackground(True)
        column = QVBoxLayout(ground)
        column.setContentsMargins(10, 16, 10, 16)
        column.setSpacing(0)
        for widget in self.widgets:
            widget.article_requested.connect(self.article_requested)
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(ground)
        theme.changed.connect(self._recolour)
        self._recolour()

    def show_article(self, row: Row | None, outline: Outline) -> None:
        for widget in self.widgets:
            widget.show_article(row, outline)

    def set_neighbours(self, previous: Row | None, following: Row | None) -> None:
        for widget in self.widgets:
            widget.set_neighbours(previous, following)

    def apply(self, changes: Changes) -> None:
        for widget in self.widgets:
            widget.apply(changes)

    def list_rows(self) -> list[StoryRow]:
        """Every story on view, from top to bottom."""
        return [row for widget in self.widgets if not widget.isHidden() for row in widget.rows]

    def focusInEvent(self, event: QFocusEvent) -> None:
        rows = self.list_rows()
        if rows:
            rows[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk through the stories; the rows pass on what they do not use."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps and self._step(steps[Qt.Key(event.key())]):
            return
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # Qt would scroll sideways, where there is nothing
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> bool:
        rows = self.list_rows()
        if not rows:
            return False
        now = next((index for index, row in enumerate(rows) if row.hasFocus()), -1 if by > 0 else 0)
        row = rows[min(max(now + by, 0), len(rows) - 1)]
        row.setFocus()
        self.ensureWidgetVisible(row, 0, 8)
        return True

    def _recolour(self) -> None:
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, self._theme.colours.side)
        palette.setColor(palette.ColorRole.Base, self._theme.colours.side)
        self.setPalette(palette)
        for widget in self.widgets:
            widget.recolour()
