"""A page's bytes -> its element tree, and the runs of text in it.

Enters: bytes as they were sent, unpacked. Leaves: an lxml tree of bounded depth and size, and
`Run`s: the text between two borders of blocks or line breaks, in reading order. A run knows which
text nodes it is made of, so that what is not wanted can be blanked out and the structure stays.
"""

from __future__ import annotations

import codecs
import itertools
import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from reader.content import tags
from reader.errors import EmptyDocument, ParseError

LONGEST = 10_000_000  # bytes of a page that are looked at
DEEPEST = 200  # elements inside elements; deeper ones are taken away, their text stays
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_CHARSET_SENT = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_ILLEGAL_NUMBER = re.compile(
    r"&#(?:0*+(?:[0-8]|1[124-9]|2\d|3[01])(?!\d)|x0*+(?:[0-8bcef]|1[0-9a-f]|d[89a-f][0-9a-f]{2}|fff[ef])(?![0-9a-f]));?+",
    re.IGNORECASE,
)
_BINARY = ((b"%PDF", "PDF"), (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"PK\x03\x04", "ZIP"))  # fmt: skip

_BLOCKS_WRITTEN = """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table caption tbody td tfoot th thead tr ul
    iframe video audio object amp-iframe amp-video amp-audio"""
_BLOCKS = frozenset(_BLOCKS_WRITTEN.split())
_UNREAD_WRITTEN = """script style noscript template svg head link meta button select option input textarea datalist
    iframe video audio object canvas map rt rp annotation annotation-xml"""
UNREAD = frozenset(_UNREAD_WRITTEN.split())


@dataclass(slots=True, eq=False)
class Run:
    """Text without a border in it. `nodes`: (element, whether it is the text after the element)."""

    block: Any  # the nearest block around it
    nodes: list[tuple[Any, bool]] = field(default_factory=list)
    text: str = ""
    linked: int = 0  # characters of it that are links


def read_tree(data: bytes, content_type: str = "") -> Any:
    """The root element. Raises EmptyDocument, and ParseError for what is no text."""
    head = data[:1024].lstrip()
    if not head:
        raise EmptyDocument
    for start, name in _BINARY:
        if head.startswith(start):
            raise ParseError(name)
    text = decode(data[:LONGEST], content_type)
    root = _parse(text)
    if root is not None and measure_depth(root) > DEEPEST:
        root = _parse(tags.flatten(_drop_scripts(text), DEEPEST // 2))
    if root is None:
        raise EmptyDocument
    _drop_cards(root)
    return root


def _drop_cards(root: Any) -> None:
    """Without the cards that open over a link in the text: its words again, then links to other pages."""
    for card in list(root.iter("span", "div")):
        link = card.getprevious()
        if link is None or link.tag != "a" or (link.tail or "").strip():
            continue
        words = " ".join("".join(link.itertext()).split())
        if words and sum(1 for _ in itertools.islice(card.iter("a"), 2)) == 2:
            text = " ".join("".join(card.itertext()).split())
            if text.startswith(words) and len(text) > len(words):
                card.drop_tree()


def decode(data: bytes, content_type: str = "") -> str:
    """The text, by its mark, by what the server and the page say, else as it can be read."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    said = [match[1] for match in [_CHARSET_SENT.search(content_type)] if match]
    said += [match[1].decode("ascii", "replace") for match in [_CHARSET.search(data[:4096])] if match]
    for name in (*said, "utf-8"):
        try:
            known = codecs.lookup(name).name
            return data.decode("cp1252" if known in ("iso8859-1", "ascii") else known)
        except (LookupError, ValueError, TypeError):
            continue
    try:
        return data.decode("utf-8", "strict" if not said else "replace")
    except ValueError:
        return data.decode("cp1252", "replace")


def _parse(text: str) -> Any:
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return lxml_html.document_fromstring(
            _ILLEGAL_NUMBER.sub(" ", _ILLEGAL.sub(" ", text)).encode(), parser=parser
        )
    except (etree.LxmlError, ValueError):
        return None


def measure_depth(root: Any) -> int:
    """How many elements deep the tree is."""
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _drop_scripts(text: str) -> str:
    """Without scripts, whose strings look like tags to `flatten`."""
    pieces, at, low = [], 0, text.lower()
    while (start := low.find("<script", at)) >= 0:
        end = low.find("</script", start)
        pieces.append(text[at:start])
        if end < 0:
            return "".join(pieces)
        at = end
    return "".join([*pieces, text[at:]])


def list_runs(root: Any) -> list[Run]:
    """The runs of a tree, in order. The tree may not be deeper than `DEEPEST`."""
    holders: set[Any] = set()  # inline elements with blocks in them break lines as blocks do
    for element in root.iter(*_BLOCKS):
        above = element.getparent()
        while above is not None and above not in holders:
            holders.add(above)
            above = above.getparent()
    gathering = _Gathering(holders)
    gathering.walk(root, root, False)
    gathering.end()
    return gathering.runs


class _Gathering:
    def __init__(self, holders: set[Any]) -> None:
        self.holders = holders
        self.runs: list[Run] = []
        self.nodes: list[tuple[Any, bool]] = []
        self.parts: list[str] = []
        self.linked = 0
        self.block: Any = None

    def walk(self, element: Any, block: Any, is_link: bool) -> None:
        if element.tag in _BLOCKS:
            self.end()
            block = element
        is_link = is_link or element.tag == "a"
        if element.tag not in UNREAD:
            self.add(element, False, element.text, block, is_link)
            for child in element:
                if not isinstance(child.tag, str):
                    self.add(child, True, child.tail, block, is_link)
                    continue
                is_border = child.tag in _BLOCKS or child.tag == "br" or child in self.holders
                if is_border:
                    self.end()
                self.walk(child, block, is_link)
                if is_border:
                    self.end()
                self.add(child, True, child.tail, block, is_link)

    def add(self, element: Any, is_tail: bool, text: str | None, block: Any, is_link: bool) -> None:
        if not text:
            return
        if not self.nodes:
            self.block = block
        self.nodes.append((element, is_tail))
        self.parts.append(text)
        if is_link:
            self.linked += len(text.strip())

    def end(self) -> None:
        text = " ".join("".join(self.parts).split())
        if text:
            self.runs.append(Run(self.block, self.nodes, text, self.linked))
        self.nodes, self.parts, self.linked = [], [], 0
