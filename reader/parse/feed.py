"""A feed document -> `ParsedFeed`: the door of this folder.

In: the decoded body of an answer, the address it came from, its Content-Type. Out: head and
entries, or one of `ParseError`'s kinds. The way of a document:

    bytes -> what is it? -> UTF-8 -> DOCTYPE out -> fast reader
                 |                                    | refused or not trusted
                 +-> JSON reader                      +-> mend -> fast reader -> careful reader

`ParsedFeed.parser` says which reader it was; `flaw` names what was wrong with a document in
which entries were found all the same: "encoding", "leading junk", "broken XML", "cut short".
Nothing is fetched, nothing read from disk.
"""

from __future__ import annotations

from reader.errors import BrokenFeed, EmptyDocument, NotAFeed
from reader.model import Entry, FeedHead, ParsedFeed
from reader.parse import limits, sniff
from reader.parse.encoding import to_utf8
from reader.parse.entries import finish
from reader.parse.repair import mend
from reader.parse.trust import Untrusted
from reader.parse.xml_guard import strip_doctype


def parse(data: bytes, address: str = "", content_type: str = "") -> ParsedFeed:
    """The feed in `data`.

    Raises `EmptyDocument`, `NotAFeed` (detail: what it is), `ForbiddenXml` or `BrokenFeed`.
    """
    if len(data) > limits.DOCUMENT_BYTES:
        raise BrokenFeed("too large")
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xfe\xff"):
        raise EmptyDocument
    if foreign := sniff.find_foreign(data):
        raise NotAFeed(foreign)
    decoded = to_utf8(data, content_type)
    flaws = ["encoding"] if decoded.is_damaged else []
    body = decoded.data.lstrip(b" \t\r\n\0")
    if not body:
        raise EmptyDocument
    if body[:1] in b"{[":
        return _parse_json(body, address, flaws)
    return _parse_xml(body, address, flaws)


def _parse_json(body: bytes, address: str, flaws: list[str]) -> ParsedFeed:
    from reader.parse import jsonfeed

    head, entries, flaw = jsonfeed.read(body, address)
    return _finish(head, entries, "json", [*flaws, flaw])


def _parse_xml(body: bytes, address: str, flaws: list[str]) -> ParsedFeed:
    whole = body
    body, entities = strip_doctype(body) if not sniff.is_html_doctype(body) else (body, {})
    root, _ = sniff.find_root(body)
    if not sniff.is_feed_root(root):
        body, entities = strip_doctype(_skip_junk(whole, root))
        flaws.append("leading junk")
    if not entities:
        try:
            return _read_fast(body, address, flaws)
        except Untrusted as reason:
            worth_mending = reason.args[0] in _MENDABLE
    else:
        worth_mending = True
    mended = mend(body[sniff.find_root(body)[1] :], entities)
    if worth_mending:
        try:
            return _read_fast(mended, address, [*flaws, *([] if entities else ["characters"])])
        except Untrusted:
            pass
    return _read_carefully(mended, address, flaws)


_MENDABLE = {
    "entity reference",
    "control character",
    "character reference",
    "xml declaration",
    "attribute syntax",
}


def _skip_junk(body: bytes, root: bytes) -> bytes:
    """The document from where the feed begins. Raises `NotAFeed` where none does."""
    what = sniff.name_document(root, body)
    start = -1 if root == b"opml" else sniff.find_feed_start(body, what == "HTML")
    rest = body[start:] if start >= 0 else b""
    if not sniff.is_feed_root(sniff.find_root(rest)[0]):
        raise NotAFeed(what or "text")
    return rest


def _read_fast(body: bytes, address: str, flaws: list[str]) -> ParsedFeed:
    from reader.parse import fast

    head, entries = fast.read(body, address)
    return _finish(head, entries, "fast", flaws)


def _read_carefully(body: bytes, address: str, flaws: list[str]) -> ParsedFeed:
    from reader.parse import careful

    if body.count(b"<") > limits.BRACKETS:
        raise BrokenFeed("too large")
    try:
        head, entries, is_well_formed = careful.read(body, address)
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        AssertionError,
        RecursionError,
    ) as error:
        raise BrokenFeed(type(error).__name__) from error
    if not is_well_formed:
        flaws = [*flaws, "broken XML"]
        if not entries and not head.title:
            raise BrokenFeed("broken XML")
    return _finish(head, entries, "feedparser", flaws)


def _finish(head: FeedHead, entries: list[Entry], parser: str, flaws: list[str]) -> ParsedFeed:
    kept, is_cut = finish(entries)
    if is_cut:
        flaws = [*flaws, "cut short"]
    return ParsedFeed(head, kept, parser, ", ".join(flaw for flaw in flaws if flaw))
