"""A batch of visits written down, on the writer thread, in one transaction.

The articles first, then what was learnt of their feeds: validators are never kept of articles that
are not. A feed that has moved for good gets its new address here, or becomes one with the feed
that has it already. What a person should hear of is returned, to be told once it is committed.
"""

from __future__ import annotations

from dataclasses import field, replace
from datetime import datetime

from reader.engine.decide import Move
from reader.engine.events import Noticed
from reader.engine.outcome import Outcome
from reader.engine.publish import Publisher
from reader.engine.secrets import may_follow
from reader.engine.visits import Visit, judge
from reader.errors import StoreError
from reader.frozen import frozen
from reader.model import ArticleId, FeedId
from reader.store import articles, feeds, fetching
from reader.store.arrivals import PutResult
from reader.store.database import Connection
from reader.store.feed_addresses import find_holder
from reader.store.fetching import FetchNote

Judged = tuple[Visit, FetchNote, Move]


@frozen
class Written:
    """What became of one visit. `touched`: feeds whose row in the section list changed; `updated`:
    articles that came to another feed, or whose state another feed's decided."""

    put: PutResult = field(default_factory=PutResult)
    touched: tuple[FeedId, ...] = ()
    updated: tuple[ArticleId, ...] = ()
    is_merged: bool = False
    notices: tuple[Noticed, ...] = ()


def judge_all(batch: list[Visit], now: datetime, usual: int) -> list[Judged]:
    return [(visit, *judge(visit, now, usual)) for visit in batch]


def write_visits(db: Connection, judged: list[Judged], now: datetime) -> list[Written]:
    """What became of each visit, in their order."""
    stale = {visit.plan.feed_id for visit, _, _ in judged if _is_other(db, visit)}
    documents = [
        (visit.plan.feed_id, visit.digest.drafts)
        for visit, _, _ in judged
        if visit.digest and visit.plan.feed_id not in stale
    ]
    put = dict(zip((feed for feed, _ in documents), articles.put_documents(db, documents, now), strict=True))
    return [
        Written()
        if visit.plan.feed_id in stale
        else _write(db, visit, note, move, put.get(visit.plan.feed_id, PutResult()))
        for visit, note, move in judged
    ]


def publish(visit: Visit, written: Written, publisher: Publisher) -> Outcome:
    """Note what the window is to hear of it; returns the visit in numbers."""
    put = written.put
    touched = {visit.plan.feed_id} if put.added or put.updated else set()
    publisher.note(
        put.added,
        put.updated + written.updated,
        touched.union(written.touched),
        outline_changed=written.is_merged,
    )
    return Outcome(
        done=1,
        failed=int(visit.error is not None),
        added=len(put.added),
        unchanged=int(visit.error is None and visit.digest is None),
    )


def _is_other(db: Connection, visit: Visit) -> bool:
    """Whether the person has given the feed another address or name meanwhile: then what the old one
    said is nothing to remember it by."""
    now, then = fetching.read_plan(db, visit.plan.feed_id), visit.plan
    return now is not None and (now.address, now.user_agent, now.signs_in) != (
        then.address,
        then.user_agent,
        then.signs_in,
    )


def _write(db: Connection, visit: Visit, note: FetchNote, move: Move, put: PutResult) -> Written:
    plan = visit.plan
    holder = find_holder(db, move.to) if move.adopt else None
    if holder is not None and holder.id != plan.feed_id and not holder.is_removed:
        fetching.note_answer(db, plan.feed_id, note, len(put.added))
        return _merge(db, visit, holder.id, holder.title, put)
    if move.adopt:
        _adopt(db, visit, move.to)
        note = replace(note, moved_to="")
    is_touched = fetching.note_answer(db, plan.feed_id, note, len(put.added)) or move.adopt
    notices = _notice(db, visit, note, move)
    return Written(put, (plan.feed_id,) if is_touched else (), notices=notices)


def _adopt(db: Connection, visit: Visit, address: str) -> None:
    """The feed has moved for good. What it is shown stays behind with another origin."""
    feed_id = visit.plan.feed_id
    old = feeds.change_address(db, feed_id, address)
    if visit.plan.signs_in and not may_follow(old, address):
        fetching.set_signs_in(db, feed_id, "")


def _merge(db: Connection, visit: Visit, into: FeedId, title: str, put: PutResult) -> Written:
    feed_id = visit.plan.feed_id
    own = _read_title(db, visit.plan.address)
    try:
        merged = feeds.merge_feeds(db, feed_id, into)
    except StoreError:  # it was removed while it was fetched
        return Written(put)
    notice = Noticed(feed_id, own, "merged", title)
    return Written(put, (feed_id, into), merged.touched, is_merged=True, notices=(notice,))


def _notice(db: Connection, visit: Visit, note: FetchNote, move: Move) -> tuple[Noticed, ...]:
    """Each is told on the visit that brings it and not again: then it was known before."""
    plan = visit.plan
    what, detail = "", ""
    if move.adopt:
        what, detail = "moved", move.to
    elif note.is_gone and not plan.is_gone:
        what = "gone"
    elif note.rule == "credentials" and plan.rule != "credentials":
        what = "credentials"
    return (Noticed(plan.feed_id, _read_title(db, detail or plan.address), what, detail),) if what else ()


def _read_title(db: Connection, address: str) -> str:
    """As the section list shows it."""
    holder = find_holder(db, address)
    return holder.title if holder is not None else ""
