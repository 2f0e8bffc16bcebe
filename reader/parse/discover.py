"""The feeds a web page names -> candidates, the likeliest first.

In: a page's HTML, however broken, and its address. Out: what its `<link rel=alternate>` say;
beside them what is known of the site by its address; where there is neither, links whose
address or words plainly say feed, on the same host. Feeds of posts come before feeds of
comments. No path is guessed and nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reader.parse.addresses import find_host, make_absolute
from reader.parse.candidate import ATOM, JSON, RSS, Candidate
from reader.parse.encoding import to_utf8
from reader.parse.known_sites import find_known
from reader.parse.plain_text import Markup, make_line

__all__ = ["Candidate", "find_feeds"]

_PAGE_BYTES = 3_000_000
_MOST = 40
_TITLE_CHARS = 200

_SURE_TYPES = {
    RSS, ATOM, JSON, "application/rdf+xml", "application/x-rss+xml", "application/x.atom+xml", "application/rss",
    "application/atom", "text/rss+xml", "text/atom+xml", "text/rss", "text/atom", "application/x-atom+xml",
}  # fmt: skip
_MAYBE_TYPES = {"application/xml", "text/xml", "application/json", "text/json", ""}
_FEED_ADDRESS = re.compile(
    r"(?:^|[/._?&=-])(?:rss2?|atom|feeds?|rdf|syndication)(?:[/._?&=-]|\d*$)|\.(?:rss|atom|rdf)(?:\?|$)|feed\.json",
    re.IGNORECASE,
)
_NO_FEED = re.compile(
    r"oembed|wp-json|opensearch|sitemap|xmlrpc|manifest|\.(?:png|jpe?g|gif|svg|css|js|pdf|zip)(?:\?|$)", re.I
)
_FEED_WORDS = re.compile(r"\b(?:rss|atom|feed|feeds|xml feed|syndicat\w+)\b", re.IGNORECASE)
_COMMENTS = re.compile(
    r"comment|komment|coment[aá]r|reacties|kommentar|замеч|комментар|コメント|评论", re.IGNORECASE
)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
_CHANNEL = re.compile(
    rb"""<link[^>]{0,100}rel="canonical"[^>]{0,100}href="https://www\.youtube\.com/channel/(UC[\w-]{22})"""
)


def find_feeds(html: bytes, address: str, content_type: str = "") -> tuple[Candidate, ...]:
    """Candidates, each address once, the likeliest first; () where the page names none."""
    html = html[:_PAGE_BYTES]
    page = _Page(_parse(html, content_type), address)
    found = list(page.read_links())
    found += _find_site_feeds(html, address)
    if not found:
        found = list(page.read_anchors())
    unique = list({candidate.address: candidate for candidate in reversed(found)}.values())[::-1]
    unique.sort(key=_rank)
    return tuple(unique[:_MOST])


def _parse(html: bytes, content_type: str) -> Any:
    """The page as a tree; None where there is nothing in it."""
    from lxml import etree

    if "charset" not in content_type and (meta := _META_CHARSET.search(html, 0, 4096)):
        content_type = f"text/html; charset={meta[1].decode('ascii')}"
    text = to_utf8(html, content_type).data
    if not text.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _find_site_feeds(html: bytes, address: str) -> list[Candidate]:
    known = list(find_known(address))
    if not known and find_host(address) == "youtube.com" and (channel := _CHANNEL.search(html)):
        known = list(find_known(f"https://www.youtube.com/channel/{channel[1].decode()}"))
    return known


class _Page:
    """A parsed page, its base and its title."""

    def __init__(self, root: Any, address: str) -> None:
        self.root = root
        self.host = find_host(address)
        self.base = address
        self.title = ""
        if root is None:
            return
        for element in root.iter("base"):
            if href := element.get("href"):
                self.base = make_absolute(href, address) or address
                break
        for element in root.iter("title"):
            self.title = make_line("".join(element.itertext()), Markup.TEXT, _TITLE_CHARS)
            break

    def read_links(self) -> Iterator[Candidate]:
        """What link elements announce, wherever in the broken page they ended up."""
        for element in self._iterate("link"):
            rels = (element.get("rel") or "").lower().split()
            kind = (element.get("type") or "").partition(";")[0].strip().lower()
            href = element.get("href") or ""
            if not href or "stylesheet" in rels or not {"alternate", "feed", "service.feed"} & set(rels):
                continue
            title = make_line(element.get("title") or "", Markup.TEXT, _TITLE_CHARS)
            if kind not in _SURE_TYPES and not _may_be_feed(kind, href, title, "feed" in rels):
                continue
            if absolute := self._resolve(href):
                yield Candidate(absolute, title or self.title, kind)

    def read_anchors(self) -> Iterator[Candidate]:
        """Links in the text that plainly are feeds: on this site, and saying so."""
        by_words = []
        for element in self._iterate("a"):
            href = (element.get("href") or "").strip()
            if not href or href.startswith("#") or _NO_FEED.search(href):
                continue
            absolute = self._resolve(href)
            if not absolute or not self._is_near(absolute):
                continue
            words = make_line(
                " ".join([*element.itertext(), element.get("title") or "", element.get("aria-label") or ""]),
                Markup.TEXT,
                _TITLE_CHARS,
            )
            kind = (element.get("type") or "").lower()
            path = absolute.partition("://")[2].partition("/")[2]
            candidate = Candidate(absolute, words or self.title, kind if kind in _SURE_TYPES else "")
            if kind in _SURE_TYPES or _FEED_ADDRESS.search("/" + path):
                yield candidate
            elif len(words) < 40 and _FEED_WORDS.search(words):
                by_words.append(candidate)
        yield from by_words

    def _iterate(self, tag: str) -> Iterator[Any]:
        return iter(()) if self.root is None else self.root.iter(tag)

    def _resolve(self, href: str) -> str:
        href = href.strip()
        if href.lower().startswith("feed:"):
            rest = href[5:]
            href = "http:" + rest if rest.startswith("//") else rest
        absolute = make_absolute(href, self.base)
        return absolute.partition("#")[0]

    def _is_near(self, address: str) -> bool:
        """The same site: its host, one above or below it, or a host of its feeds."""
        host = find_host(address)
        near = host == self.host or host.endswith("." + self.host) or self.host.endswith("." + host)
        return near or host in ("feeds.feedburner.com", "feeds2.feedburner.com")


def _may_be_feed(kind: str, href: str, title: str, says_feed: bool) -> bool:
    """Whether an alternate of a vague type is a feed: it must say so somewhere."""
    if kind not in _MAYBE_TYPES or _NO_FEED.search(href):
        return False
    return says_feed or bool(_FEED_ADDRESS.search(href) or _FEED_WORDS.search(title))


def _rank(candidate: Candidate) -> int:
    """0 for posts, 1 for the same as JSON, 2 for comments. Sorting keeps the page's order within."""
    if _COMMENTS.search(candidate.title) or _COMMENTS.search(candidate.address):
        return 2
    return 1 if "json" in candidate.media_type else 0
