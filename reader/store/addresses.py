"""Is the picture of an address here, or known not to be had?"""

from __future__ import annotations

from sqlite3 import Connection

from reader.store.hashing import hash_text


def is_missing(db: Connection, address: str, at: int) -> bool:
    """True where it is not stored and may be tried at that time (microseconds)."""
    row = db.execute(
        "SELECT content_id, retry_at FROM pictures.picture WHERE address = ?", (hash_text(address),)
    ).fetchone()
    return row is None or (row[0] is None and (row[1] or 0) <= at)


def is_stored(db: Connection, address: str) -> bool:
    return bool(
        db.execute(
            "SELECT 1 FROM pictures.picture WHERE address = ? AND content_id IS NOT NULL",
            (hash_text(address),),
        ).fetchone()
    )
