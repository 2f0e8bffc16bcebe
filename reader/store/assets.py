"""Pictures and favicons: re-encoded bytes in, the same bytes out, each kept once.

An address leads to a content, and contents are known by the hash of their bytes, so that the
logo every article of a feed repeats under a new address is stored once. An address that could
not be fetched is remembered with the time it may be tried again, one that could with what to ask
by whether it has changed. Which pictures are wanted,
and which are rubbish, is `picture_care`'s.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from sqlite3 import Connection

from reader.frozen import frozen
from reader.model import Picture, PictureSize
from reader.store.addresses import is_missing
from reader.store.hashing import hash_bytes, hash_text
from reader.store.moments import to_micros
from reader.store.picture_care import settle_pictures, sweep_pictures, wanted_pictures
from reader.store.transactions import transaction

__all__ = [
    "StoredPicture",
    "Validators",
    "missing",
    "note_failed",
    "note_fresh",
    "put_icon",
    "put_pictures",
    "read_picture",
    "read_sizes",
    "read_thumb",
    "read_validators",
    "settle_pictures",
    "storage_used",
    "sweep_pictures",
    "wanted_pictures",
]

Validators = tuple[str, str]  # ETag and Last-Modified, byte for byte, as one answer brought them

_THUMB_SIZE = 136


@frozen
class StoredPicture:
    """A picture as the page shows it, and as the list does (`thumb`, b"" for none)."""

    address: str
    data: bytes
    size: tuple[int, int]
    thumb: bytes = b""
    thumb_size: tuple[int, int] = (_THUMB_SIZE, _THUMB_SIZE)
    validators: Validators = ("", "")


def put_pictures(db: Connection, pictures: Iterable[StoredPicture], now: datetime | None = None) -> None:
    """Store pictures, all of them in one transaction: forty cost one write of the disk, not forty."""
    with transaction(db):
        for one in pictures:
            content = _put_content(db, one.data, *one.size)
            if one.thumb:
                db.execute(
                    "INSERT OR IGNORE INTO pictures.thumb (content_id, width, height, data) VALUES (?, ?, ?, ?)",
                    (content, *one.thumb_size, one.thumb),
                )
            _put_address(db, one.address, content, one.validators, now)


def put_icon(
    db: Connection,
    address: str,
    data: bytes,
    width: int,
    height: int,
    validators: Validators = ("", ""),
    now: datetime | None = None,
) -> None:
    """Store a favicon; `read_thumb` gives it back as it is."""
    with transaction(db):
        _put_address(db, address, _put_content(db, data, width, height), validators, now)


def note_fresh(db: Connection, address: str, now: datetime, validators: Validators = ("", "")) -> None:
    """The server says that what is stored is what it has. Validators it names are kept from now on;
    ("", "") leaves the ones there were."""
    with transaction(db):
        db.execute(
            "UPDATE pictures.picture SET checked_at = ?1, "
            "etag = CASE ?2 || ?3 WHEN '' THEN etag ELSE ?2 END, "
            "last_modified = CASE ?2 || ?3 WHEN '' THEN last_modified ELSE ?3 END "
            "WHERE address = ?4 AND content_id IS NOT NULL",
            (to_micros(now), *validators, hash_text(address)),
        )


def note_failed(db: Connection, address: str, until: datetime, now: datetime | None = None) -> None:
    """It could not be had, and is not missed before `until`. A picture that is here stays, and counts as
    looked after at `now`."""
    at = to_micros(now or datetime.now(UTC))
    with transaction(db):
        db.execute(
            "INSERT INTO pictures.picture (address, stored_at, checked_at, retry_at) VALUES (?1, ?2, ?2, ?3) "
            "ON CONFLICT (address) DO UPDATE SET checked_at = excluded.checked_at, "
            "retry_at = CASE WHEN content_id IS NULL THEN excluded.retry_at END",
            (hash_text(address), at, to_micros(until)),
        )


def read_validators(db: Connection, addresses: Iterable[str]) -> dict[str, Validators]:
    """(etag, last-modified) of those that are stored, as they were sent; "" where there was none."""
    found: dict[str, Validators] = {}
    for address in dict.fromkeys(addresses):
        row = db.execute(
            "SELECT etag, last_modified FROM pictures.picture WHERE address = ? AND content_id IS NOT NULL",
            (hash_text(address),),
        ).fetchone()
        if row:
            found[address] = (row[0], row[1])
    return found


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


def _put_address(
    db: Connection, address: str, content: int, validators: Validators, now: datetime | None
) -> None:
    key = hash_text(address)
    row = db.execute("SELECT content_id FROM pictures.picture WHERE address = ?", (key,)).fetchone()
    db.execute(
        "INSERT INTO pictures.picture (address, content_id, stored_at, etag, last_modified) "
        "VALUES (?, ?, ?, ?, ?) ON CONFLICT (address) DO UPDATE SET content_id = excluded.content_id, "
        "stored_at = excluded.stored_at, etag = excluded.etag, last_modified = excluded.last_modified, "
        "retry_at = NULL, checked_at = NULL",
        (key, content, to_micros(now or datetime.now(UTC)), *validators),
    )
    if row and row[0] not in (None, content):
        db.execute(
            "DELETE FROM pictures.content WHERE id = ?1 "
            "AND NOT EXISTS (SELECT 1 FROM pictures.picture WHERE content_id = ?1)",
            (row[0],),
        )
