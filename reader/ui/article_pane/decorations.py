"""What stands around the text: rules beside quotes, boxes behind code, bullets, lines.

In: the blocks on view and the marks the typesetter put on them. Out: paint, under the text.
Painted rather than built from frames and tables, which cost layout time for every article.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QPainter, QTextBlock, QTextDocument, QTextLine

from reader.ui import fonts
from reader.ui.article_pane import styles as s
from reader.ui.theme import Colours

BAR = 3
MOST_BACK = 400  # blocks looked back for the beginning of a box


def paint_decorations(
    painter: QPainter, document: QTextDocument, first: QTextBlock, top: float, bottom: float, colours: Colours
) -> None:
    """Decorate the blocks from `first` down to `bottom`; document coordinates."""
    layout = document.documentLayout()
    margin = document.documentMargin()
    width = document.textWidth() - 2 * margin
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    block = _find_group_start(first)
    while block.isValid():
        format_ = block.blockFormat()
        mark = format_.stringProperty(s.DECORATION)
        depth = format_.intProperty(s.DEPTH)
        marker = format_.stringProperty(s.MARKER)
        rect = layout.blockBoundingRect(block) if mark or depth or marker else QRectF()
        if not rect.isNull():
            column = QRectF(margin, rect.y(), width, rect.height())
            if mark in (s.BOX, s.ALSO) or depth:
                block, column = _gather(layout, block, column)
                _paint_group(painter, column, mark, depth, block, colours)
            elif marker:
                _paint_marker(painter, block, rect, marker, colours)
            elif mark:
                _paint_line(painter, column, mark, colours)
                if mark == s.RULE_BELOW:
                    _paint_dividers(painter, block, colours)
            if marker and depth:
                _paint_marker(painter, block, rect, marker, colours)
            if column.top() > bottom:
                return
        elif layout.blockBoundingRect(block).top() > bottom:
            return
        block = block.next()


def _is_same_group(one: QTextBlock, other: QTextBlock) -> bool:
    a, b = one.blockFormat(), other.blockFormat()
    mark = a.stringProperty(s.DECORATION)
    if mark in (s.BOX, s.ALSO):
        # A heading above its margin begins a box of its own.
        return b.stringProperty(s.DECORATION) == mark and not b.topMargin()
    return a.intProperty(s.DEPTH) > 0 and b.intProperty(s.DEPTH) == a.intProperty(s.DEPTH)


def _find_group_start(block: QTextBlock) -> QTextBlock:
    for _ in range(MOST_BACK):
        before = block.previous()
        if not before.isValid() or not _is_same_group(before, block):
            break
        block = before
    return block


def _gather(
    layout: QAbstractTextDocumentLayout, block: QTextBlock, column: QRectF
) -> tuple[QTextBlock, QRectF]:
    """The last block of the group and the space all of it takes."""
    following = block.next()
    while following.isValid() and _is_same_group(block, following):
        rect = layout.blockBoundingRect(following)
        column = column.united(QRectF(column.x(), rect.y(), column.width(), rect.height()))
        block, following = following, following.next()
    return block, column


def _paint_group(
    painter: QPainter, column: QRectF, mark: str, depth: int, block: QTextBlock, colours: Colours
) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    is_rtl = block.textDirection() == Qt.LayoutDirection.RightToLeft
    if mark == s.BOX:
        painter.setBrush(colours.card)
        painter.drawRoundedRect(column.adjusted(0, -s.BOX_PADDING + 3, 0, s.BOX_PADDING), 6, 6)
        return
    painter.setBrush(colours.accent if mark == s.ALSO else colours.edge)
    indent = block.document().indentWidth()
    bars = 1 if mark == s.ALSO else depth
    for bar in range(bars):
        x = column.right() - BAR - indent * bar if is_rtl else column.left() + indent * bar
        painter.drawRect(
            QRectF(x, column.top() + (1 if mark else 6), BAR, column.height() + (4 if mark else 0))
        )


def _paint_marker(painter: QPainter, block: QTextBlock, rect: QRectF, marker: str, colours: Colours) -> None:
    """The bullet or number, right-aligned in the space before the first line."""
    lines = block.layout()
    if not lines.lineCount():
        return
    first = lines.lineAt(0)
    baseline = rect.y() + first.y() - lines.lineAt(0).position().y() + first.position().y() + first.ascent()
    painter.setPen(colours.muted)
    font = block.charFormat().font()
    painter.setFont(font if font.family() == fonts.SERIF else fonts.serif(19))
    metrics = painter.fontMetrics()
    width = metrics.horizontalAdvance(marker)
    if block.textDirection() == Qt.LayoutDirection.RightToLeft:
        x = rect.x() + first.position().x() + first.width() + 8
    else:
        x = rect.x() + first.position().x() - width - 8
    painter.drawText(QPointF(x, baseline), marker)


def _paint_line(painter: QPainter, column: QRectF, mark: str, colours: Colours) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.line)
    if mark == s.RULE:
        middle = column.center().x()
        painter.drawRect(QRectF(middle - 40, round(column.center().y()), 80, 1))
        return
    if mark == s.ROW:
        painter.drawRect(QRectF(column.x(), round(column.top() - s.CELL_PADDING), column.width(), 1))
        return
    y = column.bottom() + s.RULE_GAP if mark == s.RULE_BELOW else column.top()
    painter.drawRect(QRectF(column.x(), round(y), column.width(), 1))


def _paint_dividers(painter: QPainter, block: QTextBlock, colours: Colours) -> None:
    """The dots of the byline. In the text they are invisible: one at the end of a line, with
    nothing after it, is not to be seen."""
    painter.setFont(block.charFormat().font())
    painter.setPen(colours.muted)
    origin = block.layout().position()
    for at, line in find_dividers(block):
        before: Any = line.cursorToX(at)  # (x, position); its stub says float
        after: Any = line.cursorToX(at + 1)
        painter.drawText(origin + QPointF(min(before[0], after[0]), line.y() + line.ascent()), "·")


def find_dividers(block: QTextBlock) -> Iterator[tuple[int, QTextLine]]:
    """Where in the byline a dot stands between two parts on one line, and that line."""
    text, layout = block.text(), block.layout()
    found = text.find(s.DIVIDER)
    while found >= 0:
        at, after = found + s.DIVIDER.index("·"), found + len(s.DIVIDER)
        line = layout.lineForTextPosition(at)
        if line.isValid() and after < line.textStart() + line.textLength():
            yield at, line
        found = text.find(s.DIVIDER, after)


def find_first_block(document: QTextDocument, y: float) -> QTextBlock:
    """The topmost block that reaches below `y`."""
    position = document.documentLayout().hitTest(QPointF(0, y), Qt.HitTestAccuracy.FuzzyHit)
    return document.findBlock(max(position, 0))
