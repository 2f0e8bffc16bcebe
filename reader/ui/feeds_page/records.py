"""A short list of what was: two lines each, a number at the right. In: records. Out: one entered.

For the recent requests of a feed, or of all. As tall as what is in it: the panel around it scrolls.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader.frozen import frozen
from reader.ui import fonts
from reader.ui.feeds_page.lines import elide
from reader.ui.feeds_page.model import Index
from reader.ui.theme import Theme
from reader.ui.viewport import use_own_viewport

LINE = 16  # px
PAD = 5
TIME = 86  # width of the first column
_Middle = Qt.AlignmentFlag.AlignVCenter
_Role = Qt.ItemDataRole


@frozen
class Record:
    time: str
    text: str
    below: str = ""
    amount: str = ""  # at the right
    is_trouble: bool = False
    id: int = 0  # what `entered` tells


class RecordModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.records: tuple[Record, ...] = ()

    @property
    def height(self) -> int:
        """Of one record, px: two lines where any record needs them."""
        lines = 2 if any(record.below for record in self.records) else 1
        return lines * LINE + 2 * PAD

    def put(self, records: Sequence[Record]) -> None:
        if self.records != tuple(records):
            self.beginResetModel()
            self.records = tuple(records)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.records)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid() or role not in (
            _Role.DisplayRole,
            _Role.ToolTipRole,
            _Role.AccessibleTextRole,
        ):
            return None
        record = self.records[index.row()]
        parts = [record.text, record.below, record.amount]
        if role != _Role.ToolTipRole:
            parts.insert(0, record.time)
        return ", ".join(filter(None, parts))


class RecordList(QListView):
    entered = Signal(int)

    def __init__(self, name: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        use_own_viewport(self)
        self.records = RecordModel(self)
        self.setModel(self.records)
        self.setItemDelegate(RecordPainter(self.records, theme, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(self._enter)
        theme.changed.connect(self.viewport().update)

    def show_records(self, records: Sequence[Record]) -> None:
        before = self.currentIndex().row()
        self.records.put(records)
        self.setFixedHeight(max(1, len(records)) * self.records.height)
        if 0 <= before < len(records):
            self.setCurrentIndex(self.records.index(before))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the panel scrolls

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.records.index(0))
        self.viewport().update()

    def _enter(self, index: Index) -> None:
        if index.isValid() and self.records.records[index.row()].id:
            self.entered.emit(self.records.records[index.row()].id)


class RecordPainter(QStyledItemDelegate):
    def __init__(self, model: RecordModel, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._records, self._theme = model, theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, self._records.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        record, colours, rect = self._records.records[index.row()], self._theme.colours, option.rect
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, colours.selection)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colours.line)
        font, small = fonts.sans(12, 500 if record.is_trouble else 400), fonts.sans(11.5)
        painter.setFont(small)
        painter.setPen(colours.muted)
        top = rect.y() + PAD
        painter.drawText(QRect(rect.x(), top, TIME - 8, LINE), _Middle, record.time)
        place = QRect(rect.x() + TIME, top, rect.width() - TIME, LINE)
        taken = 0
        if record.amount:
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | _Middle, record.amount)
            taken = painter.boundingRect(place, Qt.AlignmentFlag.AlignRight, record.amount).width() + 8
        below = place.translated(0, LINE)
        painter.drawText(below, _Middle, elide(record.below, small, below.width()))
        painter.setFont(font)
        painter.setPen(colours.ink)
        painter.drawText(place, _Middle, elide(record.text, font, place.width() - taken))
