"""One story of the sidebar: headline, a small line below, a rule above. Reached and opened by keys."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from reader.model import Row
from reader.ui import fonts
from reader.ui.sidebar.wrapped import WrappedText
from reader.ui.theme import Theme

PADDING = 8
GAP = 3
INSET = 6  # the selection is a little wider than the text


class StoryRow(QAbstractButton):
    """A headline one can press. `label` is a word above it ("Next story"), `detail` a line below."""

    def __init__(
        self, row: Row, theme: Theme, *, label: str = "", detail: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.row = row
        self._theme = theme
        self._label = label
        self._headline = WrappedText(row.title or row.standfirst, fonts.serif(15, 500), 18.75, 3)
        self._detail = WrappedText(detail, fonts.sans(11.5), 16, 2) if detail else None
        self.setText(row.title)
        self.setAccessibleName(": ".join(part for part in (label, row.title) if part))
        self.setAccessibleDescription(detail)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inner = width - 2 * INSET
        height = 2 * PADDING + 1 + self._headline.height_for(inner)
        if self._label:
            height += 16 + GAP
        if self._detail:
            height += GAP + self._detail.height_for(inner)
        return round(height)

    def sizeHint(self) -> QSize:
        return QSize(220, self.heightForWidth(220))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 40)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            event.ignore()  # Space reads on, also from here; arrows walk through the sidebar

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colours
        inner = self.width() - 2 * INSET
        painter = QPainter(self)
        painter.setPen(colours.line)
        painter.drawLine(INSET, 0, self.width() - INSET, 0)
        self._paint_ground(painter)
        y: float = PADDING + 1
        painter.setPen(colours.muted)
        if self._label:
            painter.setFont(fonts.sans(11.5))
            painter.drawText(INSET, round(y), inner, 16, Qt.AlignmentFlag.AlignLeading, self._label)
            y += 16 + GAP
        painter.setPen(colours.ink)
        self._headline.draw(painter, INSET, y, inner)
        y += self._headline.height_for(inner)
        if self._detail:
            painter.setPen(colours.muted)
            self._detail.draw(painter, INSET, y + GAP, inner)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        colours = self._theme.colours
        if not (self.hasFocus() or self.underMouse()):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colours.edge if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(colours.hover)
        painter.drawRoundedRect(self.rect().adjusted(1, 2, -1, -2), 6, 6)
        painter.restore()
