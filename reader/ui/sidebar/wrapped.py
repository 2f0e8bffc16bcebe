"""A few lines of text in a given width, the last one shortened with an ellipsis. Drawn, not a widget."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption


class WrappedText:
    """Lay out once for a width, then draw as often as painted. Lengths are logical pixels."""

    def __init__(self, text: str, font: QFont, line_height: float, most_lines: int) -> None:
        self._text, self._font = text, font
        self._line_height, self._most_lines = line_height, most_lines
        self._width = -1
        self._layout = QTextLayout()
        self._lines = 0

    def height_for(self, width: int) -> float:
        self._lay_out(width)
        return self._lines * self._line_height

    def draw(self, painter: QPainter, x: float, y: float, width: int) -> None:
        self._lay_out(width)
        self._layout.draw(painter, QPointF(x, y))

    def _lay_out(self, width: int) -> None:
        if width == self._width:
            return
        self._width = width
        starts = self._break_lines(self._text, width)
        if len(starts) > self._most_lines:
            last = starts[self._most_lines - 1]
            metrics = QFontMetricsF(self._font)
            rest = metrics.elidedText(self._text[last : last + 400], Qt.TextElideMode.ElideRight, width)
            starts = self._break_lines(self._text[:last] + rest, width)
        self._lines = min(len(starts), self._most_lines)

    def _break_lines(self, text: str, width: int) -> list[int]:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(text, self._font)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        layout.beginLayout()
        starts: list[int] = []
        while len(starts) <= self._most_lines and (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            # Half of what the line is taller than its letters stands above them, as on a page.
            offset = (self._line_height - line.height()) / 2
            line.setPosition(QPointF(0, len(starts) * self._line_height + offset))
            starts.append(line.textStart())
        layout.endLayout()
        self._layout = layout
        return starts
