"""What lies over the page: the line that shows how far one has read, and the way back to the top."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from reader.ui.theme import Theme
from reader.ui.words import tr

LINE_HEIGHT = 2
BUTTON_SIZE = 36


class ProgressLine(QWidget):
    """At the top of the pane, in the accent colour, as long as the part that was read."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._part = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Reading progress"))

    def set_part(self, part: float) -> None:
        """0 to 1. Repaints only what changed."""
        before, now = round(self._part * self.width()), round(part * self.width())
        self._part = part
        if before != now:
            low, high = min(before, now), max(before, now)
            self.update(low, 0, high - low + 1, LINE_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width() * self._part, LINE_HEIGHT), self._theme.colours.accent)
        painter.end()


class FocusLine(QWidget):
    """At the left edge of the pane while the page has the keyboard, as a row of the list shows it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colours.edge)


class TopButton(QAbstractButton):
    """A round button with an arrow; on view once one has scrolled."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedSize(BUTTON_SIZE, BUTTON_SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setText(tr("Back to top"))
        self.setToolTip(tr("Back to top"))
        self.setAccessibleName(tr("Back to top"))
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_marked = self.hasFocus() or self.underMouse() or self.isDown()
        painter.setPen(QPen(colours.accent if self.hasFocus() else colours.line, 1))
        painter.setBrush(colours.hover if is_marked else colours.page)
        painter.drawEllipse(QRectF(0.5, 0.5, BUTTON_SIZE - 1, BUTTON_SIZE - 1))
        painter.setPen(QPen(colours.ink if is_marked else colours.muted, 1.4, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(18, 13, 18, 23)
        painter.drawPolyline([QPoint(14, 17), QPoint(18, 13), QPoint(22, 17)])
        painter.end()
