"""The fast reader: well-formed UTF-8 RSS and Atom through fastfeedparser's native core.

In: a UTF-8 document without DOCTYPE. Out: head and entries. Raises `Untrusted` where the core
refuses the document or `trust` does not believe what it returned; the caller then asks the
careful reader. The core reads entries only; the head is read by `head`, and what the core
leaves out (title types, podcast pictures and lengths) is looked up in the bytes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from reader.model import Enclosure, Entry, FeedHead
from reader.parse import dates, limits, media
from reader.parse.addresses import make_absolute
from reader.parse.entries import Found, make_entry
from reader.parse.head import Head, cut_items, read_head
from reader.parse.links import choose_link
from reader.parse.plain_text import Markup, make_html, make_line, make_name
from reader.parse.trust import Untrusted, check_atom, check_rss, read_entry_kinds, split_items

Raw = dict[str, Any]

_THUMBNAIL = re.compile(rb"""<media:thumbnail[^>]*?\surl\s*=\s*["']([^"'<>]+)""")
_COVER = re.compile(rb"""<itunes:image[^>]*?\shref\s*=\s*["']([^"'<>]+)""")
_DURATION = re.compile(rb"<itunes:duration[^>]*>\s*(?:<!\[CDATA\[)?\s*([\d:.]{1,20})")
_MEDIA_TEXT = re.compile(rb"<media:description[^>]*>\s*(?:<!\[CDATA\[)?([^<]+)")
_MEDIA = b"http://search.yahoo.com/mrss/"
_MEDIA_NAMES = re.compile(
    rb"""xmlns:media\s*=\s*["'](http://search\.yahoo\.com/mrss|https?://www\.rssboard\.org/media-rss/?)["']"""
)
_NOTHING = ("", "")
_NO_PERMALINK = re.compile(rb"""isPermaLink\s*=\s*["']\s*false""")
_TAG = re.compile(r"<[^>]+>")
_SYNTHETIC_CHARS = 512


def read(data: bytes, address: str) -> tuple[FeedHead, list[Entry]]:
    """Head and entries, in document order. Raises `Untrusted`."""
    data = _name_media(data)
    kind, header, raw_entries = _extract(data)
    items_at = max(data.find(b"<item" if kind == "rss" else b"<entry"), 0)
    head = read_head(header, address)
    if kind == "rss":
        own_summaries = check_rss(data, header, items_at, raw_entries) >= len(raw_entries)
        entries = _make_rss(data, header, raw_entries, head, own_summaries)
    else:
        check_atom(data, items_at, raw_entries)
        entries = _make_atom(data, items_at, header, raw_entries, head)
    return head.head, entries


def _name_media(data: bytes) -> bytes:
    """The media namespace has three names in use; the core knows one."""
    found = _MEDIA_NAMES.search(data, 0, 4096)
    return data if found is None else data[: found.start(1)] + _MEDIA + data[found.end(1) :]


# ---- the core ------------------------------------------------------------------------------


def _extract(data: bytes) -> tuple[str, bytes, list[Raw]]:
    core = _load_core()
    if core is None:
        return _extract_publicly(data)
    try:
        result = core(data, dict, _read_date, html.unescape, True, True, True, True)
    except BaseException as error:
        # A panic of the native code is not an Exception; everything else that is not one passes.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise Untrusted("core failed") from error
        raise
    if isinstance(result, str):
        raise Untrusted(result)
    kind, _namespace, header, entries = result
    return kind, header, entries


@cache
def _load_core() -> Callable[..., Any] | None:
    """The extractor behind `fastfeedparser.parse`; None in a wheel without it.

    Called by itself, it says whether the document is well-formed; the public function mends
    what is not in silence.
    """
    from fastfeedparser import main

    return getattr(getattr(main, "_core", None), "parse_entries", None)


def _extract_publicly(data: bytes) -> tuple[str, bytes, list[Raw]]:
    """The same without the native core: strictly parsed once to know that it is well-formed."""
    import fastfeedparser
    from lxml import etree

    if b"xhtml" in data:
        raise Untrusted("xhtml content")
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        kind = {"rss": "rss", "feed": "atom"}[etree.QName(root).localname]
        return kind, cut_items(data), fastfeedparser.parse(data)["entries"]
    except (etree.XMLSyntaxError, ValueError, KeyError) as error:
        raise Untrusted("not well-formed") from error


def _read_date(text: str) -> str | None:
    """The core asks for dates it does not know, and tries ids as dates: numbers are none."""
    if len(text) < 8 or text.strip().isdecimal():
        return None
    moment = dates.parse(text)
    return moment.isoformat() if moment else None


# ---- RSS -----------------------------------------------------------------------------------


def _make_rss(
    data: bytes, header: bytes, raw_entries: list[Raw], head: Head, own_summaries: bool
) -> list[Entry]:
    covers = _find_podcast_parts(data, raw_entries) if b"itunes" in header else {}
    extras = _find_media(data, header, b"item", raw_entries)
    language = head.head.language
    false_links = _find_false_links(data, raw_entries)
    base = head.base
    entries = []
    for at, raw in enumerate(raw_entries):
        content = raw.get("content")
        body = content[0]["value"] if content else ""
        summary = raw.get("description", "")
        if summary and not own_summaries and _is_synthetic(summary, body):
            summary = ""
        link = raw.get("link", "")
        author = raw.get("author", "")
        comments = raw.get("comments", "")
        found = Found(
            id="" if raw.get("id", "") == link and at not in false_links else raw.get("id", ""),
            title=make_line(raw["title"]) if raw["title"] else "",
            link=make_absolute(link, base) if link and at not in false_links else "",
            author=_make_author(author[:1000]) if author else "",
            texts=(body, summary),
            language=language,
            comments=make_absolute(comments, base) if comments.startswith(("http", "/")) else "",
        )
        _add_dates(found, raw)
        if "tags" in raw:
            found.categories = [_make_label(tag["term"][:1000]) for tag in raw["tags"][: limits.CATEGORIES]]
        if at in covers or at in extras or "media_content" in raw or "enclosures" in raw:
            _add_files(found, raw, base, extras.get(at, _NOTHING), covers.get(at, _NOTHING))
        if entry := make_entry(found):
            entries.append(entry)
    return entries


def _find_false_links(data: bytes, raw_entries: list[Raw]) -> set[int]:
    """Entries whose id the core took for their link although it says that it is none."""
    suspects = [at for at, raw in enumerate(raw_entries) if "link" in raw and raw["link"] == raw.get("id")]
    if not suspects or not _NO_PERMALINK.search(data):
        return set()
    ranges = split_items(data, b"item", len(raw_entries))
    return {
        at
        for at in suspects
        if data.find(b"<link", *ranges[at]) < 0 and _NO_PERMALINK.search(data, *ranges[at])
    }


def _find_podcast_parts(data: bytes, raw_entries: list[Raw]) -> dict[int, tuple[str, str]]:
    """For each entry with itunes: parts, its picture and the duration of its file."""
    parts = {}
    for at, (start, end) in enumerate(split_items(data, b"item", len(raw_entries))):
        cover, duration = _COVER.search(data, start, end), _DURATION.search(data, start, end)
        if cover or duration:
            parts[at] = (_text(cover), _text(duration))
    return parts


# ---- Atom ----------------------------------------------------------------------------------


def _make_atom(data: bytes, items_at: int, header: bytes, raw_entries: list[Raw], head: Head) -> list[Entry]:
    has_bases = b"xml:base" in header or data.find(b"xml:base", items_at) >= 0
    kinds = read_entry_kinds(data, items_at, len(raw_entries))
    extras = _find_media(data, header, b"entry", raw_entries)
    base = head.base
    entries = []
    for at, raw in enumerate(raw_entries):
        title_kind, summary_kind, content_kind = kinds[at]
        content = raw.get("content")
        body = content[0]["value"] if content else ""
        summary = raw.get("description", "") if summary_kind else ""
        author = raw.get("author", "")
        uid = "" if raw.get("id", "") == raw.get("link") else raw.get("id", "")
        found = Found(
            id=_resolve_id(uid, base) if has_bases and uid else uid,
            title=make_line(raw["title"], _name_markup(title_kind)) if raw["title"] else "",
            link=make_absolute(choose_link(raw["links"]), base),
            author=_make_author(author[:1000]) if author else head.authors,
            texts=(_to_html(body, content_kind), _to_html(summary, summary_kind)),
            language=(content[0].get("language") if content else "") or head.head.language,
        )
        _add_dates(found, raw)
        if "tags" in raw:
            found.categories = _make_labels(raw["tags"])
        if at in extras or "media_content" in raw:
            _add_files(found, raw, base, extras.get(at, _NOTHING), _NOTHING)
        if entry := make_entry(found):
            entries.append(entry)
    return entries


def _resolve_id(raw_id: str, base: str) -> str:
    """Where a document has an xml:base the careful reader makes ids absolute; so both give the same."""
    return raw_id if ":" in raw_id else make_absolute(raw_id, base) or raw_id


def _name_markup(attributes: bytes) -> Markup:
    return Markup.HTML if b"html" in attributes else Markup.TEXT


def _to_html(text: str, attributes: bytes) -> str:
    """Text that its type calls plain becomes HTML; so does untyped text without any markup."""
    if not text or b"html" in attributes:
        return text
    if b"type" not in attributes and ("</" in text or "/>" in text or "<br" in text):
        return text
    return make_html(text)


# ---- both ----------------------------------------------------------------------------------


def _add_dates(found: Found, raw: Raw) -> None:
    if published := raw.get("published"):
        found.published_at = _read_moment(published)
    if updated := raw.get("updated"):
        found.updated_at = _read_moment(updated)


def _read_moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(microsecond=0) if moment.microsecond else moment


def _add_files(found: Found, raw: Raw, base: str, extra: tuple[str, str], podcast: tuple[str, str]) -> None:
    contents = raw.get("media_content", ())
    cover, duration = podcast
    thumbnail, text = extra
    files: list[Enclosure] = []
    for each in raw.get("enclosures", ())[: limits.ENCLOSURES]:
        if file := media.make_file(each["url"], each.get("type"), each.get("length"), duration, "", base):
            files.append(file)
    found.enclosures = files + media.pick_files(contents, base)
    found.picture = (
        media.pick_picture(contents, (thumbnail,), base)
        or make_absolute(cover, base)
        or media.pick_picture_file(files)
    )
    if not any(found.texts):
        found.texts = (media.pick_text([*contents, {"description": text}]), "")


def _find_media(data: bytes, header: bytes, tag: bytes, raw_entries: list[Raw]) -> dict[int, tuple[str, str]]:
    """media:thumbnail and media:description of entries that have no other picture or text."""
    wanted = [
        at
        for at, raw in enumerate(raw_entries)
        if ("media_content" in raw or b"search.yahoo.com/mrss" in header)
        and not (
            "content" in raw and media.pick_picture(raw.get("media_content", ()), (), "https://x.invalid/")
        )
    ]
    if not wanted:
        return {}
    ranges = split_items(data, tag, len(raw_entries))
    parts = {}
    for at in wanted:
        thumbnail = _THUMBNAIL.search(data, *ranges[at])
        text = None if "content" in raw_entries[at] else _MEDIA_TEXT.search(data, *ranges[at])
        if thumbnail or text:
            parts[at] = (_text(thumbnail), _text(text))
    return parts


def _is_synthetic(summary: str, body: str) -> bool:
    """Whether the core made up the summary from the beginning of the text."""
    if not body or (len(summary) < _SYNTHETIC_CHARS and len(body) > 3000) or len(summary) > _SYNTHETIC_CHARS:
        return False
    plain = " ".join(html.unescape(_TAG.sub(" ", body[:2048])).split())
    return plain.startswith(" ".join(summary[:200].split()))


def _text(found: re.Match[bytes] | None) -> str:
    return html.unescape(found[1].decode("utf-8", "replace")).strip() if found else ""


@lru_cache(maxsize=4096)
def _make_author(raw: str) -> str:
    return make_name(raw)


@lru_cache(maxsize=4096)
def _make_label(raw: str) -> str:
    return make_line(raw, Markup.GUESS, limits.CATEGORY_CHARS)


def _make_labels(tags: list[Raw]) -> list[str]:
    """Atom categories by their label, else their term; terms that are addresses say nothing."""
    wanted = (tag.get("label") or tag["term"] for tag in tags[: limits.CATEGORIES])
    return [_make_label(name[:1000]) for name in wanted if not name.startswith(("http://", "https://"))]
