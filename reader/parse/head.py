"""What a feed document says of itself -> `FeedHead`.

In: the document with its items cut out (a few kilobytes), its address. Out: the head, the
authors it names for entries that name none, and the base of relative addresses. Reads
broken XML as far as it goes; an unreadable head is an empty one, never an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from reader.model import FeedHead
from reader.parse.addresses import find_host, make_absolute
from reader.parse.plain_text import Markup, make_line, make_name

_ATOM = {"http://www.w3.org/2005/Atom", "https://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"}
_FOREIGN = (
    "itunes.com",
    "search.yahoo.com/mrss",
    "google.com/schemas",
    "spotify.com",
    "cyber.harvard.edu/rss/cr",
)
_WANTED = {
    "title", "link", "description", "subtitle", "tagline", "info", "language", "ttl", "updateperiod", "updatefrequency",
}  # fmt: skip
_XML = "{http://www.w3.org/XML/1998/namespace}"
_FIRST_ITEM = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s>/]", re.IGNORECASE)
_LAST_ITEM = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MOST_TTL = 60 * 24 * 366
_HEAD_BYTES = 300_000


@dataclass(slots=True)
class Head:
    head: FeedHead = field(default_factory=FeedHead)
    authors: str = ""  # of the whole document, for entries of Atom feeds without one
    base: str = ""  # what relative addresses are relative to


def cut_items(data: bytes) -> bytes:
    """The document without its items, for a document no parser has cut."""
    first = _FIRST_ITEM.search(data)
    if first is None:
        return data[:_HEAD_BYTES]
    last = 0
    for found in _LAST_ITEM.finditer(data, max(first.end(), len(data) - _HEAD_BYTES)):
        last = found.end()
    return data[: min(first.start(), _HEAD_BYTES)] + (data[last:] if last else b"")


def read_head(header: bytes, address: str) -> Head:
    """The head of a document whose items are cut out."""
    from lxml import etree

    try:
        root = etree.fromstring(header, _make_parser())
    except (etree.XMLSyntaxError, ValueError):
        return Head(base=address)
    if root is None:
        return Head(base=address)
    channel = root
    extra: list[Any] = []
    if _local(root.tag) in ("rss", "rdf"):
        channel = next((child for child in root if _local(child.tag) == "channel"), root)
        extra = [child for child in root if _local(child.tag) == "image"]
    return _Reading(root, channel, address).read(extra)


@cache
def _make_parser() -> Any:
    """A parser that mends, and opens nothing."""
    from lxml import etree

    return etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )


class _Reading:
    """One walk over the children of a channel or feed element."""

    def __init__(self, root: Any, channel: Any, address: str) -> None:
        self.channel = channel
        declared = channel.get(_XML + "base") or root.get(_XML + "base") or ""
        self.is_atom = _local(root.tag) == "feed"
        self.address = address
        self.base = make_absolute(declared, address) or address
        self.has_own_base = bool(declared)
        self.language = channel.get(_XML + "lang") or root.get(_XML + "lang") or ""
        self.texts: dict[str, str] = {}
        self.pictures: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.authors: list[str] = []
        self.hours: list[int] = []
        self.days: list[str] = []

    def read(self, extra: list[Any]) -> Head:
        for child in [*self.channel, *extra]:
            tag = child.tag
            if isinstance(tag, str):
                namespace, _, local = tag[1:].rpartition("}") if tag[0] == "{" else ("", "", tag)
                self._read_child(child, namespace, local.lower())
        return self._make()

    def _read_child(self, child: Any, namespace: str, local: str) -> None:
        if local == "link" and (namespace in _ATOM or child.get("href")):
            self._read_link(child)
        elif local == "image" or local in ("icon", "logo"):
            self._read_picture(child, local)
        elif local == "author" and self.is_atom:
            name = next((each.text for each in child if _local(each.tag) == "name"), None) or child.text
            if name and name.strip():
                self.authors.append(make_name(name))
        elif local == "skiphours":
            self.hours = _read_hours(child)
        elif local == "skipdays":
            wanted = {(each.text or "").strip().title() for each in child}
            self.days = [day for day in _DAYS if day in wanted]
        elif local in _WANTED and not (namespace and any(part in namespace for part in _FOREIGN)):
            self._read_text(child, local)

    def _read_text(self, child: Any, local: str) -> None:
        if local in self.texts:
            return
        text = "".join(child.itertext()) if len(child) else child.text or ""
        if text.strip():
            kind = child.get("type", "")
            markup = Markup.GUESS if not self.is_atom or "html" in kind else Markup.TEXT
            self.texts[local] = make_line(text, markup)

    def _read_link(self, child: Any) -> None:
        href = child.get("href") or ""
        kind = child.get("type") or ""
        rel = (child.get("rel") or "alternate").strip().lower().rpartition("/")[2]
        if rel == "alternate" and "html" not in kind and kind and rel in self.links:
            return
        if rel == "alternate" and "html" in kind and self.links.get("kind") != "html":
            self.links["kind"], self.links[rel] = "html", href
        self.links.setdefault(rel, href)

    def _read_picture(self, child: Any, local: str) -> None:
        text = child.get("href") or child.text or ""
        for part in child:
            if _local(part.tag) == "url" and part.text:
                text, local = part.text, "image"
                break
        else:
            if child.get("href"):
                local = "cover"  # itunes:image, a podcast's cover
        if text.strip():
            self.pictures.setdefault(local, text.strip())

    def _make(self) -> Head:
        own = make_absolute(self.links.get("self", ""), self.base)
        site = make_absolute(self.links.get("alternate", "") or "", self.base or own)
        if not self.is_atom:
            site = make_absolute(self.texts.get("link", ""), self.base or own) or site
        base = self._choose_base(own, site)
        pictures = self.pictures
        icon = next((pictures[kind] for kind in ("icon", "image", "logo", "cover") if kind in pictures), "")
        description = next(
            (
                self.texts[kind]
                for kind in ("description", "subtitle", "tagline", "info")
                if kind in self.texts
            ),
            "",
        )
        head = FeedHead(
            title=self.texts.get("title", ""),
            site=site,
            description=description,
            language=(self.texts.get("language") or self.language)[:35],
            icon=make_absolute(icon, base),
            address=own,
            ttl=min(_number(self.texts.get("ttl", "")), _MOST_TTL),
            update_period=self._read_period(),
            skip_hours=tuple(self.hours),
            skip_days=tuple(self.days),
            hub=make_absolute(self.links.get("hub", ""), base),
        )
        return Head(head, ", ".join(dict.fromkeys(self.authors)), base)

    def _choose_base(self, own: str, site: str) -> str:
        """Its own xml:base; else where it came from; else where it says it belongs.

        RSS served through another host (a feed service) means its site with what is relative.
        """
        if self.has_own_base and self.base:
            return self.base
        if not self.is_atom and site and self.address and find_host(site) != find_host(self.address):
            return site
        return self.address or own or site

    def _read_period(self) -> int:
        period = _PERIODS.get(self.texts.get("updateperiod", "").strip().lower(), 0)
        frequency = _number(self.texts.get("updatefrequency", "")) or 1
        if not period and "updatefrequency" in self.texts:
            period = _PERIODS["daily"]  # the module's own default
        return max(period // frequency, 60) if period else 0


def _read_hours(child: Any) -> list[int]:
    """0 to 23; the old 24 is midnight."""
    hours = {
        int(text) % 24
        for each in child
        if (text := (each.text or "").strip()).isdecimal() and int(text) <= 24
    }
    return sorted(hours)


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _local(tag: Any) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""
