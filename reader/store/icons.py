"""Which feeds have no favicon yet, what the look for one came to, which it is time to ask after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Connection

from reader.model import FeedId
from reader.store.hashing import hash_text
from reader.store.moments import to_micros
from reader.store.transactions import transaction


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


def read_stale_icons(db: Connection, before: datetime) -> list[str]:
    """Addresses of the favicons of subscribed feeds that were neither stored nor asked after since
    `before`, or that the cache of pictures has lost."""
    rows = db.execute("SELECT DISTINCT icon FROM feed WHERE removed_at IS NULL AND icon <> '' ORDER BY icon")
    return [icon for (icon,) in rows if _read_checked_at(db, icon) < to_micros(before)]


def _read_checked_at(db: Connection, icon: str) -> int:
    """Microseconds; 0 where nothing is known of it."""
    row = db.execute(
        "SELECT coalesce(checked_at, stored_at) FROM pictures.picture WHERE address = ?", (hash_text(icon),)
    ).fetchone()
    return int(row[0]) if row else 0


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
