"""Elements that hold blocks, while they are open, and what becomes of them when they close.

Used by `page` alone; knows nothing of tags but their names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reader.content.blocks import Block, Cell, Figure, Heading, Paragraph, Span, Table, read_spans
from reader.content.lines import is_mostly_rtl, is_rtl

_BACK = re.compile(r"[\s↩↑^⤴︎\ufe0e\ufe0f\[\]]*")


@dataclass(slots=True)
class Box:
    """An element that holds blocks, while it is open."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)  # of a table
    cells: list[Cell] = field(default_factory=list)  # of a row
    items: list[tuple[Block, ...]] = field(default_factory=list)  # of a list
    caption: tuple[Span, ...] = ()
    cell_count: int = 0
    is_cut: bool = False


def is_note(item: tuple[Block, ...]) -> bool:
    """A list item that can be linked to and links back."""
    spans = [span for block in item if isinstance(block, Paragraph) for span in block.spans]
    has_anchor = any(span.anchor for span in spans)
    return has_anchor and any(span.link.startswith("#") and _BACK.fullmatch(span.text) for span in spans)


def put_caption(box: Box, outer: Box) -> None:
    spans: list[Span] = []
    for block in box.blocks:
        if isinstance(block, Paragraph | Heading):
            spans += [Span("\n"), *block.spans] if spans else block.spans
        else:
            outer.blocks.append(block)
    outer.caption = tuple(spans)


def gather_figure(box: Box) -> list[Block]:
    """The last picture of a figure gets its caption; without one it is a paragraph."""
    if not box.caption:
        return box.blocks
    for at in range(len(box.blocks) - 1, -1, -1):
        block = box.blocks[at]
        if isinstance(block, Figure):
            box.blocks[at] = Figure(
                block.address, block.alt, box.caption, block.link, block.width, block.height
            )
            return box.blocks
    return [*box.blocks, Paragraph(box.caption, is_rtl(read_spans(box.caption)))]


def make_cell(box: Box) -> Cell:
    colspan, rowspan = (read_number(box.attributes.get(name, "")) or 1 for name in ("colspan", "rowspan"))
    return Cell(tuple(box.blocks), box.name == "th", min(colspan, 100), min(rowspan, 1000))


def gather_table(box: Box) -> list[Block]:
    """A table, or the content of one that was only used to place things."""
    rows = [row for row in box.rows if row]
    caption: list[Block] = [Paragraph(box.caption)] if box.caption else []
    if not rows:
        return [*caption, *box.blocks]
    is_layout = all(len(row) == 1 and not row[0].is_header for row in rows)
    if is_layout:
        return [*caption, *(block for row in rows for block in row[0].blocks), *box.blocks]
    first = [block for row in rows[:3] for cell in row for block in cell.blocks]
    return [Table(tuple(rows), box.caption, box.is_cut, is_mostly_rtl(first)), *box.blocks]


def read_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
