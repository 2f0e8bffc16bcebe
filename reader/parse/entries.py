"""The last steps every reader of a document shares: fields -> `Entry`, entries -> a feed's list.

In: what one of the three readers (fast, careful, JSON) found. Out: entries with an identity,
each once, within the limits. Knows no parser.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from reader.model import Enclosure, Entry
from reader.parse import limits
from reader.parse.plain_text import WINDOWS_LETTERS

_C1 = re.compile(r"[\x80-\x9f]")
_MARKUP_CHARS = 20  # a difference this small says nothing about which text is longer
_NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Found:
    """An entry as a reader found it: texts already plain, addresses already absolute."""

    id: str = ""
    title: str = ""
    link: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    author: str = ""
    texts: tuple[str, str] = ("", "")  # body and summary, HTML
    categories: Iterable[str] = ()
    enclosures: list[Enclosure] = field(default_factory=list)
    picture: str = ""
    language: str = ""
    comments: str = ""


def make_entry(found: Found) -> Entry | None:
    """An `Entry`; None for an empty element."""
    body, summary = found.texts
    if not body or len(summary) > len(body) + _MARKUP_CHARS:
        body, summary = summary, body
    if summary and (
        not summary.strip() or (2 * len(summary) > len(body) and summary.strip() == body.strip())
    ):
        summary = ""
    names = found.title or found.id or found.link or found.author or found.picture or found.comments
    if not (names or body or found.enclosures or found.published_at or found.updated_at):
        return None
    if not body.isascii() and _C1.search(body):
        body = body.translate(WINDOWS_LETTERS)
    # Most lists show one time; an entry that only says when it was updated has that one.
    published_at = found.published_at or found.updated_at
    return Entry(
        uid=_make_uid(found, published_at, body),
        title=found.title,
        link=found.link,
        published_at=published_at,
        updated_at=found.updated_at,
        author=found.author,
        raw_html=body[: limits.HTML_CHARS],
        raw_summary_html=summary[: limits.SUMMARY_CHARS],
        categories=_pick_categories(found.categories),
        enclosures=_pick_enclosures(found.enclosures),
        picture=found.picture,
        language=found.language[:35],
        comments=found.comments,
    )


def finish(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], bool]:
    """Each entry once, at most `limits.ENTRIES`, in document order; whether any were left out."""
    kept = _drop_repeats(entries)
    if len(kept) <= limits.ENTRIES:
        return tuple(kept), False
    newest = sorted(range(len(kept)), key=lambda at: (kept[at].published_at or _NEVER, -at), reverse=True)
    chosen = sorted(newest[: limits.ENTRIES])
    return tuple(kept[at] for at in chosen), True


def _drop_repeats(entries: Iterable[Entry]) -> list[Entry]:
    """An id that comes twice is one article: the first, or the one updated last."""
    places: dict[str, int] = {}
    kept: list[Entry] = []
    for entry in entries:
        at = places.setdefault(entry.uid, len(kept))
        if at == len(kept):
            kept.append(entry)
        elif (entry.updated_at or entry.published_at or _NEVER) > (
            kept[at].updated_at or kept[at].published_at or _NEVER
        ):
            kept[at] = entry
    return kept


def _make_uid(found: Found, published_at: datetime | None, body: str) -> str:
    uid = found.id or found.link
    if not uid:
        when = published_at.isoformat() if published_at else ""
        essence = f"{found.title}\n{when}" if found.title or when else " ".join(body.split())
        return "hash:" + hashlib.sha256(essence.encode("utf-8", "replace")).hexdigest()[:32]
    if len(uid) > limits.ID_CHARS:
        return "hash:" + hashlib.sha256(uid.encode("utf-8", "replace")).hexdigest()[:32]
    return uid


def _pick_categories(categories: Iterable[str]) -> tuple[str, ...]:
    if not categories:
        return ()
    return tuple(dict.fromkeys(filter(None, categories)))[: limits.CATEGORIES]


def _pick_enclosures(enclosures: list[Enclosure]) -> tuple[Enclosure, ...]:
    """Each file once; the later mention fills in what the first left open."""
    if not enclosures:
        return ()
    kept: dict[str, Enclosure] = {}
    for file in enclosures:
        first = kept.get(file.address)
        kept[file.address] = (
            file
            if first is None
            else replace(
                first,
                media_type=first.media_type or file.media_type,
                length=first.length or file.length,
                duration=first.duration or file.duration,
                title=first.title or file.title,
            )
        )
    return tuple(kept.values())[: limits.ENCLOSURES]
