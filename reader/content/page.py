"""Sanitised HTML -> the blocks an article pane draws.

Enters: what `sanitize` wrote (so tags are well-formed, attributes quoted and `>` escaped in
them); anything else yields odd pages but no exception. Leaves: `Page`. Runs in the window's
process, so it imports nothing but the standard library's `re` and `html`, and reads the tags with
one regular expression: a parser would cost its import and as much time again.
"""

from __future__ import annotations

import html
import re

from reader.content.blocks import (
    AlsoRead,
    Block,
    Cell,
    Code,
    Embed,
    Figure,
    Heading,
    ListBlock,
    Note,
    Page,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    read_spans,
    walk,
)
from reader.content.boxes import (
    Box,
    gather_figure,
    gather_table,
    is_note,
    make_cell,
    put_caption,
    read_number,
)
from reader.content.furniture import drop_furniture, mark_also_read
from reader.content.lines import is_mostly_rtl, is_rtl, split_long, trim

__all__ = [
    "AlsoRead", "Block", "Cell", "Code", "Embed", "Figure", "Heading", "ListBlock", "Note", "Page", "Paragraph", "Quote",
    "Rule", "Span", "Table", "build", "read_spans", "walk",
]  # fmt: skip

DEEPEST = 64  # boxes inside boxes (a list is two); deeper ones are drawn as if they were not there
MOST_CELLS = 2_000
MOST_BLOCKS = 20_000

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*+)([^>]*+)>")
_ATTRIBUTE = re.compile(r'([a-z][a-z-]*+)="([^"]*+)"')
_SPACES = re.compile(r"[ \t\n\r\f]+")
_WEB = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_LANGUAGE = re.compile(r"[\w+#.-]{1,20}")

_STYLES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic", "dfn": "italic", "var": "italic",
    "address": "italic", "code": "code", "kbd": "code", "samp": "code", "tt": "code", "sub": "sub", "sup": "sup",
    "s": "strike", "strike": "strike", "del": "strike", "mark": "mark", "summary": "bold", "dt": "bold",
}  # fmt: skip
_ROOT = "root"
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOXES = frozenset(
    ("blockquote", "ul", "ol", "li", "table", "tr", "td", "th", "figure", "figcaption", "caption")
)
_BREAKING = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "main",
        "details",
        "summary",
        "center",
        "address",
        "dl",
        "dt",
        "dd",
        "tbody",
        "thead",
        "tfoot",
    ]
)


def build(article_html: str) -> Page:
    """The page for an article's sanitised HTML. Never raises; `is_cut` tells of a limit reached."""
    building = _Building()
    parts = _TAG.split(article_html)
    if parts[0]:
        building.add_text(parts[0])
    for at in range(1, len(parts), 4):
        slash, name, attributes, text = parts[at : at + 4]
        if slash:
            building.close(name)
        else:
            building.open(name, attributes)
        if text:
            building.add_text(text)
        if building.count > MOST_BLOCKS:
            break
    blocks = building.finish()
    return Page(tuple(drop_furniture(blocks)), building.count > MOST_BLOCKS)


class _Building:
    """The state while tags go by: open boxes, and the line of text now being gathered."""

    def __init__(self) -> None:
        self.boxes = [Box(_ROOT)]
        self.ignored: list[str] = []  # boxes too deep to be opened
        self.spans: list[Span] = []
        self.styles = dict.fromkeys(("bold", "italic", "code", "sub", "sup", "strike", "mark"), 0)
        self.links: list[str] = []
        self.anchor = ""
        self.heading = 0
        self.languages: list[tuple[str, str]] = []
        self.directions: list[tuple[str, str]] = []
        self.code: list[str] | None = None  # the lines of the `pre` now open
        self.code_language = ""
        self.embed: dict[str, str] | None = None
        self.count = 0

    # ---- what the tags say ----------------------------------------------------------------

    def open(self, name: str, attribute_text: str) -> None:
        attributes = _read_attributes(attribute_text) if attribute_text else {}
        if attributes:
            self.note_hints(name, attributes)
        if name in _BREAKING or name in _HEADINGS:
            self.end_line()
            self.heading = int(name[1]) if name in _HEADINGS else self.heading
            if "data-embed" in attributes:
                self.embed = {"player": attributes["data-embed"]}
        elif name in _BOXES:
            self.open_box(name, attributes)
        elif name == "a":
            self.links.append(_check_link(attributes.get("href", "")))
        elif name == "br":
            self.add_break()
        elif name == "img":
            self.add_picture(attributes)
        elif name == "hr":
            self.end_line()
            self.add_rule()
        elif name == "pre":
            self.end_line()
            self.code = []
            self.code_language = attributes.get("data-language", "")
        elif name == "q":
            self.add_span("“")
        elif name == "rt":
            self.add_span("(")
        if name in _STYLES:
            self.styles[_STYLES[name]] += 1
            if name == "code" and self.code is not None:
                self.code_language = self.code_language or attributes.get("data-language", "")

    def close(self, name: str) -> None:
        if name in _BREAKING or name in _HEADINGS:
            self.end_line()
            if name in _HEADINGS:
                self.heading = 0
            elif name == "p" and self.embed is not None:
                self.end_embed()
        elif name in _BOXES:
            self.close_box(name)
        elif name == "a" and self.links:
            self.links.pop()
        elif name == "pre":
            self.end_code()
        elif name == "q":
            self.add_span("”")
        elif name == "rt":
            self.add_span(")")
        if name in _STYLES:
            self.styles[_STYLES[name]] = max(0, self.styles[_STYLES[name]] - 1)
        for hints in (self.languages, self.directions):
            if hints and hints[-1][0] == name:
                hints.pop()

    def note_hints(self, name: str, attributes: dict[str, str]) -> None:
        if "id" in attributes:
            self.anchor = attributes["id"]
        # An element of the same name inside would end the hint too early: then it is repeated.
        for key, hints in (("lang", self.languages), ("dir", self.directions)):
            if key in attributes:
                hints.append((name, attributes[key].lower()))
            elif hints and hints[-1][0] == name:
                hints.append(hints[-1])

    # ---- text -------------------------------------------------------------------------------

    def add_text(self, text: str) -> None:
        if "&" in text:
            text = html.unescape(text)
        if self.code is not None:
            self.code.append(text)
            return
        text = _SPACES.sub(" ", text)
        if text == " " and not self.spans:
            return
        self.add_span(text)

    def add_span(self, text: str) -> None:
        if self.code is not None:
            self.code.append(text)
            return
        if text[0] == " " and (not self.spans or self.spans[-1].text[-1:] in (" ", "\n")):
            text = text[1:]
            if not text:
                return
        link = self.links[-1] if self.links else ""
        anchor, self.anchor = self.anchor, ""
        styles = self.styles
        span = Span(
            text, styles["bold"] > 0, styles["italic"] > 0, styles["code"] > 0, styles["sub"] > 0, styles["sup"] > 0,
            styles["strike"] > 0, styles["mark"] > 0, link, anchor,
        )  # fmt: skip
        self.spans.append(span)

    def add_break(self) -> None:
        if self.code is not None:
            self.code.append("\n")
        elif not self.spans:
            return
        elif self.spans[-1].text == "\n":
            self.end_line()  # two breaks are how some publishers write a paragraph
        else:
            self.spans.append(Span("\n"))

    def end_line(self) -> None:
        """Close the paragraph or heading gathered so far."""
        if not self.spans:
            return
        spans, self.spans = trim(self.spans), []
        if not spans or self.embed is not None:
            if self.embed is not None and spans:
                self.embed.setdefault("title", read_spans(tuple(spans)))
                self.embed.setdefault("address", next((span.link for span in spans if span.link), ""))
            return
        for part in split_long(spans):
            rtl, lang = self.find_direction(read_spans(part)), self.languages[-1][1] if self.languages else ""
            if self.heading:
                self.add(Heading(self.heading, part, rtl, lang))
            else:
                self.add(Paragraph(part, rtl, lang))

    def find_direction(self, text: str) -> bool:
        if self.directions and self.directions[-1][1] in ("rtl", "ltr"):
            return self.directions[-1][1] == "rtl"
        return is_rtl(text)

    # ---- blocks -----------------------------------------------------------------------------

    def add(self, block: Block) -> None:
        self.count += 1
        self.boxes[-1].blocks.append(block)

    def add_rule(self) -> None:
        blocks = self.boxes[-1].blocks
        if blocks and not isinstance(blocks[-1], Rule):
            self.add(Rule())

    def add_picture(self, attributes: dict[str, str]) -> None:
        address = attributes.get("src", "")
        if not address.startswith(("https://", "http://")):
            return
        if self.embed is not None:
            self.embed["still"] = address
            self.embed["address"] = self.links[-1] if self.links else ""
            return
        width, height = (read_number(attributes.get(name, "")) for name in ("width", "height"))
        alt = attributes.get("alt", "")
        if 0 < height <= 24 or 0 < width <= 24:  # an icon within the line: its words do
            if alt and len(alt) < 20:
                self.add_text(html.escape(alt))
            return
        # The picture interrupts its line; what follows in the same element goes on below it.
        self.end_line()
        blocks = self.boxes[-1].blocks
        if blocks and isinstance(blocks[-1], Figure) and blocks[-1].address == address:
            return
        title = attributes.get("title", "")
        caption = (Span(title),) if len(title) > 20 and title != alt else ()
        link = self.links[-1] if self.links else ""
        self.add(Figure(address, alt, caption, link, width, height))

    def end_code(self) -> None:
        if self.code is None:
            return
        text = "".join(self.code).replace("\xa0", " ").strip("\n").rstrip()
        language = self.code_language.lower()
        self.code = None
        if text:
            self.add(Code(text, language if _LANGUAGE.fullmatch(language) else ""))

    def end_embed(self) -> None:
        embed, self.embed = self.embed, None
        if embed and (address := embed.get("address", "")):
            title = embed.get("title") or embed["player"]
            self.add(Embed(embed["player"], title, address, embed.get("still", "")))

    # ---- boxes ------------------------------------------------------------------------------

    def open_box(self, name: str, attributes: dict[str, str]) -> None:
        self.end_line()
        if len(self.boxes) > DEEPEST:
            self.ignored.append(name)
        else:
            self.boxes.append(Box(name, attributes))

    def close_box(self, name: str) -> None:
        self.end_line()
        if self.ignored:
            if name in self.ignored:
                while self.ignored.pop() != name:
                    pass
            return
        if not any(box.name == name for box in self.boxes):
            return
        while True:
            box = self.boxes.pop()
            self.put(box)
            if box.name == name:
                return

    def put(self, box: Box) -> None:
        """Give a closed box's content to the box around it."""
        outer = self.boxes[-1]
        blocks = box.blocks
        if box.name == "li" and outer.name in ("ul", "ol"):
            if blocks:
                outer.items.append(tuple(blocks))
        elif box.name in ("ul", "ol"):
            self.put_list(box, outer)
        elif box.name == "blockquote":
            if blocks:
                outer.blocks.append(Quote(tuple(mark_also_read(blocks)), is_mostly_rtl(blocks)))
        elif box.name in ("figcaption", "caption"):
            put_caption(box, outer)
        elif box.name == "figure":
            outer.blocks += gather_figure(box)
        elif box.name in ("td", "th") and outer.name == "tr":
            outer.cells.append(make_cell(box))
        elif box.name == "tr" and outer.name == "table":
            outer.cell_count += len(box.cells)
            if outer.cell_count <= MOST_CELLS:
                outer.rows.append(tuple(box.cells))
            else:
                outer.is_cut = True
        elif box.name == "table":
            outer.blocks += gather_table(box)
        else:
            outer.blocks += blocks

    def put_list(self, box: Box, outer: Box) -> None:
        if box.blocks:  # text between the items, which HTML forbids
            box.items.append(tuple(box.blocks))
        if not box.items:
            return
        if box.name == "ol" and all(map(is_note, box.items)):
            outer.blocks += [Note(str(number), item) for number, item in enumerate(box.items, 1)]
            return
        start = read_number(box.attributes.get("start", "")) or 1
        rtl = is_mostly_rtl([block for item in box.items[:5] for block in item])
        outer.blocks.append(ListBlock(tuple(box.items), box.name == "ol", start, rtl))

    def finish(self) -> list[Block]:
        self.end_line()
        self.end_code()
        self.end_embed()
        while len(self.boxes) > 1:
            self.put(self.boxes.pop())
        return self.boxes[0].blocks


def _read_attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(value) if "&" in value else value for name, value in _ATTRIBUTE.findall(text)}


def _check_link(address: str) -> str:
    address = address.strip()
    return address if _WEB.match(address) or address.startswith("#note-") else ""
