"""Which feeds have no favicon yet, and what the look for one came to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Connection

from reader.model import FeedId
from reader.store.database import transaction
from reader.store.moments import to_micros


def read_iconless(db: Connection, before: datetime) -> list[tuple[FeedId, str, str]]:
    """(feed, its address, its site) of those without a favicon that were read at least once and for
    which none was looked for since `before`."""
    rows = db.execute(
        "SELECT f.id, f.address, f.site FROM feed f JOIN fetch_state s ON s.feed_id = f.id "
        "WHERE f.removed_at IS NULL AND f.icon = '' AND s.last_success_at IS NOT NULL "
        "AND (s.icon_checked_at IS NULL OR s.icon_checked_at < ?) ORDER BY f.id",
        (to_micros(before),),
    )
    return [(FeedId(id), address, site) for id, address, site in rows]


def note_icon(db: Connection, feeds: Iterable[FeedId], icon: str, now: datetime) -> None:
    """The favicon of these feeds is stored under `icon`; "": there is none to be had at present."""
    ids = [(feed,) for feed in feeds]
    with transaction(db):
        db.executemany(
            "UPDATE fetch_state SET icon_checked_at = ? WHERE feed_id = ?",
            [(to_micros(now), *x) for x in ids],
        )
        if icon:
            db.executemany("UPDATE feed SET icon = ? WHERE id = ?", [(icon, *x) for x in ids])
