"""Entries -> drafts: what the store keeps of an article.

An entry as its publisher sent it enters; a draft leaves whose HTML is safe, with its standfirst,
plain text, reading time, pictures and a fingerprint by which an edit is noticed. No I/O.
"""

from __future__ import annotations

import html
import re
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from reader.content.links import choose_base, clean_address, is_web, resolve
from reader.content.read_time import count_minutes
from reader.content.sanitize import sanitize
from reader.content.srcset import identify, read_pixels
from reader.content.text import choose_standfirst, shorten, to_line, to_text
from reader.errors import StoreDamaged
from reader.model import Draft, Entry

if TYPE_CHECKING:
    import zstandard

LARGEST_BODY = 8_000_000  # bytes unpacked
_LEVEL = 3
_MOST_PICTURES = 100
_SMALLEST = 100  # pixels; below, a picture is an icon

_FIRST_HEADING = re.compile(
    r"\s*(?:<(?:div|section|article|header)>\s*)*(<h[12](?: [^>]*)?>(.*?)</h[12]>)", re.DOTALL
)
_PICTURE = re.compile(r'<img src="([^"]*)"([^>]*)>')
_SIZE = re.compile(r'(?:width|height)="(\d+)"')
_ICON_WORDS = (
    "avatar", "favicon", "/icon", "icon.", "icons/", "-icon", "/emoji", "smiley", "smilies", "badge", "shields.io", "/logo",
    "-logo", "logo.", "/share", "button", "sprite", ".svg", "feedburner", "addtoany", "/ads/", "profile_images",
)  # fmt: skip


def make_draft(entry: Entry, base: str) -> Draft:
    """Make one entry safe. `base` is the site's address, or the feed's where no site is known."""
    page = choose_base(entry.link, base)
    body_html = sanitize(entry.raw_html, page)
    title = " ".join(entry.title.split())
    if title and ("<h1" in body_html[:400] or "<h2" in body_html[:400]):
        body_html = _drop_headline(body_html, title)
    text = to_text(body_html)
    link = clean_address(resolve(entry.link, base))
    standfirst = choose_standfirst(entry.raw_summary_html, text)
    lead, pictures = _find_pictures(entry, body_html, page)
    body = body_html.encode()
    return Draft(
        uid=entry.uid,
        title=title or shorten(to_line(text[:1000]), 100),
        link=link,
        author=" ".join(entry.author.split()),
        published_at=entry.published_at,
        updated_at=entry.updated_at,
        standfirst=standfirst,
        body=_compressor().compress(body),
        text=text,
        minutes=count_minutes(text),
        picture=lead,
        pictures=pictures,
        categories=entry.categories,
        enclosures=entry.enclosures,
        language=entry.language,
        comments=resolve(entry.comments, base) if entry.comments else "",
        fingerprint=_take_fingerprint(body, title, standfirst, link, entry.author),
    )


def pack(safe_html: str) -> bytes:
    """A body as the store keeps it: UTF-8 in one zstd frame."""
    return _compressor().compress(safe_html.encode())


def unpack(body: bytes) -> str:
    """The HTML of a stored body; `StoreDamaged` for anything that is none, or above the limit."""
    import zstandard

    try:
        if zstandard.frame_content_size(body) > LARGEST_BODY:
            raise StoreDamaged("body too large")
        return _decompressor().decompress(body, max_output_size=LARGEST_BODY).decode()
    except (zstandard.ZstdError, UnicodeDecodeError) as error:
        raise StoreDamaged("body unreadable") from error


@cache
def _compressor() -> zstandard.ZstdCompressor:
    import zstandard

    return zstandard.ZstdCompressor(level=_LEVEL, write_checksum=False)


def _decompressor() -> zstandard.ZstdDecompressor:
    """A new one each time: they may not be shared between threads, and cost a microsecond."""
    import zstandard

    return zstandard.ZstdDecompressor()


def _take_fingerprint(body: bytes, *lines: str) -> bytes:
    """16 bytes over everything a reader would call the article."""
    taken = blake2b(body, digest_size=16)
    taken.update("\0".join(("", *lines)).encode("utf-8", "replace"))
    return taken.digest()


def _drop_headline(body_html: str, title: str) -> str:
    """The page shows the headline itself: take it off the top of a body that repeats it."""
    found = _FIRST_HEADING.match(body_html)
    if found and _bare(to_line(found[2])) == _bare(title):
        return (body_html[: found.start(1)] + body_html[found.end(1) :]).strip()
    return body_html


def _find_pictures(entry: Entry, body_html: str, base: str) -> tuple[str, tuple[str, ...]]:
    """The lead picture, and all pictures in order with the lead among them."""
    found: list[tuple[str, str]] = []
    if "<img" in body_html:
        found = [
            (html.unescape(source), rest) for source, rest in _PICTURE.findall(body_html)[:_MOST_PICTURES]
        ]
    inside = tuple(dict.fromkeys(source for source, _ in found))
    lead = _named_lead(entry, base)
    if lead:
        # The same picture at another size in the body: one of them is enough, and the body's is shown.
        word = identify(lead)
        lead = next((address for address in inside if identify(address) == word), lead)
    else:
        lead = next((source for source, rest in found if not _is_icon(source, rest)), "")
    return lead, (inside if not lead or lead in inside else (lead, *inside))


def _named_lead(entry: Entry, base: str) -> str:
    named = resolve(entry.picture, base) if entry.picture else ""
    if not named:
        pictures = (file.address for file in entry.enclosures if file.media_type.startswith("image/"))
        named = resolve(next(pictures, ""), base)
    return named if is_web(named) and not named.lower().endswith(".svg") else ""


def _is_icon(source: str, rest: str) -> bool:
    if any(0 < read_pixels(size) < _SMALLEST for size in _SIZE.findall(rest)):
        return True
    lowered = source.lower()
    return any(word in lowered for word in _ICON_WORDS)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()
