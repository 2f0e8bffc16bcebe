"""How the feeds are doing: what each answered, when it is asked next and why, what it cost.

Asked for by a page that a person opened, never at the start and never while fetching. What is kept
of each feed is one row; its newest article and how many it brings are the ends of one range of the
lists' own index. The log of visits is read backwards from its end and trimmed from its beginning.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from itertools import pairwise
from sqlite3 import Connection
from typing import Any

from reader.model import Failure, FeedHealth, FeedId, SectionId, VisitRecord
from reader.store.feed_addresses import host_of
from reader.store.fetching import read_pauses
from reader.store.moments import DAY, from_micros, from_micros_or_none, to_micros
from reader.store.outline import make_title
from reader.store.sections import read_tree
from reader.store.transactions import transaction

_NEWEST = 21  # articles, so twenty gaps between them: some rhythm shows, and an old one is forgotten
# Over which "articles a week" is an average, so that holidays and one busy week even out; less where
# the feed is known for less.
WEEKS = 8
_TRIMMED_AT_ONCE = 2000

_HEALTH = """
SELECT f.id AS id, f.section_id AS section_id, f.given_title AS given_title, f.own_title AS own_title,
    f.address AS address, f.site AS site, f.icon AS icon, t.total AS total, s.last_status AS status,
    s.failure_kind AS failure_kind, s.failure_detail AS failure_detail, s.failures AS failures,
    s.failed_since AS failed_since, s.last_checked_at AS checked_at, s.last_success_at AS succeeded_at,
    s.last_200_at AS changed_at, s.not_before AS next_at, s.rule AS rule, s.requests AS requests,
    s.unchanged AS unchanged, s.received AS received, s.bytes_saved AS saved, s.elapsed AS elapsed,
    s.moved_to AS moved_to, s.is_gone AS is_gone, s.user_agent AS user_agent, s.signs_in AS signs_in,
    (SELECT count(*) FROM status INDEXED BY status_feed
        WHERE feed_id = f.id AND section_id IS NOT NULL AND sort_at > :since) AS lately,
    (SELECT min(sort_at) FROM status INDEXED BY status_feed
        WHERE feed_id = f.id AND section_id IS NOT NULL) AS first,
    (SELECT group_concat(sort_at) FROM (SELECT sort_at FROM status INDEXED BY status_feed
        WHERE feed_id = f.id AND section_id IS NOT NULL ORDER BY sort_at DESC LIMIT :newest)) AS newest
FROM feed f JOIN tally t ON t.feed_id = f.id JOIN fetch_state s ON s.feed_id = f.id
WHERE f.removed_at IS NULL
"""
_MOMENTS = ("checked_at", "succeeded_at", "changed_at", "next_at", "newest_at", "failed_since")
_FIELDS = frozenset(field.name for field in fields(FeedHealth))


def read_health(db: Connection, now: datetime, feed_id: FeedId | None = None) -> tuple[FeedHealth, ...]:
    """Of every subscribed feed in display order, or of one; () where that is not subscribed."""
    places = read_tree(db)
    order = {place.id: number for number, place in enumerate(places)}
    names = {place.id: place.name for place in places}
    pauses = read_pauses(db, now)
    at = to_micros(now)
    values = {"since": at - WEEKS * 7 * DAY, "newest": _NEWEST, "id": feed_id}
    where = "" if feed_id is None else " AND f.id = :id"
    cursor = db.execute(f"{_HEALTH}{where} ORDER BY f.position, f.id", values)
    columns = [column[0] for column in cursor.description]
    found = [_make_health(dict(zip(columns, row, strict=True)), names, pauses, at) for row in cursor]
    found.sort(key=lambda one: order[one.section_id])  # stable: by position within each section
    return tuple(found)


def read_visits(db: Connection, feed_id: FeedId | None = None, limit: int = 50) -> tuple[VisitRecord, ...]:
    """The last visits, newest first, to one feed or to all that are subscribed."""
    where = "f.removed_at IS NULL" if feed_id is None else "v.feed_id = :id"
    rows = db.execute(
        "SELECT v.at, v.feed_id, v.status, v.kind, v.detail, v.elapsed_ms, v.size, v.added "
        f"FROM visit v CROSS JOIN feed f ON f.id = v.feed_id WHERE {where} ORDER BY v.id DESC LIMIT :limit",
        {"id": feed_id, "limit": limit},
    )
    return tuple(
        VisitRecord(
            from_micros(at),
            FeedId(feed),
            status,
            Failure(kind, detail) if kind else None,
            ms / 1000,
            size,
            added,
        )
        for at, feed, status, kind, detail, ms, size, added in rows
    )


def trim_visits(db: Connection, keep: int = 20_000) -> bool:
    """Delete the oldest records beyond the last `keep`, a few at a time. True while there are more."""
    with transaction(db):
        oldest, newest = db.execute(
            "SELECT (SELECT min(id) FROM visit), (SELECT max(id) FROM visit)"
        ).fetchone()
        if oldest is None or newest - keep < oldest:
            return False
        end = min(newest - keep, oldest + _TRIMMED_AT_ONCE - 1)
        db.execute("DELETE FROM visit WHERE id <= ?", (end,))
    return bool(end < newest - keep)


def _make_health(
    row: dict[str, Any], names: dict[SectionId, str], pauses: dict[str, datetime], now: int
) -> FeedHealth:
    newest = sorted(int(at) for at in row["newest"].split(",")) if row["newest"] else []
    row["newest_at"] = newest[-1] if newest else None
    row |= {name: from_micros_or_none(row[name]) for name in _MOMENTS}
    failure = None
    if row["failure_kind"]:
        failure = Failure(row["failure_kind"], row["failure_detail"], row["failures"], row["failed_since"])
    row |= {
        "title": make_title(row["given_title"], row["own_title"], row["address"]),
        "section": names[row["section_id"]],
        "failure": failure,
        "paused_until": pauses.get(host_of(row["address"])),
        "per_week": row["lately"] / _count_weeks(row["first"], now),
        "usual_gap": _find_median([later - earlier for earlier, later in pairwise(newest)]) / DAY,
        "is_gone": bool(row["is_gone"]),
    }
    return FeedHealth(**{name: value for name, value in row.items() if name in _FIELDS})


def _count_weeks(first: int | None, now: int) -> float:
    """How many weeks of the feed are known: at least one, at most eight."""
    return min(WEEKS, max(1.0, (now - first) / (7 * DAY))) if first is not None else WEEKS


def _find_median(numbers: list[int]) -> int:
    """The greater one of two in the middle; 0 of none."""
    return sorted(numbers)[len(numbers) // 2] if numbers else 0
