"""What kind of document the bytes are, before anyone parses them.

In: the raw body, or its decoded head. Out: the name of what it is when it is no feed
("image", "PDF", "HTML" ...), or where the feed in it begins. Looks at the first kilobytes only.
"""

from __future__ import annotations

import re

_MAGIC = (
    (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"\0\0\1\0", "image"),
    (b"BM", "image"), (b"%PDF", "PDF"), (b"PK\x03\x04", "archive"), (b"\x1f\x8b", "archive"),
    (b"Rar!", "archive"), (b"7z\xbc\xaf", "archive"), (b"\xfd7zXZ", "archive"), (b"\x28\xb5\x2f\xfd", "archive"),
    (b"ID3", "audio"), (b"OggS", "audio"), (b"fLaC", "audio"), (b"\x1aE\xdf\xa3", "video"),
    (b"wOFF", "font"), (b"wOF2", "font"), (b"\x7fELF", "program"), (b"MZ", "program"), (b"SQLite format 3", "database"),
)  # fmt: skip
_PROLOG = re.compile(rb"(?:\s+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*>)", re.DOTALL | re.IGNORECASE)
_ELEMENT = re.compile(rb"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_FEED_START = re.compile(
    rb"<\?xml|<rss[\s>]|<(?:\w+:)?feed[\s>]|<(?:\w+:)?RDF[\s>]|<channel[\s>]", re.IGNORECASE
)
_SURE_START = re.compile(
    rb"""<feed\s[^<>]*xmlns=["']http://www.w3.org/2005/Atom|<rss\s[^<>]*version=["'][02]"""
)
_HTML_DOCTYPE = re.compile(rb"(?:\s+|<\?[^>]*>)*<!DOCTYPE\s+html\b", re.IGNORECASE)
_SEARCHED = 16_384
_FEED_ROOTS = {b"rss", b"feed", b"rdf", b"channel"}
_OTHER_ROOTS = {
    b"html": "HTML", b"head": "HTML", b"body": "HTML", b"script": "HTML", b"svg": "image", b"opml": "OPML",
    b"urlset": "sitemap", b"sitemapindex": "sitemap", b"kml": "KML", b"opensearchdescription": "OpenSearch",
    b"service": "Atom service document", b"plist": "property list",
}  # fmt: skip
# A page may leave out its outermost elements.
_OTHER_ROOTS |= dict.fromkeys(
    b"a br center div h1 h2 link main meta noscript p style table title".split(), "HTML"
)


def find_foreign(data: bytes) -> str:
    """What a body is by its first bytes: "image", "PDF" ...; "" where they say nothing."""
    for start, name in _MAGIC:
        if data.startswith(start):
            return name if name != "image" or start != b"BM" or b"\0" in data[:64] else ""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    if data[4:8] == b"ftyp":
        return "image" if data[8:12] in (b"avif", b"heic", b"mif1") else "video"
    return ""


def find_root(data: bytes) -> tuple[bytes, int]:
    """The first element's name, without prefix, in lower case, and its place; b"" where there is none."""
    at = 0
    while found := _PROLOG.match(data, at):
        at = found.end()
    element = _ELEMENT.match(data, at)
    return (element[2].lower(), at) if element else (b"", at)


def is_html_doctype(data: bytes) -> bool:
    """Whether the document says itself that it is HTML."""
    found = _HTML_DOCTYPE.match(data)
    return bool(found) and b"<!ENTITY" not in data[:_SEARCHED].upper()


def is_feed_root(name: bytes) -> bool:
    return name in _FEED_ROOTS


def name_document(root: bytes, data: bytes) -> str:
    """What a document without a feed root is; "" where it may hold a feed all the same."""
    if root in _OTHER_ROOTS:
        return _OTHER_ROOTS[root]
    head = data[:2048].lower()
    if b"<!doctype html" in head or b"<html" in head or b"<head>" in head or b"<body" in head:
        return "HTML"
    if root:
        return "XML"
    return "text" if b"<" not in data[:_SEARCHED] else "HTML"


def find_feed_start(data: bytes, is_html: bool) -> int:
    """Where a feed begins after something that does not belong there; -1 where none does.

    Inside HTML only a root element that nobody writes by chance counts.
    """
    found = (_SURE_START if is_html else _FEED_START).search(data, 0, _SEARCHED)
    return found.start() if found else -1
