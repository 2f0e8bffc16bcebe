"""Whether what the fast reader returned can be believed: cheap looks at the bytes.

In: the document and what came out of it. Out: nothing, or `Untrusted` with the reason. The
fast reader accepts well-formed documents only, so what is checked here is what it leaves
out of well-formed ones without saying so: markup inside a title or description that is not
escaped; links it missed; dates it could not read; several xml:base. Each check is one scan
at memory speed; none parses again.
"""

from __future__ import annotations

import re
from typing import Any

# An element inside one that should hold text only: the fast reader keeps the text before it.
_TEXTS = re.compile(rb"<(title|description|content:encoded|author)(?:\s[^>]*)?(?<!/)>[^<]*<(/|!\[)?")
_ATOM_TEXTS = re.compile(rb"<(?:title|summary|content)(?:\s[^>]*)?(?<!/)>[^<]*<(?!/|!\[)")
_BODY = re.compile(rb"<(?:[\w.-]+:)?(?:body|fullitem|content)[\s>]")
_ITEM = re.compile(rb"<item[\s>]")
_ENTRY = re.compile(rb"<entry[\s>]")
_TWO_AUTHORS = re.compile(rb"</author>\s*<author>")
_DATE = re.compile(
    rb"<(?:pubDate|dc:date|dcterms:(?:created|issued)|published|updated|modified|issued|created|date)[\s>]"
)
_ENTRY_MARK = re.compile(rb"<(/?)(entry|source|title|summary|content|link)\b([^>]*)>")


_ABSOLUTE = ("http://", "https://")
_RELATIVE = re.compile(
    r"""\b(?:href|src|poster|data)\s*=\s*["']?\s*(?!["'#\s]|[a-z][a-z0-9+.-]*:)""", re.IGNORECASE
)


class Untrusted(Exception):
    """The fast reader's answer is not used; the argument is the reason."""


def check_rss(data: bytes, header: bytes, items_at: int, entries: list[dict[str, Any]]) -> int:
    """Raise `Untrusted` for an RSS document the fast reader did not read whole.

    Returns the number of descriptions its items have; the fast reader makes up missing ones.
    """
    texts = _TEXTS.findall(data, items_at)
    if any(not closing for _, closing in texts):
        raise Untrusted("nested markup")
    _check_base(data, items_at, entries)
    _check_links(data, items_at, entries)
    if (b"1999/xhtml" in header or any("content" not in entry for entry in entries)) and _BODY.search(
        data, items_at
    ):
        raise Untrusted("xhtml body")
    if b"search.yahoo.com/mrss" in header:
        _check_titles(data, len(entries))
    _check_dates(data, items_at, entries)
    return sum(name == b"description" for name, _ in texts)


def check_atom(data: bytes, items_at: int, entries: list[dict[str, Any]]) -> None:
    """The same for Atom. Links to files have a length the fast reader drops; it reads one author."""
    if _ATOM_TEXTS.search(data, items_at):
        raise Untrusted("nested markup")
    if _TWO_AUTHORS.search(data, items_at):
        raise Untrusted("several authors")
    if any(link.get("rel") == "enclosure" for entry in entries for link in entry["links"]):
        raise Untrusted("enclosure links")
    _check_base(data, items_at, entries)
    _check_dates(data, items_at, entries)


def _check_base(data: bytes, items_at: int, entries: list[dict[str, Any]]) -> None:
    """A base below the root matters only where something is relative to it.

    A base that is the entry's own page changes nothing: that is what content is relative to anyway.
    """
    if data.find(b"xml:base", items_at) < 0:
        return
    for entry in entries:
        link = entry.get("link", "")
        if not link.startswith(_ABSOLUTE):
            raise Untrusted("xml:base")
        for content in entry.get("content", ()):
            if content.get("base") != link and _RELATIVE.search(content["value"]):
                raise Untrusted("xml:base")


def _check_dates(data: bytes, items_at: int, entries: list[dict[str, Any]]) -> None:
    """Undated entries are fine where the document names no date for them."""
    dated = sum("published" in entry or "updated" in entry for entry in entries)
    if dated < len(entries) and len(_DATE.findall(data, items_at)) > dated:
        raise Untrusted("unreadable date")


def _check_links(data: bytes, items_at: int, entries: list[dict[str, Any]]) -> None:
    linked = sum("link" in entry for entry in entries)
    if linked < len(entries) and data.count(b"<link>", items_at) > linked:
        raise Untrusted("missed link")


def _check_titles(data: bytes, count: int) -> None:
    """The fast reader takes the first title it sees for the item's, a picture's too."""
    for start, end in split_items(data, b"item", count):
        at = data.find(b"<media:title", start, end)
        if 0 <= at < data.find(b"<title", start, end) and data.rfind(b"<media:content", start, at) < 0:
            raise Untrusted("media title")


def split_items(data: bytes, tag: bytes, count: int) -> list[tuple[int, int]]:
    """The byte range of each item or entry, in order. Raises `Untrusted` where they do not match."""
    pattern = _ITEM if tag == b"item" else _ENTRY
    starts = [found.start() for found in pattern.finditer(data)]
    if len(starts) != count:
        raise Untrusted("items do not match")
    return list(zip(starts, [*starts[1:], len(data)], strict=True))


def read_entry_kinds(data: bytes, items_at: int, count: int) -> list[tuple[bytes, bytes, bytes]]:
    """The attributes of each Atom entry's title, summary and content.

    Raises `Untrusted` where entries cannot be told apart or hold XHTML.
    """
    kinds: list[tuple[bytes, bytes, bytes]] = []
    found: dict[bytes, bytes] = {}
    in_source = is_open = False
    for closing, name, attributes in _ENTRY_MARK.findall(data, items_at):
        if name == b"entry":
            if closing:
                if not is_open:
                    raise Untrusted("entries do not match")
                kinds.append(
                    (found.get(b"title", b""), found.get(b"summary", b""), found.get(b"content", b""))
                )
            found = {}
            is_open = not closing
        elif name == b"source":
            in_source = not closing and not attributes.endswith(b"/")
        elif b"base64" in attributes:
            raise Untrusted("base64")
        elif not closing and not in_source and is_open:
            found.setdefault(name, attributes + b" ")
    if len(kinds) != count:
        raise Untrusted("entries do not match")
    return kinds
