"""Latest from <section>: the newest stories of the section the article is in, without itself.

Has nothing, and is hidden, while no article is on view or the section has no other story.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from reader.engine.events import Ticket
from reader.engine.questions import Latest
from reader.model import Changes, Outline, Row, SectionId
from reader.ui.sidebar.story_row import StoryRow
from reader.ui.sidebar.widget import SidebarWidget
from reader.ui.theme import Theme

MOST = 4
CALM_MS = 400  # while a refresh brings articles, the list is asked for at most this often


class LatestWidget(SidebarWidget):
    def __init__(self, library: Any, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._library = library
        self._row: Row | None = None
        self._section_name = ""
        self._ticket: Ticket | None = None
        self._shown: tuple[Row, ...] = ()
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self._ask)

    def show_article(self, row: Row | None, outline: Outline) -> None:
        self._row = row
        if row is None:
            self._drop_ticket()
            self._show_rows(())
            return
        self._section_name = find_section_name(outline, row.section_id)
        self._ask()

    def apply(self, changes: Changes) -> None:
        if self._row is None:
            return
        shown = {row.id for row in self._shown}
        if changes.added or changes.outline_changed or shown.intersection(changes.removed + changes.updated):
            self._calm.start()

    def _ask(self) -> None:
        self._calm.stop()
        self._drop_ticket()
        if self._row is not None:
            question = Latest(self._row.section_id, exclude=(self._row.id,), limit=MOST)
            self._ticket = self._library.ask(question, self._show_rows)

    def _drop_ticket(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def _show_rows(self, rows: tuple[Row, ...]) -> None:
        self._ticket = None
        if rows == self._shown and bool(rows) != self.isHidden():
            return
        self._shown = rows
        made = (StoryRow(row, self._theme, detail=row.standfirst, parent=self) for row in rows)
        self._fill(f"Latest from {self._section_name}", made)


def find_section_name(outline: Outline, section_id: SectionId) -> str:
    return next((section.name for section in outline.sections if section.id == section_id), "this section")
