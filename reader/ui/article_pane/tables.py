"""Tables. In: rows of cells. Out: a Qt table as wide as the column; what is too wide wraps.

Ruled with thin horizontal lines only. Long tables are set in pieces, because Qt lays a whole table
out anew with each edit in it; the pieces stand close together and look like one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextFrameFormat, QTextLength, QTextTable, QTextTableFormat

from reader.content.page import Cell, Table
from reader.ui.article_pane.blocks import Place, set_blocks
from reader.ui.article_pane.styles import CELL_PADDING

if TYPE_CHECKING:
    from reader.ui.article_pane.typesetter import Galley

MOST_COLUMNS = 24
ROWS_A_PIECE = 30
BELOW = 12  # px


def set_table(galley: Galley, block: Table) -> Iterator[None]:
    """The table, pausing after each piece."""
    columns = min(max(sum(cell.colspan for cell in row) for row in block.rows), MOST_COLUMNS)
    gap = galley.styles.table_gap
    for start in range(0, len(block.rows), ROWS_A_PIECE):
        rows = block.rows[start : start + ROWS_A_PIECE]
        galley.start_block(gap, galley.styles.cell.letters)
        table = galley.cursor.insertTable(len(rows), columns, _make_format())
        _fill(galley, table, rows, columns, is_first=start == 0)
        galley.cursor.setPosition(table.lastPosition() + 1)
        galley.mark_empty()
        yield


def _fill(
    galley: Galley, table: QTextTable, rows: tuple[tuple[Cell, ...], ...], columns: int, *, is_first: bool
) -> None:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            if column >= columns:
                break
            wide = min(cell.colspan, columns - column)
            high = min(cell.rowspan, len(rows) - number)
            if wide > 1 or high > 1:
                table.mergeCells(number, column, high, wide)
                taken.update((number + y, column + x) for y in range(high) for x in range(wide))
            _fill_cell(galley, table, number, column, cell)
            if cell is row[0] and not (is_first and number == 0):
                start = table.cellAt(number, column).firstCursorPosition()
                start.mergeBlockFormat(galley.styles.row_start)  # the painter rules a line above
            column += wide


def _fill_cell(galley: Galley, table: QTextTable, row: int, column: int, cell: Cell) -> None:
    styles = galley.styles
    place = table.cellAt(row, column)
    outer = galley.cursor
    galley.cursor = place.firstCursorPosition()
    galley.mark_empty()
    style = styles.cell_head if cell.is_header else styles.cell
    if cell.blocks:
        for _ in set_blocks(galley, cell.blocks, Place(is_tight=True, style=style)):
            pass
    else:
        galley.start_block(style.block, style.letters)
    galley.cursor = outer


def _make_format() -> QTextTableFormat:
    made = QTextTableFormat()
    made.setBorder(0)
    made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    made.setCellPadding(CELL_PADDING)
    made.setBottomMargin(BELOW)
    made.setCellSpacing(0)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    return made
