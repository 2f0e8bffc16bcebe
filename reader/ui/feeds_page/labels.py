"""The labels of the panel: wrapped text, small headings, an address that gives way in its middle."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from reader.ui import fonts


def make_label(parent: QWidget, font: QFont, *, is_muted: bool = False) -> QLabel:
    """Plain text, wrapped, as narrow as its column."""
    label = QLabel(parent)
    label.setFont(font)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    if is_muted:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def make_heading(parent: QWidget, text: str) -> QLabel:
    label = make_label(parent, fonts.caps(11), is_muted=True)
    label.setText(text)
    label.setContentsMargins(0, 14, 0, 2)
    return label


def set_text(label: QLabel, text: str) -> None:
    """A label without text takes no room."""
    if label.text() != text:
        label.setText(text)
    label.setVisible(bool(text))


class AddressLabel(QLabel):
    """One line. Where it is too long its middle gives way: the host and the end tell addresses apart."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFont(fonts.sans(12))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_address(self, address: str) -> None:
        self.setText(address)
        self.setToolTip(address)

    @property
    def shown(self) -> str:
        """What there is room for."""
        metrics = QFontMetrics(self.font())
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())

    def minimumSizeHint(self) -> QSize:
        return QSize(20, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.shown)
