"""The kinds of blocks a page has, each set in its own way. In: reader.content.page's blocks. Out: text.

Nested blocks (a list in a quote in a list) are flattened: a paragraph knows how deep it is, Qt
indents it at the side where its script begins, and the painter adds rules and bullets. Only tables
become Qt's own tables (see tables).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QTextCharFormat

from reader.content import page as b
from reader.frozen import frozen
from reader.ui.article_pane import styles as s
from reader.ui.article_pane.picture_object import fit, make_picture
from reader.ui.words import tr

if TYPE_CHECKING:
    from reader.ui.article_pane.typesetter import Galley

MOST_LETTERS = 6000  # of one Qt paragraph: a longer one is broken, or laying it out would take too long
MOST_CODE_LINES = 60
OBJECT = "\ufffc"
LINE_BREAK = "\u2028"
BULLETS = ("•", "◦", "▪")


@frozen
class Place:
    """Where in the page a block stands."""

    quotes: int = 0
    lists: int = 0
    marker: str = ""  # before the first paragraph of a list's item
    is_tight: bool = False  # little space below: within lists and cells
    style: s.Style | None = None  # of plain text, where it is not the article's own


NOWHERE = Place()


def set_blocks(galley: Galley, blocks: tuple[b.Block, ...], place: Place = NOWHERE) -> Iterator[None]:
    """Set them all, pausing after each."""
    for block in blocks:
        yield from _SETTERS[type(block)](galley, block, place)
        if place.marker:
            place = replace(place, marker="")


# ---- text -----------------------------------------------------------------------------------


def set_spans(galley: Galley, style: s.Style, spans: tuple[b.Span, ...]) -> None:
    """Letters at the cursor, each span in its own format."""
    insert, inline = galley.cursor.insertText, galley.styles.inline
    for span in spans:
        flags = read_flags(span)
        letters = inline(style, flags) if flags else style.letters
        if span.link or span.anchor:
            letters = QTextCharFormat(letters)
            if span.link:
                letters.setAnchorHref(span.link)
            if span.anchor:
                letters.setAnchor(True)
                letters.setAnchorNames([span.anchor])
        text = span.text
        insert(text.replace("\n", LINE_BREAK) if "\n" in text else text, letters)


def read_flags(span: b.Span) -> int:
    return (
        (s.BOLD if span.bold else 0)
        | (s.ITALIC if span.italic else 0)
        | (s.CODE if span.code else 0)
        | (s.STRUCK if span.strike else 0)
        | (s.RAISED if span.sup else 0)
        | (s.LOWERED if span.sub else 0)
        | (s.MARKED if span.mark else 0)
        | (s.LINK if span.link else 0)
    )


def _start(galley: Galley, style: s.Style, place: Place, is_rtl: bool) -> None:
    block = style.block
    if is_rtl or place.quotes or place.lists or place.is_tight:
        block = galley.styles.nested(
            style, place.quotes, place.lists, place.marker, is_tight=place.is_tight, is_rtl=is_rtl
        )
    galley.start_block(block, style.letters)


def _set_paragraph(galley: Galley, block: b.Paragraph, place: Place) -> Iterator[None]:
    style = place.style or galley.styles.text
    for number, spans in enumerate(split_spans(block.spans)):
        _start(galley, style, place if number == 0 else replace(place, marker=""), block.rtl)
        set_spans(galley, style, spans)
        yield


def split_spans(spans: tuple[b.Span, ...]) -> Iterator[tuple[b.Span, ...]]:
    """In portions that Qt lays out quickly; nearly always one."""
    if sum([len(span.text) for span in spans]) <= MOST_LETTERS:
        yield spans
        return
    portion: list[b.Span] = []
    room = MOST_LETTERS
    for span in spans:
        text = span.text
        while len(text) > room:
            cut = text.rfind(" ", 0, room) + 1 or room
            yield (*portion, replace(span, text=text[:cut]))
            text, portion, room = text[cut:], [], MOST_LETTERS
        portion.append(replace(span, text=text))
        room -= len(text)
    yield tuple(portion)


def _set_heading(galley: Galley, block: b.Heading, place: Place) -> Iterator[None]:
    headings = galley.styles.headings
    style = place.style or headings[min(max(block.level - 2, 0), len(headings) - 1)]
    _start(galley, style, place, block.rtl)
    set_spans(galley, style, block.spans)
    yield


def _set_also_read(galley: Galley, block: b.AlsoRead, place: Place) -> Iterator[None]:
    styles = galley.styles
    _start(galley, styles.also_word, NOWHERE, block.rtl)
    galley.cursor.insertText(tr("Also read"), styles.also_word.letters)
    for headline, address in block.links:
        _start(galley, styles.also, NOWHERE, block.rtl)
        link = QTextCharFormat(styles.also.letters)
        link.setAnchor(True)
        link.setAnchorHref(address)
        galley.cursor.insertText(headline, link)
    yield


def _set_code(galley: Galley, block: b.Code, place: Place) -> Iterator[None]:
    """One Qt paragraph for many lines: a box, and quick to lay out."""
    styles = galley.styles
    lines = block.text.expandtabs(4).split("\n")
    for start in range(0, len(lines), MOST_CODE_LINES):
        style = styles.code_first if start == 0 else styles.code
        galley.start_block(style.block, style.letters)
        galley.cursor.insertText(LINE_BREAK.join(lines[start : start + MOST_CODE_LINES]), style.letters)
        yield


# ---- blocks of blocks -----------------------------------------------------------------------


def _set_quote(galley: Galley, block: b.Quote, place: Place) -> Iterator[None]:
    yield from set_blocks(galley, block.blocks, replace(place, quotes=min(place.quotes + 1, 6)))


def _set_list(galley: Galley, block: b.ListBlock, place: Place) -> Iterator[None]:
    depth = min(place.lists + 1, 8)
    for number, item in enumerate(block.items, block.start):
        marker = f"{number}." if block.ordered else BULLETS[min(depth - 1, 2)]
        yield from set_blocks(galley, item, replace(place, lists=depth, marker=marker, is_tight=True))


def _set_note(galley: Galley, block: b.Note, place: Place) -> Iterator[None]:
    note = replace(place, lists=1, marker=block.label, is_tight=True, style=galley.styles.note)
    yield from set_blocks(galley, block.blocks, note)


# ---- pictures, players, lines ---------------------------------------------------------------


def _set_figure(galley: Galley, block: b.Figure, place: Place) -> Iterator[None]:
    _set_picture(galley, block.address, block.alt, block.link, (block.width, block.height))
    if block.caption:
        caption = galley.styles.caption
        galley.start_block(caption.block, caption.letters)
        set_spans(galley, caption, block.caption)
    yield


def _set_embed(galley: Galley, block: b.Embed, place: Place) -> Iterator[None]:
    styles = galley.styles
    if block.still and block.still in galley.ready.sizes:
        _set_picture(galley, block.still, block.title, block.address, (0, 0))
    galley.start_block(styles.media_title.block, styles.media_title.letters)
    link = QTextCharFormat(styles.inline(styles.media_title, s.LINK))
    link.setAnchorHref(block.address)
    galley.cursor.insertText(block.title, link)
    galley.set_line(styles.media_detail, " · ".join((block.player, tr("opens in the browser"))))
    yield


def _set_picture(galley: Galley, address: str, words: str, link: str, claimed: tuple[int, int]) -> None:
    styles = galley.styles
    stored = galley.ready.sizes.get(address)
    size = (stored.width, stored.height) if stored else claimed
    width, height = fit(*size, styles.column)
    picture = make_picture(address, width, height, words, stored is not None)
    if link and stored is not None:
        picture.setAnchor(True)
        picture.setAnchorHref(link)
    galley.start_block(styles.picture, styles.text.letters)
    galley.cursor.insertText(OBJECT, picture)


def _set_rule(galley: Galley, block: b.Rule, place: Place) -> Iterator[None]:
    galley.start_block(galley.styles.rule.block, galley.styles.rule.letters)
    yield


def _set_table(galley: Galley, block: b.Table, place: Place) -> Iterator[None]:
    from reader.ui.article_pane.tables import set_table  # late: few articles have one

    if block.caption:
        galley.start_block(galley.styles.table_caption.block, galley.styles.table_caption.letters)
        set_spans(galley, galley.styles.table_caption, block.caption)
    yield from set_table(galley, block)


_SETTERS: dict[type, Callable[[Galley, Any, Place], Iterator[None]]] = {
    b.Paragraph: _set_paragraph,
    b.Heading: _set_heading,
    b.ListBlock: _set_list,
    b.Quote: _set_quote,
    b.Figure: _set_figure,
    b.Code: _set_code,
    b.Table: _set_table,
    b.Rule: _set_rule,
    b.Embed: _set_embed,
    b.AlsoRead: _set_also_read,
    b.Note: _set_note,
}
