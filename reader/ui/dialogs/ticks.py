"""Things to tick on the welcome page: a pill for a language, a card for a topic.

In: a name (and for a card what is in it), the theme. Out: Qt's `toggled`. To the keyboard and to
screen readers they are check boxes.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QCheckBox, QWidget

from reader.ui import fonts
from reader.ui.theme import Theme

QUIET = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.OtherFocusReason)
CARD_HEIGHT = 58
BOX = 17


class Tick(QCheckBox):
    """Paints itself. `name` is what it is called, with no letter of it taken for a key."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(name.replace("&", "&&"), parent)
        self.name, self._theme = name, theme
        self._shows_focus = False
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks; Enter, which some desktops take for the same, is left to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._shows_focus = event.reason() not in QUIET
        super().focusInEvent(event)

    def _begin(self) -> QPainter:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def _paint_ground(self, painter: QPainter, radius: float, ground: QColor) -> None:
        colours = self._theme.colours
        is_focused = self.hasFocus() and self._shows_focus
        edge = colours.accent if is_focused else colours.edge if self.underMouse() else colours.line
        wide = 2 if is_focused else 1
        painter.setPen(QPen(edge, wide))
        painter.setBrush(ground)
        inset = wide / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)


class Chip(Tick):
    """A pill as wide as its name."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(name, theme, parent)
        self.setFont(fonts.sans(13, 500))

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self.name) + 28, 30)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colours
        ground = colours.ink if self.isChecked() else colours.hover if self.underMouse() else colours.page
        painter = self._begin()
        self._paint_ground(painter, self.height() / 2, ground)
        painter.setFont(self.font())
        painter.setPen(colours.page if self.isChecked() else colours.ink)
        metrics = QFontMetricsF(self.font())
        # On one baseline, also where another typeface with taller letters stands in.
        x = (self.width() - metrics.horizontalAdvance(self.name)) / 2
        painter.drawText(QPointF(x, round((self.height() + metrics.capHeight()) / 2)), self.name)


class Card(Tick):
    """A box to tick, a name, and in grey what is in it."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(name, theme, parent)
        self._told = ""

    def tell(self, told: str) -> None:
        """What is in it."""
        self._told = told
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, CARD_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, CARD_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colours
        ground = (
            colours.selection if self.isChecked() else colours.hover if self.underMouse() else colours.page
        )
        painter = self._begin()
        self._paint_ground(painter, 8, ground)
        is_rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - 13 - BOX if is_rtl else 13
        self._paint_box(painter, QRectF(left + 0.5, 12.5, BOX - 1, BOX - 1))
        room = self.width() - 13 - BOX - 10 - 12
        x = 12 if is_rtl else 13 + BOX + 10
        for text, font, colour, baseline in (
            (self.name, fonts.serif(17, 600), colours.ink, 26),
            (self._told, fonts.sans(12), colours.muted, 45),
        ):
            metrics = QFontMetricsF(font)
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.setFont(font)
            painter.setPen(colour)
            start = x + (room - metrics.horizontalAdvance(cut) if is_rtl else 0)
            painter.drawText(QPointF(start, baseline), cut)

    def _paint_box(self, painter: QPainter, box: QRectF) -> None:
        colours = self._theme.colours
        painter.setPen(QPen(colours.accent if self.isChecked() else colours.muted, 1))
        painter.setBrush(colours.accent if self.isChecked() else colours.page)
        painter.drawRoundedRect(box, 4, 4)
        if self.isChecked():
            pen = QPen(colours.on_accent, 1.8, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            middle = box.center()
            points = ((-3.6, 0.2), (-1.1, 2.8), (3.8, -2.9))
            painter.drawPolyline([middle + QPointF(x, y) for x, y in points])
