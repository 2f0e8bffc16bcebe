"""How tall a row is and where its words stand. In: a Row and a width. Out: numbers and text
layouts, kept for the rows on view.

A row's height follows from how wide its headline and standfirst would be on one line, which is
measured once; so a change of width or ten thousand rows cost arithmetic, not typesetting. The
height never changes when a row is read or its picture arrives.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from reader.model import ArticleId, Row
from reader.ui import fonts
from reader.ui.words import tr

LEFT, RIGHT, TOP, BOTTOM = 26, 18, 13, 13
META, META_GAP = 17, 5  # the line of source and time, and what is below it
PICTURE, PICTURE_GAP = 68, 12
HEADLINE, STANDFIRST, BETWEEN = 20.0, 17.75, 3.0  # line heights, and the space between both
LINES = 2
CONTENT_TOP = TOP + META + META_GAP
KEPT = 240  # layouts: several screens full
LONGEST = 160  # characters that two lines of standfirst can hold at any sensible width


@dataclass(slots=True)
class RowText:
    """The words of one row, set."""

    key: tuple[str, str, bool, int]
    headline: QTextLayout
    standfirst: QTextLayout | None
    standfirst_top: float  # below the content's top


class RowLayout:
    def __init__(self) -> None:
        self._widths: dict[ArticleId, tuple[str, float, float]] = {}  # headline, its width, the standfirst's
        self._set: OrderedDict[ArticleId, RowText] = OrderedDict()
        self.shows_pictures = True
        self._bold = QFontMetricsF(fonts.serif(16, 600))
        self._small = QFontMetricsF(fonts.sans(12.5))

    def forget(self) -> None:
        """Another list: nothing measured is of use any more."""
        self._widths.clear()
        self._set.clear()

    def has_picture(self, row: Row) -> bool:
        return self.shows_pictures and bool(row.picture)

    def find_text_width(self, row: Row, width: int) -> int:
        taken = LEFT + RIGHT + (PICTURE + PICTURE_GAP if self.has_picture(row) else 0)
        return max(60, width - taken)

    def measure_height(self, row: Row, width: int) -> int:
        """In logical pixels, the line below included."""
        room = self.find_text_width(row, width)
        _, headline, standfirst = self._measure(row)
        content = HEADLINE * _count_lines(headline, room)
        if standfirst:
            content += BETWEEN + STANDFIRST * _count_lines(standfirst, room)
        if self.has_picture(row):
            content = max(content, PICTURE)
        return CONTENT_TOP + ceil(content) + BOTTOM + 1

    def lay_out(self, row: Row, width: int) -> RowText:
        room = self.find_text_width(row, width)
        key = (row.title, row.standfirst, row.is_read, room)
        found = self._set.get(row.id)
        if found is not None and found.key == key:
            self._set.move_to_end(row.id)
            return found
        made = self._typeset(row, room, key)
        self._set[row.id] = made
        self._set.move_to_end(row.id)
        if len(self._set) > KEPT:
            self._set.popitem(last=False)
        return made

    def _typeset(self, row: Row, room: int, key: tuple[str, str, bool, int]) -> RowText:
        font = fonts.serif(16, 400 if row.is_read else 600)
        headline = set_lines(name_headline(row), font, room, HEADLINE)
        standfirst = None
        if row.standfirst:
            standfirst = set_lines(row.standfirst[:LONGEST], fonts.sans(12.5), room, STANDFIRST)
        # A grey headline may need one line where the bold one needed two: the standfirst moves up
        # to it, and the room is left below, so that the row keeps its height.
        top = HEADLINE * headline.lineCount() + BETWEEN
        return RowText(key, headline, standfirst, top)

    def _measure(self, row: Row) -> tuple[str, float, float]:
        found = self._widths.get(row.id)
        if found is not None and found[0] == row.title:
            return found
        headline = self._bold.horizontalAdvance(name_headline(row))
        # Text this long fills two lines of any list; its true width does not matter.
        long = len(row.standfirst) >= LONGEST
        standfirst = 1e6 if long else self._small.horizontalAdvance(row.standfirst)
        made = self._widths[row.id] = (row.title, headline, standfirst)
        return made


def name_headline(row: Row) -> str:
    return row.title[:300] or tr("Untitled")


def set_lines(text: str, font: QFont, width: int, line_height: float) -> QTextLayout:
    """At most two lines of `line_height`, the second cut with an ellipsis."""
    layout = _wrap(text, font, width, line_height)
    last = layout.lineAt(layout.lineCount() - 1)
    end = last.textStart() + last.textLength()
    units = text.encode("utf-16-le", "replace")  # Qt counts UTF-16 units
    if layout.lineCount() < LINES or end * 2 >= len(units):
        return layout
    first = units[: last.textStart() * 2].decode("utf-16-le", "replace").rstrip()
    rest = units[last.textStart() * 2 :].decode("utf-16-le", "replace")
    cut = QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return _wrap(f"{first}\u2028{cut}", font, width, line_height)


def _wrap(text: str, font: QFont, width: int, line_height: float) -> QTextLayout:
    layout = QTextLayout(text, font)
    layout.setCacheEnabled(True)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    for number in range(LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, number * line_height + (line_height - line.height()) / 2))
    layout.endLayout()
    return layout


def _count_lines(advance: float, room: int) -> int:
    return 1 if advance <= room else LINES
