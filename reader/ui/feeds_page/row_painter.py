"""How a row of the table is painted. In: a row of the model. Out: pixels.

Two lines: what matters in ink, what explains it in grey below. A dot in the accent colour stands
before a state that needs a person, and nowhere else.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reader.model import FeedHealth
from reader.ui import fonts
from reader.ui.feeds_page.columns import SHAPES, Column, find_cell
from reader.ui.feeds_page.judging import State, Verdict
from reader.ui.feeds_page.lines import elide, wrap
from reader.ui.feeds_page.model import FeedsModel, Index
from reader.ui.pictures import Pictures
from reader.ui.section_list.delegate import find_initial
from reader.ui.theme import Theme

ROW = 46  # px
LINE = 17
TOP = 6  # above the first of two lines
GAP = 14  # at the right of a cell
TILE = 20
DOT = 7
_Middle = Qt.AlignmentFlag.AlignVCenter


def find_gap(column: Column) -> int:
    """Between a cell's text and the next column: more after numbers, which end there."""
    return GAP + 10 if SHAPES[column].is_number else GAP


class RowPainter(QStyledItemDelegate):
    def __init__(self, model: FeedsModel, theme: Theme, pictures: Pictures | None, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._theme, self._pictures = model, theme, pictures
        self.inset = 0  # px at the left of the first column and the right of the last

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        feed = self._model.rows[index.row()]
        column = Column(index.column())
        rect: QRect = option.rect
        self._paint_back(painter, rect, option, column)
        box = rect.adjusted(0, 0, -find_gap(column), 0)
        if column is Column.FEED:
            box = box.adjusted(self.inset + TILE + 10, 0, 0, 0)
            tile = QRect(rect.x() + self.inset, rect.y() + 13, TILE, TILE)
            self._paint_tile(painter, tile, feed, bool(option.state & QStyle.StateFlag.State_Selected))
        verdict = self._model.verdicts[feed.id]
        if column is Column.STATE:
            self._paint_state(painter, box, feed, verdict)
            return
        first, second = find_cell(column, feed, self._model.now)
        font = fonts.sans(13, 600) if column is Column.FEED else fonts.sans(12.5)
        self._paint_lines(painter, box, first, second, font, is_number=SHAPES[column].is_number)

    def _paint_back(
        self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, column: Column
    ) -> None:
        colours = self._theme.colours
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colours.selection)
            if column is Column.FEED and option.widget is not None and option.widget.hasFocus():
                painter.fillRect(rect.x(), rect.y(), 3, rect.height(), colours.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colours.hover)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colours.line)

    def _paint_lines(
        self, painter: QPainter, box: QRect, first: str, second: str, font: QFont, *, is_number: bool
    ) -> None:
        colours = self._theme.colours
        side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        top = box.y() + TOP if second else box.y() + (ROW - 1 - LINE) // 2
        painter.setFont(font)
        painter.setPen(colours.ink)
        painter.drawText(
            QRect(box.x(), top, box.width(), LINE), side | _Middle, elide(first, font, box.width())
        )
        if second:
            small = fonts.sans(11.5)
            painter.setFont(small)
            painter.setPen(colours.muted)
            below = QRect(box.x(), top + LINE, box.width(), LINE)
            painter.drawText(below, side | _Middle, elide(second, small, box.width()))

    def _paint_state(self, painter: QPainter, box: QRect, feed: FeedHealth, verdict: Verdict) -> None:
        colours = self._theme.colours
        text = find_cell(Column.STATE, feed, self._model.now)[0]
        font = fonts.sans(12.5, 500 if verdict.needs_attention else 400)
        box = box.adjusted(DOT + 8, 0, 0, 0)
        lines = wrap(text, font, box.width(), 2)
        top = box.y() + (ROW - 1 - LINE * len(lines)) // 2
        if verdict.needs_attention:
            self._paint_dot(painter, QPointF(box.x() - 8 - DOT / 2, top + LINE / 2))
        painter.setFont(font)
        painter.setPen(colours.muted if verdict.state is State.FINE else colours.ink)
        for number, line in enumerate(lines):
            place = QRect(box.x(), top + LINE * number, box.width(), LINE)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | _Middle, line)

    def _paint_dot(self, painter: QPainter, centre: QPointF) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colours.accent)
        painter.drawEllipse(centre, DOT / 2, DOT / 2)
        painter.restore()

    def _paint_tile(self, painter: QPainter, box: QRect, feed: FeedHealth, is_selected: bool) -> None:
        """The feed's favicon, or its first letter."""
        ratio = painter.device().devicePixelRatioF()
        found = None
        if feed.icon and self._pictures is not None:
            found = self._pictures.find_thumbnail(feed.icon, TILE, ratio)
        if found is not None:
            painter.drawPixmap(box, found)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colours.page if is_selected else self._theme.colours.tile)
        painter.drawRoundedRect(box, 5, 5)
        painter.setFont(fonts.sans(11))
        painter.setPen(self._theme.colours.muted)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, find_initial(feed.title))
        painter.restore()
