"""The thin line under the top bar that says how far a refresh is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reader.engine.events import RefreshProgressed
from reader.ui.theme import Theme
from reader.ui.words import tr

THICKNESS = 2


class RefreshLine(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._part = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Progress of the refresh"))
        self.hide()

    def show_progress(self, progress: RefreshProgressed) -> None:
        self.setVisible(progress.active)
        self._part = progress.done / progress.total if progress.total else 0.0
        self.setAccessibleDescription(f"{self._part:.0%}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        width = max(4, round(self.width() * self._part))
        QPainter(self).fillRect(0, 0, width, self.height(), self._theme.colours.accent)
