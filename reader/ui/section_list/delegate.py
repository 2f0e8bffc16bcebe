"""How a line of the section list is painted. In: a Place and its count. Out: pixels."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reader.ui import fonts, icons, words
from reader.ui.pictures import Pictures
from reader.ui.section_list.model import SectionListModel
from reader.ui.section_list.place import Kind, Place
from reader.ui.theme import Theme

LINE = 29  # px
HEADING = 38
EDGE = 8  # between the pane's edge and the selection's
INSET = 18  # between the pane's edge and the icon
ICON = 16
STEP = 20  # what a line inside another is moved to the right
_Left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_Right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def find_icon_left(place: Place) -> int:
    return INSET + STEP * place.depth


class SectionListDelegate(QStyledItemDelegate):
    def __init__(
        self, model: SectionListModel, theme: Theme, pictures: Pictures | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._model, self._theme, self._pictures = model, theme, pictures

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, HEADING if self._model.place(index).kind is Kind.HEADING else LINE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        place = self._model.place(index)
        colours = self._theme.colours
        rect: QRect = option.rect
        if place.kind is Kind.HEADING:
            painter.setFont(fonts.caps(11))
            painter.setPen(colours.muted)
            painter.drawText(rect.adjusted(INSET, 16, -INSET, -6), _Left, place.name)
            return
        state = option.state
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        if is_current or state & QStyle.StateFlag.State_MouseOver:
            self._paint_back(painter, rect, is_current, bool(state & QStyle.StateFlag.State_HasFocus))
        left = find_icon_left(place)
        self._paint_icon(painter, place, QRect(left, rect.y() + (LINE - ICON) // 2, ICON, ICON), option)
        right = self._paint_count(painter, place, rect)
        font = fonts.sans(13, 600 if is_current else 400)
        text = QRect(left + ICON + 9, rect.y(), right - left - ICON - 15, rect.height())
        painter.setFont(font)
        painter.setPen(colours.ink if is_current or place.kind is not Kind.FEED else colours.muted)
        painter.drawText(
            text, _Left, QFontMetrics(font).elidedText(place.name, Qt.TextElideMode.ElideRight, text.width())
        )

    def _paint_back(self, painter: QPainter, rect: QRect, is_current: bool, has_focus: bool) -> None:
        colours = self._theme.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colours.edge if is_current and has_focus else Qt.PenStyle.NoPen)
        painter.setBrush(colours.selection if is_current else colours.hover)
        painter.drawRoundedRect(QRectF(rect).adjusted(EDGE + 0.5, 0.5, -EDGE - 0.5, -0.5), 6, 6)
        painter.restore()

    def _paint_icon(self, painter: QPainter, place: Place, box: QRect, option: QStyleOptionViewItem) -> None:
        ratio = painter.device().devicePixelRatioF()
        colours = self._theme.colours
        if place.kind is Kind.LISTING:
            painter.drawPixmap(box, icons.pixmap(place.icon, colours.muted, ICON, ratio))
        elif place.kind is Kind.SECTION:
            if place.children:
                is_open = bool(option.state & QStyle.StateFlag.State_Open)
                name = "chevron-down" if is_open else "chevron-right"
                painter.drawPixmap(box, icons.pixmap(name, colours.muted, ICON, ratio))
        elif place.feed is not None:
            found = None
            if place.feed.icon and self._pictures is not None:
                found = self._pictures.find_thumbnail(place.feed.icon, ICON, ratio)
            if found is not None:
                painter.drawPixmap(box, found)
            else:
                self._paint_tile(painter, box, place.name)

    def _paint_tile(self, painter: QPainter, box: QRect, name: str) -> None:
        """A feed without a picture of its own shows its first letter."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colours.tile)
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(fonts.sans(10))
        painter.setPen(self._theme.colours.muted)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, find_initial(name))
        painter.restore()

    def _paint_count(self, painter: QPainter, place: Place, rect: QRect) -> int:
        """Number and failure mark at the right; returns where the name must end."""
        right = rect.right() - INSET + 1
        number = self._model.count(place)
        if number:
            font = fonts.sans(12)
            text = words.say_number(number)
            painter.setFont(font)
            painter.setPen(self._theme.colours.muted)
            painter.drawText(QRect(rect.x(), rect.y(), right - rect.x(), rect.height()), _Right, text)
            right -= QFontMetrics(font).horizontalAdvance(text) + 6
        if place.feed is not None and place.feed.failure is not None:
            ratio = painter.device().devicePixelRatioF()
            mark = icons.pixmap("warning", self._theme.colours.accent, 14, ratio)
            painter.drawPixmap(QRect(right - 14, rect.y() + (LINE - 14) // 2, 14, 14), mark)
            right -= 18
        return right


def find_initial(name: str) -> str:
    """The letter on a tile: The Daily Harbour -> D."""
    plain = name.strip()
    if plain[:4].lower() == "the " and len(plain) > 4:
        plain = plain[4:].strip()
    return next((letter.upper() for letter in plain if letter.isalnum()), "·")
