"""The search field of the top bar. In: what is typed. Out: `query_changed`, `left`, `entered`."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from reader.ui import fonts, words
from reader.ui.theme import Theme
from reader.ui.words import tr

WIDEST, HEIGHT = 420, 32
KEYCAP = 18


class SearchField(QLineEdit):
    left = Signal()
    entered = Signal()
    focus_changed = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class SearchBox(QWidget):
    query_changed = Signal(str)
    left = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(WIDEST)
        self.field = SearchField(self)
        self.field.setFrame(False)
        self.field.setFont(fonts.sans(13))
        self.field.setAccessibleName(tr("Search"))
        self.field.setMaxLength(200)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(9, 2, 12 + KEYCAP, 2)
        layout.addWidget(self.field)
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(self._pass_on)
        self.field.left.connect(self.left)
        self.field.focus_changed.connect(self.update)
        self.field.entered.connect(self.entered)
        theme.changed.connect(self._recolour)
        self.show_total(0)
        self._recolour()

    def show_total(self, total: int) -> None:
        """How much there is to search."""
        hint = tr("Search {}", words.count_stories(total)) if total else tr("Search")
        if hint != self.field.placeholderText():
            self.field.setPlaceholderText(hint)

    def clear_quietly(self) -> None:
        """Empty it without asking for the list before."""
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDEST, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.field.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.colours
        painter.setPen(colours.accent if self.field.hasFocus() else colours.line)
        painter.setBrush(colours.page)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        if not self.field.text():
            cap = QRectF(self.width() - KEYCAP - 10.5, (self.height() - 17) / 2, KEYCAP - 2, 17)
            painter.setPen(colours.line)
            painter.drawRoundedRect(cap, 4, 4)
            painter.setPen(colours.muted)
            painter.setFont(fonts.sans(11))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, "/")

    def _pass_on(self, text: str) -> None:
        self.update()
        self.query_changed.emit(text)

    def _recolour(self) -> None:
        palette = self.field.palette()
        colours = self._theme.colours
        palette.setColor(QPalette.ColorRole.Base, colours.page)
        palette.setColor(QPalette.ColorRole.Text, colours.ink)
        palette.setColor(QPalette.ColorRole.PlaceholderText, colours.muted)
        self.field.setPalette(palette)
        self.update()
