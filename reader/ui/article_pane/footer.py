"""The end of an article: the way to the stories before and after it, as links side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTableCell,
    QTextTableFormat,
)

from reader.model import Row
from reader.ui import fonts
from reader.ui.article_pane.links import NEXT, PREVIOUS
from reader.ui.article_pane.styles import DECORATION, RULE_ABOVE
from reader.ui.words import tr

if TYPE_CHECKING:
    from reader.ui.article_pane.typesetter import Galley

GAP = 11
BELOW = 72  # px free under the footer


def set_footer(galley: Galley, end: int, previous: Row | None, following: Row | None) -> None:
    """Take away what stands after `end`, then set the links there."""
    cursor = QTextCursor(galley.document)
    cursor.beginEditBlock()
    cursor.setPosition(end)
    cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    cursor.insertBlock(_make_rule(galley.styles.scale), galley.styles.byline.letters)
    if previous is not None or following is not None:
        table = cursor.insertTable(1, 2, _make_table())
        if previous is not None:
            words = tr("← Previous story (K)")
            _set_link(galley, table.cellAt(0, 0), words, previous, PREVIOUS, Qt.AlignmentFlag.AlignLeft)
        if following is not None:
            words = tr("Next story (J) →")
            _set_link(galley, table.cellAt(0, 1), words, following, NEXT, Qt.AlignmentFlag.AlignRight)
        cursor.movePosition(QTextCursor.MoveOperation.End)
    last = QTextBlockFormat()
    last.setLineHeight(BELOW, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    cursor.setBlockFormat(last)
    cursor.endEditBlock()


def _set_link(
    galley: Galley, cell: QTextTableCell, words: str, row: Row, address: str, side: Qt.AlignmentFlag
) -> None:
    styles = galley.styles
    scale = min(max(styles.scale, 1.0), 1.5)
    block = QTextBlockFormat()
    block.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
    block.setLineHeight(17 * scale, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    small = QTextCharFormat()
    small.setFont(fonts.sans(11.5 * scale))
    small.setForeground(styles.colours.muted)
    headline = QTextCharFormat()
    headline.setFont(fonts.serif(15.5 * styles.scale, 500))
    headline.setForeground(styles.colours.ink)
    for format_ in (small, headline):
        format_.setAnchor(True)
        format_.setAnchorHref(address)
    cursor = cell.firstCursorPosition()
    cursor.setBlockFormat(block)
    cursor.insertText(words, small)
    below = QTextBlockFormat(block)
    below.setLineHeight(19.4 * styles.scale, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    cursor.insertBlock(below, headline)
    cursor.insertText(row.title, headline)


def _make_rule(scale: float) -> QTextBlockFormat:
    block = QTextBlockFormat()
    block.setTopMargin(20 * scale)
    block.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    block.setProperty(DECORATION, RULE_ABOVE)
    return block


def _make_table() -> QTextTableFormat:
    made = QTextTableFormat()
    made.setBorder(0)
    made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    made.setCellPadding(0)
    made.setCellSpacing(0)
    made.setTopMargin(GAP)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    half = QTextLength(QTextLength.Type.PercentageLength, 50)
    made.setColumnWidthConstraints([half, half])
    return made
