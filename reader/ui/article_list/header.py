"""Above the list: its name, how much is unread and in which order."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from reader.ui import fonts
from reader.ui.text_button import TextButton
from reader.ui.theme import Theme
from reader.ui.words import tr


class ListHeader(QWidget):
    menu_requested = Signal(QPoint)  # global position

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = ElidedLabel(self)
        self._name.setFont(fonts.serif(19, 600))
        self._about = TextButton(theme, 12, self)
        self._about.setAccessibleName(tr("Order and filter of the list"))
        self._about.clicked.connect(
            lambda: self.menu_requested.emit(self._about.mapToGlobal(QPoint(0, self._about.height())))
        )
        line = QHBoxLayout()
        line.setContentsMargins(18, 10, 12, 7)
        line.setSpacing(8)
        line.addWidget(self._name, 1)
        line.addWidget(self._about)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 1)
        layout.setSpacing(0)
        layout.addLayout(line)

    @property
    def name(self) -> str:
        return self._name.text()

    @property
    def about(self) -> str:
        """42 unread · newest first"""
        return self._about.text()

    def show_list(self, name: str, about: str) -> None:
        if self._name.text() != name:
            self._name.setText(name)
        if self._about.text() != about:
            self._about.setText(about)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colours.list)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colours.line)


class ElidedLabel(QLabel):
    """One line that gives way where there is no room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(20, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        text = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
