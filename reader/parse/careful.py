"""The careful reader: everything the fast one refuses or gets wrong, through feedparser.

In: a UTF-8 document without DOCTYPE, mended as far as that goes. Out: head, entries, and
whether it was well-formed. feedparser's own sanitiser stays off: HTML is cleaned by
`content`. It gets bytes, never an address, so it opens nothing.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from reader.model import Enclosure, Entry, FeedHead
from reader.parse import dates, limits, media
from reader.parse.addresses import make_absolute
from reader.parse.entries import Found, make_entry
from reader.parse.head import Head, cut_items, read_head
from reader.parse.links import choose_link
from reader.parse.plain_text import Markup, make_html, make_line, make_name

_RIVALS = re.compile(rb"(</?media:|</?itunes:)(description|title|text|summary|subtitle)(?=[\s>])")
_OWN_TEXT = re.compile(rb"<(?:description|content|summary)[\s>:]")
_OPENING = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_CLOSING = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)


def read(data: bytes, address: str) -> tuple[FeedHead, list[Entry], bool]:
    """Head, entries in document order, and whether the document was well-formed."""
    import feedparser

    head = read_head(cut_items(data), address)
    headers = {"content-type": "application/xml; charset=utf-8"}
    has_bases = b"xml:base" in data
    if has_bases:
        headers["content-location"] = address  # else ids stay as they are, as the fast reader leaves them
    answer = feedparser.parse(
        io.BytesIO(_hide_rivals(data)),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=has_bases,
    )
    raw_entries = answer.get("entries", [])
    is_broken = bool(answer.get("bozo"))
    if is_broken and len(raw_entries) > 1 and _is_cut_off(data):
        raw_entries = raw_entries[:-1]
    is_atom = str(answer.get("version") or "").startswith("atom")
    entries = [entry for raw in raw_entries if (entry := _make_entry(raw, head, is_atom))]
    return _complete_head(head, answer.get("feed", {})), entries, not is_broken


def _hide_rivals(data: bytes) -> bytes:
    """feedparser lets a picture's caption or a podcast's summary take the place of the entry's text."""
    first = _OPENING.search(data)
    if first is None or not _OWN_TEXT.search(data, first.start()):
        return data
    return _RIVALS.sub(rb"\1hidden-\2", data)


def _is_cut_off(data: bytes) -> bool:
    """Whether the document ends inside an entry: what there is of it may change its identity."""
    opened = closed = -1
    for found in _OPENING.finditer(data):
        opened = found.start()
    for found in _CLOSING.finditer(data, max(opened, 0)):
        closed = found.start()
    return opened > closed


def _complete_head(head: Head, feed: Any) -> FeedHead:
    """What `head` could not read in a broken document, from feedparser."""
    known = head.head
    detail = feed.get("title_detail") or {}
    return replace(
        known,
        title=known.title or make_line(_str(feed.get("title")), _name_markup(detail, False)),
        site=known.site or make_absolute(_str(feed.get("link")), head.base),
        description=known.description or make_line(_str(feed.get("subtitle"))),
        language=known.language or _str(feed.get("language"))[:35],
    )


def _make_entry(raw: Any, head: Head, is_atom: bool) -> Entry | None:
    base = head.base
    comments = _str(raw.get("comments"))
    uid = _str(raw.get("id")).strip()
    link = choose_link(raw.get("links", [])) or _find_guid_link(raw, uid, is_atom)
    found = Found(
        id="" if uid == link else uid,
        title=make_line(_str(raw.get("title")), _name_markup(raw.get("title_detail") or {}, is_atom)),
        link=make_absolute(link, base),
        published_at=_read_date(raw, "published") or _read_date(raw, "created"),
        updated_at=_read_date(raw, "updated"),
        author=_read_authors(raw) or (head.authors if is_atom else ""),
        texts=_read_texts(raw, is_atom),
        categories=_read_categories(raw),
        language=_read_language(raw) or head.head.language,
        comments=make_absolute(comments, base) if comments.startswith(("http", "/")) else "",
    )
    _add_files(found, raw, base)
    return make_entry(found)


def _find_guid_link(raw: Any, uid: str, is_atom: bool) -> str:
    """An id that is the entry's address. feedparser takes every guid for one that does not deny it."""
    link = _str(raw.get("link"))
    return link if not is_atom and (link != uid or link.startswith(("http://", "https://"))) else ""


def _name_markup(detail: Any, is_atom: bool) -> Markup:
    kind = _str(detail.get("type"))
    if not is_atom:
        return Markup.GUESS
    return Markup.HTML if "html" in kind else Markup.TEXT


def _read_date(raw: Any, name: str) -> datetime | None:
    # .get() on feedparser's dictionaries falls back from one date to another; `in` does not.
    if name not in raw.keys():  # noqa: SIM118
        return None
    moment = dates.parse(_str(dict.get(raw, name)))
    if moment is None and (parsed := dict.get(raw, f"{name}_parsed")):
        try:
            moment = datetime(*parsed[:6]).replace(tzinfo=UTC)
        except (ValueError, TypeError):
            return None
    return moment


def _read_authors(raw: Any) -> str:
    names = [make_name(_str(each.get("name"))) for each in raw.get("authors") or [] if each]
    names = [name for name in dict.fromkeys(names) if name]
    return ", ".join(names)[: limits.AUTHOR_CHARS] or make_name(_str(raw.get("author")))


def _read_texts(raw: Any, is_atom: bool) -> tuple[str, str]:
    texts = [_read_text(each, is_atom) for each in raw.get("content") or []]
    body = max(texts, key=len, default="")
    detail = raw.get("summary_detail")
    summary = _read_text(detail, is_atom) if detail else _str(raw.get("summary"))
    return (body, summary) if body else (summary, "")


def _read_text(detail: Any, is_atom: bool) -> str:
    value, kind = _str(detail.get("value")), _str(detail.get("type"))
    if not is_atom or "html" in kind or not value:
        return value
    if kind.startswith("text/") or not kind:
        return make_html(value)
    return "" if kind.startswith(("image/", "audio/", "video/")) else value


def _read_categories(raw: Any) -> list[str]:
    names = []
    for tag in (raw.get("tags") or [])[: limits.CATEGORIES]:
        name = _str(tag.get("label") or tag.get("term"))
        if name and not name.startswith(("http://", "https://")):
            names.append(make_line(name, Markup.GUESS, limits.CATEGORY_CHARS))
    return names


def _read_language(raw: Any) -> str:
    for detail in [*(raw.get("content") or []), raw.get("summary_detail") or {}]:
        if language := detail.get("language"):
            return _str(language)
    return ""


def _add_files(found: Found, raw: Any, base: str) -> None:
    duration = _str(raw.get("itunes_duration"))
    files: list[Enclosure] = []
    for each in (raw.get("enclosures") or [])[: limits.ENCLOSURES]:
        address = _str(each.get("href") or each.get("url"))
        if file := media.make_file(
            address, each.get("type"), each.get("length"), duration, each.get("title"), base
        ):
            files.append(file)
    contents = raw.get("media_content") or []
    thumbnails = [_str(each.get("url")) for each in raw.get("media_thumbnail") or []]
    cover = raw.get("image")
    found.enclosures = files + media.pick_files(contents, base)
    found.picture = (
        media.pick_picture(contents, thumbnails, base)
        or make_absolute(_str(cover.get("href")) if isinstance(cover, dict) else "", base)
        or media.pick_picture_file(files)
    )


def _str(value: Any) -> str:
    return value if isinstance(value, str) else ""
