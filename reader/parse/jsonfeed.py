"""JSON Feed 1.0 and 1.1 -> head and entries.

In: a body that begins like JSON. Out: the same values the XML readers give. Raises
`NotAFeed` for other JSON, `BrokenFeed` for what is not JSON at all. Wrong types anywhere are
passed over: a number as id becomes its digits, an object where text belongs becomes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from reader.errors import BrokenFeed, NotAFeed
from reader.model import Enclosure, Entry, FeedHead
from reader.parse import dates, limits
from reader.parse.addresses import make_absolute
from reader.parse.entries import Found, make_entry
from reader.parse.plain_text import Markup, make_html, make_line, make_name


def read(data: bytes, address: str) -> tuple[FeedHead, list[Entry], str]:
    """Head, entries and the document's flaw. `data` is UTF-8."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BrokenFeed("JSON") from error
    if not isinstance(document, dict):
        raise NotAFeed("JSON")
    items = document.get("items")
    version = _text(document, "version")
    if not isinstance(items, list) or not ("jsonfeed.org" in version or _looks_like_items(items, document)):
        raise NotAFeed("JSON")
    base = (
        address
        or make_absolute(_text(document, "feed_url"))
        or make_absolute(_text(document, "home_page_url"))
    )
    head = _read_head(document, base)
    entries = [
        entry for item in items if isinstance(item, dict) and (entry := _read_item(item, document, base))
    ]
    return head, entries, "" if version else "no version"


def _looks_like_items(items: list[Any], document: dict[str, Any]) -> bool:
    """Feeds in the wild leave the version out; their items give them away."""
    if "title" not in document or not items or not isinstance(items[0], dict):
        return False
    return "id" in items[0] and bool({"url", "content_html", "content_text", "title"} & set(items[0]))


def _read_head(document: dict[str, Any], base: str) -> FeedHead:
    hubs = document.get("hubs")
    hub = (
        next((_text(each, "url") for each in hubs if isinstance(each, dict)), "")
        if isinstance(hubs, list)
        else ""
    )
    return FeedHead(
        title=make_line(_text(document, "title"), Markup.TEXT),
        site=make_absolute(_text(document, "home_page_url"), base),
        description=make_line(_text(document, "description"), Markup.TEXT),
        language=_text(document, "language")[:35],
        icon=make_absolute(_text(document, "favicon"), base) or make_absolute(_text(document, "icon"), base),
        address=make_absolute(_text(document, "feed_url"), base),
        hub=make_absolute(hub, base),
    )


def _read_item(item: dict[str, Any], document: dict[str, Any], base: str) -> Entry | None:
    body = _text(item, "content_html") or make_html(_text(item, "content_text"))
    summary = make_html(_text(item, "summary"))
    names = list(_read_names(item)) or list(_read_names(document))
    tags = item.get("tags")
    return make_entry(
        Found(
            id=_text(item, "id").strip(),
            title=make_line(_text(item, "title"), Markup.TEXT),
            link=make_absolute(_text(item, "url"), base) or make_absolute(_text(item, "external_url"), base),
            published_at=dates.parse(_text(item, "date_published")),
            updated_at=dates.parse(_text(item, "date_modified")),
            author=", ".join(names)[: limits.AUTHOR_CHARS],
            texts=(body, summary) if body else (summary, ""),
            categories=[
                make_line(tag, Markup.TEXT, limits.CATEGORY_CHARS)
                for tag in (tags if isinstance(tags, list) else [])
                if isinstance(tag, str)
            ],
            enclosures=list(_read_attachments(item, base)),
            picture=make_absolute(_text(item, "image"), base)
            or make_absolute(_text(item, "banner_image"), base),
            language=_text(item, "language"),
        )
    )


def _read_names(holder: dict[str, Any]) -> Iterator[str]:
    authors = holder.get("authors")
    if not isinstance(authors, list) or not authors:
        authors = [holder.get("author")]
    for author in authors[:10]:
        raw = _text(author, "name") if isinstance(author, dict) else author
        if isinstance(raw, str) and (name := make_name(raw)):
            yield name


def _read_attachments(item: dict[str, Any], base: str) -> Iterator[Enclosure]:
    attachments = item.get("attachments")
    for file in (attachments if isinstance(attachments, list) else [])[: limits.ENCLOSURES]:
        if isinstance(file, dict) and (address := make_absolute(_text(file, "url"), base)):
            yield Enclosure(
                address,
                _text(file, "mime_type")[:100],
                _number(file, "size_in_bytes"),
                _number(file, "duration_in_seconds"),
                make_line(_text(file, "title"), Markup.TEXT, 200),
            )


def _text(holder: dict[str, Any], name: str) -> str:
    value = holder.get(name)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")  # lone surrogates cannot be stored
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return ""


def _number(holder: dict[str, Any], name: str) -> int:
    value = holder.get(name)
    if isinstance(value, str) and value.isdecimal() and len(value) < 16:
        value = int(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 2**53:
        return int(value)
    return 0
