"""A batch of visits written down, on the writer thread, in one transaction.

The articles first, then what was learnt of their feeds: validators are never kept of articles that
are not.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from reader.engine.decide import Move
from reader.engine.visits import Visit
from reader.errors import AlreadySubscribed
from reader.model import FeedId
from reader.store import articles, feeds, fetching
from reader.store.arrivals import PutResult
from reader.store.database import Connection
from reader.store.fetching import FetchNote


def write_visits(
    db: Connection, judged: list[tuple[Visit, FetchNote, Move]], now: datetime
) -> list[tuple[PutResult, bool]]:
    """Of each visit, what became of its drafts and whether the feed's own row changed."""
    documents = [(visit.plan.feed_id, visit.digest.drafts) for visit, _, _ in judged if visit.digest]
    put = dict(zip((feed for feed, _ in documents), articles.put_documents(db, documents, now), strict=True))
    results: list[tuple[PutResult, bool]] = []
    for visit, note, move in judged:
        feed_id = visit.plan.feed_id
        is_touched = move.adopt and _adopt(db, feed_id, move.to)
        is_touched = (
            fetching.note_answer(db, feed_id, replace(note, moved_to="") if is_touched else note)
            or is_touched
        )
        results.append((put.get(feed_id, PutResult()), is_touched))
    return results


def _adopt(db: Connection, feed_id: FeedId, address: str) -> bool:
    """The feed has moved for good. Not where the new address is another subscription already."""
    try:
        feeds.change_address(db, feed_id, address)
    except AlreadySubscribed:
        return False
    return True
