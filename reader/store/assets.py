"""Pictures and favicons: re-encoded bytes in, the same bytes out, each kept once.

An address leads to a content, and contents are known by the hash of their bytes, so that the
logo every article of a feed repeats under a new address is stored once. An address that could
not be fetched is remembered with the time it may be tried again. Which pictures are wanted,
and which are rubbish, is `picture_care`'s.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from sqlite3 import Connection

from reader.model import Picture, PictureSize
from reader.store.addresses import is_missing
from reader.store.hashing import hash_bytes, hash_text
from reader.store.moments import to_micros
from reader.store.picture_care import settle_pictures, sweep_pictures, wanted_pictures
from reader.store.transactions import transaction

__all__ = [
    "missing",
    "note_failed",
    "put_icon",
    "put_picture",
    "read_picture",
    "read_sizes",
    "read_thumb",
    "settle_pictures",
    "storage_used",
    "sweep_pictures",
    "wanted_pictures",
]

_THUMB_SIZE = 136


def put_picture(
    db: Connection,
    address: str,
    data: bytes,
    width: int,
    height: int,
    thumb: bytes,
    thumb_size: tuple[int, int] = (_THUMB_SIZE, _THUMB_SIZE),
) -> None:
    """Store a picture as the page shows it, and as the list does (`thumb`, b"" for none)."""
    with transaction(db):
        content = _put_content(db, data, width, height)
        if thumb:
            db.execute(
                "INSERT OR IGNORE INTO pictures.thumb (content_id, width, height, data) VALUES (?, ?, ?, ?)",
                (content, *thumb_size, thumb),
            )
        _put_address(db, address, content)


def put_icon(db: Connection, address: str, data: bytes, width: int, height: int) -> None:
    """Store a favicon; `read_thumb` gives it back as it is."""
    with transaction(db):
        _put_address(db, address, _put_content(db, data, width, height))


def note_failed(db: Connection, address: str, until: datetime) -> None:
    """It could not be had, and is not missed before `until`. A picture that is here stays."""
    with transaction(db):
        db.execute(
            "INSERT INTO pictures.picture (address, stored_at, retry_at) VALUES (?, ?, ?) "
            "ON CONFLICT (address) DO UPDATE SET retry_at = excluded.retry_at WHERE content_id IS NULL",
            (hash_text(address), to_micros(datetime.now(UTC)), to_micros(until)),
        )


def read_picture(db: Connection, address: str) -> Picture | None:
    row = db.execute(
        "SELECT c.data, c.width, c.height FROM pictures.picture p JOIN pictures.content c "
        "ON c.id = p.content_id WHERE p.address = ?",
        (hash_text(address),),
    ).fetchone()
    return Picture(address, *row) if row else None


def read_thumb(db: Connection, address: str) -> Picture | None:
    """The small picture; the whole one where it has no smaller one, as favicons."""
    row = db.execute(
        "SELECT t.data, t.width, t.height FROM pictures.picture p JOIN pictures.thumb t "
        "ON t.content_id = p.content_id WHERE p.address = ?",
        (hash_text(address),),
    ).fetchone()
    return Picture(address, *row) if row else read_picture(db, address)


def read_sizes(db: Connection, addresses: Iterable[str]) -> dict[str, PictureSize]:
    """The sizes of those that are stored, without reading them."""
    sizes: dict[str, PictureSize] = {}
    for address in dict.fromkeys(addresses):
        row = db.execute(
            "SELECT c.width, c.height FROM pictures.picture p JOIN pictures.content c "
            "ON c.id = p.content_id WHERE p.address = ?",
            (hash_text(address),),
        ).fetchone()
        if row:
            sizes[address] = PictureSize(address, *row)
    return sizes


def missing(db: Connection, addresses: Iterable[str], now: datetime | None = None) -> list[str]:
    """Those that are not stored and may be tried now, in order, each once."""
    at = to_micros(now or datetime.now(UTC))
    return [x for x in dict.fromkeys(addresses) if is_missing(db, x, at)]


def storage_used(db: Connection) -> int:
    """Bytes on disk: both files and their logs."""
    used = 0
    for _, _, path in db.execute("PRAGMA database_list").fetchall():
        for suffix in ("", "-wal"):
            if path and os.path.exists(path + suffix):
                used += os.path.getsize(path + suffix)
    return used


def _put_content(db: Connection, data: bytes, width: int, height: int) -> int:
    hash = hash_bytes(data)
    row = db.execute("SELECT id FROM pictures.content WHERE hash = ?", (hash,)).fetchone()
    if row:
        return int(row[0])
    added = db.execute(
        "INSERT INTO pictures.content (hash, width, height, data) VALUES (?, ?, ?, ?)",
        (hash, width, height, data),
    )
    return added.lastrowid or 0


def _put_address(db: Connection, address: str, content: int) -> None:
    db.execute(
        "INSERT INTO pictures.picture (address, content_id, stored_at) VALUES (?, ?, ?) ON CONFLICT (address) "
        "DO UPDATE SET content_id = excluded.content_id, stored_at = excluded.stored_at, retry_at = NULL",
        (hash_text(address), content, to_micros(datetime.now(UTC))),
    )
