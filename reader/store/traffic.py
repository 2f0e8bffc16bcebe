"""What was asked of the network, day by day and by kind: counted as it happens, read as sums.

A day is the calendar day of the moment's own time zone, and stays the day it was counted under.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from sqlite3 import Connection

from reader.model import Traffic
from reader.store.transactions import transaction

KEPT_DAYS = 400  # a year, and last month beside the same month a year ago


def note_requests(
    db: Connection, at: datetime, kind: str, requests: int, unchanged: int, received: int, saved: int
) -> None:
    """Add to the day of `at` (aware, in the reader's own time zone): how many requests, how many of
    them were answered "not modified", and bytes received and spared by that."""
    with transaction(db):
        db.execute(
            "INSERT INTO traffic VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (day, kind) DO UPDATE SET "
            "requests = requests + excluded.requests, unchanged = unchanged + excluded.unchanged, "
            "received = received + excluded.received, saved = saved + excluded.saved",
            (_name_day(at), kind, requests, unchanged, received, saved),
        )


def read_traffic(db: Connection, now: datetime, days: int) -> tuple[Traffic, ...]:
    """The sums of the last `days` days, today among them, newest day first; days without any are left
    out. `now`: aware, in the reader's own time zone."""
    rows = db.execute(
        "SELECT day, kind, requests, unchanged, received, saved FROM traffic "
        "WHERE day > ? ORDER BY day DESC, kind",
        (_name_day(now - timedelta(days=days)),),
    )
    return tuple(Traffic(*row) for row in rows)


def forget_traffic(db: Connection, now: datetime) -> None:
    """Delete the sums of days more than 400 days ago."""
    with transaction(db):
        db.execute("DELETE FROM traffic WHERE day <= ?", (_name_day(now - timedelta(days=KEPT_DAYS)),))


def _name_day(at: datetime) -> str:
    return at.date().isoformat()
