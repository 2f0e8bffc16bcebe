"""Paints one row of the article list. In: a Row, its rectangle, its state. Out: pixels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPixmap

from reader.frozen import frozen
from reader.model import FeedId, Row
from reader.ui import fonts, icons, words
from reader.ui.article_list.row_layout import CONTENT_TOP, LEFT, META, PICTURE, RIGHT, TOP, RowLayout
from reader.ui.pictures import Pictures
from reader.ui.theme import Theme

DOT = QRectF(11, 18, 7, 7)
CORNER = 6
STAR = 13
DIVIDER = "  ·  "
LEFT_TO_RIGHT, ISOLATE, END_OF_ISOLATE = "\u200e", "\u2068", "\u2069"


@frozen
class RowState:
    is_current: bool = False
    is_hovered: bool = False
    has_focus: bool = False


class RowPainter:
    def __init__(
        self, layout: RowLayout, theme: Theme, pictures: Pictures | None, name_feed: Callable[[FeedId], str]
    ) -> None:
        self._layout, self._theme, self._pictures, self._name_feed = layout, theme, pictures, name_feed
        self._meta_font = fonts.sans(11.5)
        self._meta_metrics = QFontMetricsF(self._meta_font)

    def paint(self, painter: QPainter, rect: QRect, row: Row, state: RowState, now: datetime) -> None:
        colours = self._theme.colours
        if state.is_current or state.is_hovered:
            painter.fillRect(rect, colours.selection if state.is_current else colours.hover)
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), colours.line)
        if state.is_current and state.has_focus:
            painter.fillRect(QRect(rect.x(), rect.y(), 2, rect.height() - 1), colours.edge)
        if not row.is_read:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawEllipse(DOT.translated(rect.topLeft()))
        self._paint_meta(painter, rect, row, now)
        text = self._layout.lay_out(row, rect.width())
        origin = QPointF(rect.x() + LEFT, rect.y() + CONTENT_TOP)
        painter.setPen(colours.muted if row.is_read else colours.ink)
        text.headline.draw(painter, origin)
        if text.standfirst is not None:
            painter.setPen(colours.muted)
            text.standfirst.draw(painter, QPointF(origin.x(), origin.y() + text.standfirst_top))
        if self._layout.has_picture(row):
            self._paint_picture(painter, rect, row)

    def _paint_meta(self, painter: QPainter, rect: QRect, row: Row, now: datetime) -> None:
        """Source, time, minutes; the source gives way where there is no room."""
        tail = f"{DIVIDER}{words.say_when(row.at, now)}{DIVIDER}{words.say_minutes(row.minutes)}"
        room = rect.width() - LEFT - RIGHT - (STAR + 4 if row.is_saved else 0)
        source = self._meta_metrics.elidedText(
            self._name_feed(row.feed_id),
            Qt.TextElideMode.ElideRight,
            room - self._meta_metrics.horizontalAdvance(tail),
        )
        painter.setFont(self._meta_font)
        painter.setPen(self._theme.colours.muted)
        line = QRectF(rect.x() + LEFT, rect.y() + TOP, room, META)
        text = join_meta(source, tail)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        if row.is_saved:
            ratio = painter.device().devicePixelRatioF()
            star = icons.pixmap("saved-filled", self._theme.colours.muted, STAR, ratio)
            painter.drawPixmap(QPointF(rect.right() - RIGHT - STAR + 1, rect.y() + TOP + 2), star)

    def _paint_picture(self, painter: QPainter, rect: QRect, row: Row) -> None:
        box = QRectF(rect.right() + 1 - RIGHT - PICTURE, rect.y() + CONTENT_TOP, PICTURE, PICTURE)
        ratio = painter.device().devicePixelRatioF()
        found: QPixmap | None = None
        if self._pictures is not None:
            found = self._pictures.find_thumbnail(row.picture, PICTURE, ratio)
        path = QPainterPath()
        path.addRoundedRect(box, CORNER, CORNER)
        if found is None:
            painter.fillPath(path, self._theme.colours.tile)
            return
        painter.save()
        painter.setClipPath(path)
        painter.drawPixmap(box.topLeft(), found)
        painter.restore()


def join_meta(source: str, tail: str) -> str:
    """A name written from right to left keeps to its place: the time and minutes stay after it."""
    if source.isascii():
        return source + tail
    return f"{LEFT_TO_RIGHT}{ISOLATE}{source}{END_OF_ISOLATE}{LEFT_TO_RIGHT}{tail}"
