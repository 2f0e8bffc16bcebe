"""Is the store sound? What must hold in it after whatever a test did to it."""

from __future__ import annotations

from sqlite3 import Connection

from reader.store import eras
from reader.store.transactions import guarded

_RECOUNT = """
SELECT f.id, count(s.id), coalesce(sum(s.is_read = 0), 0), coalesce(sum(s.is_saved), 0)
FROM feed f LEFT JOIN status s ON s.feed_id = f.id AND s.section_id IS NOT NULL GROUP BY f.id
"""


def look_over(db: Connection) -> tuple[str, ...]:
    """Checks that take no longer with more articles."""
    found: list[str] = []
    with guarded():
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        found += [f"era {x.number} has no index" for x in eras.read_eras(db) if x.table not in tables]
        if db.execute("SELECT 1 FROM tally WHERE total < 0 OR unread < 0 OR unread > total").fetchone():
            found.append("impossible counts")
        if db.execute(
            "SELECT 1 FROM feed f WHERE NOT EXISTS (SELECT 1 FROM tally WHERE feed_id = f.id) "
            "OR NOT EXISTS (SELECT 1 FROM fetch_state WHERE feed_id = f.id)"
        ).fetchone():
            found.append("a feed without its records")
        if db.execute("SELECT 1 FROM feed WHERE removed_at IS NULL AND section_id IS NULL").fetchone():
            found.append("a feed without a section")
        if db.execute(
            "SELECT 1 FROM sqlite_sequence WHERE name = 'status' AND seq < (SELECT max(id) FROM status)"
        ).fetchone():
            found.append("article ids could repeat")
    return tuple(found)


def look_through(db: Connection) -> tuple[str, ...]:
    """Everything: reads the whole of both files."""
    found = list(look_over(db))
    with guarded():
        for name in ("main", "pictures"):
            rows = [row[0] for row in db.execute(f"PRAGMA {name}.quick_check(20)")]
            found += [f"{name}: {row}" for row in rows if row != "ok"]
        if db.execute("PRAGMA foreign_key_check").fetchone():
            found.append("dangling references")
        if recount(db) != read_tallies(db):
            found.append("wrong counts")
    return tuple(found)


def recount(db: Connection) -> dict[int, tuple[int, int, int]]:
    """Total, unread and saved of each feed, counted anew."""
    return {row[0]: (row[1], row[2], row[3]) for row in db.execute(_RECOUNT)}


def read_tallies(db: Connection) -> dict[int, tuple[int, int, int]]:
    """Total, unread and saved of each feed, as kept."""
    rows = db.execute("SELECT feed_id, total, unread, saved FROM tally")
    return {row[0]: (row[1], row[2], row[3]) for row in rows}
