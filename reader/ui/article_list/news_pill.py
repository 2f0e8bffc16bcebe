"""A quiet pill over the top of the list: "3 new". A click goes there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from reader.ui import fonts, icons, words
from reader.ui.theme import Theme
from reader.ui.words import tr


class NewsPill(QAbstractButton):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._over = theme, parent
        self.count = 0
        self.setFont(fonts.sans(12, 500))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def add(self, number: int) -> None:
        """So many more are above; 0 where nobody has counted."""
        self.count += number
        text = words.count_new(self.count) if self.count else tr("New stories")
        self.setText(text)
        self.setAccessibleName(text)
        self.resize(self.sizeHint())
        self.place()
        self.show()
        self.raise_()

    def clear(self) -> None:
        self.count = 0
        self.hide()

    def place(self) -> None:
        self.move((self._over.width() - self.width()) // 2, 10)

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self.text()) + 44, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.colours
        painter.setPen(colours.edge)
        painter.setBrush(colours.page)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 13.5, 13.5)
        arrow = icons.pixmap("up", colours.accent, 14, self.devicePixelRatioF())
        painter.drawPixmap(12, 7, 14, 14, arrow)
        painter.setFont(self.font())
        painter.setPen(colours.accent)
        painter.drawText(self.rect().adjusted(28, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
