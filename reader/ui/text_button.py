"""A word or an icon that can be clicked: quiet until the mouse or the keyboard is on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from reader.ui import fonts, icons
from reader.ui.theme import Theme


class TextButton(QAbstractButton):
    """Shows its text, or `icon_name` where that is set and `is_compact`. `is_accented`: it is a step
    to take rather than a thing to know."""

    def __init__(
        self,
        theme: Theme,
        pixels: float,
        parent: QWidget,
        icon_name: str = "",
        *,
        is_accented: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon_name
        self._is_hovered = False
        self._is_accented = is_accented
        self.is_compact = False
        self.setFont(fonts.sans(pixels))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.changed.connect(self.update)

    def set_compact(self, is_compact: bool) -> None:
        self.is_compact = is_compact and bool(self._icon_name)
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:
        super().setText(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        height = metrics.height() + 10
        if self._shows_icon():
            return QSize(32, 30)
        return QSize(metrics.horizontalAdvance(self.text()) + 12, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._is_hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._is_hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.colours
        is_on = self._is_hovered or self.isDown()
        if is_on or self.hasFocus():
            painter.setBrush(colours.selection if is_on else Qt.BrushStyle.NoBrush)
            painter.setPen(colours.accent if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        quiet = colours.accent if self._is_accented else colours.muted
        colour = colours.ink if is_on else quiet
        if self._shows_icon():
            ratio = self.devicePixelRatioF()
            side = icons.LARGE
            left, top = (self.width() - side) // 2, (self.height() - side) // 2
            painter.drawPixmap(left, top, side, side, icons.pixmap(self._icon_name, colour, side, ratio))
        else:
            painter.setFont(self.font())
            painter.setPen(colour if self.isEnabled() else colours.edge)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())

    def _shows_icon(self) -> bool:
        return bool(self._icon_name) and (self.is_compact or not self.text())
