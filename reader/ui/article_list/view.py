"""The scrolling list. In: a model of rows. Out: clicks and which row is current.

A QListView for what it gives (selection, a screen reader's table), with places and painting of
its own: Qt's would ask Python for the size of every row whenever one is added. Here tops of
rows are a list of sums; only rows on view are painted; rows put in above the screen move the
scroll bar, not what is on the screen.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime
from itertools import accumulate

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from reader.ui.article_list.model import ArticleListModel, Index
from reader.ui.article_list.row_layout import RowLayout
from reader.ui.article_list.row_painter import RowPainter, RowState
from reader.ui.scroll_bar import OverlayScrollBar
from reader.ui.viewport import use_own_viewport
from reader.ui.words import tr

FETCH_AHEAD = 3000  # px: the next page is asked for this long before it is on view


class ArticleListView(QListView):
    row_clicked = Signal(int)
    row_middle_clicked = Signal(int)
    menu_requested = Signal(int, QPoint)
    end_neared = Signal()
    scrolled = Signal()
    first_painted = Signal()  # once: there are rows on the screen
    grew_above = Signal(int)  # so many rows came in above what is on the screen

    def __init__(
        self, model: ArticleListModel, layout: RowLayout, painter: RowPainter, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._articles, self._layout, self._painter = model, layout, painter
        self._heights: list[int] = []
        self._tops: list[int] = [0]
        self._hovered = -1
        self._stood = 0  # px: where the list began when it was last laid out
        self._has_painted = False
        use_own_viewport(self)
        self.setAccessibleName(tr("Articles"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAutoScroll(False)
        OverlayScrollBar(self)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setModel(model)
        model.modelReset.connect(self._start_over)
        model.rowsRemoved.connect(self._drop_heights)
        self.verticalScrollBar().valueChanged.connect(self._note_scroll)

    # ---- places -------------------------------------------------------------------------

    @property
    def is_at_top(self) -> bool:
        return self.verticalScrollBar().value() <= 0

    @property
    def first_on_view(self) -> int:
        """The number of the row at the upper edge."""
        return self._row_at(self.verticalScrollBar().value())

    def top_of(self, number: int) -> int:
        """Where a row begins, in pixels below the beginning of the list."""
        return self._tops[number]

    def measure_again(self) -> None:
        """The width or the fonts changed: the row at the upper edge stays there."""
        bar = self.verticalScrollBar()
        first = self.first_on_view
        within = bar.value() - self._tops[first] if first < len(self._heights) else 0
        width = self.viewport().width()
        self._heights = [self._layout.measure_height(row, width) for row in self._articles.rows]
        self._add_up()
        self.updateGeometries()
        if first < len(self._heights):
            bar.setValue(self._tops[first] + min(within, self._heights[first]))
        self.viewport().update()

    def reveal(self, number: int) -> None:
        """Scroll as little as shows the whole row, with a part of its neighbour."""
        if not 0 <= number < len(self._heights):
            return
        bar, page = self.verticalScrollBar(), self.viewport().height()
        peek = min(48, page // 6)
        top, bottom = self._tops[number], self._tops[number + 1]
        if top - peek < bar.value():
            bar.setValue(top - peek if number else 0)
        elif bottom + peek > bar.value() + page:
            bar.setValue(bottom + peek - page)

    def _add_up(self) -> None:
        self._tops = [0, *accumulate(self._heights)]

    def _row_at(self, y: int) -> int:
        return max(0, min(bisect_right(self._tops, y) - 1, len(self._heights) - 1))

    def _start_over(self) -> None:
        self._hovered = -1
        self.verticalScrollBar().setValue(0)
        self.measure_again()

    def rowsInserted(self, parent: Index, first: int, last: int) -> None:
        width = self.viewport().width()
        fresh = [self._layout.measure_height(row, width) for row in self._articles.rows[first : last + 1]]
        bar = self.verticalScrollBar()
        # At the very top with nothing being read, news comes into view; else the screen holds still.
        should_hold = not (self.is_at_top and not self.currentIndex().isValid()) and bool(self._heights)
        is_above = first < len(self._heights) and self._tops[first] <= bar.value()
        self._heights[first:first] = fresh
        self._add_up()
        QAbstractItemView.rowsInserted(self, parent, first, last)
        self.updateGeometries()
        if should_hold and is_above:
            bar.setValue(bar.value() + sum(fresh))
            self.grew_above.emit(len(fresh))
        self.viewport().update()

    def _drop_heights(self, parent: QModelIndex, first: int, last: int) -> None:
        bar = self.verticalScrollBar()
        value, gone = bar.value(), self._tops[last + 1] - self._tops[first]
        is_above = self._tops[last + 1] <= value
        del self._heights[first : last + 1]
        self._add_up()
        self.updateGeometries()
        if is_above:
            bar.setValue(value - gone)
        self.viewport().update()

    # ---- what Qt asks for instead of its own layout ----------------------------------------

    def doItemsLayout(self) -> None:
        if len(self._heights) != len(self._articles.rows):
            self.measure_again()

    def updateGeometries(self) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setSingleStep(40)
        bar.setPageStep(page)
        bar.setRange(0, max(0, self._tops[-1] - page))

    def visualRect(self, index: Index) -> QRect:
        number = index.row()
        if not index.isValid() or number >= len(self._heights):
            return QRect()
        top = self._tops[number] - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), self._heights[number])

    def indexAt(self, point: QPoint) -> QModelIndex:
        y = point.y() + self.verticalScrollBar().value()
        return self._articles.index(self._row_at(y)) if 0 <= y < self._tops[-1] else QModelIndex()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        self.reveal(index.row())

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def visualRegionForSelection(self, selection) -> QRegion:  # type: ignore[no-untyped-def]
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(0, dy)

    def dataChanged(self, first: Index, last: Index, roles=()) -> None:  # type: ignore[no-untyped-def]
        width = self.viewport().width()
        for number in range(first.row(), min(last.row() + 1, len(self._heights))):
            row = self._articles.rows[number]
            height = self._layout.measure_height(row, width)
            if height != self._heights[number]:  # an edited headline
                self.measure_again()
                return
            self.viewport().update(self.visualRect(self._articles.index(number)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        bar = self.verticalScrollBar()
        sunk, self._stood = self.y() - self._stood, self.y()
        is_read = self.currentIndex().isValid() or not self.is_at_top
        if event.oldSize().width() != event.size().width():
            self.measure_again()
        else:
            self.updateGeometries()
        if sunk and is_read:  # a line came above the list, or went: rows stay where they are on the screen
            bar.setValue(bar.value() + sunk)

    # ---- painting -----------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._heights:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = datetime.now().astimezone()
        offset, width = self.verticalScrollBar().value(), self.viewport().width()
        current, has_focus = self.currentIndex().row(), self.hasFocus()
        bottom = offset + event.rect().bottom()
        number = self._row_at(offset + event.rect().top())
        while number < len(self._heights) and self._tops[number] <= bottom:
            rect = QRect(0, self._tops[number] - offset, width, self._heights[number])
            state = RowState(number == current, number == self._hovered, has_focus)
            self._painter.paint(painter, rect, self._articles.rows[number], state, now)
            number += 1
        if not self._has_painted:
            self._has_painted = True
            self.first_painted.emit()

    def _note_scroll(self) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() - bar.value() < FETCH_AHEAD:
            self.end_neared.emit()
        self.scrolled.emit()

    # ---- mouse and keys -----------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self.row_clicked.emit(index.row())
        elif event.button() == Qt.MouseButton.MiddleButton:
            self.row_middle_clicked.emit(index.row())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Everything happens on the press."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.row_middle_clicked.emit(self.indexAt(event.position().toPoint()).row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)

    def _hover(self, number: int) -> None:
        if number != self._hovered:
            for which in (self._hovered, number):
                self.viewport().update(self.visualRect(self._articles.index(which)))
            self._hovered = number

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
        if index.isValid():
            at = self.visualRect(index).center() if index == self.currentIndex() else event.pos()
            is_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
            self.menu_requested.emit(
                index.row(), event.globalPos() if is_mouse else self.viewport().mapToGlobal(at)
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pages and ends only: what opens and moves is the window's to decide."""
        bar = self.verticalScrollBar()
        targets = {
            Qt.Key.Key_PageDown: bar.value() + bar.pageStep() - 40,
            Qt.Key.Key_PageUp: bar.value() - bar.pageStep() + 40,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: bar.maximum(),
        }
        target = targets.get(Qt.Key(event.key()))
        if target is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        else:
            bar.setValue(target)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update(self.visualRect(self.currentIndex()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update(self.visualRect(self.currentIndex()))

    def isIndexHidden(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        return False
