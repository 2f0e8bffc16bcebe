"""What every widget of the sidebar is: a heading and a few stories about the article on view.

A widget is told of the article by `show_article`, of neighbours and changes likewise, and shows
itself only while it has something; it says which story is wanted and opens nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from reader.model import Changes, Outline, Row
from reader.ui import fonts
from reader.ui.sidebar.story_row import INSET, StoryRow
from reader.ui.theme import Theme


class SidebarWidget(QWidget):
    """A heading and stories. Hidden while it has none."""

    article_requested = Signal(object)  # Row

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heading = QLabel()
        self._heading.setFont(fonts.caps(11))
        self._heading.setWordWrap(True)
        self._heading.setContentsMargins(INSET, 0, INSET, 8)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 20)
        column.setSpacing(0)
        column.addWidget(self._heading)
        self.rows: list[StoryRow] = []
        self.recolour()
        self.hide()

    def show_article(self, row: Row | None, outline: Outline) -> None:
        """Another article (or none) is on view."""

    def set_neighbours(self, previous: Row | None, following: Row | None) -> None:
        """The stories before and after it in the list."""

    def apply(self, changes: Changes) -> None:
        """The store holds something new."""

    def recolour(self) -> None:
        self._heading.setStyleSheet(f"color: {self._theme.colours.muted.name()}")
        self.update()

    def _fill(self, heading: str, rows: Iterable[StoryRow]) -> None:
        """Put these stories in place of the former ones; focus stays at its place in the list."""
        focused = next((index for index, row in enumerate(self.rows) if row.hasFocus()), None)
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = list(rows)
        self._heading.setText(heading)
        self.setAccessibleName(heading)
        for row in self.rows:
            row.clicked.connect(self._request)
            self._column.addWidget(row)
        self.setVisible(bool(self.rows))
        if focused is not None and self.rows:
            self.rows[min(focused, len(self.rows) - 1)].setFocus()

    def _request(self) -> None:
        sender = self.sender()
        if isinstance(sender, StoryRow):
            self.article_requested.emit(sender.row)
