"""Previous / Next story: the articles before and after this one in the list. Hidden without either."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from reader.model import Outline, Row
from reader.ui.sidebar.story_row import StoryRow
from reader.ui.sidebar.widget import SidebarWidget
from reader.ui.theme import Theme


class NeighboursWidget(SidebarWidget):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._shown: tuple[Row | None, Row | None] = (None, None)

    def show_article(self, row: Row | None, outline: Outline) -> None:
        if row is None:
            self.set_neighbours(None, None)

    def set_neighbours(self, previous: Row | None, following: Row | None) -> None:
        if (previous, following) == self._shown:
            return
        self._shown = (previous, following)
        named = (("Previous story (K)", previous), ("Next story (J)", following))
        made = (
            StoryRow(row, self._theme, label=label, parent=self) for label, row in named if row is not None
        )
        self._fill("Previous / Next story", made)
