"""The section list at one moment: names, counts and how each feed is doing.

Counts come from `tally`, which triggers keep, one row a feed; only today's are counted when
asked for, over an index of unread articles, and there are never more of those than came today.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Connection

from reader.model import Counts, Failure, Feed, FeedId, Outline, Section, SectionId
from reader.store.moments import from_micros_or_none, start_of_day
from reader.store.sections import Place, read_tree

_FEEDS = """
SELECT f.id, f.section_id, f.given_title, f.own_title, f.address, f.site, f.position, f.icon,
    t.unread, t.total, t.saved, s.failure_kind, s.failure_detail, s.failures, s.failed_since,
    s.last_checked_at, s.last_success_at, s.not_before
FROM feed f JOIN tally t ON t.feed_id = f.id JOIN fetch_state s ON s.feed_id = f.id
WHERE f.removed_at IS NULL ORDER BY f.position, f.id
"""

_COUNTS = """
SELECT f.id, f.section_id, t.unread, t.total, t.saved
FROM feed f JOIN tally t ON t.feed_id = f.id WHERE f.removed_at IS NULL
"""


def read_outline(db: Connection, now: datetime) -> Outline:
    """Sections and feeds in display order. `now`: aware, in the reader's own time zone."""
    places = read_tree(db)
    order = {place.id: number for number, place in enumerate(places)}
    rows = db.execute(_FEEDS).fetchall()
    rows.sort(key=lambda row: order[row[1]])  # stable: by position within each section
    counts = _count(db, places, ((row[0], row[1], *row[8:11]) for row in rows), now)
    sections = (Section(x.id, x.name, x.parent_id, x.position, counts.by_section[x.id]) for x in places)
    return Outline(tuple(sections), tuple(_make_feed(*row) for row in rows), counts)


def read_counts(db: Connection, now: datetime) -> Counts:
    """The counts alone. `now`: aware, in the reader's own time zone."""
    return _count(db, read_tree(db), db.execute(_COUNTS), now)


def make_title(given: str, own: str, address: str) -> str:
    """The user's name for a feed, else its own, else its host."""
    return given or own or address.partition("://")[2].partition("/")[0] or address


def _count(
    db: Connection, places: list[Place], rows: Iterable[tuple[int, int, int, int, int]], now: datetime
) -> Counts:
    by_feed: dict[FeedId, int] = {}
    by_section: dict[SectionId, int] = {place.id: 0 for place in places}
    total = saved = 0
    for id, section, unread, of_feed, saved_of_feed in rows:
        by_feed[FeedId(id)] = unread
        by_section[SectionId(section)] += unread
        total += of_feed
        saved += saved_of_feed
    for place in reversed(places):  # innermost first
        if place.parent_id is not None:
            by_section[place.parent_id] += by_section[place.id]
    today = db.execute(
        "SELECT count(*) FROM status INDEXED BY unread_all "
        "WHERE section_id IS NOT NULL AND is_read = 0 AND sort_at >= ?",
        (start_of_day(now),),
    ).fetchone()[0]
    return Counts(today, sum(by_feed.values()), saved, total, by_feed, by_section)


def _make_feed(
    id: int,
    section: int,
    given: str,
    own: str,
    address: str,
    site: str,
    position: int,
    icon: str,
    unread: int,
    total: int,
    _saved: int,
    failure_kind: str,
    failure_detail: str,
    failures: int,
    failed_since: int | None,
    checked: int | None,
    succeeded: int | None,
    not_before: int | None,
) -> Feed:
    failure = None
    if failure_kind:
        failure = Failure(failure_kind, failure_detail, failures, from_micros_or_none(failed_since))
    return Feed(
        FeedId(id),
        SectionId(section),
        make_title(given, own, address),
        address,
        site,
        position,
        icon,
        unread,
        total,
        failure,
        from_micros_or_none(checked),
        from_micros_or_none(succeeded),
        from_micros_or_none(not_before),
    )
