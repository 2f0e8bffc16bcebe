"""Widgets one after the other, wrapped like words, or in columns of one width. In: the width. Out: places."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget


class FlowLayout(QLayout):
    """`narrowest`: 0 lets each widget be as wide as it likes; else all get columns of one width that
    is no smaller, at most `most_columns` of them."""

    def __init__(self, spacing: int, narrowest: int = 0, most_columns: int = 3) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._narrowest, self._most_columns = narrowest, most_columns
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._break_lines(width)
        return sum(height for _, height in lines) + self.spacing() * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize(self._narrowest, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        parent = self.parentWidget()
        direction = (
            parent.layoutDirection() if isinstance(parent, QWidget) else Qt.LayoutDirection.LeftToRight
        )
        y = rect.y()
        for line, height in self._break_lines(rect.width()):
            x = rect.x()
            for item, width in line:
                place = QRect(x, y, width, height)
                item.setGeometry(QStyle.visualRect(direction, rect, place))
                x += width + self.spacing()
            y += height + self.spacing()

    def _break_lines(self, room: int) -> list[tuple[list[tuple[QLayoutItem, int]], int]]:
        """Each line's items with their widths, and its height."""
        lines: list[list[tuple[QLayoutItem, int]]] = []
        taken = room + 1
        for item in self._items:
            width = self._find_column(room) if self._narrowest else min(item.sizeHint().width(), room)
            if taken + width > room:
                lines.append([])
                taken = 0
            lines[-1].append((item, width))
            taken += width + self.spacing()
        return [(line, max(_measure_height(item, width) for item, width in line)) for line in lines]

    def _find_column(self, room: int) -> int:
        space = self.spacing()
        fitting = max(1, min(self._most_columns, (room + space) // (self._narrowest + space)))
        return max(1, (room - space * (fitting - 1)) // fitting)


def _measure_height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
