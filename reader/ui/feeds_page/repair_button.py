"""A repair as a button, with its key beside its name. In: a repair. Out: `clicked`."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from reader.ui import fonts
from reader.ui.feeds_page.repairs import Repair
from reader.ui.theme import Theme
from reader.ui.words import tr

HEIGHT = 28  # px
PAD = 10
KEYS = {"Delete": "Del", "Shift+S": "⇧S"}


class RepairButton(QAbstractButton):
    def __init__(self, repair: Repair, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.repair, self._theme = repair, theme
        self._key = KEYS.get(repair.key, repair.key.upper() if len(repair.key) == 1 else tr(repair.key))
        self.setText(repair.label)
        self.setFont(fonts.sans(12, 600 if repair.is_remedy else 400))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(repair.label)
        self.setAccessibleDescription(tr("Key {} in the table", repair.key))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self._measure_text() + self._measure_key() + 2 * PAD + 6, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.colours
        is_on = self.underMouse() or self.isDown()
        painter.setBrush(colours.selection if is_on else colours.page)
        border = colours.muted if self.repair.is_remedy else colours.edge
        painter.setPen(colours.accent if self.hasFocus() else border)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.setFont(self.font())
        painter.setPen(colours.ink)
        painter.drawText(PAD, 0, self.width(), HEIGHT, Qt.AlignmentFlag.AlignVCenter, self.text())
        width = self._measure_key()
        cap = QRectF(self.width() - PAD - width + 4.5, 5.5, width - 1, HEIGHT - 11)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(colours.line if not is_on else colours.edge)
        painter.drawRoundedRect(cap, 4, 4)
        painter.setFont(fonts.sans(10.5))
        painter.setPen(colours.ink if is_on else colours.muted)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)

    def _measure_text(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(self.text()) + 2

    def _measure_key(self) -> int:
        return max(18, QFontMetrics(fonts.sans(10.5)).horizontalAdvance(self._key) + 10)
