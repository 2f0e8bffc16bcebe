"""What the worker process can do: `parse` and `content` joined. Pure functions, bytes in, nouns out.

Enters: bodies as they were sent, still compressed. Leaves: `Digest`s and other values that
can be pickled, or an error of `reader.errors`. Imports are made when first needed: a process that
only prepares pictures never loads a feed parser.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from reader.errors import BroadsheetError, EmptyDocument, NotAFeed
from reader.frozen import frozen
from reader.model import Digest, Draft, ParsedFeed

if TYPE_CHECKING:
    from reader.content.extract import Extracted
    from reader.content.pictures import PreparedPicture
    from reader.parse.discover import Candidate
    from reader.parse.opml import OpmlOutline

FEED_LIMIT = 15 << 20  # bytes, unpacked
PAGE_LIMIT = 10 << 20
PICTURE_LIMIT = 8 << 20
OPML_LIMIT = 15 << 20


@frozen
class Looked:
    """What an address turned out to be: a feed, or a page that names feeds (perhaps none)."""

    digest: Digest | None
    candidates: tuple[Candidate, ...] = ()


def digest_feed(data: bytes, encoding: str, address: str, content_type: str) -> Digest:
    """A feed's body made safe. Raises ParseError, and BodyTooLarge for one that unpacks too large."""
    from reader.parse import feed

    return _digest(feed.parse(_unpack(data, encoding, FEED_LIMIT), address, content_type), address)


def parse_feed(data: bytes, address: str, content_type: str = "") -> ParsedFeed:
    """A feed file as the store would receive it, unsanitised. Raises ParseError."""
    from reader.parse import feed

    return feed.parse(_unpack(data, "", FEED_LIMIT), address, content_type)


def look_at(data: bytes, encoding: str, address: str, content_type: str) -> Looked:
    """A body that may be a feed or a page. Raises ParseError for a feed that cannot be read,
    EmptyDocument, BodyTooLarge; NotAFeed for what is no page either."""
    from reader.parse import discover, feed

    body = _unpack(data, encoding, FEED_LIMIT)
    if not body.strip():
        raise EmptyDocument
    try:
        return Looked(_digest(feed.parse(body, address, content_type), address))
    except NotAFeed as error:
        candidates = discover.find_feeds(body[:PAGE_LIMIT], address, content_type)
        if not candidates and error.detail != "HTML":
            raise
        return Looked(None, candidates)


def extract_page(data: bytes, encoding: str, address: str, content_type: str) -> tuple[Extracted, str]:
    """A page's article, and its HTML made safe. Raises ParseError, and BodyTooLarge."""
    from reader.content import extract, sanitize

    found = extract.extract(_unpack(data, encoding, PAGE_LIMIT), address, content_type)
    return found, sanitize.sanitize(found.raw_html, found.address)


def read_opml(data: bytes) -> OpmlOutline:
    """Raises OutlineError, and BodyTooLarge."""
    from reader.parse import opml

    return opml.read(_unpack(data, "", OPML_LIMIT))


def prepare_picture(data: bytes, encoding: str, content_type: str) -> PreparedPicture:
    """Raises PictureError, and BodyTooLarge."""
    from reader.content import pictures

    return pictures.prepare(_unpack(data, encoding, PICTURE_LIMIT), content_type)


def prepare_icon(data: bytes, encoding: str) -> tuple[bytes, int, int]:
    """PNG, width, height. Raises PictureError, and BodyTooLarge."""
    from reader.content import pictures

    return pictures.prepare_icon(_unpack(data, encoding, PICTURE_LIMIT))


def _unpack(data: bytes, encoding: str, limit: int) -> bytes:
    from reader.content import unpacking

    return unpacking.decode_body(data, encoding, limit)


def _digest(parsed: ParsedFeed, address: str) -> Digest:
    base = parsed.head.site or address
    drafts: list[Draft] = []
    flaw = parsed.flaw
    for entry in parsed.entries:
        draft = _draft(entry, base)
        if draft is None:
            flaw = flaw or "entry"
        else:
            drafts.append(draft)
    return Digest(parsed.head, tuple(drafts), parsed.parser, flaw)


def _draft(entry: Any, base: str) -> Draft | None:
    """One entry that cannot be read costs itself, not the feed."""
    from reader.content import drafts

    try:
        return drafts.make_draft(entry, base)
    except (BroadsheetError, ValueError, TypeError, LookupError, RecursionError):
        return None


BY_NAME: dict[str, Callable[..., Any]] = {
    "digest_feed": digest_feed,
    "parse_feed": parse_feed,
    "look_at": look_at,
    "read_opml": read_opml,
    "extract_page": extract_page,
    "prepare_picture": prepare_picture,
    "prepare_icon": prepare_icon,
}
