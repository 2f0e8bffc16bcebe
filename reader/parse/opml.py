"""Subscription lists (OPML) <-> places: what feed goes into which folder.

In: the bytes of a file, however broken; out: `OpmlOutline`. And back: an outline as
well-formed OPML 2.0. More than half of the lists people pass around are not well-formed
XML, so tags are picked out of the text one by one instead of parsed: an ampersand, a quote
or an angle bracket in a name costs nothing. Raises `OutlineError` where no feed is named and
`ForbiddenXml` for entity tricks.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from reader.errors import OutlineError
from reader.frozen import frozen
from reader.parse.addresses import make_absolute
from reader.parse.encoding import to_utf8
from reader.parse.plain_text import Markup, make_line
from reader.parse.xml_guard import strip_doctype

MOST_BYTES = 15_000_000
MOST_PLACES = 50_000
DEEPEST = 20
_NAME_CHARS = 300

_BOUNDARY = re.compile(r"<\s*(/?)\s*(outline|body|opml|head)\b", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>([^<]{0,1000})</title", re.IGNORECASE)
# A value ends at a quote that another attribute or the tag's end follows; names may hold quotes.
_ATTRIBUTE = re.compile(
    r"""([\w:.-]{1,60})\s*=\s*(?:
        "(?P<a>[^"]{0,4000})"(?=\s+[\w:.-]+\s*=|\s*/?\s*>\s*\Z|\s*\Z)
      | '(?P<b>[^']{0,4000})'(?=\s+[\w:.-]+\s*=|\s*/?\s*>\s*\Z|\s*\Z)
      | "(?P<c>.{0,600}?)"(?=\s+[\w:.-]+\s*=|\s*/?\s*>\s*\Z|\s*\Z)
      | '(?P<d>.{0,600}?)'(?=\s+[\w:.-]+\s*=|\s*/?\s*>\s*\Z|\s*\Z)
      | "(?P<e>[^"]{0,4000})" | '(?P<f>[^']{0,4000})' | (?P<g>[^\s"'<>]{1,2000})
    )""",
    re.VERBOSE | re.DOTALL,
)
_TAG_END = re.compile(r"(/?)\s*>")
_REFERENCE = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][\w.-]{0,60});")
_ORIGIN = re.compile(r"(https?)://([^/?]*@)?([^/?@]*)(.*)\Z", re.IGNORECASE)
_USUAL_PORTS = {"http": ":80", "https": ":443"}
_BARE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|\Z)")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@frozen
class Place:
    """A feed and the folders it lies in, outermost first."""

    path: tuple[str, ...]
    title: str
    address: str
    site: str = ""


@frozen
class OpmlOutline:
    title: str
    places: tuple[Place, ...]
    folders: tuple[tuple[str, ...], ...] = ()  # every folder in order, the empty ones too


@dataclass(slots=True)
class _Tag:
    is_closing: bool
    is_empty: bool = False
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        raw = self.attributes.get("title", "").strip() or self.attributes.get("text", "")
        return make_line(raw, Markup.TEXT, _NAME_CHARS)

    @property
    def address(self) -> str:
        raw = self.attributes.get("xmlurl", "")
        if not raw and self.attributes.get("type", "").lower() in ("rss", "atom", "feed"):
            raw = self.attributes.get("url", "")
        return unify_address(mend_address(raw))


def read(data: bytes) -> OpmlOutline:
    """The places in a subscription list. Raises `OutlineError`, `ForbiddenXml`."""
    if len(data) > MOST_BYTES:
        raise OutlineError("too large")
    body, entities = strip_doctype(to_utf8(data).data.lstrip())
    text = body.decode("utf-8", "replace")
    if "-->" in text:
        text = _COMMENT.sub("", text)
    tags = list(_read_tags(text, entities))
    title = _TITLE.search(text)
    reading = _Reading(_feeds_are_void(tags))
    for tag in tags:
        reading.take(tag)
    if not reading.places:
        raise OutlineError
    name = make_line(_unescape(title[1], entities), Markup.TEXT, _NAME_CHARS) if title else ""
    return OpmlOutline(name, tuple(reading.places), tuple(reading.folders))


class _Reading:
    """The folders open at this tag, and what was found so far."""

    def __init__(self, feeds_are_void: bool) -> None:
        self.feeds_are_void = feeds_are_void
        self.open: list[str | None] = []  # None: an outline that adds no folder
        self.places: dict[Place, None] = {}
        self.folders: dict[tuple[str, ...], None] = {}

    def take(self, tag: _Tag) -> None:
        if tag.is_closing:
            if self.open:
                self.open.pop()
            return
        path = tuple(name for name in self.open if name)[:DEEPEST]
        if address := tag.address:
            if len(self.places) < MOST_PLACES:
                self.places[
                    Place(path, tag.name, address, mend_address(tag.attributes.get("htmlurl", "")))
                ] = None
            if not tag.is_empty and not self.feeds_are_void:
                self.open.append(None)
            return
        name = tag.name
        is_folder = bool(name) and "xmlurl" not in tag.attributes and len(path) < DEEPEST
        if is_folder and len(self.folders) < MOST_PLACES:
            self.folders[(*path, name)] = None
        if not tag.is_empty:
            self.open.append(name if is_folder else None)


def _feeds_are_void(tags: list[_Tag]) -> bool:
    """Whether feeds are opened and never closed: then an end tag is a folder's."""
    ends = sum(tag.is_closing for tag in tags)
    opened = [tag for tag in tags if not tag.is_closing and not tag.is_empty]
    feeds = sum("xmlurl" in tag.attributes for tag in opened)
    return feeds > 0 and ends <= len(opened) - feeds


def _read_tags(text: str, entities: dict[str, str]) -> Iterator[_Tag]:
    """Every outline tag; each reaches at most to the next one."""
    marks = list(_BOUNDARY.finditer(text))
    for at, mark in enumerate(marks):
        if mark[2].lower() != "outline":
            continue
        if mark[1]:
            yield _Tag(is_closing=True)
            continue
        end = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        yield _read_tag(text[mark.end() : min(end, mark.end() + 20_000)], entities)


def _read_tag(chunk: str, entities: dict[str, str]) -> _Tag:
    attributes: dict[str, str] = {}
    end = 0
    for found in _ATTRIBUTE.finditer(chunk):
        value = next((each for each in found.groups()[1:] if each is not None), "")
        attributes.setdefault(found[1].lower(), _unescape(value, entities))
        end = found.end()
    closing = _TAG_END.search(chunk, end)
    return _Tag(False, closing is None or bool(closing[1]), attributes)


def _unescape(value: str, entities: dict[str, str]) -> str:
    if "&" not in value:
        return value
    return _REFERENCE.sub(lambda found: entities.get(found[1]) or html.unescape(found[0]), value)


def mend_address(raw: str) -> str:
    """An http(s) address of what lists contain: `feed:` in front, no scheme at all; else ""."""
    raw = raw.strip()
    lower = raw.lower()
    if lower.startswith("feed:"):
        raw = raw[5:]
        if raw.startswith("//"):
            raw = "http:" + raw
    elif not lower.startswith(("http:", "https:")) and _BARE_HOST.match(raw):
        raw = "http://" + raw
    return make_absolute(raw) if raw.lower().startswith(("http:", "https:")) else ""


def unify_address(address: str) -> str:
    """The one way to write an address that is asked: scheme and host in lower case, without the
    usual port and without a fragment, so that one feed is subscribed to once."""
    found = _ORIGIN.match(address.partition("#")[0])
    if found is None:
        return ""
    scheme, user, host, rest = found[1].lower(), found[2] or "", found[3].lower(), found[4]
    return f"{scheme}://{user}{host.removesuffix(_USUAL_PORTS[scheme])}{rest}"


# ---- writing -------------------------------------------------------------------------------


@dataclass(slots=True)
class _Folder:
    folders: dict[str, _Folder] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)

    def descend(self, path: tuple[str, ...]) -> _Folder:
        here = self
        for name in path[:DEEPEST]:
            here = here.folders.setdefault(name, _Folder())
        return here


def write(outline: OpmlOutline) -> bytes:
    """The outline as OPML 2.0, UTF-8, folders nested."""
    root = _Folder()
    for path in outline.folders:
        root.descend(path)
    for place in outline.places:
        root.descend(place.path).places.append(place)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head>\n    <title>{escape(_clean(outline.title))}</title>\n  </head>",
        "  <body>",
        *_write_folder(root, "    "),
        "  </body>",
        "</opml>",
        "",
    ]
    return "\n".join(lines).encode("utf-8", "replace")


def _write_folder(folder: _Folder, indent: str) -> Iterator[str]:
    for place in folder.places:
        name = _quote(place.title or place.address)
        site = f" htmlUrl={_quote(place.site)}" if place.site else ""
        yield f'{indent}<outline type="rss" text={name} title={name} xmlUrl={_quote(place.address)}{site}/>'
    for title, inner in folder.folders.items():
        name = _quote(title)
        if inner.places or inner.folders:
            yield f"{indent}<outline text={name} title={name}>"
            yield from _write_folder(inner, indent + "  ")
            yield f"{indent}</outline>"
        else:
            yield f"{indent}<outline text={name} title={name}/>"


def _quote(text: str) -> str:
    return '"' + escape(_clean(text), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}) + '"'


def _clean(text: str) -> str:
    return _ILLEGAL.sub("", text)
