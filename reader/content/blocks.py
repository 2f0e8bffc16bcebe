"""What an article page is made of: plain values the pane draws, one after the other.

Made by `page.build`; everything is frozen and knows nothing of HTML or Qt.
"""

from __future__ import annotations

from reader.frozen import frozen


@frozen
class Span:
    """A run of text in one style. `\\n` is a line break. `link` is absolute or "#note-..."."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    sub: bool = False
    sup: bool = False
    strike: bool = False
    mark: bool = False
    link: str = ""
    anchor: str = ""  # a place other spans may link to with "#" and this


@frozen
class Paragraph:
    spans: tuple[Span, ...]
    rtl: bool = False
    lang: str = ""


@frozen
class Heading:
    level: int  # 1..6
    spans: tuple[Span, ...]
    rtl: bool = False
    lang: str = ""


@frozen
class ListBlock:
    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1
    rtl: bool = False


@frozen
class Quote:
    blocks: tuple[Block, ...]
    rtl: bool = False


@frozen
class Figure:
    """A picture. `width` and `height` are what the article claims, 0 where it does not."""

    address: str
    alt: str = ""
    caption: tuple[Span, ...] = ()
    link: str = ""
    width: int = 0
    height: int = 0


@frozen
class Code:
    text: str
    language: str = ""  # as the publisher named it, lower case


@frozen
class Cell:
    blocks: tuple[Block, ...]
    is_header: bool = False
    colspan: int = 1
    rowspan: int = 1


@frozen
class Table:
    rows: tuple[tuple[Cell, ...], ...]
    caption: tuple[Span, ...] = ()
    is_cut: bool = False  # there were more cells than are worth drawing
    rtl: bool = False


@frozen
class Rule:
    """A line between two parts of an article."""


@frozen
class Embed:
    """A player of another site: a link, and a still picture where one is known."""

    player: str  # "YouTube", "audio", "video" ...
    title: str
    address: str
    still: str = ""


@frozen
class AlsoRead:
    """Links to other articles the publisher put between the paragraphs."""

    links: tuple[tuple[str, str], ...]  # (headline, address)
    rtl: bool = False


@frozen
class Note:
    """A footnote; its anchors are in its spans."""

    label: str
    blocks: tuple[Block, ...]


Block = Paragraph | Heading | ListBlock | Quote | Figure | Code | Table | Rule | Embed | AlsoRead | Note


@frozen
class Page:
    blocks: tuple[Block, ...]
    is_cut: bool = False  # longer than a page may be

    def pictures(self) -> tuple[str, ...]:
        """The addresses of all pictures, stills included, in order."""
        found: list[str] = []
        for block in walk(self.blocks):
            if isinstance(block, Figure):
                found.append(block.address)
            elif isinstance(block, Embed) and block.still:
                found.append(block.still)
        return tuple(dict.fromkeys(found))

    def begins_with(self, standfirst: str) -> bool:
        """Whether the first words of the page are those of `standfirst`."""
        wanted = _bare(standfirst.rstrip(" .…"))
        said = ""
        for block in walk(self.blocks):
            if isinstance(block, Paragraph | Heading):
                said += _bare(read_spans(block.spans))
            if len(said) >= len(wanted):
                break
        return bool(wanted) and said.startswith(wanted)


def walk(blocks: tuple[Block, ...]) -> list[Block]:
    """All blocks, those inside others after the one that holds them."""
    found: list[Block] = []
    for block in blocks:
        found.append(block)
        if isinstance(block, Quote | Note):
            found += walk(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                found += walk(item)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    found += walk(cell.blocks)
    return found


def read_spans(spans: tuple[Span, ...]) -> str:
    return "".join([span.text for span in spans])


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()
