"""When are two drafts the same article, and when did an article happen. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from reader.model import Draft
from reader.store.hashing import hash_text
from reader.store.moments import DAY, to_micros


def hash_uids(drafts: Iterable[Draft]) -> dict[bytes, tuple[int, Draft]]:
    """Each article of a document once, with its place in it. Of a repeated id the first counts."""
    found: dict[bytes, tuple[int, Draft]] = {}
    for place, draft in enumerate(drafts):
        found.setdefault(hash_text(draft.uid), (place, draft))
    return found


def decide_sort_at(draft: Draft, place: int, arrival: int) -> int:
    """Microseconds: when it was published; when it arrived, if undated or dated in the future.

    Of those that arrive together the first in the document is the newest, a microsecond apart.
    """
    if draft.published_at is not None:
        published = to_micros(draft.published_at)
        if published <= arrival:
            return published
    return arrival - place


def make_twin_key(link: str, title: str) -> tuple[str, str] | None:
    """What two articles of one feed share when only the publisher's scheme of ids changed. None
    where too little is known to say."""
    bare = link.partition("://")[2].rstrip("/")
    return (bare, title) if bare and title else None


def may_be_twins(one: int | None, other: int | None) -> bool:
    """By when they were published (microseconds, None: undated). A daily column has one link and
    title for ever: more than a day apart is another article."""
    return one is None or other is None or abs(one - other) <= DAY
